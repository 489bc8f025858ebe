"""Where the person works now, and what a visit's screens need of it."""

from uuid import UUID

from django.http import Http404

from office.core.actors import Actor
from office.practice.models import Location
from office.scheduling.models import Appointment


def location_of(actor: Actor) -> Location:
    """Return the location where the actor works now. Raises Http404 for one who works at none."""
    for place in getattr(actor, "locations", ()):
        if isinstance(place, Location) and place.pk == actor.at:
            return place
    raise Http404("There is no location to show.")


def visit_of(appointment_id: UUID) -> Appointment:
    """Return the appointment with all that its screens show. Raises Http404."""
    found = (
        Appointment.objects.filter(pk=appointment_id)
        .select_related("patient", "provider", "location", "room", "visit_type")
        .first()
    )
    if found is None:
        raise Http404("There is no such visit.")
    return found
