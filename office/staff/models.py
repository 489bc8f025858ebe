"""The people who work here: the member who signs in, roles by location, and the providers patients book."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower

from office.core.ids import uuid7
from office.core.models import Record
from office.core.permissions import Permission
from office.practice.models import Location, Workstation
from office.staff.permissions import MAY, ROLE_LABELS, RoleName


@dataclass(frozen=True)
class StaffActor:
    """A member at work at a location: what the first argument of an action is for a click."""

    id: str
    label: str
    member_id: UUID
    at: UUID | None
    at_name: str
    zone: str
    permissions: frozenset[Permission]
    roles: frozenset[RoleName]
    locations: tuple[Location, ...] = ()

    def may(self, permission: str) -> bool:
        return permission in self.permissions


class MemberManager(BaseUserManager["Member"]):
    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(username__iexact=username)


class Member(AbstractBaseUser):
    """One person, one sign-in (164.312(a)(2)(i)); disabled when they leave, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=60, unique=True)
    given_name = models.CharField(max_length=60)
    family_name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["given_name", "family_name"]

    objects = MemberManager()

    class Meta:
        ordering: ClassVar[list[str]] = ["family_name", "given_name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("username"), name="usernames_differ_by_more_than_case"),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def initials(self) -> str:
        return (self.given_name[:1] + self.family_name[:1]).upper()

    def acting(self, location_id: str | UUID | None = None) -> StaffActor:
        """Return this member at work: at the chosen location when they have a role there, else at their first one."""
        roles = list(self.roles.select_related("location"))
        everywhere = any(role.location_id is None for role in roles)
        mine = {role.location_id for role in roles}
        open_to = [place for place in Location.objects.filter(is_active=True) if everywhere or place.pk in mine]
        here = next((place for place in open_to if str(place.pk) == str(location_id)), open_to[0] if open_to else None)
        held = frozenset(
            RoleName(role.name) for role in roles if role.location_id is None or (here and role.location_id == here.pk)
        )
        return StaffActor(
            id=str(self.pk),
            label=str(self),
            member_id=self.pk,
            at=here.pk if here else None,
            at_name=here.name if here else "",
            zone=here.zone if here else "",
            permissions=frozenset().union(*(MAY[name] for name in held)) if self.is_active else frozenset(),
            roles=held,
            locations=tuple(open_to),
        )


class Role(Record):
    """What a member may do, everywhere or at one location."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="roles")
    name = models.CharField(max_length=20, choices=[(name.value, label) for name, label in ROLE_LABELS.items()])
    location = models.ForeignKey(Location, models.PROTECT, null=True, blank=True, related_name="roles")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["member", "name", "location"], name="a_role_is_held_once_at_a_place"),
            models.UniqueConstraint(
                fields=["member", "name"],
                condition=models.Q(location__isnull=True),
                name="a_role_is_held_once_everywhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_name_display()}, {self.location or 'everywhere'}"


class Provider(Record):
    """Someone patients are booked with; may sign in as a member or not."""

    member = models.OneToOneField(Member, models.SET_NULL, null=True, blank=True, related_name="provider")
    given_name = models.CharField(max_length=60)
    family_name = models.CharField(max_length=60)
    credential = models.CharField(max_length=20, blank=True, help_text="MD, DO, NP, PA-C, RN")
    npi = models.CharField(max_length=10, blank=True, help_text="The person's own (type 1).")
    taxonomy = models.CharField(max_length=10, blank=True)
    supervisor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="supervised")
    takes_new_patients = models.BooleanField(default=True)
    new_from_age = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Years; empty is any age.")
    new_to_age = models.PositiveSmallIntegerField(null=True, blank=True)
    hue = models.PositiveSmallIntegerField(default=1, help_text="1 to 6; a 3 px top edge and nothing more")
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "family_name", "given_name"]

    def __str__(self) -> str:
        return f"{self.family_name}, {self.given_name} {self.credential}".strip()

    @property
    def spoken_name(self) -> str:
        """As a sentence has it: ``Dr. Chen``, or ``Mona Reyes NP``."""
        if self.credential in {"MD", "DO", "DPM", "DC", "OD", "DDS", "DMD", "PhD", "PsyD"}:
            return f"Dr. {self.family_name}"
        return f"{self.given_name} {self.family_name} {self.credential}".strip()


class License(Record):
    """What a state lets a provider practice under, and until when."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="licenses")
    state = models.CharField(max_length=2)
    number = models.CharField(max_length=40)
    good_until = models.DateField(help_text="The last day on which it holds.")

    class Meta:
        ordering: ClassVar[list[str]] = ["state"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["provider", "state"], name="a_provider_has_one_license_in_a_state"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.number}"


class Session(AbstractBaseSession):
    """A browser that is signed in, or about to be: of its key only the hash is kept, and what it holds is sealed."""

    session_key = models.CharField(max_length=64, primary_key=True)
    member = models.ForeignKey(Member, models.CASCADE, null=True, related_name="sessions")
    workstation = models.ForeignKey(Workstation, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    browser = models.CharField(max_length=80, blank=True)

    @classmethod
    def get_session_store_class(cls) -> Any:
        from office.staff.sessions import SessionStore

        return SessionStore


class WorkstationPerson(Record):
    """Who has signed in at a workstation: the people it offers by name."""

    workstation = models.ForeignKey(Workstation, models.CASCADE, related_name="people")
    member = models.ForeignKey(Member, models.CASCADE, related_name="workstations")
    last_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-last_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workstation", "member"], name="a_person_is_known_once_at_a_workstation"),
        ]

    def __str__(self) -> str:
        return f"{self.member} at {self.workstation}"
