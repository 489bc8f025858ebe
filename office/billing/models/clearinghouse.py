"""The way by which claims leave and answers come."""

from django.db import models

from office.core.models import Record


class Clearinghouse(Record):
    """The one that carries claims to payers. Its password is sealed to its row and is never shown again."""

    class Connection(models.TextChoices):
        SFTP = "sftp", "SFTP: files go and come by themselves"
        FOLDER = "folder", "Folder: a program of theirs on this network carries the files"
        PORTAL = "portal", "Portal: a person uploads and downloads"

    name = models.CharField(max_length=120)
    submitter_id = models.CharField(max_length=80, blank=True, help_text="Who we are to it (837P 1000A NM109).")
    receiver_id = models.CharField(max_length=80, blank=True, help_text="Who it is (1000B NM109).")
    connection = models.CharField(max_length=6, choices=Connection, default=Connection.PORTAL)
    host = models.CharField(max_length=200, blank=True)
    port = models.PositiveIntegerField(default=22)
    user_name = models.CharField(max_length=80, blank=True)
    out_folder = models.CharField(max_length=200, blank=True, help_text="Where our files go.")
    in_folder = models.CharField(max_length=200, blank=True, help_text="Where theirs are fetched.")
    agreement_on = models.DateField(null=True, help_text="Of the business associate agreement (45 CFR 164.504(e)).")
    sealed_password = models.BinaryField(null=True)
    password_set_at = models.DateTimeField(null=True)
    password_set_by = models.CharField(max_length=150, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def missing(self) -> list[str]:
        """What the connection still needs, in words."""
        needed: dict[str, object] = {"submitter ID": self.submitter_id, "receiver ID": self.receiver_id}
        if self.connection == self.Connection.SFTP:
            needed |= {"host": self.host, "user name": self.user_name, "password": self.password_set_at}
        if self.connection != self.Connection.PORTAL:
            needed |= {"folder to send from": self.out_folder, "folder to fetch from": self.in_folder}
        return [words for words, value in needed.items() if not value]
