"""What a change of the staff must respect: names that cannot be confused, and an administrator who stays."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from uuid import UUID

USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,39}")


def folded(username: str) -> str:
    """Return the one form under which a user name is kept: NFKC, lower case, no outer space."""
    return unicodedata.normalize("NFKC", username).strip().casefold()


def objection_to_username(username: str, *, taken: Collection[str]) -> str | None:
    """Return why the folded name cannot be given, or None when it can. ``taken`` are the folded names in use.

    Plain letters only, so that no two people's names look alike (164.312(a)(2)(i), unique user identification).
    """
    if not USERNAME.fullmatch(username):
        return "A user name is 2 to 40 plain letters, digits, points or dashes, and begins with a letter."
    if username in taken:
        return f"{username} is somebody else's user name. Choose another."
    return None


def objection_to_own_roles(*, acting: str, changed: str) -> str | None:
    """Return why these roles cannot be changed by this person: nobody raises, or locks out, themselves."""
    if acting == changed:
        return "Nobody changes their own roles. Ask another administrator."
    return None


def objection_to_fewer_administrators(*, left: int) -> str | None:
    """Return why the last administrator must stay, or None. ``left`` would still run the whole office."""
    if left < 1:
        return "This is the office's last administrator. Make somebody else an administrator first."
    return None


def objection_to_reach(*, manages: Collection[str | None], wanted: str | None) -> str | None:
    """Return why roles at the wanted location (None is everywhere) are beyond this manager, or None.

    ``manages`` are the locations where the manager may manage staff; None among them means everywhere.
    """
    if None in manages or wanted in manages:
        return None
    return "You manage staff at your own location only."


def objection_to_supervisor(provider: UUID, chain: Collection[UUID]) -> str | None:
    """Return why nobody in this chain of supervisors can supervise the provider, or None."""
    return "Nobody supervises themselves, nor the one who supervises them." if provider in chain else None


#: A license this close to its last day is asked about; renewals take states weeks.
RENEW_WITHIN = timedelta(days=60)


def license_state(good_until: date | None, *, today: date) -> str:
    """Return ``none``, ``over``, ``soon`` (its last day is near) or ``good``."""
    if good_until is None:
        return "none"
    if good_until < today:
        return "over"
    return "soon" if good_until - today <= RENEW_WITHIN else "good"


def objection_to_new_patient(
    name: str, *, takes_new: bool, from_age: int | None, to_age: int | None, age: int | None
) -> str | None:
    """Return why a provider does not take this new patient, or None. ``age`` in years; None is not known."""
    if not takes_new:
        return f"{name} takes no new patients."
    if from_age is None and to_age is None:
        return None
    if age is None:
        return f"{name} takes new patients by age. Enter the birth date first."
    if from_age is not None and age < from_age:
        return f"{name} takes new patients from {from_age} years."
    if to_age is not None and age > to_age:
        return f"{name} takes new patients up to {to_age} years."
    return None


def queue_of(roles: Iterable[str]) -> str:
    """Return the role whose queue takes the work of a person who leaves, given the names of their roles.

    A role at the desk or in care goes before one that opens no charts; the supervisor takes what has no role.
    """
    held = sorted(roles, key=lambda name: (name in {"administrator", "privacy_officer"}, name))
    return held[0] if held and held[0] != "administrator" else "supervisor"
