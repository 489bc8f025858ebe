"""Patients as a kind of table: found again by the old number, by who they are beyond doubt, or put to a person."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from office.audit import trail
from office.core import secrets
from office.core.actors import Actor
from office.core.tables.columns import Shape
from office.patients.actions.bulk import Arrival, load_patients
from office.patients.actions.identifiers import sealed_number
from office.patients.actions.tables import Change, bring_changes, take_back_patients
from office.patients.loads.facts import Facts, Wrong, facts_of, facts_of_chart
from office.patients.loads.likeness import Likely, People, everyone, known_of
from office.patients.models import Address, Identifier, Patient, Telecom
from office.patients.queries.duplicates import known_of as known_of_chart
from office.patients.queries.restriction import closed_to
from office.patients.rules.names import fold
from office.patients.rules.phones import shown
from office.practice.loads.kinds import Field, Kind, Line, Loaded, Outcome, TakenBack
from office.practice.loads.review import answered_before

OLD_SYSTEM = "old system"
_NAMES = {"family_name", "given_name", "middle_name", "suffix", "called"}

#: Headings of OpenEMR (patient_data), Practice Fusion, Kareo/Tebra, eClinicalWorks and plain spreadsheets.
FIELDS = (
    Field("old_number", "Old chart number", (
        "pid", "pubpid", "patientid", "patientnumber", "patientno", "recordnumber", "patientrecordnumber", "prn",
        "mrn", "medicalrecordnumber", "chartnumber", "chartno", "chart", "accountno", "accountnumber", "acctno",
        "account", "controlno", "externalid", "id", "uid", "number", "no", "tebraid", "practiceguid",
    ), longest=60),
    Field("family_name", "Family name", (
        "lname", "lastname", "last", "familyname", "surname", "ulname", "ptlname", "patlname", "namelast", "family",
    ), longest=80),
    Field("given_name", "Given name", (
        "fname", "firstname", "first", "givenname", "forename", "ufname", "ptfname", "namefirst", "given",
    ), longest=80),
    Field("middle_name", "Middle name", (
        "mname", "middlename", "middle", "middleinitial", "mi", "uminitial", "minit", "namemiddle", "initial",
    ), longest=80),
    Field("full_name", "Whole name", (
        "name", "fullname", "patientname", "patient", "patientfullname", "client",
    ),
          Shape.NAME, longest=200),
    Field("suffix", "Suffix", ("namesuffix", "generation"), longest=20),
    Field("called", "Called", ("preferredname", "nickname", "prefname", "goesby", "called"), longest=80),
    Field("birth_date", "Birth date", (
        "dob", "dateofbirth", "birthdate", "birthday", "born", "ptdob", "birth", "bdate", "dobmmddyyyy",
    ), Shape.DATE, past=True),
    Field("sex", "Sex", (
        "gender", "sexatbirth", "birthsex", "legalsex", "administrativesex", "adminsex",
    ), longest=40),
    Field("cell_phone", "Cell phone", (
        "phonecell", "mobilephone", "cellphone", "cell", "mobile", "umobileno", "phonemobile", "mobileno", "cellno",
        "phone", "phonenumber", "telephone", "phone1", "primaryphone", "contactphone", "preferredphone", "tel",
    ), Shape.PHONE),
    Field("home_phone", "Home phone", (
        "phonehome", "homephone", "upphone", "homephoneno", "homeno", "phone2", "hphone",
    ), Shape.PHONE),
    Field("work_phone", "Work phone", (
        "phonebiz", "workphone", "businessphone", "officephone", "phonework", "phone3", "wphone",
    ), Shape.PHONE),
    Field("email", "E-mail", (
        "emailaddress", "emaildirect", "uemail", "mail", "eaddress", "primaryemail",
    ), Shape.EMAIL, longest=254),
    Field("line", "Street", (
        "street", "address", "address1", "addressline1", "streetaddress", "upaddress", "addr1", "street1", "addr",
        "homeaddress", "mailingaddress", "addressstreet", "line1",
    ), longest=160),
    Field("line2", "Street, second line", (
        "address2", "addressline2", "streetline2", "street2", "upaddress2", "addr2", "apt", "unit",
    ), longest=160),
    Field("city", "City", ("upcity", "town", "addresscity", "homecity"), longest=80),
    Field("state", "State", ("upstate", "province", "addressstate", "st", "stateprovince"), longest=40),
    Field("postal_code", "ZIP", (
        "zip", "zipcode", "postalcode", "postcode", "upzip", "addresszip", "zippostalcode",
    ), Shape.ZIP),
    Field("ssn", "Social security number", (
        "ss", "socialsecuritynumber", "socialsecurity", "socsec", "socialsecurityno",
    ), longest=20),
    Field("marital_status", "Marital status", ("status", "maritalstatus", "marital"), longest=40),
    Field("language", "Language", ("preferredlanguage", "primarylanguage", "lang"), longest=40),
    Field("died_on", "Date of death", ("deceaseddate", "dateofdeath", "dod", "deathdate"), Shape.DATE, past=True),
)  # fmt: skip


@dataclass
class _Met:
    """A line whose person is known: what it says, and at which place they stand."""

    line: Line
    facts: Facts
    place: int


class PatientsRun:
    """One load of patients."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.people: People = everyone()
        #: What was said of those who are planned only, as hashes; a dry run needs it to tell changed from unchanged.
        self.planned: dict[int, array[int]] = {}
        self.overlaid: dict[UUID, dict[str, Any]] = {}

    def settle(self, actor: Actor, lines: Sequence[Line], *, write: bool) -> None:
        new: list[tuple[Line, Facts]] = []
        met: list[_Met] = []
        reviews: list[tuple[Line, Facts]] = []
        for line in lines:
            if line.outcome is not None:
                continue
            facts = self._read(line)
            if facts is None:
                continue
            person = known_of(facts.known())
            place, why = self._whose(line, facts, person)
            if why:
                reviews.append((line, facts))
                line.becomes(Outcome.REVIEW, self.people.key(place) if place is not None else None)
                line.reason = why
            elif place is not None:
                met.append(_Met(line, facts, place))
            else:
                new.append((line, facts))
                self._plan(line, facts, person, write=write)
        met += self._answered(reviews)
        if write:
            load_patients(actor, new=[arrival_of(line, facts) for line, facts in new])
        self._meet(actor, met, write=write)
        self.people.forget_comparisons()

    def _read(self, line: Line) -> Facts | None:
        try:
            return facts_of(line.values, self.today)
        except Wrong as fault:
            line.reject(str(fault))
            return None

    def _whose(self, line: Line, facts: Facts, person: tuple[str, ...]) -> tuple[int | None, str]:
        """Return the place of whom the line is about, or None for someone new; with words when a person must say."""
        if line.forced:
            is_same = line.forced == "same" and line.subject_id
            return (self.people.place(line.subject_id) if is_same and line.subject_id else None), ""
        if facts.number and (place := self.people.numbered(facts.number)) is not None:
            return place, "" if self.people.is_the_same_record(
                person, place
            ) else "The old number is someone else's here"
        found: Likely | None = self.people.like(person)
        if found is None:
            return None, ""
        return found.place, "" if found.is_sure else f"Likely the same ({found.score:.2f}): {found.why}"

    def _plan(self, line: Line, facts: Facts, person: tuple[str, ...], *, write: bool) -> None:
        patient = Patient(**facts.own)
        line.becomes(Outcome.CREATED, patient.pk)
        place = self.people.add(patient.pk, person, facts.number)
        if facts.number:
            self.people.by_number.setdefault(facts.number.lstrip("0") or "0", place)
        if not write:
            self.planned[place] = array("q", sorted(hash(pair) for pair in facts.said().items()))

    def _answered(self, reviews: Sequence[tuple[Line, Facts]]) -> list[_Met]:
        """Return the lines that a person was asked of before, with whom they turned out to be."""
        if not reviews:
            return []
        facts = {id(line): said for line, said in reviews}
        met = []
        for line, _, key in answered_before("patients", [line for line, _ in reviews]):
            place = self.people.place(key) if key else None
            if place is not None:
                met.append(_Met(line, facts[id(line)], place))
        return met

    def _meet(self, actor: Actor, met: Sequence[_Met], *, write: bool) -> None:
        """Compare those who are here already with what the lines say, and bring what differs."""
        keys = {self.people.key(one.place) for one in met if one.place not in self.planned}
        charts = {
            chart.pk: chart
            for chart in Patient.objects.filter(pk__in=keys).prefetch_related("telecoms", "addresses", "identifiers")
        }
        changes: list[tuple[Line, Change]] = []
        overlaid = {} if write else self.overlaid
        for one in met:
            key = self.people.key(one.place)
            one.line.reason = ""
            if one.place in self.planned:
                is_new = self._says_more(one)
                one.line.becomes(Outcome.CHANGED if is_new else Outcome.UNCHANGED, key)
                continue
            chart = charts.get(key)
            if chart is None:
                one.line.reject("The chart was merged or removed while this ran: load the row again")
                continue
            change = _change(chart, one.facts, overlaid.setdefault(key, {}))
            one.line.becomes(Outcome.CHANGED if change else Outcome.UNCHANGED, key)
            if change:
                changes.append((one.line, change))
                if one.facts.number:
                    self.people.by_number.setdefault(one.facts.number, one.place)
        if write:
            befores = bring_changes(actor, changes=[change for _, change in changes])
            for (line, _), before in zip(changes, befores, strict=True):
                line.before = before

    def _says_more(self, one: _Met) -> bool:
        known = set(self.planned[one.place])
        said = {hash(pair) for pair in one.facts.said().items()}
        if said <= known:
            return False
        self.planned[one.place] = array("q", sorted(known | said))
        return True


