"""Names, phone numbers, addresses, the people around a patient, and what the patient agreed to."""

from datetime import date
from typing import Any

from django.utils import timezone

from office.audit import trail
from office.core.actions import Refused, action, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.patients.actions import search_index
from office.patients.models import Address, Consent, Contact, Name, Patient, Telecom
from office.patients.phone_numbers import NotAPhoneNumber, read_phone

SHORTEST_REASON = 3


@action(Permission.CORRECT_PATIENTS)
def add_name(
    actor: Actor, *, patient: Patient, kind: str, family_name: str, given_name: str = "", until_on: date | None = None
) -> Name:
    """Note another name by which the patient is found, or refuse an empty one and the one that the chart bears."""
    family_name, given_name = family_name.strip(), given_name.strip()
    if not family_name:
        raise Refused("A family name is needed.")
    if (family_name, given_name) == (patient.family_name, patient.given_name):
        raise Refused("The chart bears this name already.")
    _not_to_come(until_on)
    Patient.objects.select_for_update().get(pk=patient.pk)
    if same := Name.objects.filter(patient=patient, kind=kind, family_name=family_name, given_name=given_name).first():
        unchanged()
        return same
    name = Name.objects.create(
        patient=patient, kind=kind, family_name=family_name, given_name=given_name, until_on=until_on
    )
    search_index.refresh([patient])
    trail.record(actor, "name.added", name, patient_id=patient.pk, kind=kind)
    return name


@action(Permission.CORRECT_PATIENTS)
def end_name(actor: Actor, *, name: Name, until_on: date) -> Name:
    """Note until when the patient had the name, or refuse a day to come; it stays findable."""
    _not_to_come(until_on)
    if name.until_on == until_on:
        unchanged()
        return name
    name.until_on = until_on
    name.save(update_fields=["until_on"])
    trail.record(actor, "name.ended", name, patient_id=name.patient_id)
    return name


@action(Permission.CORRECT_PATIENTS)
def add_telecom(
    actor: Actor,
    *,
    patient: Patient,
    system: str,
    value: str,
    use: str = Telecom.Use.MOBILE,
    may_leave_message: bool = False,
) -> Telecom:
    """Add a phone or fax number (kept as E.164) or an e-mail address, or refuse what is none."""
    if system == Telecom.System.EMAIL:
        value = value.strip().casefold()
        if value.count("@") != 1 or value.startswith("@") or "." not in value.split("@")[1]:
            raise Refused("Type an e-mail address like name@example.com.")
    else:
        try:
            value = read_phone(value)
        except NotAPhoneNumber as reason:
            raise Refused(str(reason)) from reason
    Patient.objects.select_for_update().get(pk=patient.pk)
    if same := Telecom.objects.filter(patient=patient, system=system, value=value).exclude(use=Telecom.Use.OLD).first():
        unchanged()
        return same
    telecom = Telecom.objects.create(
        patient=patient, system=system, value=value, use=use, may_leave_message=may_leave_message,
        rank=Telecom.objects.filter(patient=patient).count() + 1,
    )  # fmt: skip
    search_index.refresh([patient])
    trail.record(actor, "telecom.added", telecom, patient_id=patient.pk, system=system, use=use)
    return telecom


@action(Permission.CORRECT_PATIENTS)
def end_telecom(actor: Actor, *, telecom: Telecom, on: date, reason: str) -> Telecom:
    """Stop using a number or e-mail address from a day on, or refuse; it stays on the chart as an old one."""
    must_be_an_end(on, reason)
    now = Telecom.objects.select_for_update().get(pk=telecom.pk)
    if now.is_ended:
        unchanged()
        return now
    now.use, now.may_leave_message = Telecom.Use.OLD, False
    now.ended_on, now.ended_because = on, reason.strip()[:200]
    now.save()
    trail.record(actor, "telecom.ended", now, patient_id=now.patient_id)
    return now


@action(Permission.CORRECT_PATIENTS)
def set_address(actor: Actor, /, *, patient: Patient, use: str = Address.Use.HOME, **place: str) -> Address:
    """Make this the patient's address of its use; the one until now becomes an old one.

    ``place`` is line, line2, city, state and postal_code.
    """
    Patient.objects.select_for_update().get(pk=patient.pk)
    if not (place.get("line", "").strip() or place.get("city", "").strip()):
        raise Refused("A street or a city is needed.")
    Address.objects.filter(patient=patient, use=use).update(
        use=Address.Use.OLD, ended_on=timezone.localdate(), ended_because="A newer one took its place"
    )
    address = Address.objects.create(patient=patient, use=use, **place)
    trail.record(actor, "address.set", address, patient_id=patient.pk, use=use)
    return address


@action(Permission.CORRECT_PATIENTS)
def end_address(actor: Actor, *, address: Address, on: date, reason: str) -> Address:
    """Send nothing to an address any more, or refuse; it stays on the chart as an old one."""
    must_be_an_end(on, reason)
    now = Address.objects.select_for_update().get(pk=address.pk)
    if now.is_ended:
        unchanged()
        return now
    now.use, now.ended_on, now.ended_because = Address.Use.OLD, on, reason.strip()[:200]
    now.save()
    trail.record(actor, "address.ended", now, patient_id=now.patient_id)
    return now


@action(Permission.CORRECT_PATIENTS)
def set_contact(actor: Actor, /, *, patient: Patient, contact: Contact | None = None, **values: Any) -> Contact:
    """Add or change someone around the patient; ``values`` are the fields of Contact."""
    row = contact or Contact(patient=patient)
    for field, value in values.items():
        setattr(row, field, value)
    if not row.name.strip() or not row.relationship.strip():
        raise Refused("A name and how they are related are needed.")
    if row.may_consent and not row.evidence.strip():
        raise Refused("Say what shows that they may consent: a birth certificate, a form, a court order, and its date.")
    row.save()
    trail.record(actor, "contact.set", row, patient_id=patient.pk, is_new=contact is None)
    return row


@action(Permission.CORRECT_PATIENTS)
def end_contact(actor: Actor, *, contact: Contact, on: date, reason: str) -> Contact:
    """From a day on a contact may not be told, bring, consent or speak for the patient; or refuse without a reason.

    A day to come is for what ends by itself, such as a proxy at the patient's eighteenth birthday.
    """
    _ask_for(reason)
    now = Contact.objects.select_for_update().get(pk=contact.pk)
    if now.is_ended:
        unchanged()
        return now
    now.until_on, now.ended_because = on, reason.strip()[:200]
    now.save(update_fields=["until_on", "ended_because"])
    trail.record(actor, "contact.ended", now, patient_id=now.patient_id, on=on)
    return now


@action(Permission.CORRECT_PATIENTS)
def record_consent(actor: Actor, *, patient: Patient, kind: str, is_given: bool, how: str) -> Consent:
    """Note what the patient agreed to or refused, and how they said so; the newest of a kind holds."""
    if not how.strip():
        raise Refused("Say how the patient told you: on paper, by phone, at the window.")
    consent = Consent.objects.create(
        patient=patient, kind=kind, is_given=is_given, given_at=timezone.now(), how=how.strip(), recorded_by=actor.label
    )
    trail.record(actor, "consent.recorded", consent, patient_id=patient.pk, kind=kind, is_given=is_given)
    return consent


def must_be_an_end(on: date, reason: str) -> None:
    """Refuse a day that is still to come, or no reason."""
    _not_to_come(on)
    _ask_for(reason)


def _not_to_come(day: date | None) -> None:
    if day and day > timezone.localdate():
        raise Refused("That day is still to come.")


def _ask_for(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("Say why in a few words. It stays on the chart.")
