"""What can be booked: appointment types added, changed, retired, or begun with a starter set."""

from typing import Any

from office.audit import trail
from office.core.actions import Refused, action, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.scheduling.models import VisitType
from office.scheduling.rules.starters import STARTERS


@action(Permission.MANAGE_PRACTICE)
def add_visit_type(actor: Actor, /, *, name: str, minutes: int, **rest: Any) -> VisitType:
    """Offer something new to book. ``rest``: the type's other fields, ``providers`` among them."""
    _ask(None, name=name, minutes=minutes, **rest)
    providers = rest.pop("providers", None)
    position = VisitType.objects.count()
    made = VisitType.objects.create(name=name.strip(), minutes=minutes, position=position, **rest)
    if providers is not None:
        made.providers.set(providers)
    trail.record(actor, "visit_type.added", made, name=made.name, minutes=minutes)
    return made


@action(Permission.MANAGE_PRACTICE)
def change_visit_type(actor: Actor, /, *, visit_type: VisitType, **changes: Any) -> VisitType:
    """Change a type, or retire it (``is_active``). Visits that are booked keep the length they have."""
    visit_type = VisitType.objects.select_for_update().get(pk=visit_type.pk)
    _ask(visit_type, **changes)
    providers = changes.pop("providers", None)
    changes = {name: value for name, value in changes.items() if getattr(visit_type, name) != value}
    named = providers is not None and set(providers) != set(visit_type.providers.all())
    if not changes and not named:
        unchanged()
        return visit_type
    before = {name: getattr(visit_type, name) for name in changes}
    for name, value in changes.items():
        setattr(visit_type, name, value)
    visit_type.save(update_fields=list(changes) or None)
    if named:
        visit_type.providers.set(providers)
        changes["providers"] = [str(one) for one in providers]
    trail.record(actor, "visit_type.changed", visit_type, before=before, after=changes)
    return visit_type


@action(Permission.MANAGE_PRACTICE)
def begin_with(actor: Actor, *, specialty: str) -> list[VisitType]:
    """Add the starter set of a specialty; a type whose name is there already stays as it is."""
    if specialty not in STARTERS:
        raise Refused("Choose a specialty from the list.")
    there = {name.casefold() for name in VisitType.objects.values_list("name", flat=True)}
    wanted = [one for one in STARTERS[specialty] if one.name.casefold() not in there]
    if not wanted:
        unchanged()
        return []
    first = VisitType.objects.count()
    made = VisitType.objects.bulk_create(
        VisitType(**one._asdict(), position=first + number) for number, one in enumerate(wanted)
    )
    trail.record(actor, "visit_type.starters_added", specialty=specialty, names=[one.name for one in made])
    return made


def _ask(visit_type: VisitType | None, **values: Any) -> None:
    name = values.get("name", "").strip()
    others = VisitType.objects.exclude(pk=visit_type.pk) if visit_type else VisitType.objects.all()
    if name and others.filter(name__iexact=name).exists():
        raise Refused(f"There is already an appointment type named {name}.")
    if not 5 <= values.get("minutes", 5) <= 480:
        raise Refused("A visit lasts 5 to 480 minutes.")
    if not 0 <= (values.get("buffer_minutes") or 0) <= 120:
        raise Refused("The time held after a visit is 0 to 120 minutes.")
    youngest, oldest = values.get("minimum_age"), values.get("maximum_age")
    if youngest is not None and oldest is not None and oldest < youngest:
        raise Refused("The upper age is below the lower one.")
