"""Reading the staff: who works here, who administers, who sits at a workstation, what set-up asks for."""

from datetime import timedelta

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.tokens import default_token_generator
from django.db.models import Max, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from office.core.wiring import SetUpPart
from office.practice.models import Practice, Workstation
from office.staff import rules
from office.staff.models import Member, Provider, Role, Session
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


def start_path(member: Member) -> str:
    """Return the path by which a member without a password begins: works once, until settings' time is over."""
    parts = {"uidb36": user_pk_to_url_str(member), "key": default_token_generator.make_token(member)}
    return reverse("account_reset_password_from_key", kwargs=parts)


def administrators() -> QuerySet[Role]:
    """The roles that let someone run the whole office: administrator, everywhere, of a member who is still here."""
    return Role.objects.filter(name=RoleName.ADMINISTRATOR, location=None, member__is_active=True)


def open_sessions(member: Member) -> QuerySet[Session]:
    """The member's sessions that still work, the latest first."""
    return member.sessions.filter(expire_date__gt=timezone.now()).select_related("workstation").order_by("-seen_at")


# --- what set-up asks for


def providers_with_licenses() -> QuerySet[Provider]:
    """Everyone who can be booked, with the last day of their latest license as ``good_until``."""
    return Provider.objects.filter(is_active=True).annotate(good_until=Max("licenses__good_until"))


def provider_parts() -> list[SetUpPart]:
    """Each provider's number and license."""
    url = reverse("staff:set_up_providers")
    found = []
    for one in providers_with_licenses():
        own = reverse("staff:set_up_provider", args=[one.pk])
        state = rules.license_state(one.good_until, today=timezone.localdate())  # type: ignore[attr-defined]
        why = "Its last day has passed." if state == "over" else "No license is written down."
        consequence = f"Claims for {one.spoken_name} cannot leave"
        found += [
            SetUpPart(f"{one} NPI", bool(one.npi), consequence, "No NPI that fits.", own),
            SetUpPart(f"{one} taxonomy", bool(one.taxonomy), consequence, "No taxonomy code.", own),
            SetUpPart(f"{one} license", state in ("good", "soon"), f"{one.spoken_name} may not practice", why, own),
        ]
    if not found:
        return [
            SetUpPart(
                "provider",
                is_done=False,
                consequence="Nobody can be booked",
                why="There is no provider yet.",
                url=url,
                stops=True,
            )
        ]
    return found


#: Members who have not chosen a password yet: nobody's hash begins so.
NO_PASSWORD = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)


def staff_parts() -> list[SetUpPart]:
    """Somebody at the desk who can sign in, and a second administrator for the day the first is away."""
    url = reverse("staff:set_up_staff")
    started = Member.objects.filter(is_active=True).exclude(NO_PASSWORD)
    desk = started.filter(roles__name__in=[RoleName.FRONT_DESK, RoleName.MEDICAL_ASSISTANT, RoleName.SUPERVISOR])
    invited = Member.objects.filter(NO_PASSWORD, is_active=True).count()
    waiting = f"{invited} invited, nobody signed in yet." if invited else "No staff invited yet."
    privacy = Role.objects.filter(name=RoleName.PRIVACY_OFFICER, member__is_active=True)
    return [
        SetUpPart("desk", desk.exists(), "The windows have no sign-in", waiting, url, stops=True),
        SetUpPart(
            "second administrator",
            administrators().count() > 1,
            "Nobody can let people in when you are away",
            "There is one administrator.",
            url,
        ),
        SetUpPart(
            "privacy officer",
            privacy.exists(),
            "Nobody reviews who opened which chart",
            "No privacy officer is named (45 CFR 164.530(a)).",
            url,
        ),
    ]
