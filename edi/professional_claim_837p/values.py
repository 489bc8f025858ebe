"""What an 837P says. Amounts are integer cents, dates and quantities text as sent; what has no field is kept.

``segment`` is the number of the segment in the file (1 at ISA) at which a value begins, 0 in what is to be written; it
takes no part in comparing.
"""

from dataclasses import dataclass, field

from edi.remittance_835 import Adjustment

#: Qualifier, format (``D8``, ``RD8``), value: a DTP.
Dated = tuple[str, str, str]
#: A segment that has no field here, as its elements, the name first.
Kept = list[str]


@dataclass(slots=True)
class Address:
    lines: list[str] = field(default_factory=list)
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    subdivision: str = ""


@dataclass(slots=True)
class Party:
    """NM1 and what follows it. ``role`` is NM101; ``kind`` 1 a person, 2 an organization; ``references`` are REFs, the
    tax number among them; ``contacts`` are PERs: name, then qualifier and number in turn."""

    role: str
    kind: str = "2"
    name: str = ""
    given: str = ""
    middle: str = ""
    suffix: str = ""
    qualifier: str = ""
    identifier: str = ""
    address: Address | None = None
    taxonomy: str = ""
    birth_date: str = ""
    sex: str = ""
    references: list[tuple[str, str]] = field(default_factory=list)
    contacts: list[list[str]] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)


@dataclass(slots=True)
class BillingProvider:
    """Loop 2000A. ``pay_to`` is another address for the money, ``pay_to_plan`` a plan that has paid already."""

    party: Party
    taxonomy: str = ""
    currency: str = ""
    pay_to: Party | None = None
    pay_to_plan: Party | None = None


@dataclass(slots=True)
class PatientFacts:
    """PAT: relationship to the subscriber (PAT01), date of death, weight in pounds, ``Y`` where pregnant."""

    relationship: str = ""
    death_date: str = ""
    weight: str = ""
    pregnant: str = ""


@dataclass(slots=True)
class Insurance:
    """SBR: place in the order of payers (``P``, ``S``, ``T`` …), relationship, group, and kind of plan (SBR09)."""

    order: str
    relationship: str = ""
    group_number: str = ""
    group_name: str = ""
    insurance_type: str = ""
    filing: str = ""


@dataclass(slots=True)
class Subscriber:
    """Loop 2000B: the insured and the payer to whom the claim goes."""

    insurance: Insurance
    party: Party
    payer: Party
    facts: PatientFacts | None = None


@dataclass(slots=True)
class Patient:
    """Loop 2000C: a patient who is not the subscriber."""

    party: Party
    facts: PatientFacts


@dataclass(slots=True)
class OtherCoverage:
    """Loop 2320: another payer of this claim. ``amounts`` are AMTs by qualifier: ``D`` paid, ``EAF`` left to the
    patient, ``A8`` not covered. ``benefits_assigned``, ``signature`` and ``release`` are OI03, OI04, OI06."""

    insurance: Insurance
    insured: Party | None = None
    payer: Party | None = None
    adjustments: list[Adjustment] = field(default_factory=list)
    amounts: list[tuple[str, int]] = field(default_factory=list)
    benefits_assigned: str = ""
    signature: str = ""
    release: str = ""
    remarks: list[str] = field(default_factory=list)
    providers: list[Party] = field(default_factory=list)


@dataclass(slots=True)
class Decision:
    """Loop 2430: what another payer, named by its number, decided on a line."""

    payer: str
    paid: int
    procedure: list[str]
    units: str = ""
    bundled_into: str = ""
    adjustments: list[Adjustment] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)
    amounts: list[tuple[str, int]] = field(default_factory=list)


@dataclass(slots=True)
class Drug:
    """Loop 2410: NDC (``N4``) or device, quantity and unit (``ML``, ``UN`` …), prescription number."""

    qualifier: str
    code: str
    quantity: str = ""
    unit: str = ""
    references: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class ServiceLine:
    """Loop 2400. ``procedure`` is SV101 in parts: qualifier, code, four modifiers, description; ``unit`` is ``UN``, or
    ``MJ`` for anesthesia minutes; ``pointers`` are positions in the claim's diagnoses, from 1."""

    procedure: list[str]
    charge: int
    unit: str = "UN"
    quantity: str = "1"
    place: str = ""
    pointers: list[str] = field(default_factory=list)
    emergency: str = ""
    screening: str = ""
    family_planning: str = ""
    copay_exempt: str = ""
    dates: list[Dated] = field(default_factory=list)
    references: list[tuple[str, str]] = field(default_factory=list)
    amounts: list[tuple[str, int]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    drug: Drug | None = None
    providers: list[Party] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    forms: list[Kept] = field(default_factory=list)
    segment: int = field(default=0, compare=False)


@dataclass(slots=True)
class Claim:
    """Loop 2300 with whom it belongs to. ``control`` is our number (CLM01), ``frequency`` CLM05-3: 1 original, 7
    replacement, 8 void. ``diagnoses`` are qualifier and code of the diagnosis HI; ``codes`` the other HIs, in parts."""

    billing: BillingProvider
    subscriber: Subscriber
    control: str
    charge: int
    place: str = "11"
    frequency: str = "1"
    patient: Patient | None = None
    provider_signature: str = "Y"
    assignment: str = "A"
    benefits_assigned: str = "Y"
    release: str = "Y"
    patient_signature: str = ""
    causes: list[str] = field(default_factory=list)
    accident_state: str = ""
    accident_country: str = ""
    special_program: str = ""
    delay_reason: str = ""
    dates: list[Dated] = field(default_factory=list)
    references: list[tuple[str, str]] = field(default_factory=list)
    amounts: list[tuple[str, int]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    diagnoses: list[tuple[str, str]] = field(default_factory=list)
    codes: list[list[tuple[str, ...]]] = field(default_factory=list)
    providers: list[Party] = field(default_factory=list)
    coverages: list[OtherCoverage] = field(default_factory=list)
    lines: list[ServiceLine] = field(default_factory=list)
    segment: int = field(default=0, compare=False)


@dataclass(slots=True)
class Submission:
    """One ST to SE: who sends, who receives, when it was made, and its claims in the order sent."""

    control: str
    version: str = "005010X222A1"
    purpose: str = "00"
    reference: str = ""
    date: str = ""
    time: str = ""
    use: str = "CH"
    submitter: Party | None = None
    receiver: Party | None = None
    claims: list[Claim] = field(default_factory=list)
