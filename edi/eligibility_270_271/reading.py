"""A 270 or a 271 to values. What has no field is passed over; a level that hangs nowhere is said, and read."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Final

from edi.collecting import without_collecting
from edi.eligibility_270_271.values import Benefit, Eligibility, Entity, Inquiry, Person, Refusal
from edi.envelope import Transaction
from edi.money import cents
from edi.problems import Problem, Problems, Severity
from edi.professional_claim_837p.values import Address
from edi.segments import readable

_NOTHING: Final = ("",) * 17
#: HL03, and that of the level above: source, receiver, subscriber, dependent.
_ABOVE: Final = {"20": "", "21": "20", "22": "21", "23": "22"}


@without_collecting
def read(transaction: Transaction, problems: Problems) -> Eligibility:
    """Return what is asked or answered; each fault of the content is added to ``problems``. Never raises on it."""
    return _Reading(transaction, problems).read()


class _Reading:
    """A walk over the segments. ``entity``, ``benefit`` and ``person`` are those to which the next segment belongs."""

    def __init__(self, transaction: Transaction, problems: Problems) -> None:
        marks = transaction.interchange.delimiters
        self.transaction, self.problems = transaction, problems
        self.component, self.repetition = marks.component, marks.repetition
        self.found = Eligibility(transaction.control, transaction.version)
        self.person: Person | None = None
        self.benefit: Benefit | None = None
        self.inquiry: Inquiry | None = None
        self.entity: Entity | None = None
        self.levels: dict[str, str] = {}
        self.index = 0

    def read(self) -> Eligibility:
        element, takes = self.transaction.interchange.delimiters.element, _TAKES.get
        for index, piece in enumerate(self.transaction.pieces):
            elements = piece.split(element)
            take = takes(elements[0])
            if take is not None:
                self.index = index
                elements += _NOTHING[len(elements) :]
                take(self, elements)
        return self.found

    def bht(self, e: list[str]) -> None:
        found = self.found
        found.purpose, found.reference, found.date, found.time = e[2:6]

    def hl(self, e: list[str]) -> None:
        self.benefit = self.inquiry = self.entity = None
        number, parent, level = e[1], e[2], e[3]
        if number in self.levels:
            self._say("HL01", "level_twice", f"The level number {number[:12]} is used twice.")
        above = _ABOVE.get(level)
        if above is None:
            self._say("HL03", "level", "HL03 names a level that has no place here.")
        elif above and self.levels.get(parent) != above:
            self._say("HL02", "parent", "HL02 names no level under which this one can stand; it was read all the same.")
        self.levels[number] = level
        self.person = None
        if level in {"22", "23"}:
            self.person = Person(Entity("IL" if level == "22" else "03", "1"), is_dependent=level == "23")
            self.found.persons.append(self.person)

    def nm1(self, e: list[str]) -> None:
        self.entity = one = Entity(
            e[1], e[2], readable(e[3]), readable(e[4]), readable(e[5]), readable(e[7]), e[8], readable(e[9])
        )
        if self.benefit is not None:
            self.benefit.entities.append(one)
        elif self.person is not None:
            self.person.entity = one
        elif "21" in self.levels.values():
            self.found.receiver = one
        else:
            self.found.payer = one

    def n3(self, e: list[str]) -> None:
        if self.entity is not None:
            self._address(self.entity).lines = [readable(line) for line in e[1:3] if line]

    def n4(self, e: list[str]) -> None:
        if self.entity is not None:
            address = self._address(self.entity)
            address.city, address.state, address.postal_code, address.country = readable(e[1]), e[2], e[3], e[4]

    def _address(self, entity: Entity) -> Address:
        if entity.address is None:
            entity.address = Address()
        return entity.address

    def per(self, e: list[str]) -> None:
        if self.entity is not None:
            contact = [readable(one) for one in e[2:9]]
            while contact and not contact[-1]:
                contact.pop()
            self.entity.contacts.append(contact)

    def dmg(self, e: list[str]) -> None:
        if self.entity is not None:
            self.entity.birth_date, self.entity.sex = e[2], e[3]

    def ins(self, e: list[str]) -> None:
        if self.person is not None:
            self.person.relationship, self.person.was_corrected = e[2], e[4] == "25"

    def trn(self, e: list[str]) -> None:
        if self.person is not None:
            self.person.traces.append((e[1], e[2], e[3]))

    def ref(self, e: list[str]) -> None:
        holder = self.entity or self.benefit
        if holder is not None:
            holder.references.append((e[1], readable(e[2])))

    def dtp(self, e: list[str]) -> None:
        holder = self.benefit or self.inquiry or self.person
        if holder is not None:
            holder.dates.append((e[1], e[2], e[3]))

    def aaa(self, e: list[str]) -> None:
        refusal = Refusal(e[3], e[4], e[1] == "Y", self.transaction.segment + self.index)
        holder = self.benefit or self.person or self.found
        holder.refusals.append(refusal)

    def eq(self, e: list[str]) -> None:
        self.inquiry = Inquiry(self._repeated(e[1]), e[2].split(self.component) if e[2] else [], e[3])
        self.entity = None
        if self.person is not None:
            self.person.inquiries.append(self.inquiry)

    def eb(self, e: list[str]) -> None:
        self.benefit = benefit = Benefit(
            e[1], e[2], self._repeated(e[3]), e[4], readable(e[5]), e[6],
            self._cents(e[7]) if e[7] else None, self._percent(e[8]) if e[8] else None, e[9], e[10], e[11], e[12],
            e[13].split(self.component) if e[13] else [], segment=self.transaction.segment + self.index,
        )  # fmt: skip
        self.entity = None
        if self.person is None:
            self._say("EB", "misplaced", "A benefit stands before anybody whom it could be of; it was not kept.")
        else:
            self.person.benefits.append(benefit)

    def hsd(self, e: list[str]) -> None:
        if self.benefit is not None:
            self.benefit.delivery.append(e[1:9])

    def msg(self, e: list[str]) -> None:
        if self.benefit is not None:
            self.benefit.messages.append(readable(e[1]))

    def le(self, _: list[str]) -> None:
        self.entity = None

    def _repeated(self, text: str) -> list[str]:
        if not text:
            return []
        return text.split(self.repetition) if self.repetition else [text]

    def _cents(self, text: str) -> int | None:
        try:
            return cents(text)
        except ValueError:
            self._say("EB07", "amount", "EB07 is no amount of dollars and cents; it is left out.")
            return None

    def _percent(self, text: str) -> Decimal | None:
        try:
            found = Decimal(text) if len(text) < 20 else Decimal("NaN")
        except InvalidOperation:
            found = Decimal("NaN")
        if found.is_finite():
            return found
        self._say("EB08", "percent", "EB08 is no number; it is left out.")
        return None

    def _say(self, element: str, code: str, words: str) -> None:
        self.transaction.errors += 1
        number, offset = self.transaction.segment + self.index, self.transaction.byte_of(self.index)
        self.problems.add(Problem(number, offset, element, Severity.ERROR, code, words))


_TAKES: Final[dict[str, Callable[[_Reading, list[str]], None]]] = {
    name.upper(): getattr(_Reading, name)
    for name in (
        "bht", "hl", "nm1", "n3", "n4", "per", "dmg", "ins", "trn", "ref", "dtp", "aaa", "eq", "eb", "hsd", "msg", "le",
    )
}  # fmt: skip
