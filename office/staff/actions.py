"""Changes of who works here and what each may do. A change of rights is recorded with what was before and after."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils import timezone

from office.audit import trail
from office.core.actions import Refused, action, unchanged
from office.core.actors import Actor
from office.core.events import announce
from office.core.permissions import Permission
from office.practice.models import Location
from office.practice.rules import OBJECTIONS
from office.staff import rules
from office.staff.events import MemberLeft
from office.staff.models import License, Member, Provider, Role, Session
from office.staff.permissions import MAY, RoleName
from office.staff.queries import administrators


@action(Permission.MANAGE_STAFF)
def add_member(actor: Actor, *, username: str, given_name: str, family_name: str, email: str = "") -> Member:
    """Add a person, who can sign in once they have set a password by their start link. They have no role yet."""
    name = rules.folded(username)
    taken = set(Member.objects.filter(username__iexact=name).values_list("username", flat=True))
    if objection := rules.objection_to_username(name, taken=taken):
        raise Refused(objection)
    member = Member(username=name, given_name=given_name, family_name=family_name, email=email)
    member.set_unusable_password()
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError as taken_now:
        raise Refused(f"{name} is somebody else's user name. Choose another.") from taken_now
    trail.record(actor, "member.added", member, username=name)
    return member


@action(Permission.MANAGE_STAFF)
def correct_member(actor: Actor, *, member: Member, given_name: str, family_name: str, email: str) -> Member:
    """Correct a member's name or address; the user name stays, since the trail names people by it."""
    member = _locked(member)
    member.given_name, member.family_name, member.email = given_name, family_name, email
    member.save(update_fields=["given_name", "family_name", "email"])
    trail.record(actor, "member.corrected", member)
    return member


@action(Permission.MANAGE_STAFF)
def grant_role(actor: Actor, *, member: Member, name: RoleName, location: Location | None) -> Role:
    """Give a member a role at a location, or everywhere when it is None; works at their next click."""
    member = _locked(member)
    _ask_who_may_change(actor, member, location)
    if not member.is_active:
        raise Refused(f"{member} has left. Bring them back first.")
    before = _roles(member)
    role, is_new = Role.objects.get_or_create(member=member, name=name, location=location)
    if not is_new:
        unchanged()
        return role
    trail.record(actor, "role.granted", member, role, before=before, after=_roles(member))
    return role


@action(Permission.MANAGE_STAFF)
def revoke_role(actor: Actor, *, role: Role) -> None:
    """Take a role back; works at the member's next click, in the middle of a session too."""
    member = _locked(role.member)
    _ask_who_may_change(actor, member, role.location)
    before = _roles(member)
    if not member.roles.filter(pk=role.pk).exists():
        unchanged()
        return
    _keep_an_administrator(administrators().exclude(pk=role.pk), lost=administrators().filter(pk=role.pk).exists())
    Role.objects.filter(pk=role.pk).delete()
    trail.record(actor, "role.revoked", member, role, before=before, after=_roles(member))


@action(Permission.MANAGE_STAFF)
def disable_member(actor: Actor, *, member: Member) -> Member:
    """End a person's access in one act (164.308(a)(3)(ii)(C)): sessions, password, keys and roles, at once.

    The member stays, so that the trail goes on naming them.
    """
    member = _locked(member)
    if str(member.pk) == actor.id:
        raise Refused("Nobody ends their own access. Ask another administrator.")
    for location_id in {role.location for role in member.roles.select_related("location")}:
        _ask_who_may_change(actor, member, location_id)
    if not member.is_active:
        unchanged()
        return member
    mine = administrators().filter(member=member)
    _keep_an_administrator(administrators().exclude(member=member), lost=mine.exists())
    before = _roles(member)
    member.is_active, member.left_at = False, timezone.now()
    member.set_unusable_password()
    member.save(update_fields=["is_active", "left_at", "password"])
    sessions, _ = member.sessions.all().delete()
    Authenticator.objects.filter(user_id=member.pk).delete()
    member.workstations.all().delete()
    queue = rules.queue_of(member.roles.values_list("name", flat=True))
    member.roles.all().delete()
    trail.record(actor, "member.disabled", member, before=before, after=[], sessions_ended=sessions)
    announce(MemberLeft(str(member.pk), queue))
    return member


