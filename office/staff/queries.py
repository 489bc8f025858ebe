"""Reading the staff: who works here, who administers, who sits at a workstation, which sessions are open."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from office.practice.models import Practice, Workstation
from office.staff.models import Member, Role, Session
from office.staff.permissions import RoleName


def idle_minutes() -> int:
    """Return after how many minutes an unattended screen locks; 15 until the practice says otherwise."""
    return Practice.objects.values_list("idle_minutes", flat=True).first() or 15


def people_of(workstation: Workstation | None) -> list[Member]:
    """Return up to six people who signed in at this workstation in the last thirty days, the latest first."""
    if workstation is None:
        return []
    recent = workstation.people.filter(last_at__gt=timezone.now() - timedelta(days=30), member__is_active=True)
    return [seen.member for seen in recent.select_related("member").prefetch_related("member__roles")[:6]]


def everyone() -> QuerySet[Member]:
    """All who work or have worked here, with their roles: who is here first, then by name."""
    roles = Role.objects.select_related("location").order_by("name", "location__position")
    return Member.objects.prefetch_related(Prefetch("roles", roles)).order_by("-is_active", "family_name", "given_name")


def second_factors(member: Member) -> dict[str, int]:
    """How many passkeys, code apps and unused recovery codes the member has, by allauth's names for the kinds."""
    held = {kind.value: 0 for kind in Authenticator.Type}
    for one in Authenticator.objects.filter(user_id=member.pk):
        codes = one.type == Authenticator.Type.RECOVERY_CODES
        held[one.type] += len(one.wrap().get_unused_codes()) if codes else 1
    return held


def administrators() -> QuerySet[Role]:
    """The roles that let someone run the whole office: administrator, everywhere, of a member who is still here."""
    return Role.objects.filter(name=RoleName.ADMINISTRATOR, location=None, member__is_active=True)


def open_sessions(member: Member) -> QuerySet[Session]:
    """The member's sessions that still work, the latest first."""
    return member.sessions.filter(expire_date__gt=timezone.now()).select_related("workstation").order_by("-seen_at")
