"""The face sheet as plain words for paper. No sealed number is on it, and nothing of the past."""

from datetime import date, datetime
from typing import Any

from office.core.money import dollars
from office.core.words import age_words, clock_words, date_words, phone_words
from office.patients.models import Address, Consent, Contact, Coverage, Patient, Telecom
from office.patients.queries.identifiers import shown

Rows = list[tuple[str, str]]


def face_sheet(patient: Patient, *, now: datetime, by: str) -> dict[str, Any]:
    """Return what the template prints: two identifiers for every page, and sections of (label, words)."""
    today = now.date()
    born = date_words(patient.birth_date) if patient.birth_date else "not known"
    return {
        "name": patient.name,
        "born": born,
        "mrn": patient.mrn,
        "printed": f"{date_words(today)} {clock_words(now)}, {by}",
        "alerts": [alert.text for alert in patient.alerts.current()],
        "sections": [
            {"title": title, "rows": rows}
            for title, rows in (
                ("Who", _who(patient, today)),
                ("Reach", _reach(patient)),
                ("Insurance", [row for one in patient.coverages.current(today) for row in _coverage(one)]),
                ("Who may be told, bring and consent", _around(patient, today)),
                ("What the patient agreed to", _consents(patient)),
                ("Numbers", _numbers(patient)),
            )
            if rows
        ],
    }


def _who(patient: Patient, today: date) -> Rows:
    language = patient.language_name + (", interpreter every visit" if patient.needs_interpreter else "")
    rows = [
        ("Called", patient.called),
        ("Pronouns", patient.pronouns),
        ("Age", age_words(patient.birth_date, today) if patient.birth_date else ""),
        ("Sex", patient.get_sex_display()),
        ("Language", language),
        ("Provider", str(patient.primary_provider or "")),
        ("Deceased", (date_words(patient.died_on) if patient.died_on else "yes") if patient.is_deceased else ""),
        *((name.get_kind_display(), str(name)) for name in patient.other_names.all()),
    ]
    return [row for row in rows if row[1]]


def _reach(patient: Patient) -> Rows:
    numbers = [
        (
            one.get_use_display() if one.system == Telecom.System.PHONE else one.get_system_display(),
            one.value if one.system == Telecom.System.EMAIL else phone_words(one.value),
        )
        for one in patient.telecoms.all()
        if not one.is_ended
    ]
    return numbers + [(one.get_use_display(), _mailed(one)) for one in patient.addresses.all() if not one.is_ended]


def _mailed(address: Address) -> str:
    street = ", ".join(part for part in (address.line, address.line2, address.city) if part)
    return " ".join(part for part in (street, address.state, address.postal_code) if part)


def _coverage(coverage: Coverage) -> Rows:
    said = [f"member {coverage.member_id}"]
    said += [f"group {coverage.group_number}"] if coverage.group_number else []
    said += [f"subscriber {coverage.subscriber_name}"] if coverage.subscriber_name else []
    said += [f"copay {dollars(coverage.copay_cents)} by the card"] if coverage.copay_cents is not None else []
    said += [f"until {date_words(coverage.ends_on)}"] if coverage.ends_on else []
    return [(coverage.plan.payer.name, ", ".join([str(coverage.plan), *said]))]


def _around(patient: Patient, today: date) -> Rows:
    contacts = [one for one in patient.contacts.all() if not (one.until_on and one.until_on <= today)]
    rows = [(one.name, _contact(one)) for one in contacts]
    return rows + ([("Custody", patient.custody_note)] if patient.custody_note else [])


def _contact(contact: Contact) -> str:
    said = [contact.relationship, phone_words(contact.phone)]
    said += [
        words
        for words, holds in (
            ("emergency contact", contact.is_emergency_contact),
            ("responsible party", contact.is_guarantor),
            ("speaks for the patient", contact.is_proxy),
            ("may bring", contact.may_bring),
            ("may consent", contact.may_consent),
        )
        if holds
    ]
    said += [f"may be told: {contact.may_be_told}"] if contact.may_be_told else []
    return ", ".join(part for part in said if part)


def _consents(patient: Patient) -> Rows:
    newest: dict[str, Consent] = {}
    for one in patient.consents.all():
        newest.setdefault(one.kind, one)
    return [
        (one.get_kind_display(), f"{'Yes' if one.is_given else 'No'}, {date_words(one.given_at)}, {one.how}")
        for one in newest.values()
    ]


def _numbers(patient: Patient) -> Rows:
    standing = shown(row for row in patient.identifiers.order_by("created_at") if not row.is_ended)
    return [(one.row.get_kind_display(), "on file, sealed" if one.row.is_sealed else one.shown) for one in standing]