@action(Permission.MANAGE_STAFF)
def bring_back_member(actor: Actor, *, member: Member) -> Member:
    """Let a person who had left in again: without roles, password or second factor, which are given anew."""
    member = _locked(member)
    if member.is_active:
        unchanged()
        return member
    member.is_active, member.left_at = True, None
    member.save(update_fields=["is_active", "left_at"])
    trail.record(actor, "member.brought_back", member)
    return member


@action(Permission.MANAGE_STAFF)
def renew_start_link(actor: Actor, *, member: Member) -> Member:
    """Let a person begin again: the old password, keys and sessions end, and a new start link may be made."""
    member = _locked(member)
    if str(member.pk) == actor.id:
        raise Refused("Change your own password on your account page.")
    if not member.is_active:
        raise Refused(f"{member} has left. Bring them back first.")
    for location in {role.location for role in member.roles.select_related("location")}:
        _ask_who_may_change(actor, member, location)
    member.set_unusable_password()
    member.save(update_fields=["password"])
    sessions, _ = member.sessions.all().delete()
    Authenticator.objects.filter(user_id=member.pk).delete()
    trail.record(actor, "member.start_link", member, sessions_ended=sessions)
    return member


@action(Permission.SEE_OWN_ACCOUNT)
def end_session(actor: Actor, *, session: Session) -> None:
    """Sign another of one's own browsers out."""
    if str(session.member_id) != actor.id:
        raise Refused("That is somebody else's session.")
    member = Member.objects.get(pk=actor.id)
    Session.objects.filter(pk=session.pk).delete()
    trail.record(actor, "session.ended", member, browser=session.browser)


@action(Permission.SEE_OWN_ACCOUNT)
def end_other_sessions(actor: Actor, *, keep: str) -> int:
    """Sign all of one's other browsers out; returns how many. ``keep`` is the key, as kept, of the one in hand."""
    member = Member.objects.get(pk=actor.id)
    ended, _ = member.sessions.exclude(session_key=keep).delete()
    trail.record(actor, "session.others_ended", member, sessions_ended=ended)
    return ended


@action(Permission.MANAGE_STAFF)
def end_session_of(actor: Actor, *, member: Member, session: Session) -> None:
    """Sign a browser of somebody else out."""
    member = _locked(member)
    for location in {role.location for role in member.roles.select_related("location")}:
        _ask_who_may_change(actor, member, location)
    if not member.sessions.filter(pk=session.pk).exists():
        unchanged()
        return
    member.sessions.filter(pk=session.pk).delete()
    trail.record(actor, "session.ended", member, browser=session.browser)


@action(Permission.SEE_OWN_ACCOUNT)
def switch_location(actor: Actor, *, location: Location, open_to: Iterable[UUID]) -> Location:
    """Go to work at another of one's locations; the session keeps it."""
    if location.pk not in set(open_to):
        raise Refused(f"You have no role at {location.name}.")
    trail.record(actor, "location.switched", location)
    return location


@action(Permission.MANAGE_STAFF)
def add_provider(actor: Actor, /, *, given_name: str, family_name: str, **rest: Any) -> Provider:
    """Add someone patients are booked with. ``rest``: member, credential, npi, taxonomy, hue, position."""
    _ask_numbers(rest)
    provider = Provider.objects.create(given_name=given_name, family_name=family_name, **rest)
    trail.record(actor, "provider.added", provider)
    return provider


