"""Values to a 270 or a 271: the same levels, the question or the answer under each person."""

from collections.abc import Iterator

from edi.collecting import without_collecting
from edi.eligibility_270_271.values import Benefit, Eligibility, Entity, Inquiry, Person, Refusal
from edi.money import decimal
from edi.sending import Row, Writer, transaction


@without_collecting
def write(one: Eligibility, number: str, writer: Writer | None = None) -> str:
    """Return ST to SE; ``number`` is ``270`` or ``271``. Raises ValueError where a value cannot be sent."""
    used = writer or Writer()
    return used.text(transaction(_rows(one, number), one.control))


def _rows(one: Eligibility, number: str) -> Iterator[Row]:
    yield ("ST", number, one.control, one.version)
    yield ("BHT", "0022", one.purpose, one.reference, one.date, one.time)
    yield ("HL", "1", "", "20", "1")
    yield from (_refusal(refusal) for refusal in one.refusals)
    yield from _entity(one.payer or Entity("PR"))
    yield ("HL", "2", "1", "21", "1" if one.persons else "0")
    yield from _entity(one.receiver or Entity("1P"))
    level, subscriber = 2, 2
    for position, person in enumerate(one.persons):
        level += 1
        has_more = one.persons[position + 1 : position + 2]
        follows = not person.is_dependent and bool(has_more) and has_more[0].is_dependent
        yield ("HL", str(level), str(subscriber if person.is_dependent else 2), "23" if person.is_dependent else "22",
               "1" if follows else "0")  # fmt: skip
        subscriber = subscriber if person.is_dependent else level
        yield from _person(person)


def _person(person: Person) -> Iterator[Row]:
    yield from (("TRN", *trace) for trace in person.traces)
    yield from _entity(person.entity)
    if person.relationship:
        said = "N" if person.is_dependent else "Y"
        yield ("INS", said, person.relationship, *(("001", "25") if person.was_corrected else ()))
    yield from (_refusal(refusal) for refusal in person.refusals)
    yield from (("DTP", *date) for date in person.dates)
    for inquiry in person.inquiries:
        yield from _inquiry(inquiry)
    for benefit in person.benefits:
        yield from _benefit(benefit)


def _refusal(one: Refusal) -> Row:
    return ("AAA", "Y" if one.is_valid else "N", "", one.reason, one.follow_up)


def _entity(one: Entity) -> Iterator[Row]:
    yield ("NM1", one.role, one.kind, one.name, one.given, one.middle, "", one.suffix, one.qualifier, one.identifier)
    yield from (("REF", *reference) for reference in one.references)
    if one.address is not None:
        if one.address.lines:
            yield ("N3", *one.address.lines)
        yield ("N4", one.address.city, one.address.state, one.address.postal_code, one.address.country)
    yield from (("PER", "IC", *contact) for contact in one.contacts)
    if one.birth_date or one.sex:
        yield ("DMG", "D8" if one.birth_date else "", one.birth_date, one.sex)


def _inquiry(one: Inquiry) -> Iterator[Row]:
    yield ("EQ", one.service_types, tuple(one.procedure), one.level)
    yield from (("DTP", *date) for date in one.dates)


def _benefit(one: Benefit) -> Iterator[Row]:
    yield (
        "EB", one.code, one.level, one.service_types, one.insurance_type, one.plan, one.period,
        "" if one.amount is None else decimal(one.amount), "" if one.percent is None else f"{one.percent:f}",
        one.quantity_kind, one.quantity, one.authorization, one.in_network, tuple(one.procedure),
    )  # fmt: skip
    yield from (("HSD", *delivery) for delivery in one.delivery)
    yield from (("REF", *reference) for reference in one.references)
    yield from (("DTP", *date) for date in one.dates)
    yield from (_refusal(refusal) for refusal in one.refusals)
    yield from (("MSG", message) for message in one.messages)
    if one.entities:
        yield ("LS", "2120")
        for entity in one.entities:
            yield from _entity(entity)
        yield ("LE", "2120")
