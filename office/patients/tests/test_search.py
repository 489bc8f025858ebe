"""One box finds a patient by whatever is known of them."""

import io
import json
from datetime import date

import pytest
from django.core.management import call_command

from conftest import MakePatient
from office.audit.models import Entry
from office.core.secrets import blind_index
from office.patients.actions import search_index
from office.patients.models import Identifier, Name, Patient, Telecom
from office.patients.queries.search import search
from office.staff.models import Member


@pytest.fixture
def people(make_patient: MakePatient) -> dict[str, Patient]:
    """Five people; Robert Muñoz was Robert Quill, has a phone and an identifier."""
    made = {
        "robert": make_patient("Muñoz", "Robert", date(1961, 4, 12)),
        "lucie": make_patient("Moreau", "Lucie", date(1987, 3, 9)),
        "luc": make_patient("Moreau", "Luc", date(1982, 10, 6)),
        "catherine": make_patient("De la Cruz", "Catherine", date(1990, 1, 2)),
        "sean": make_patient("O\u2019Brien", "Sean", date(1961, 4, 12)),
    }
    Telecom.objects.create(patient=made["robert"], system="phone", value="+15035550139")
    Telecom.objects.create(patient=made["robert"], system="email", value="bob@example.com")
    Identifier.objects.create(patient=made["robert"], kind="old", value="OLD-77")
    Identifier.objects.create(patient=made["lucie"], kind="SS", blind_index=blind_index("123456789", field="ssn"))
    Name.objects.create(patient=made["robert"], kind="former", family_name="Quill", given_name="Robert")
    search_index.refresh(made.values())
    return made


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Muñoz", "robert"),
        ("munoz, robert", "robert"),
        ("Robert Munoz", "robert"),
        ("MUNOS ROBRET", "robert"),
        ("bob munoz", "robert"),
        ("mun rob", "robert"),
        ("quill", "robert"),
        ("Kathryn de la Cruz", "catherine"),
        ("delacruz", "catherine"),
        ("cruz", "catherine"),
        ("obrien", "sean"),
        ("o'brian sean", "sean"),
        ("moreau luce", "lucie"),
        ("(503) 555-0139", "robert"),
        ("+1 503 555 0139", "robert"),
        ("5550139", "robert"),
        ("0139", "robert"),
        ("munoz 0139", "robert"),
        ("munoz 4/12/61", "robert"),
        ("4-12-61 obrien", "sean"),
        ("march 9 1987", "lucie"),
        ("030987", "lucie"),
        ("bob@example.com", "robert"),
        ("OLD-77", "robert"),
        ("123456789", "lucie"),
    ],
)
def test_finds_the_right_patient_first(people: dict[str, Patient], text: str, who: str) -> None:
    assert next(one.patient for one in search(text)) == people[who]


def test_a_birth_date_finds_everyone_born_that_day(people: dict[str, Patient]) -> None:
    assert {one.patient for one in search("04121961")} == {people["robert"], people["sean"]}


def test_a_chart_number_finds_its_chart(people: dict[str, Patient]) -> None:
    found = search(people["luc"].mrn)
    assert [(one.patient, one.why) for one in found] == [(people["luc"], "MRN")]


def test_says_by_what_it_was_found(people: dict[str, Patient]) -> None:
    assert search("quill")[0].why == "former name: Quill, Robert"
    assert search("munos")[0].why == "similar name"
    assert search("munoz 4/12/61")[0].why == "birth date, name"


def test_the_better_fit_comes_first(people: dict[str, Patient]) -> None:
    assert next(one.patient for one in search("moreau luc")) == people["luc"]


@pytest.mark.parametrize("text", ["", "   ", ",", "?!", "zzzzqqq", "00", "%", "a" * 500])
def test_nonsense_finds_nobody_and_breaks_nothing(people: dict[str, Patient], text: str) -> None:
    assert search(text) == []


def test_a_merged_chart_is_found_as_the_one_that_was_kept(people: dict[str, Patient]) -> None:
    merged, kept = people["luc"], people["sean"]
    merged.merged_into = kept
    merged.save()
    search_index.refresh([merged, kept])
    assert [one.patient for one in search(merged.mrn)] == [kept]
    assert next(one.patient for one in search("moreau luc")) == kept
    assert merged not in [one.patient for one in search("10/06/1982")]


def test_the_command_prints_json_lines_and_is_on_the_trail(people: dict[str, Patient]) -> None:
    out = io.StringIO()
    call_command("find_patient", "munoz", "--limit", "3", stdout=out)
    first = json.loads(out.getvalue().splitlines()[0])
    assert first["name"] == "Muñoz, Robert"
    assert first["birth_date"] == "1961-04-12"
    assert set(first) == {"id", "name", "birth_date", "score", "why"}
    assert Entry.objects.filter(verb="patients.listed").count() == 1


def test_a_restricted_chart_shows_only_that_it_exists(people: dict[str, Patient], rosa_member: Member) -> None:
    Patient.objects.filter(pk=people["robert"].pk).update(is_restricted=True)
    out = io.StringIO()
    call_command("find_patient", "munoz", "--as", rosa_member.username, stdout=out)
    assert json.loads(out.getvalue().splitlines()[0])["name"] == "Restricted chart"
    assert "1961" not in out.getvalue()