@action(Permission.MANAGE_STAFF)
def change_provider(actor: Actor, /, *, provider: Provider, **changes: Any) -> Provider:
    """Change names, credential, npi, taxonomy, supervisor, or which new patients the provider takes."""
    provider = Provider.objects.select_for_update(of=("self",)).get(pk=provider.pk)
    changes = {name: value for name, value in changes.items() if getattr(provider, name) != value}
    if not changes:
        unchanged()
        return provider
    _ask_numbers(changes)
    if (npi := changes.get("npi")) and (same := Provider.objects.filter(npi=npi).exclude(pk=provider.pk).first()):
        raise Refused(f"That NPI is {same}'s. Each person has their own.")
    if objection := rules.objection_to_supervisor(provider.pk, _chain_above(changes.get("supervisor"))):
        raise Refused(objection)
    before = {name: str(getattr(provider, name) or "") for name in changes}
    for name, value in changes.items():
        setattr(provider, name, value)
    provider.save(update_fields=list(changes))
    after = {name: str(value or "") for name, value in changes.items()}
    trail.record(actor, "provider.changed", provider, before=before, after=after)
    return provider


@action(Permission.MANAGE_STAFF)
def set_license(actor: Actor, *, provider: Provider, state: str, number: str, good_until: date) -> License:
    """Say under which license a provider practices in a state, and until when; replaces the one before there."""
    if not number.strip():
        raise Refused("Type the license's number.")
    said = {"number": number.strip(), "good_until": good_until}
    held, _ = License.objects.update_or_create(provider=provider, state=state, defaults=said)
    trail.record(actor, "license.set", provider, held, state=state, good_until=good_until)
    return held


@action(Permission.MANAGE_STAFF)
def change_booking_of_provider(actor: Actor, *, provider: Provider, is_active: bool) -> Provider:
    """Say whether patients may be booked with a provider; visits that stand are not touched."""
    provider = Provider.objects.select_for_update().get(pk=provider.pk)
    if provider.is_active == is_active:
        unchanged()
        return provider
    provider.is_active = is_active
    provider.save(update_fields=["is_active"])
    trail.record(actor, "provider.opened" if is_active else "provider.closed", provider)
    return provider


def _ask_numbers(values: dict[str, Any]) -> None:
    for name in ("npi", "taxonomy"):
        if values.get(name) and (objection := OBJECTIONS[name](values[name])):
            raise Refused(objection)


def _chain_above(supervisor: Provider | None) -> list[UUID]:
    """The keys of a supervisor, of theirs, and so on."""
    chain: list[UUID] = []
    while supervisor is not None and supervisor.pk not in chain:
        chain.append(supervisor.pk)
        supervisor = supervisor.supervisor
    return chain


def _locked(member: Member) -> Member:
    # Changes of the staff go one at a time, so that two administrators cannot each remove the other.
    list(administrators().select_for_update())
    return Member.objects.select_for_update().get(pk=member.pk)


def _ask_who_may_change(actor: Actor, member: Member, location: Location | None) -> None:
    if objection := rules.objection_to_own_roles(acting=actor.id, changed=str(member.pk)):
        raise Refused(objection)
    if actor.id.startswith("automation:"):
        return
    managing = [name for name, may in MAY.items() if Permission.MANAGE_STAFF in may]
    where = Role.objects.filter(member_id=actor.id, name__in=managing).values_list("location_id", flat=True)
    manages = {str(key) if key else None for key in where}
    if objection := rules.objection_to_reach(manages=manages, wanted=str(location.pk) if location else None):
        raise Refused(objection)


def _keep_an_administrator(others: Any, *, lost: bool) -> None:
    if lost and (objection := rules.objection_to_fewer_administrators(left=others.count())):
        raise Refused(objection)


def _roles(member: Member) -> list[str]:
    held = member.roles.select_related("location").order_by("name", "location__name")
    return [f"{role.name} @ {role.location.name if role.location else 'everywhere'}" for role in held]
