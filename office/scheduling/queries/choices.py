"""What next available offers to choose from, and what was chosen."""

from dataclasses import dataclass
from datetime import date

from office.practice.models import Location
from office.scheduling.models import VisitType
from office.scheduling.queries.openings import Opening, openings_for
from office.staff.models import Provider


@dataclass(frozen=True)
class Choices:
    """The types and the providers of a location; ``provider`` None is anyone."""

    location: Location
    types: list[VisitType]
    providers: list[Provider]
    chosen: VisitType | None
    provider: Provider | None


def choices(location: Location, visit_type: str, provider: str) -> Choices:
    """Return what can be chosen there; the first type when the key names none. Two queries."""
    types = list(VisitType.objects.filter(is_active=True))
    providers = list(Provider.objects.filter(is_active=True, hours__location=location).distinct())
    return Choices(
        location,
        types,
        providers,
        chosen=next((one for one in types if str(one.pk) == visit_type), types[0] if types else None),
        provider=next((one for one in providers if str(one.pk) == provider), None),
    )


def openings_for_choice(sought: Choices, *, from_on: date | None, limit: int) -> list[Opening]:
    """Return the first openings for what was chosen."""
    if sought.chosen is None:
        return []
    return openings_for(sought.chosen, provider=sought.provider, location=sought.location, from_on=from_on, limit=limit)
