"""A FHIR R4 Encounter as a row of the chart's spine; its people and places stay names, they are none of ours."""

from collections.abc import Callable
from typing import Any

from office.api.fhir.elements import Wrong, a_moment, codes, concept_text, each, one, text
from office.records.models import Encounter

_STATUSES = {
    "planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled", "entered-in-error", "unknown",
}  # fmt: skip
NameOf = Callable[[dict[str, Any]], str]


def read(resource: dict[str, Any], *, name_of: NameOf) -> Encounter:
    """Return the encounter without its patient; ``name_of`` gives a reference's name or nothing. Raises Wrong."""
    status = text(resource, "status")
    if status not in _STATUSES:
        raise Wrong("status is none of FHIR R4's")
    period = one(resource, "period")
    starts_at, ends_at = a_moment(period, "start"), a_moment(period, "end", is_end=True)
    if starts_at and ends_at and ends_at < starts_at:
        raise Wrong("period ends before it starts")
    types = list(each(resource, "type"))
    reasons = [concept_text(concept, 300) for concept in each(resource, "reasonCode")]
    places = [name_of(one(place, "location")) for place in each(resource, "location")]
    people = [name_of(one(person, "individual")) for person in each(resource, "participant")]
    return Encounter(
        status=status, kind=text(one(resource, "class"), "code", 20),
        type_text=concept_text(types[0], 200) if types else "",
        type_codes=[code for kind in types for code in codes(kind)],
        reason_text="; ".join(reason for reason in reasons if reason)[:300], starts_at=starts_at, ends_at=ends_at,
        place_name=(name_of(one(resource, "serviceProvider")) or next(filter(None, places), ""))[:200],
        provider_names=[name for name in people if name],
    )  # fmt: skip
