"""Loading many patients at once: one action, one entry for a batch, a row in it for each patient."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from office.audit import trail
from office.core.actions import action, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.patients.actions import search_index
from office.patients.actions.identifiers import sealed_number
from office.patients.actions.numbers import next_mrns
from office.patients.models import Address, Contact, Identifier, Name, Patient, Telecom

#: What another system may say of a patient whose chart nobody has corrected here.
_TOLD = (
    "family_name", "given_name", "middle_name", "prefix", "suffix", "called", "birth_date", "sex", "marital_status",
    "language", "is_deceased", "died_on",
)  # fmt: skip


@dataclass
class Arrival:
    """A patient as another system knows them, as unsaved rows that point at ``patient``.

    ``social_security_numbers`` are plain digits; they are sealed here and stored no other way.
    """

    patient: Patient
    names: list[Name] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    telecoms: list[Telecom] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    social_security_numbers: list[str] = field(default_factory=list)

    def rows(self) -> list[Name | Identifier | Telecom | Address | Contact]:
        sealed = [sealed_number(self.patient, number) for number in self.social_security_numbers]
        rows: list[Name | Identifier | Telecom | Address | Contact]
        rows = [*self.names, *self.identifiers, *sealed, *self.telecoms, *self.addresses, *self.contacts]
        for row in rows:
            row.patient = self.patient  # known by now under the key it has here
        return rows


@action(Permission.IMPORT_RECORDS)
def load_patients(actor: Actor, *, new: Sequence[Arrival], changed: Sequence[Arrival] = ()) -> None:
    """Register the new ones under numbers of ours; bring what changed elsewhere to those that are here.

    A changed patient whose chart was corrected here keeps what the office wrote (``version`` tells). Nothing is taken
    away: a name, number, phone or address that is new is added, and an earlier one stays.
    """
    if not new and not changed:
        return unchanged()
    for arrival, mrn in zip(new, next_mrns(len(new)), strict=True):
        arrival.patient.mrn = mrn
    Patient.objects.bulk_create([arrival.patient for arrival in new])
    _add([row for arrival in new for row in arrival.rows()])
    search_index.refresh([arrival.patient for arrival in new], are_new=True)
    if changed:
        _bring_up_to_date(changed)
    trail.record(
        actor, "patient.imported", new=len(new), changed=len(changed),
        patient_ids=[arrival.patient.pk for arrival in (*new, *changed)],
    )  # fmt: skip
    return None


def _add(rows: Sequence[Name | Identifier | Telecom | Address | Contact]) -> None:
    for model in (Name, Identifier, Telecom, Address, Contact):
        of_one_kind: list[Any] = [row for row in rows if isinstance(row, model)]
        model._base_manager.bulk_create(of_one_kind)


def _bring_up_to_date(changed: Sequence[Arrival]) -> None:
    keys = [arrival.patient.pk for arrival in changed]
    versions = dict(Patient.objects.select_for_update().filter(pk__in=keys).values_list("pk", "version"))
    untouched = [arrival.patient for arrival in changed if versions[arrival.patient.pk] == 1]
    Patient.objects.bulk_update(untouched, _TOLD, batch_size=200)
    held = {
        _likeness(row)
        for model in (Name, Identifier, Telecom, Address, Contact)
        for row in model._base_manager.filter(patient_id__in=keys)
    }
    _add([row for arrival in changed for row in arrival.rows() if _likeness(row) not in held])
    search_index.refresh(list(Patient.objects.filter(pk__in=keys)))


def _likeness(row: Name | Identifier | Telecom | Address | Contact) -> tuple[object, ...]:
    """What makes two rows say the same."""
    match row:
        case Name():
            said: tuple[object, ...] = (row.kind, row.family_name, row.given_name, row.middle_name)
        case Identifier():
            said = (row.kind, row.system, row.value, row.blind_index)
        case Telecom():
            said = (row.system, row.value)
        case Address():
            said = (row.line, row.line2, row.city, row.postal_code)
        case Contact():
            said = (row.name, row.relationship, row.phone)
    return (type(row), row.patient_id, *said)
