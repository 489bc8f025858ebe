"""The demo office: a family practice that does not exist, around today. Never a real person, payer or phone number."""

from collections.abc import Callable
from datetime import date, datetime


def load(today: date, now: datetime, progress: Callable[[str], None] = lambda _: None) -> None:
    """Fill the empty database with the office of ``today``; ``progress`` hears what is being made.

    Raises Refused when the database already holds patients.
    """
    from django.contrib.auth.hashers import make_password

    from office.core.actors import Automation
    from office.core.permissions import Permission
    from office.home.actions import load_demo
    from office.home.demo.calendar import as_of
    from office.home.demo.generator import generate
    from office.home.demo.office import PASSWORD, ZONE

    moment = as_of(today, now, ZONE)
    progress("inventing 2,500 people and their visits")
    office = generate(today, moment, password_hash=make_password(PASSWORD))
    load_demo(Automation("demo", {Permission.LOAD_DEMO}), office=office, moment=moment, progress=progress)


def sign_ins() -> list[tuple[str, str, str, str]]:
    """(user name, password, person, role in words) of everyone who can sign in to the demo."""
    from office.home.demo.office import PASSWORD, PEOPLE
    from office.staff.permissions import ROLE_LABELS

    return [(username, PASSWORD, f"{given} {family}", ROLE_LABELS[role]) for username, given, family, role in PEOPLE]


def demo_now() -> datetime | None:
    """The moment at which the loaded demo's day was laid out, for the page that says so; None without a demo."""
    from office.audit.models import Entry

    loaded = Entry.objects.filter(verb="demo.loaded").order_by("-at").first()
    return datetime.fromisoformat(loaded.details["as_of"]) if loaded else None
