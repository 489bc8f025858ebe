"""What the demo office charges, by which way its claims leave, and which payers take its providers: no randomness."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from office.billing.models import Clearinghouse, Enrollment, Fee
from office.billing.rules.enrollment import State, Transaction
from office.patients.models import Payer
from office.scheduling.models import PlanTaken
from office.staff.models import Provider

_BY = "Bao Tran"
#: kind, claim-filing indicator, days of timely filing and where that is written; what is left out is still to find.
_FACTS = {
    "Hudson Meadow Health": (Payer.Kind.COMMERCIAL, "CI", 180, "Provider agreement, section 6"),
    "Bluestone Mutual": (Payer.Kind.COMMERCIAL, "CI", 120, "Provider manual, chapter 4"),
    "Catskill Union Benefit Fund": (Payer.Kind.COMMERCIAL, "CI", None, ""),
    "Ferry Landing Health Plan": (Payer.Kind.COMMERCIAL, "HM", 90, "Provider agreement, section 3"),
    "Riverbend Community Care": (Payer.Kind.MEDICAID, "MC", 120, "Plan's manual, page 31"),
    "Northgate Government Services": (Payer.Kind.MEDICARE, "MB", 365, "42 CFR 424.44"),
    "Fairhaven Life and Casualty": (Payer.Kind.COMMERCIAL, "", None, ""),
    "Silver Birch Senior": (Payer.Kind.MEDICARE, "16", 365, "Provider agreement, section 8"),
}

#: Codes of HCPCS Level II and the office's own, in its own words; last year's price and this year's, in cents.
_FEES = (
    ("G0438", "", "Medicare wellness visit, first", 21_500, 22_500),
    ("G0439", "", "Medicare wellness visit, yearly", 14_000, 14_800),
    ("G0444", "", "Depression screening, yearly", 2_400, 2_500),
    ("G0008", "", "Flu vaccine given", 3_000, 3_200),
    ("G0009", "", "Pneumococcal vaccine given", 3_000, 3_200),
    ("G2211", "", "Continuing care, added to a visit", 2_200, 2_300),
    ("G0179", "", "Home health, certified again", 5_200, 5_500),
    ("J1885", "", "Ketorolac injected, per 15 mg", 800, 800),
    ("J3420", "", "Vitamin B12 injected, up to 1,000 mcg", 1_200, 1_300),
    ("J7613", "", "Albuterol for the nebulizer, per 1 mg", 300, 300),
    ("Q0091", "", "Pap smear obtained", 6_500, 6_800),
    ("A4550", "", "Tray for a small procedure", 4_000, 4_000),
    ("FORM", "", "School, camp or work form", 2_000, 2_500),
    ("NOSHOW", "", "Visit missed without a call", 2_500, 3_500),
)


def fees(today: date) -> Iterator[Fee]:
    """Yield last year's and this year's prices; what did not change goes on."""
    this_year = today.replace(month=1, day=1)
    for code, modifiers, words, before, now in _FEES:
        said = {"code": code, "modifiers": modifiers, "words": words}
        yield Fee(**said, amount_cents=before, starts_on=this_year.replace(year=today.year - 1))
        if now != before:
            yield Fee(**said, amount_cents=now, starts_on=this_year)


def describe(payers: Sequence[Payer]) -> None:
    """Fill in what the office knows of its payers."""
    for payer in payers:
        payer.kind, payer.filing_indicator, payer.timely_filing_days, payer.timely_filing_source = _FACTS[payer.name]


def clearinghouse() -> Clearinghouse:
    """Return one that does not exist, to which files are carried by hand."""
    return Clearinghouse(
        name="Larch Clearing", submitter_id="JUNIPER01", receiver_id="LARCHCLR", agreement_on=date(2024, 3, 1)
    )


def plans_taken(payers: Sequence[Payer], providers: Sequence[Provider], today: date) -> Iterator[PlanTaken]:
    """Yield what providers take: everything everywhere, but the newest has only applied to two of the payers."""
    newest = providers[-1]
    for place, payer in enumerate(payers):
        for provider in providers:
            has_applied = provider is newest and place in {5, 7}
            yield PlanTaken(
                provider=provider,
                payer=payer,
                applied_on=today - timedelta(40) if has_applied else None,
                starts_on=None if has_applied else date(2024, 1, 1),
            )


def enrollments(payers: Sequence[Payer], providers: Sequence[Provider], today: date) -> Iterator[Enrollment]:
    """Yield how it stands: most of it in order, the newest provider waiting, one request that nobody answered."""
    newest = providers[-1]
    for place, payer in enumerate(payers):
        for provider in providers:
            for transaction in Transaction:
                state, days = State.APPROVED, 600
                if payer.name == "Fairhaven Life and Casualty" or transaction is Transaction.CLAIM_STATUS:
                    state = State.NOT_NEEDED
                elif provider is newest:
                    state, days = (State.REQUESTED, 9 + 6 * place) if place < 5 else (State.TO_REQUEST, 0)
                if state is State.TO_REQUEST:
                    continue
                on = None if state is State.NOT_NEEDED else today - timedelta(days)
                yield Enrollment(
                    payer=payer, provider=provider, transaction=transaction, state=state, on=on, by_label=_BY
                )
