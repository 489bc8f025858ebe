"""Values to an 837P: hierarchy, counts and order made here, amounts as dollars, nothing that the guide forbids.

Claims that follow each other with the same billing provider, subscriber and patient share their loops.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from edi.collecting import without_collecting
from edi.money import decimal
from edi.professional_claim_837p.values import (
    BillingProvider,
    Claim,
    Decision,
    Insurance,
    OtherCoverage,
    Party,
    PatientFacts,
    ServiceLine,
    Submission,
    Subscriber,
)
from edi.remittance_835 import Adjustment
from edi.sending import Row, Value, Writer, transaction

_MOST_LINES, _MOST_DIAGNOSES, _MOST_COVERAGES, _MOST_ADJUSTMENTS = 50, 12, 10, 6
_CLAIM_ORDER: Final = ("DTP", "PWK", "CN1", "AMT", "REF", "K3", "NTE", "CR1", "CR2", "CRC", "HI", "HCP")
_LINE_ORDER: Final = (
    "SV5", "PWK", "CR1", "CR3", "CRC", "DTP", "QTY", "MEA", "CN1", "REF", "AMT", "K3", "NTE", "PS1", "HCP",
)  # fmt: skip


class CannotBeSent(ValueError):
    """A claim that an 837P cannot carry; the message names what is too much."""


@without_collecting
def write(submission: Submission, writer: Writer | None = None) -> str:
    """Return ST to SE. Raises ValueError where a value cannot be sent, naming its element."""
    return (writer or Writer()).text(transaction(_Writing().rows(submission), submission.control))


class _Writing:
    def __init__(self) -> None:
        self.level = 0

    def rows(self, sent: Submission) -> Iterator[Row]:
        yield ("ST", "837", sent.control, sent.version)
        yield ("BHT", "0019", sent.purpose, sent.reference, sent.date, sent.time, sent.use)
        for party in (sent.submitter, sent.receiver):
            if party is not None:
                yield from _party(party)
        yield from self._claims(sent.claims)

    def _claims(self, claims: Sequence[Claim]) -> Iterator[Row]:
        before: Claim | None = None
        above = subscriber_level = 0
        for number, claim in enumerate(claims):
            new_billing = before is None or claim.billing is not before.billing
            if new_billing:
                above = self._next()
                yield from _billing(claim.billing, above)
            new_subscriber = new_billing or before is None or claim.subscriber is not before.subscriber
            if new_subscriber or (before is not None and before.patient is not None and claim.patient is None):
                subscriber_level, new_subscriber = self._next(), True
                dependents = _has_dependents(claims, number)
                yield ("HL", str(subscriber_level), str(above), "22", "1" if dependents else "0")
                yield from _subscriber(claim.subscriber)
            if claim.patient and (new_subscriber or before is None or claim.patient is not before.patient):
                yield ("HL", str(self._next()), str(subscriber_level), "23", "0")
                yield _facts(claim.patient.facts)
                yield from _party(claim.patient.party)
            yield from _claim(claim)
            before = claim

    def _next(self) -> int:
        self.level += 1
        return self.level


def _has_dependents(claims: Sequence[Claim], first: int) -> bool:
    """Tell whether a patient's level follows in the subscriber's loop that opens at ``first``."""
    opened = claims[first]
    for claim in claims[first:]:
        if claim.subscriber is not opened.subscriber or claim.billing is not opened.billing:
            return False
        if claim.patient is not None:
            return True
    return False


def _billing(provider: BillingProvider, level: int) -> Iterator[Row]:
    yield ("HL", str(level), "", "20", "1")
    if provider.taxonomy:
        yield ("PRV", "BI", "PXC", provider.taxonomy)
    if provider.currency:
        yield ("CUR", "85", provider.currency)
    yield from _party(provider.party)
    for other in (provider.pay_to, provider.pay_to_plan):
        if other is not None:
            yield from _party(other)


def _subscriber(subscriber: Subscriber) -> Iterator[Row]:
    yield _insurance(subscriber.insurance)
    if subscriber.facts is not None:
        yield _facts(subscriber.facts)
    yield from _party(subscriber.party)
    yield from _party(subscriber.payer)


def _insurance(one: Insurance) -> Row:
    return (
        "SBR",
        one.order,
        one.relationship,
        one.group_number,
        one.group_name,
        one.insurance_type,
        "",
        "",
        "",
        one.filing,
    )


def _facts(one: PatientFacts) -> Row:
    died, weighs = "D8" if one.death_date else "", "01" if one.weight else ""
    return ("PAT", one.relationship, "", "", "", died, one.death_date, weighs, one.weight, one.pregnant)


def _party(one: Party) -> Iterator[Row]:
    yield ("NM1", one.role, one.kind, one.name, one.given, one.middle, "", one.suffix, one.qualifier, one.identifier)
    if one.taxonomy:
        yield ("PRV", "PE", "PXC", one.taxonomy)
    address = one.address
    if address is not None:
        if address.lines:
            yield ("N3", *address.lines)
        yield ("N4", address.city, address.state, address.postal_code, address.country, "", "", address.subdivision)
    if one.birth_date or one.sex:
        yield ("DMG", "D8", one.birth_date, one.sex)
    yield from (("DTP", *date) for date in one.dates)
    yield from (("REF", *reference) for reference in one.references)
    yield from (("PER", "IC", *contact) for contact in one.contacts)


def _claim(claim: Claim) -> Iterator[Row]:
    _measure("service lines", claim.lines, _MOST_LINES)
    _measure("diagnoses", claim.diagnoses, _MOST_DIAGNOSES)
    _measure("other coverages", claim.coverages, _MOST_COVERAGES)
    causes: Value = ""
    if claim.causes or claim.accident_state or claim.accident_country:
        three = [*claim.causes, "", "", ""][:3]
        causes = (*three, claim.accident_state, claim.accident_country)
    yield (
        "CLM", claim.control, decimal(claim.charge), "", "", (claim.place, "B", claim.frequency),
        claim.provider_signature, claim.assignment, claim.benefits_assigned, claim.release, claim.patient_signature,
        causes, claim.special_program, *[""] * 7, claim.delay_reason,
    )  # fmt: skip
    health: list[Sequence[tuple[str, ...]]] = [claim.diagnoses, *claim.codes]
    rows: list[Row] = [("HI", *codes) for codes in health if codes]
    yield from _ordered(claim, rows, _CLAIM_ORDER)
    for party in claim.providers:
        yield from _party(party)
    for coverage in claim.coverages:
        yield from _coverage(coverage)
    for number, line in enumerate(claim.lines, 1):
        yield from _line(line, number)


def _measure(what: str, values: Sequence[object], most: int) -> None:
    if len(values) > most:
        raise CannotBeSent(f"A claim carries at most {most} {what}; this one has {len(values)}.")


def _ordered(holder: Claim | ServiceLine, rows: list[Row], order: Sequence[str]) -> list[Row]:
    rows += [("DTP", *date) for date in holder.dates]
    rows += [("AMT", qualifier, decimal(amount)) for qualifier, amount in holder.amounts]
    rows += [("REF", *reference) for reference in holder.references]
    rows += [("NTE", *note) for note in holder.notes]
    rows += holder.kept
    place = {tag: number for number, tag in enumerate(order)}
    return sorted(rows, key=lambda row: place.get(str(row[0]), len(order)))


def _coverage(one: OtherCoverage) -> Iterator[Row]:
    yield _insurance(one.insurance)
    yield from _adjustments(one.adjustments)
    yield from (("AMT", qualifier, decimal(amount)) for qualifier, amount in one.amounts)
    yield ("OI", "", "", one.benefits_assigned, one.signature, "", one.release)
    if one.remarks:
        yield ("MOA", *one.remarks)
    for party in (one.insured, one.payer, *one.providers):
        if party is not None:
            yield from _party(party)


def _adjustments(adjustments: Iterable[Adjustment]) -> Iterator[Row]:
    """Yield one CAS for each group, of up to six reasons; more of a group take another."""
    groups: dict[str, list[Adjustment]] = {}
    for one in adjustments:
        groups.setdefault(one.group, []).append(one)
    for group, own in groups.items():
        for first in range(0, len(own), _MOST_ADJUSTMENTS):
            row = ["CAS", group]
            for one in own[first : first + _MOST_ADJUSTMENTS]:
                row += [one.reason, decimal(one.amount), one.quantity]
            yield row


def _line(line: ServiceLine, number: int) -> Iterator[Row]:
    yield ("LX", str(number))
    yield (
        "SV1", tuple(line.procedure), decimal(line.charge), line.unit, line.quantity, line.place, "",
        tuple(line.pointers), "", line.emergency, "", line.screening, line.family_planning, "", "", line.copay_exempt,
    )  # fmt: skip
    yield from _ordered(line, [], _LINE_ORDER)
    if line.drug is not None:
        yield ("LIN", "", line.drug.qualifier, line.drug.code)
        yield ("CTP", "", "", "", line.drug.quantity, (line.drug.unit,))
        yield from (("REF", *reference) for reference in line.drug.references)
    for party in line.providers:
        yield from _party(party)
    for decision in line.decisions:
        yield from _decision(decision)
    yield from line.forms


def _decision(one: Decision) -> Iterator[Row]:
    yield ("SVD", one.payer, decimal(one.paid), tuple(one.procedure), "", one.units, one.bundled_into)
    yield from _adjustments(one.adjustments)
    yield from (("DTP", *date) for date in one.dates)
    yield from (("AMT", qualifier, decimal(amount)) for qualifier, amount in one.amounts)