def arrival_of(line: Line, facts: Facts) -> Arrival:
    """Return the rows of someone new, under the key that was planned for them."""
    assert line.subject_id  # noqa: S101 - planned before
    patient = Patient(pk=line.subject_id, **facts.own)
    arrival = Arrival(patient)
    arrival.telecoms = [_phone(patient, number, use) for number, use in facts.phones.items()]
    arrival.telecoms += [_email(patient, address) for address in facts.emails]
    if facts.address:
        arrival.addresses = [_address(patient, facts.address)]
    if facts.number:
        arrival.identifiers = [_number(patient, facts.number)]
    if facts.ssn:
        arrival.social_security_numbers = [facts.ssn]
    return arrival


def _change(chart: Patient, facts: Facts, overlaid: dict[str, Any]) -> Change | None:
    """Return what the line brings to the chart, or None; what the office corrected since stays as it wrote it.

    ``overlaid`` is what earlier lines of the same batch said of the same chart.
    """
    mine = facts_of_chart(chart, facts.own)
    change = Change(chart)
    if chart.version == 1:
        own = {**mine.own, **{name: overlaid[name] for name in facts.own if name in overlaid}}
        change.fields = {name: value for name, value in facts.own.items() if not _same(name, own[name], value)}
    change.rows = [
        *(
            _phone(chart, number, use)
            for number, use in facts.phones.items()
            if number not in mine.phones and f"phone {number}" not in overlaid
        ),
        *(
            _email(chart, address)
            for address in facts.emails
            if address not in mine.emails and f"email {address}" not in overlaid
        ),
        *_new_numbers(chart, facts, overlaid),
    ]
    _change_address(change, chart, facts, overlaid)
    overlaid.update(change.fields)
    overlaid.update({name: "" for name in (*facts.said(), "ssn") if name not in facts.own})
    return change if change.fields or change.rows else None


