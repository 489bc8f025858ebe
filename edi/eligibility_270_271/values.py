"""What is asked and answered about a patient's coverage. Amounts are integer cents, percents parts of one as Decimal.

"We could not look" is never "not covered": a refusal (AAA) stands apart from a benefit that says inactive.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from edi.professional_claim_837p.values import Address, Dated

_ACTIVE: Final = frozenset("12345")  # EB01: active, in five forms
_INACTIVE: Final = frozenset("678")  # EB01: inactive, pending eligibility update and investigation
_REMAINING: Final = "29"  # EB06


class Standing(StrEnum):
    ACTIVE = "active"
    INACTIVE = "inactive"
    NOT_SAID = "not_said"  # answered, but without a word on whether the coverage is active
    NOT_LOOKED_UP = "not_looked_up"  # the payer refused the question; the answer is unknown


class Kind(StrEnum):
    """What a benefit speaks of, from EB01."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    COINSURANCE = "coinsurance"
    COPAY = "copay"
    DEDUCTIBLE = "deductible"
    OUT_OF_POCKET = "out_of_pocket"
    LIMIT = "limit"
    NOT_COVERED = "not_covered"
    OTHER_PAYER = "other_payer"
    PRIMARY_CARE = "primary_care"
    CONTACT = "contact"
    OTHER = "other"


_KINDS: Final = {
    **dict.fromkeys(_ACTIVE, Kind.ACTIVE), **dict.fromkeys(_INACTIVE, Kind.INACTIVE), "A": Kind.COINSURANCE,
    "B": Kind.COPAY, "C": Kind.DEDUCTIBLE, "G": Kind.OUT_OF_POCKET, "F": Kind.LIMIT, "I": Kind.NOT_COVERED,
    "R": Kind.OTHER_PAYER, "L": Kind.PRIMARY_CARE, "U": Kind.CONTACT,
}  # fmt: skip


@dataclass(slots=True)
class Refusal:
    """AAA: the question was not answered. ``reason`` is AAA03, ``follow_up`` AAA04 (``C`` correct and ask again …)."""

    reason: str
    follow_up: str
    is_valid: bool = False
    segment: int = field(default=0, compare=False)


@dataclass(slots=True)
class Entity:
    """NM1 with what follows: payer, provider, insured, or the other payer of a benefit."""

    role: str
    kind: str = "2"
    name: str = ""
    given: str = ""
    middle: str = ""
    suffix: str = ""
    qualifier: str = ""
    identifier: str = ""
    address: Address | None = None
    birth_date: str = ""
    sex: str = ""
    references: list[tuple[str, str]] = field(default_factory=list)
    contacts: list[list[str]] = field(default_factory=list)


@dataclass(slots=True)
class Benefit:
    """EB and what follows. ``level`` is EB02 (``IND``, ``FAM`` …), ``period`` EB06 (``23`` a calendar year, ``27`` a
    visit, ``29`` what remains), ``authorization`` EB11 and ``in_network`` EB12 as ``Y``, ``N``, ``U`` or ``W``."""

    code: str
    level: str = ""
    service_types: list[str] = field(default_factory=list)
    insurance_type: str = ""
    plan: str = ""
    period: str = ""
    amount: int | None = None
    percent: Decimal | None = None
    quantity_kind: str = ""
    quantity: str = ""
    authorization: str = ""
    in_network: str = ""
    procedure: list[str] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    references: list[tuple[str, str]] = field(default_factory=list)
    delivery: list[list[str]] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    segment: int = field(default=0, compare=False)

    @property
    def kind(self) -> Kind:
        return _KINDS.get(self.code, Kind.OTHER)

    @property
    def is_remaining(self) -> bool:
        """Whether an amount is what remains, not the whole: of a deductible or of out-of-pocket."""
        return self.period == _REMAINING

    @property
    def is_family(self) -> bool:
        return self.level == "FAM"


@dataclass(slots=True)
class Inquiry:
    """EQ: what is asked for, as service types (``30`` the plan as a whole) or a procedure."""

    service_types: list[str] = field(default_factory=list)
    procedure: list[str] = field(default_factory=list)
    level: str = ""
    dates: list[Dated] = field(default_factory=list)


@dataclass(slots=True)
class Person:
    """A subscriber (HL*22) or a dependent (HL*23). ``traces`` are TRNs: kind, number, origin; INS02 relates."""

    entity: Entity
    is_dependent: bool = False
    relationship: str = ""
    was_corrected: bool = False
    traces: list[tuple[str, str, str]] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    inquiries: list[Inquiry] = field(default_factory=list)
    benefits: list[Benefit] = field(default_factory=list)

    @property
    def standing(self) -> Standing:
        """Whether the coverage is active, as far as the answer says."""
        kinds = {benefit.kind for benefit in self.benefits}
        if Kind.ACTIVE in kinds:
            return Standing.ACTIVE
        if Kind.INACTIVE in kinds:
            return Standing.INACTIVE
        return Standing.NOT_LOOKED_UP if self.refusals else Standing.NOT_SAID


@dataclass(slots=True)
class Eligibility:
    """One ST to SE of a 270 or a 271. ``refusals`` are those of the payer and of the one who asks: nobody was looked
    up."""

    control: str
    version: str = "005010X279A1"
    purpose: str = ""
    reference: str = ""
    date: str = ""
    time: str = ""
    payer: Entity | None = None
    receiver: Entity | None = None
    refusals: list[Refusal] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)

    def standing_of(self, person: Person) -> Standing:
        found = person.standing
        return Standing.NOT_LOOKED_UP if found is Standing.NOT_SAID and self.refusals else found
