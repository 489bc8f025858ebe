"""Which plans a provider takes, where and when; and what to say when a patient's is not among them. Values alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Standing(StrEnum):
    """How a provider stands with a plan on a day."""

    TAKEN = "taken"
    APPLIED = "applied"
    LATER = "later"
    ENDED = "ended"
    NEVER = "never"


@dataclass(frozen=True)
class Taken:
    """One line of a provider's list. Without ``plan`` it is every plan of the payer, without ``location`` everywhere.

    Both days are included; without a first day the provider has applied and is not in yet.
    """

    payer: Any
    plan: Any
    location: Any
    starts_on: date | None
    ends_on: date | None
    applied_on: date | None = None

    def is_about(self, payer: Any, plan: Any, location: Any) -> bool:
        return self.payer == payer and self.plan in (None, plan) and self.location in (None, location)

    def standing(self, on: date) -> Standing:
        if self.starts_on is None:
            return Standing.APPLIED
        if on < self.starts_on:
            return Standing.LATER
        return Standing.ENDED if self.ends_on is not None and on > self.ends_on else Standing.TAKEN


def how_it_stands(
    listed: Iterable[Taken], *, payer: Any, plan: Any, location: Any, on: date
) -> tuple[Standing, Taken | None]:
    """Return how the provider stands with the plan there on the day, and the line that says so."""
    about = [one for one in listed if one.is_about(payer, plan, location)]
    order = list(Standing)
    best = min(about, key=lambda one: order.index(one.standing(on)), default=None)
    return (best.standing(on), best) if best else (Standing.NEVER, None)


def why_not(standing: Standing, line: Taken | None) -> str:
    """Return what is known of a plan that is not taken, as a sentence; nothing when there is nothing to add."""
    if line is None:
        return ""
    if standing is Standing.APPLIED:
        return f"Applied {line.applied_on:%m/%d/%Y}, not in yet." if line.applied_on else "Applied, not in yet."
    if standing is Standing.LATER:
        return f"Taken from {line.starts_on:%m/%d/%Y}."
    return f"Taken until {line.ends_on:%m/%d/%Y}." if standing is Standing.ENDED else ""


def objection_to(*, starts_on: date | None, ends_on: date | None, applied_on: date | None, today: date) -> str | None:
    """Return why this line cannot be kept, or None."""
    if starts_on is None and ends_on is not None:
        return "A last day needs a first one."
    if starts_on and ends_on and ends_on < starts_on:
        return "It would end before it starts."
    if starts_on is None and applied_on is None:
        return "Say from when the plan is taken, or when the provider applied."
    if applied_on and applied_on > today:
        return "The day of the application is still to come."
    return None