def _new_numbers(chart: Patient, facts: Facts, overlaid: Mapping[str, Any]) -> list[Identifier]:
    numbers = chart.identifiers.all()
    found = []
    held = {one.value.lstrip("0") for one in numbers if one.kind == Identifier.Kind.OLD_CHART}
    if facts.number and facts.number.lstrip("0") not in held and f"number {facts.number}" not in overlaid:
        found.append(_number(chart, facts.number))
    if facts.ssn and "ssn" not in overlaid:
        index = secrets.blind_index(facts.ssn, field="ssn")
        if all(one.blind_index != index for one in numbers):
            found.append(sealed_number(chart, facts.ssn))
    return found


def _change_address(change: Change, chart: Patient, facts: Facts, overlaid: Mapping[str, Any]) -> None:
    if not facts.address:
        return
    wanted = tuple(fold(part) for part in facts.address)
    if "address " + " ".join(wanted) in overlaid:
        return
    held = list(chart.addresses.all())
    if any(tuple(fold(part) for part in _parts(one)) == wanted for one in held):
        return
    change.rows.append(_address(chart, facts.address))
    if chart.version == 1:
        change.replaced = [one for one in held if one.use == Address.Use.HOME]


def _same(name: str, mine: Any, theirs: Any) -> bool:
    if name in _NAMES:
        return fold(str(mine)) == fold(str(theirs))  # capitals and accents are not worth a change
    return bool(mine == theirs)


def _parts(address: Address) -> tuple[str, str, str, str, str]:
    return (address.line, address.line2, address.city, address.state, address.postal_code)


def _phone(patient: Patient, number: str, use: str) -> Telecom:
    return Telecom(patient=patient, system=Telecom.System.PHONE, use=use, value=number)


def _email(patient: Patient, address: str) -> Telecom:
    return Telecom(patient=patient, system=Telecom.System.EMAIL, use=Telecom.Use.HOME, value=address)


def _address(patient: Patient, parts: tuple[str, str, str, str, str]) -> Address:
    line, line2, city, state, code = parts
    return Address(patient=patient, line=line, line2=line2, city=city, state=state, postal_code=code)


def _number(patient: Patient, number: str) -> Identifier:
    return Identifier(patient=patient, kind=Identifier.Kind.OLD_CHART, system=OLD_SYSTEM, value=number)


def _take_back(actor: Actor, rows: Sequence[Loaded], at: datetime) -> TakenBack:
    return take_back_patients(actor, rows=rows, at=at)


def _describe(actor: Actor, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return what charts say of the fields that tell people apart; of a restricted one only that it is there."""
    charts = list(Patient.objects.filter(pk__in=ids).prefetch_related("telecoms", "addresses"))
    if charts:
        trail.record(actor, "load.compared", patient_ids=[chart.pk for chart in charts])
    closed = closed_to(actor, charts)
    found = {}
    for chart in charts:
        if chart.pk in closed:
            found[chart.pk] = {"": "A restricted chart: ask the privacy officer"}
            continue
        known = known_of_chart(chart)
        found[chart.pk] = {
            "full_name": chart.name,
            "birth_date": f"{chart.birth_date:%m/%d/%Y}" if chart.birth_date else "",
            "phone": shown(known.phone),
            "line": ", ".join(part for part in (known.line, known.city) if part),
            "number": f"MRN {chart.mrn}",
        }
    return found


PATIENTS = Kind(
    "patients",
    "Patients",
    FIELDS,
    (("family_name", "full_name"),),
    PatientsRun,
    _take_back,
    describe=_describe,
)
