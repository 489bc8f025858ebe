"""`./run openings --visit-type NAME [--provider NAME] [--from DATE] [--days N]`: next available, earliest first."""

from collections.abc import Collection, Iterable
from datetime import date
from difflib import get_close_matches
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandParser

from office.core.commands import CannotDo, OfficeCommand
from office.core.permissions import Permission
from office.scheduling.models import VisitType
from office.scheduling.queries.openings import openings_for
from office.scheduling.rules.hours import within_reach
from office.staff.models import Provider

T = TypeVar("T")


class Command(OfficeCommand):
    help = "Say when a visit can be booked next: JSON lines, earliest first."
    permissions: ClassVar[Collection[Permission]] = (Permission.SEE_SCHEDULE,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--visit-type", required=True, metavar="NAME", help="as the office calls it")
        parser.add_argument("--provider", metavar="NAME", help="with this provider only")
        parser.add_argument("--from", dest="from_on", metavar="DATE", help="YYYY-MM-DD; today when left out")
        parser.add_argument("--days", type=int, default=90, metavar="N", help="how many days to look at (90)")
        parser.add_argument("--limit", type=int, default=20, metavar="N", help="how many openings at most (20)")

    def work(self, **options: Any) -> int:
        if not self.actor().may(Permission.SEE_SCHEDULE):
            raise PermissionDenied(Permission.SEE_SCHEDULE)
        visit_type = _named(
            options["visit_type"],
            [((kind.name,), kind) for kind in VisitType.objects.filter(is_active=True)],
            "appointment type",
        )
        provider = None
        if options["provider"] is not None:
            providers = Provider.objects.filter(is_active=True)
            provider = _named(options["provider"], [(_names_of(one), one) for one in providers], "provider")
        for opening in openings_for(
            visit_type,
            provider=provider,
            from_on=_day(options["from_on"]),
            days=_within(options["days"], 1, 750, "--days"),
            limit=_within(options["limit"], 1, 10_000, "--limit"),
        ):
            self.put(
                {
                    "starts_at": opening.starts_at,
                    "ends_at": opening.ends_at,
                    "provider": str(opening.provider),
                    "room": opening.room.name if opening.room else None,
                    "location": opening.location.name,
                    "score": opening.score,
                    "why": opening.why,
                }
            )
        return 0


def _names_of(provider: Provider) -> tuple[str, ...]:
    """Every way in which a person may type the provider's name; the first is how lists show it."""
    given, family = provider.given_name, provider.family_name
    return (str(provider), provider.spoken_name, f"{given} {family}", f"{family}, {given}", family)


def _named(wanted: str, things: Iterable[tuple[tuple[str, ...], T]], what: str) -> T:
    """Return the one thing of that name, whatever its case, or say what there is."""
    known = [(tuple(name.casefold() for name in names), names[0], thing) for names, thing in things]
    meant = [(shown, thing) for names, shown, thing in known if wanted.strip().casefold() in names]
    if len(meant) == 1:
        return meant[0][1]
    if meant:
        raise CannotDo(f"“{wanted}” may be {' or '.join(shown for shown, _ in meant)}. Say which {what}.")
    near = get_close_matches(wanted.casefold(), [name for names, _, _ in known for name in names], n=3, cutoff=0.5)
    shown = dict.fromkeys(shown for names, shown, _ in known if set(near) & set(names))
    offered = list(shown) or [shown for _, shown, _ in known]
    if not offered:
        raise CannotDo(f"There is no {what} yet.")
    raise CannotDo(f"There is no {what} “{wanted}”. Did you mean {_or(offered)}?")


def _or(names: list[str]) -> str:
    return ", ".join(names[:-1]) + (" or " if names[1:] else "") + names[-1]


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return within_reach(date.fromisoformat(text))
    except ValueError as fault:
        raise CannotDo(f"“{text}” is not a day: write it as 2026-11-23.") from fault


def _within(number: int, least: int, most: int, option: str) -> int:
    if not least <= number <= most:
        raise CannotDo(f"{option} is a number from {least} to {most:,}.")
    return number
