"""The demo's patients: households that share a door, a phone and an insurance card, and the people around them."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from unicodedata import normalize

from office.home.demo import names
from office.home.demo.insurance import Insurance
from office.home.demo.office import ZONE, Site
from office.home.demo.places import an_address, phone_numbers
from office.patients.models import Address, Alert, Consent, Contact, Name, Patient, Telecom

#: Kinds of household and how many in a hundred: grown-ups' ages, then how many children.
_HOUSEHOLDS = (
    (15, "single"), (11, "couple"), (32, "family"), (10, "single parent"), (15, "older couple"), (13, "older single"),
    (4, "three generations"),
)  # fmt: skip
CUSTODY = (
    "Parents share custody: either may bring and consent",
    "Mother has sole custody: father may not be told where",
    "Grandmother brings on school days; call mother for consent",
    "Foster placement: county consents to treatment",
)
ALERTS = (
    ("Hard of hearing: face the patient, speak slowly", False, "at_booking at_check_in at_rooming"),
    ("Uses a wheelchair: wide room, help onto the table", False, "at_booking at_rooming"),
    ("Latex allergy: latex-free room", True, "at_booking at_check_in at_rooming"),
    ("Faints at needles: lies down for blood draws", False, "at_rooming"),
    ("Asks not to be called at work", False, "at_booking at_check_in"),
    ("New card promised: ask for it", False, "at_check_in at_billing"),
    ("Service dog comes along", False, "at_booking at_check_in"),
    ("Two staff in the room at every visit", True, "at_check_in at_rooming"),
    ("Payment plan: do not ask for the full balance", False, "at_check_in at_billing"),
    ("Needs 10 extra minutes: slow on stairs", False, "at_booking"),
)


@dataclass(eq=False)
class Household:
    """Who lives behind one door, as charts; the first is the guarantor of the minors."""

    background: names.Background
    surname: str
    members: list[Patient] = field(default_factory=list)


class Town:
    """Everyone the practice knows, as unsaved rows."""

    def __init__(self, site: Site, random: Random, patients: int) -> None:
        self.site, self.random, self.today = site, random, site.today
        self.patients: list[Patient] = []
        self.other_names: list[Name] = []
        self.telecoms: list[Telecom] = []
        self.addresses: list[Address] = []
        self.contacts: list[Contact] = []
        self.consents: list[Consent] = []
        self.alerts: list[Alert] = []
        self.households: list[Household] = []
        self.numbers = iter(phone_numbers(random))
        self.insurance = Insurance(self.today, random)
        self.fill(patients - 12)
        self.stories()
        self.number_charts()

    # --- households

    def fill(self, patients: int) -> None:
        while (missing := patients - len(self.patients)) > 0:
            kind = self.random.choices([kind for _, kind in _HOUSEHOLDS], [share for share, _ in _HOUSEHOLDS])[0]
            ages = [(age, sex) for age, sex in self.ages(kind)][:missing]
            self.household(ages)

    def ages(self, kind: str) -> list[tuple[float, str]]:
        r = self.random
        either = "F" if r.random() < 0.54 else "M"
        other = "M" if either == "F" else "F"
        if kind == "single":
            return [(r.triangular(19, 64, 33), either)]
        if kind == "couple":
            age = r.triangular(24, 66, 48)
            return [(age, "F"), (age + r.uniform(-2, 5), other if r.random() < 0.06 else "M")]
        if kind == "older couple":
            age = r.triangular(62, 92, 70)
            return [(age, "F"), (age + r.uniform(-2, 6), "M")]
        if kind == "older single":
            return [(r.triangular(62, 99, 74), "F" if r.random() < 0.68 else "M")]
        mother = r.triangular(22, 53, 37)
        eldest = min(mother - r.uniform(19, 31), 19.9)
        children: list[tuple[float, str]] = []
        for _ in range(r.choices((1, 2, 3, 4), (34, 43, 18, 5))[0]):
            if eldest < 0.05:
                break
            children.append((eldest, "F" if r.random() < 0.49 else "M"))
            eldest -= 0.0 if r.random() < 0.02 else r.uniform(1.3, 4.2)
        family = [(mother, "F")] + ([] if kind == "single parent" else [(mother + r.uniform(-2, 6), "M")])
        if kind == "three generations":
            family.append((mother + r.uniform(21, 33), "F" if r.random() < 0.7 else "M"))
        return [person for person in family + children if person[0] >= 18 or r.random() < 0.93]

    def household(self, ages: list[tuple[float, str]]) -> Household:
        background = names.a_background(self.random)
        home = Household(background, names.a_surname(self.random, background))
        address = an_address(self.random)
        landline = next(self.numbers) if max((age for age, _ in ages), default=0) > 55 else ""
        doctor = self.random.choice(self.site.providers)
        taken: set[str] = set()
        for age, sex in ages:
            patient = self.person(home, age, sex, taken)
            patient.primary_provider = doctor if self.random.random() < 0.8 else self.random.choice(self.site.providers)
            home.members.append(patient)
            self.addresses.append(
                Address(
                    patient=patient,
                    line=address[0],
                    line2=address[1],
                    city=address[2],
                    state="NY",
                    postal_code=address[3],
                )
            )
            self.reach(patient, home, landline)
            self.consent(patient)
        self.around(home)
        self.insurance.cover(home.members, self.age)
        self.households.append(home)
        self.patients += home.members
        return home

    def person(self, home: Household, age: float, sex: str, taken: set[str]) -> Patient:
        r = self.random
        born = self.today - timedelta(days=max(int(age * 365.2425), 9))
        given = names.a_given_name(r, home.background, sex, born.year)
        while given in taken:
            given = names.a_given_name(r, home.background, sex, born.year)
        taken.add(given)
        surname = home.surname
        was_married = age > 26 and sex == "F" and len(taken) == 1
        if was_married and r.random() < 0.12 and " " not in surname:
            surname = f"{names.a_surname(r, home.background).split()[0]}-{surname}"
        patient = Patient(
            family_name=surname, given_name=given, birth_date=born, sex=sex,
            middle_name=r.choice("ABCDEFGHJKLMNPRSTW") if r.random() < 0.45 else "",
            suffix="Jr." if sex == "M" and r.random() < 0.02 else "",
            called=names.CALLED.get(given, "") if r.random() < 0.3 else "",
            marital_status=self.marital(age, len(taken)), contact_asked_on=self.today - timedelta(r.randint(3, 500)),
        )  # fmt: skip
        if r.random() < home.background.speaks_other and (age > 30 or age < 4):
            patient.language = home.background.language
            patient.needs_interpreter = age > 30 and r.random() < 0.6
        if 13 < age < 40 and r.random() < 0.015:
            patient.pronouns, patient.gender_identity = "they/them", "Nonbinary"
        if was_married and r.random() < 0.22:
            self.other_names.append(
                Name(
                    patient=patient,
                    kind=Name.Kind.MAIDEN,
                    given_name=given,
                    family_name=names.a_surname(r, home.background),
                )
            )
        return patient

    def marital(self, age: float, place: int) -> str:
        if age < 19:
            return "S"
        return self.random.choices("SMDW", (40, 45, 12, 3 if age < 65 else 25))[0] if place < 3 else "S"

    def age(self, patient: Patient) -> float:
        return (self.today - patient.birth_date).days / 365.2425 if patient.birth_date else 0

    def long_ago(self, most: int) -> datetime:
        day = self.today - timedelta(self.random.randint(20, most))
        return datetime.combine(day, time(self.random.randint(8, 16), self.random.randrange(0, 60, 5)), ZONE)

    # --- how to reach them, who is around them, what they agreed to

    def reach(self, patient: Patient, home: Household, landline: str) -> None:
        age, r = self.age(patient), self.random
        if age >= 17 and r.random() < 0.96 - max(0, age - 75) * 0.03:
            self.telecoms.append(
                Telecom(
                    patient=patient,
                    system="phone",
                    use="mobile",
                    value=next(self.numbers),
                    may_leave_message=r.random() < 0.7,
                )
            )
        elif age < 17 and home.members and (theirs := self.phone_of(home.members[0])):
            self.telecoms.append(Telecom(patient=patient, system="phone", use="mobile", value=theirs))
        if landline:
            self.telecoms.append(Telecom(patient=patient, system="phone", use="home", value=landline, rank=2))
        if 16 <= age < 84 and r.random() < 0.72:
            letters = normalize("NFD", f"{patient.given_name}.{patient.family_name}".lower())
            plain = "".join(letter for letter in letters if letter.isascii() and (letter.isalnum() or letter in ".-"))
            number = patient.birth_date.year % 100 if patient.birth_date else ""
            self.telecoms.append(
                Telecom(patient=patient, system="email", use="home", value=f"{plain}{number}@example.com", rank=3)
            )

    def phone_of(self, patient: Patient) -> str:
        lately = (row for row in self.telecoms[-40:] if row.patient is patient and row.system == "phone")
        return next((row.value for row in lately), "")

    def around(self, home: Household) -> None:
        grown = [member for member in home.members if self.age(member) >= 18]
        for patient in home.members:
            others = [member for member in grown if member is not patient]
            if self.age(patient) < 18:
                for parent in others[:2]:
                    self.contact(
                        patient,
                        parent,
                        "Mother" if parent.sex == "F" else "Father",
                        is_emergency_contact=parent is others[0],
                        is_guarantor=parent is others[0],
                        may_bring=True,
                        may_consent=True,
                        may_be_told="appointments, results, bills",
                    )
            elif others and self.random.random() < 0.75:
                self.contact(patient, others[0], "Spouse" if len(grown) == 2 else "Family", is_emergency_contact=True,
                             may_be_told="appointments" if self.random.random() < 0.5 else "")  # fmt: skip
            elif self.random.random() < 0.7:
                self.outside(patient, home)

    def contact(self, patient: Patient, chart: Patient, relationship: str, **more: object) -> None:
        self.contacts.append(
            Contact(
                patient=patient, chart=chart, name=f"{chart.given_name} {chart.family_name}", relationship=relationship,
                phone=self.phone_of(chart), birth_date=chart.birth_date, **more,
            )
        )  # fmt: skip

    def outside(self, patient: Patient, home: Household) -> None:
        """Someone without a chart here; for the old, a grown child who speaks for them."""
        r, is_old = self.random, self.age(patient) > 78
        sex = r.choice("FM")
        relationship = (
            ("Daughter" if sex == "F" else "Son") if self.age(patient) > 60 else ("Sister" if sex == "F" else "Brother")
        )
        is_proxy = is_old and r.random() < 0.45
        given = names.a_given_name(r, home.background, sex, 1970)
        self.contacts.append(
            Contact(
                patient=patient, name=f"{given} {home.surname}", relationship=relationship, phone=next(self.numbers),
                is_emergency_contact=True, is_proxy=is_proxy,
                may_be_told="appointments, results, bills" if is_proxy else "appointments",
                evidence=f"Health care proxy on file, {self.long_ago(1500):%m/%d/%Y}" if is_proxy else "",
            )
        )  # fmt: skip

    def consent(self, patient: Patient) -> None:
        when, r = self.long_ago(340), self.random
        # One in twelve has yet to sign this year's forms.
        signed = r.random() > 0.08
        kinds = [(Consent.Kind.PRIVACY_NOTICE, True), (Consent.Kind.TREATMENT, True)] if signed else []
        if self.age(patient) >= 18:
            kinds += [(Consent.Kind.TEXT, r.random() < 0.78), (Consent.Kind.EMAIL, r.random() < 0.6)]
        self.consents += [
            Consent(
                patient=patient,
                kind=kind,
                is_given=given,
                given_at=when,
                how="On paper, at the window",
                recorded_by="Rosa Delgado",
            )
            for kind, given in kinds
        ]

    # --- what a clinic remembers

    def stories(self) -> None:
        """Namesakes, twins, a newborn, charts made twice, custody, deaths, people who must not be looked up."""
        r = self.random
        lucy = self.household([(58.3, "F")]).members[0]
        lucia = self.household([(41.6, "F")]).members[0]
        for patient, given in ((lucy, "Maria"), (lucia, "María")):
            patient.given_name, patient.family_name, patient.middle_name = given, "García", ""
        self.namesakes = [lucy, lucia]
        family = self.household([(31.2, "F"), (33.0, "M"), (4.4, "F"), (4.4, "F")])
        for twin in family.members[2:]:
            twin.birth_date, twin.family_name = family.members[2].birth_date, family.surname
        self.twins = family.members[2:]
        parents = self.household([(29.5, "F"), (30.1, "M"), (0.01, "F")])
        self.newborn = parents.members[2]
        self.newborn.given_name, self.newborn.middle_name, self.newborn.is_unnamed_newborn = "", "", True
        self.newborn.birth_date = self.today - timedelta(days=4)
        self.insurance.forget(self.newborn)
        for patient in r.sample([patient for patient in self.patients if self.age(patient) > 20], 3):
            self.made_twice(patient)
        minors = [patient for patient in self.patients if 2 < self.age(patient) < 16]
        for minor, note in zip(r.sample(minors, len(CUSTODY)), CUSTODY, strict=True):
            minor.custody_note = note
            self.contacts.append(
                Contact(
                    patient=minor,
                    name=f"Joan {minor.family_name}",
                    relationship="Grandmother",
                    phone=next(self.numbers),
                    may_bring=True,
                )
            )
        for patient in r.sample([patient for patient in self.patients if self.age(patient) > 72], 18):
            patient.is_deceased, patient.died_on = True, self.today - timedelta(r.randint(20, 900))
        for patient in r.sample([patient for patient in self.patients if 30 < self.age(patient) < 70], 3):
            patient.is_restricted = True
        for patient in r.sample(
            [patient for patient in self.patients if self.age(patient) > 14], len(self.patients) // 24
        ):
            text, is_serious, places = r.choice(ALERTS)
            self.alerts.append(
                Alert(
                    patient=patient, text=text, is_serious=is_serious, created_at=self.long_ago(600),
                    author=r.choice(("Rosa Delgado", "Nora Bianchi", "Malik Reed")),
                    until_on=None if r.random() < 0.7 else self.today + timedelta(r.randint(30, 300)),
                    **dict.fromkeys(places.split(), True),
                )
            )  # fmt: skip

    def made_twice(self, patient: Patient) -> None:
        """The chart that somebody made a second time because of a typing mistake."""
        given = patient.given_name
        place = self.random.randrange(1, max(2, len(given) - 1))
        again = Patient(
            family_name=patient.family_name, given_name=given[:place] + given[place + 1 :],
            birth_date=patient.birth_date, sex=patient.sex,
        )  # fmt: skip
        home = next(row for row in self.addresses if row.patient is patient)
        self.addresses.append(
            Address(patient=again, line=home.line, city=home.city, state=home.state, postal_code=home.postal_code)
        )
        self.patients.append(again)

    def number_charts(self) -> None:
        """Chart numbers rise with the date of registration, which is not the order of families."""
        for patient in self.patients:
            patient.created_at = self.long_ago(min(2400, max(21, int(self.age(patient) * 365))))
        self.newborn.created_at = datetime.combine(self.today - timedelta(3), time(9, 20), ZONE)
        for number, patient in enumerate(sorted(self.patients, key=lambda row: row.created_at), start=10_001):
            patient.mrn = str(number)
