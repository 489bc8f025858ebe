"""What may be read of a patient's identifiers; the sealed ones only through here."""

from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag

from office.core import secrets
from office.patients.models import Identifier
from office.patients.rules.identifiers import last_four

FIELD = "ssn"


def row_of(identifier: Identifier) -> str:
    """Return the name under which a number is sealed to its row."""
    return f"patients_identifier|sealed|{identifier.pk}"


def unsealed(identifier: Identifier) -> str:
    """Return the digits. Raises ValueError when they were altered, or sealed for another row or under another key."""
    try:
        return secrets.unseal(bytes(identifier.sealed or b""), row=row_of(identifier)).decode()
    except InvalidTag as fault:
        raise ValueError("This number cannot be opened.") from fault


def masked(identifier: Identifier) -> str:
    """Return as much of a sealed number as a face sheet shows: its last four digits, or that it is kept sealed."""
    try:
        end = last_four(unsealed(identifier))
    except ValueError:
        return "cannot be opened"
    return f"ends in {end}" if end else "kept sealed"


@dataclass(frozen=True)
class Shown:
    """An identifier as the face sheet shows it; ``given_by`` in words, not the address of a code system."""

    row: Identifier
    shown: str
    given_by: str


def shown(identifiers: Iterable[Identifier]) -> list[Shown]:
    """Return the identifiers as they are shown."""
    return [
        Shown(row, masked(row) if row.is_sealed else row.value, "" if ":" in row.system else row.system)
        for row in identifiers
    ]


def is_on_another_chart(identifier: Identifier) -> bool:
    """Whether another chart has the same sealed number."""
    same = Identifier.objects.filter(blind_index=identifier.blind_index, patient__merged_into__isnull=True)
    return bool(identifier.blind_index) and same.exclude(patient=identifier.patient_id).exists()
