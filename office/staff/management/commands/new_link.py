"""`./run new-link`: the way back in when no administrator is left, on the office's own machine."""

from typing import Any

from django.core.management.base import CommandParser

from office.core import serving
from office.core.commands import CannotDo, OfficeCommand
from office.core.permissions import Permission
from office.staff.actions import renew_start_link
from office.staff.models import Member
from office.staff.queries import start_path


class Command(OfficeCommand):
    help = "Give a member a new start link; the old password, keys and sessions end."
    permissions = (Permission.MANAGE_STAFF,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def work(self, **options: Any) -> int:
        member = Member.objects.filter(username__iexact=options["username"]).first()
        if member is None:
            raise CannotDo("Nobody signs in under that name.")
        renew_start_link(self.actor(), member=member)
        link = serving.address() + start_path(Member.objects.get(pk=member.pk))
        self.put({"username": member.username, "start_link": link}, link)
        return 0
