"""Numbers that others gave the patient; one of social security is sealed, and showing it whole is its own act."""

import re
from datetime import date
from enum import StrEnum

from office.audit import trail
from office.core import secrets
from office.core.actions import Refused, action, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.patients.actions.reach import must_be_an_end
from office.patients.models import Identifier, Patient
from office.patients.queries.identifiers import FIELD, row_of, unsealed
from office.patients.rules.identifiers import NotASocialSecurityNumber, read_social_security_number, written


class Reason(StrEnum):
    """Why a sealed number is shown whole; what goes onto the trail."""

    CLAIM = "claim"
    ELIGIBILITY = "eligibility"
    RECORDS = "records"
    SAME_PERSON = "same_person"


@action(Permission.CORRECT_PATIENTS)
def add_identifier(actor: Actor, *, patient: Patient, kind: str, value: str, system: str = "") -> Identifier:
    """Note a number and who gave it, or refuse an empty or impossible one. The same again changes nothing."""
    value, system = " ".join(value.split()), " ".join(system.split())
    if not value:
        raise Refused("Type the number.")
    Patient.objects.select_for_update().get(pk=patient.pk)
    if kind == Identifier.Kind.SOCIAL_SECURITY:
        try:
            row = sealed_number(patient, read_social_security_number(value))
        except NotASocialSecurityNumber as reason:
            raise Refused(str(reason)) from reason
    else:
        row = Identifier(patient=patient, kind=kind, value=value, system=system)
    same = Identifier.objects.filter(
        patient=patient, kind=kind, value=row.value, blind_index=row.blind_index, ended_on__isnull=True
    ).first()
    if same:
        unchanged()
        return same
    row.save()
    trail.record(actor, "identifier.added", row, patient_id=patient.pk, kind=kind)
    return row


@action(Permission.CORRECT_PATIENTS)
def end_identifier(actor: Actor, *, identifier: Identifier, on: date, reason: str) -> Identifier:
    """Note from when a number counts no more, or refuse; it stays on the chart, and finds it."""
    must_be_an_end(on, reason)
    now = Identifier.objects.select_for_update().get(pk=identifier.pk)
    if now.is_ended:
        unchanged()
        return now
    now.ended_on, now.ended_because = on, reason.strip()[:200]
    now.save(update_fields=["ended_on", "ended_because"])
    trail.record(actor, "identifier.ended", now, patient_id=now.patient_id, kind=now.kind)
    return now


@action(Permission.REVEAL_NUMBERS)
def reveal_number(actor: Actor, *, identifier: Identifier, reason: Reason) -> str:
    """Return a sealed number as it is written, or refuse what cannot be opened; each time leaves its entry."""
    try:
        digits = unsealed(identifier)
    except ValueError as fault:
        raise Refused("This number cannot be opened: it was altered, or the key is another one.") from fault
    trail.record(
        actor, "identifier.revealed", identifier, patient_id=identifier.patient_id, kind=identifier.kind, reason=reason
    )
    return written(digits)


def sealed_number(patient: Patient, number: str) -> Identifier:
    """Return the social security number as an unsaved row: sealed to that row, found by its blind index."""
    digits = re.sub(r"\D", "", number)
    row = Identifier(
        patient=patient, kind=Identifier.Kind.SOCIAL_SECURITY, blind_index=secrets.blind_index(digits, field=FIELD)
    )
    row.sealed = secrets.seal(digits.encode(), row=row_of(row))
    return row
