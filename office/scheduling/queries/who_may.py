"""Whether someone may book a visit type, with this provider, for this patient, on that day."""

from datetime import date
from zoneinfo import ZoneInfo

from office.core.actors import Actor
from office.patients.models import Patient
from office.scheduling.models import Appointment, VisitType
from office.scheduling.rules import visit_types
from office.staff.models import Provider
from office.staff.rules import objection_to_new_patient


def objection_to_type(
    actor: Actor, visit_type: VisitType, patient: Patient, day: date, *, is_new_visit: bool
) -> str | None:
    """Return why not, or None. A visit that is moved was new when it was booked, so that is not asked again."""
    # The program itself, an importer or another system holds no role: its permissions say all.
    roles = getattr(actor, "roles", None)
    asks_whether_new = visit_type.is_for_new_patients and is_new_visit
    return (
        (None if visit_type.is_active else f"{visit_type.name} is not booked any more. Choose another type.")
        or visit_types.objection_to_booker(visit_type.name, roles=roles, allowed=visit_type.booked_by_roles)
        or visit_types.objection_to_age(
            visit_type.name,
            born_on=patient.birth_date,
            day=day,
            minimum=visit_type.minimum_age,
            maximum=visit_type.maximum_age,
        )
        or visit_types.objection_to_established(
            visit_type.name,
            is_for_new=asks_whether_new,
            last_seen_on=last_seen_on(patient) if asks_whether_new else None,
            day=day,
        )
    )


def objection_to_provider(provider: Provider, patient: Patient, day: date, *, is_new_visit: bool) -> str | None:
    """Return why the provider does not take this patient, who is new here, or None; who was seen lately is not new."""
    takes_all = provider.takes_new_patients and provider.new_from_age is None and provider.new_to_age is None
    if takes_all or not is_new_visit:
        return None
    seen_on = last_seen_on(patient)
    if seen_on and visit_types.age_in_years(seen_on, day) < visit_types.NEW_AFTER_YEARS:
        return None
    return objection_to_new_patient(
        provider.spoken_name,
        takes_new=provider.takes_new_patients,
        from_age=provider.new_from_age,
        to_age=provider.new_to_age,
        age=visit_types.age_in_years(patient.birth_date, day) if patient.birth_date else None,
    )


def last_seen_on(patient: Patient) -> date | None:
    """Return the day of the patient's last visit that took place, by the clock of its location."""
    seen = Appointment.objects.filter(patient=patient, status=Appointment.Status.DONE).select_related("location")
    last = seen.order_by("-starts_at").first()
    return last.starts_at.astimezone(ZoneInfo(last.location.zone)).date() if last else None
