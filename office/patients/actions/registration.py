"""Registering a patient: the duplicate question is answered first, the number is given once."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from uuid import UUID

from django.utils import timezone

from office.audit import trail
from office.core.actions import Refused, action
from office.core.actors import Actor
from office.core.events import announce
from office.core.permissions import Permission
from office.patients.actions import search_index
from office.patients.actions.numbers import next_mrns
from office.patients.events import PatientRegistered
from office.patients.models import Address, Consent, Contact, DifferentPeople, Patient, Telecom
from office.patients.queries.duplicates import Typed, possible_duplicates
from office.patients.queries.restriction import closed_to


@dataclass(frozen=True)
class Particulars:
    """Who someone is. A newborn may have no given name yet; a birth date is always asked for."""

    family_name: str
    given_name: str = ""
    middle_name: str = ""
    suffix: str = ""
    called: str = ""
    pronouns: str = ""
    birth_date: date | None = None
    sex: str = Patient.Sex.UNKNOWN
    language: str = "en"
    needs_interpreter: bool = False
    is_unnamed_newborn: bool = False
    custody_note: str = ""


@dataclass(frozen=True)
class Reach:
    """How to reach someone: an E.164 number, an address; consents by kind, as far as they were asked."""

    phone: str = ""
    email: str = ""
    line: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    consents: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Guarantor:
    """Who pays when it is someone else."""

    name: str
    relationship: str
    phone: str = ""


@action(Permission.REGISTER_PATIENTS)
def register_patient(
    actor: Actor,
    *,
    who: Particulars,
    reach: Reach | None = None,
    guarantor: Guarantor | None = None,
    different_from: Mapping[UUID, str] | None = None,
) -> Patient:
    """Open a chart for someone new, or refuse while someone here is likely the same person.

    ``different_from`` holds the charts that look alike and why each is someone else.
    """
    reach, different_from = reach or Reach(), different_from or {}
    if objection := objection_to(who):
        raise Refused(objection)
    # The number's row is the lock: two clerks who register the same person go one after the other.
    [mrn] = next_mrns()
    typed = Typed(
        who.family_name, who.given_name, who.birth_date, reach.phone, reach.line, reach.city, reach.state,
        reach.postal_code,
    )  # fmt: skip
    likely = [one.patient for one in possible_duplicates(typed, besides=different_from) if one.is_likely]
    if likely:
        raise Refused(_already_here(actor, likely))
    patient = Patient.objects.create(mrn=mrn, contact_asked_on=timezone.localdate(), **asdict(who))
    _write_reach(actor, patient, reach)
    if guarantor:
        Contact.objects.create(
            patient=patient,
            name=guarantor.name,
            relationship=guarantor.relationship,
            phone=guarantor.phone,
            is_guarantor=True,
        )
    _write_different(actor, patient, different_from)
    search_index.refresh([patient], are_new=True)
    trail.record(actor, "patient.registered", patient, compared=len(different_from))
    announce(PatientRegistered(str(patient.pk)))
    return patient


def _already_here(actor: Actor, likely: list[Patient]) -> str:
    """Return the refusal; a chart that is closed to the actor is not named, nor is its number."""
    closed = closed_to(actor, likely)
    open_ones = [patient for patient in likely if patient.pk not in closed]
    if not open_ones:
        return (
            "A restricted chart is alike. Nothing was registered. Ask the privacy officer to look, "
            "or say why this is someone else."
        )
    return (
        f"{open_ones[0].short_name} (MRN {open_ones[0].mrn}) is likely the same person. "
        "Open that chart, or say why this is someone else."
    )


def objection_to(who: Particulars) -> str | None:
    """Return why nobody can be registered so, or None."""
    if not who.family_name.strip():
        return "A family name is needed. Someone with one name has it there."
    if not who.given_name.strip() and not who.is_unnamed_newborn and who.birth_date is None:
        return "A given name or a birth date is needed to tell this person from others."
    if who.birth_date and who.birth_date > timezone.localdate():
        return "The birth date is still to come."
    if who.is_unnamed_newborn and who.birth_date and (timezone.localdate() - who.birth_date).days > 365:
        return "Only a child under one year can be registered as a newborn without a name."
    return None


def _write_reach(actor: Actor, patient: Patient, reach: Reach) -> None:
    if reach.phone:
        Telecom.objects.create(
            patient=patient,
            system=Telecom.System.PHONE,
            value=reach.phone,
            may_leave_message=bool(reach.consents.get(Consent.Kind.VOICEMAIL)),
        )
    if reach.email:
        Telecom.objects.create(patient=patient, system=Telecom.System.EMAIL, value=reach.email, use=Telecom.Use.HOME)
    if reach.line or reach.city or reach.postal_code:
        Address.objects.create(
            patient=patient, line=reach.line, city=reach.city, state=reach.state, postal_code=reach.postal_code
        )
    Consent.objects.bulk_create(
        Consent(
            patient=patient, kind=kind, is_given=given, given_at=timezone.now(), how="At registration",
            recorded_by=actor.label,
        )
        for kind, given in reach.consents.items()
    )  # fmt: skip


def _write_different(actor: Actor, patient: Patient, different_from: Mapping[UUID, str]) -> None:
    for other, reason in different_from.items():
        if len(reason.strip()) < 3:
            raise Refused("Say in a few words why these are two people.")
        DifferentPeople.objects.create(
            patient=patient, other_id=other, reason=reason.strip()[:200], by_label=actor.label
        )
