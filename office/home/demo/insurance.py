"""What pays: payers that do not exist, and the cards families show."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from office.home.demo.billing import describe
from office.home.demo.cards import pictures_of
from office.home.demo.office import ZONE
from office.patients.models import CardPicture, Coverage, Patient, Payer, Plan

#: payer, plan, its kind, share of households under 65, copay in cents
_PLANS = (
    ("Hudson Meadow Health", "Choice PPO", "work", 20, 3000),
    ("Hudson Meadow Health", "Select HMO", "work", 12, 2500),
    ("Bluestone Mutual", "Open Access Plus", "work", 17, 2500),
    ("Bluestone Mutual", "High Deductible 3200", "work", 10, None),
    ("Catskill Union Benefit Fund", "Members' Plan", "work", 9, 2000),
    ("Ferry Landing Health Plan", "Silver", "work", 8, 4000),
    ("Riverbend Community Care", "Medicaid Managed Care", "medicaid", 18, 0),
    ("Riverbend Community Care", "Child Health", "medicaid", 0, 0),
    ("Northgate Government Services", "Medicare Part B", "medicare", 0, None),
    ("Fairhaven Life and Casualty", "Medicare Supplement G", "supplement", 0, None),
    ("Silver Birch Senior", "Medicare Advantage PPO", "advantage", 0, 1500),
)
_SELF_PAY = 6
_MBI_LETTERS = "ACDEFGHJKMNPQRTUVWXY"


class Insurance:
    """Payers, plans, coverages and the pictures of their cards as unsaved rows."""

    def __init__(self, today: date, random: Random) -> None:
        self.today, self.random = today, random
        payers = dict.fromkeys(payer for payer, *_ in _PLANS)
        self.payers = {name: Payer(name=name, payer_code=f"DEMO{number:02}") for number, name in enumerate(payers, 1)}
        describe(list(self.payers.values()))
        self.plans = {f"{payer} {plan}": Plan(payer=self.payers[payer], name=plan) for payer, plan, *_ in _PLANS}
        self.terms = {f"{payer} {plan}": (kind, share, copay) for payer, plan, kind, share, copay in _PLANS}
        self.coverages: list[Coverage] = []
        self.cards: list[CardPicture] = []
        self.drawn: dict[str, dict[str, str]] = {}

    def cover(self, family: Sequence[Patient], age: Callable[[Patient], float]) -> None:
        """One card for a family's younger members, Medicare for each from 65."""
        for patient in family:
            if age(patient) >= 65:
                self.medicare(patient)
        younger = [patient for patient in family if age(patient) < 65]
        shares = {name: share for name, (_, share, _) in self.terms.items() if share}
        choice = self.random.choices([*shares, ""], [*shares.values(), _SELF_PAY])[0]
        if not younger or not choice:
            return
        holder = younger[0]
        number = self.member_number(choice)
        group = f"G{self.random.randint(10_000, 99_999)}" if self.terms[choice][0] == "work" else ""
        starts = self.today.replace(month=1, day=1) - timedelta(365 * self.random.randint(0, 4))
        has_ended = self.random.random() < 0.03
        for place, patient in enumerate(younger):
            is_child = age(patient) < 26 and place > 0
            relation = "self" if place == 0 else "child" if is_child else "spouse"
            self.add(
                patient, choice, member_id=f"{number}-{place + 1:02}", group_number=group, relation=relation,
                subscriber_name="" if place == 0 else f"{holder.given_name} {holder.family_name}",
                subscriber_birth_date=None if place == 0 else holder.birth_date, starts_on=starts,
                ends_on=self.today - timedelta(23) if has_ended else None,
            )  # fmt: skip

    def medicare(self, patient: Patient) -> None:
        starts = (patient.birth_date or self.today).replace(day=1)
        starts = starts.replace(year=starts.year + 65)
        if self.random.random() < 0.45:
            self.add(
                patient,
                "Silver Birch Senior Medicare Advantage PPO",
                member_id=self.member_number("Silver"),
                starts_on=starts,
            )
            return
        self.add(
            patient, "Northgate Government Services Medicare Part B", member_id=self.medicare_number(), starts_on=starts
        )
        if self.random.random() < 0.6:
            self.add(
                patient, "Fairhaven Life and Casualty Medicare Supplement G", rank=2, member_id=self.member_number("F"),
                starts_on=starts,
            )  # fmt: skip

    def add(self, patient: Patient, plan: str, **card: object) -> None:
        scanned = datetime.combine(self.today - timedelta(self.random.randint(2, 420)), time(9, 5), ZONE)
        row = Coverage(patient=patient, plan=self.plans[plan], copay_cents=self.terms[plan][2], **card)
        self.coverages.append(row)
        if plan not in self.drawn:
            self.drawn[plan] = pictures_of(row.plan.payer.name, row.plan.name)
        self.cards += [
            CardPicture(coverage=row, side=side, picture=picture, added_by="Rosa Delgado", created_at=scanned)
            for side, picture in self.drawn[plan].items()
        ]

    def forget(self, patient: Patient) -> None:
        self.coverages = [row for row in self.coverages if row.patient is not patient]
        self.cards = [card for card in self.cards if card.coverage.patient is not patient]

    def member_number(self, plan: str) -> str:
        return f"{plan[0]}{self.random.choice('KWX')}{self.random.randint(10**7, 10**8 - 1)}"

    def medicare_number(self) -> str:
        """The shape of a Medicare number, but it begins with 0, which no real one does."""
        pattern = "0A94-A94-AA99".replace("0A94-A94", "0A9N-A9N")
        letters = {"A": _MBI_LETTERS, "9": "0123456789", "N": "0123456789" + _MBI_LETTERS}
        return "".join(self.random.choice(letters[mark]) if mark in letters else mark for mark in pattern)
