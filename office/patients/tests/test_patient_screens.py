"""The patients' screens: search, registration, face sheet and the small forms of a chart."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from conftest import MakePatient
from office.audit.models import Entry
from office.patients.actions import search_index
from office.patients.models import Merge, Patient, Telecom
from office.staff.models import Member, Role, StaffActor
from office.staff.permissions import RoleName

LUCIE = {
    "family_name": "Moreau", "given_name": "Lucie", "birth_date": "3-9-87", "sex": "F", "language": "fr",
    "phone": "(503) 555-0139", "line": "77 Quince Ave", "city": "Portland", "state": "OR", "postal_code": "97205",
}  # fmt: skip


def url(name: str, *arguments: object) -> str:
    return reverse(f"patients:{name}", args=arguments)


@pytest.fixture
def lucy(make_patient: MakePatient) -> Patient:
    made = make_patient("Moreau", "Lucy", date(1987, 3, 9))
    Telecom.objects.create(patient=made, system="phone", value="+15035550139")
    search_index.refresh([made])
    return made


def test_the_search_page_lists_name_birth_date_and_number(rosa_browser: Client, lucy: Patient) -> None:
    page = rosa_browser.post(url("find"), {"q": "moreau lucie"}).content.decode()
    assert "Moreau, Lucy" in page
    assert "03/09/1987" in page
    assert lucy.mrn in page


def test_htmx_gets_only_the_results(rosa_browser: Client, lucy: Patient) -> None:
    part = rosa_browser.post(url("find"), {"q": "moreau"}, headers={"HX-Request": "true"}).content.decode()
    assert "Moreau, Lucy" in part
    assert "<html" not in part


def test_a_restricted_chart_shows_only_that_it_exists(rosa_browser: Client, lucy: Patient) -> None:
    Patient.objects.update(is_restricted=True)
    page = rosa_browser.post(url("find"), {"q": "moreau"}).content.decode()
    assert "Restricted chart" in page
    assert "Lucy" not in page


@pytest.mark.parametrize("text", ["moreau lucy", "mor lu", "lucy moreau", "03/09/1987"])
def test_the_search_page_says_that_similar_names_exist(
    rosa_browser: Client, lucy: Patient, make_patient: MakePatient, text: str
) -> None:
    assert "Similar names exist" not in rosa_browser.post(url("find"), {"q": text}).content.decode()
    twin = make_patient("Moreau", "Lucie", date(1987, 3, 9))
    search_index.refresh([twin])
    assert "Similar names exist" in rosa_browser.post(url("find"), {"q": text}).content.decode()
    Patient.objects.filter(pk=twin.pk).update(is_restricted=True)
    assert "Similar names exist" not in rosa_browser.post(url("find"), {"q": text}).content.decode()


def test_registers_on_one_page(rosa_browser: Client) -> None:
    answer = rosa_browser.post(url("register"), {**LUCIE, "messages": "text", "payer": "Cascadia", "member_id": "CM 7"})
    patient = Patient.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, url("chart", patient.pk))
    assert patient.birth_date == date(1987, 3, 9)
    assert patient.coverages.get().member_id == "CM 7"


def test_a_likely_duplicate_is_asked_about_and_then_answered_once(rosa_browser: Client, lucy: Patient) -> None:
    look = rosa_browser.post(url("register"), {**LUCIE, "look": "1"}, headers={"HX-Request": "true"})
    assert look.status_code == 200
    assert "Likely already here" in look.content.decode()
    refused = rosa_browser.post(url("register"), LUCIE)
    assert refused.status_code == 422
    assert "likely the same person" in refused.content.decode()
    assert Patient.objects.count() == 1
    assert rosa_browser.post(url("register"), {**LUCIE, "different": "Twin sister"}).status_code == 303


def test_a_restricted_chart_that_is_alike_stops_the_desk_without_a_name(rosa_browser: Client, lucy: Patient) -> None:
    Patient.objects.update(is_restricted=True)
    for answer in (
        rosa_browser.post(url("register"), {**LUCIE, "look": "1"}, headers={"HX-Request": "true"}),
        rosa_browser.post(url("register"), LUCIE),
    ):
        page = answer.content.decode()
        assert "restricted chart is alike" in page
        assert "Lucy" not in page
        assert f"MRN {lucy.mrn}" not in page
        assert str(lucy.pk) not in page
    assert Patient.objects.count() == 1
    assert rosa_browser.post(url("register"), {**LUCIE, "different": "Her cousin, seen both"}).status_code == 303


def test_what_was_typed_is_kept_until_registered(rosa_browser: Client) -> None:
    assert rosa_browser.post(url("register"), {**LUCIE, "birth_date": "13/4/61"}).status_code == 422
    page = rosa_browser.get(url("register")).content.decode()
    assert "77 Quince Ave" in page
    rosa_browser.post(url("register"), {"forget": "1"})
    assert "77 Quince Ave" not in rosa_browser.get(url("register")).content.decode()


def test_the_face_sheet_shows_two_identifiers_and_leaves_a_trace(rosa_browser: Client, lucy: Patient) -> None:
    page = rosa_browser.get(url("chart", lucy.pk)).content.decode()
    for words in ("Moreau, Lucy", "03/09/1987", lucy.mrn, "(503) 555-0139"):
        assert words in page
    assert Entry.objects.filter(verb="chart.opened").count() == 1


def test_the_face_sheet_asks_the_database_a_bounded_number_of_times(
    rosa_browser: Client, lucy: Patient, django_assert_max_num_queries: object
) -> None:
    rosa_browser.get(url("chart", lucy.pk))
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        rosa_browser.get(url("chart", lucy.pk))


def test_a_restricted_chart_leads_to_emergency_access(rosa_browser: Client, lucy: Patient) -> None:
    Patient.objects.update(is_restricted=True)
    chart, door = url("chart", lucy.pk), url("emergency_access", lucy.pk)
    assert rosa_browser.get(chart)["Location"] == door
    assert "Lucy" not in rosa_browser.get(door).content.decode()
    assert rosa_browser.post(door, {"reason": "because"}).status_code == 422
    assert rosa_browser.post(door, {"reason": "Found unconscious in the lobby"}).status_code == 303
    assert rosa_browser.get(chart).status_code == 200


@pytest.mark.parametrize(
    ("form", "values"),
    [
        ("alert", {"text": "Falls: walk with her", "places": ["at_check_in"]}),
        ("contact", {"name": "Moreau, Paul", "relationship": "Father"}),
        ("telecom", {"system": "phone", "value": "503 555 0140", "use": "home"}),
        ("address", {"use": "home", "line": "402 Elm Ct", "city": "Portland"}),
        ("consent", {"kind": "text", "is_given": "yes", "how": "At the window"}),
        ("coverage", {"payer": "Cascadia", "member_id": "CM 7", "relation": "self"}),
        ("death", {"died_on": "11/1/2020"}),
    ],
)
def test_each_small_form_saves_or_says_what_is_missing(
    rosa_browser: Client, lucy: Patient, form: str, values: dict[str, object]
) -> None:
    assert rosa_browser.get(url(form, lucy.pk)).status_code == 200
    if form != "death":
        assert rosa_browser.post(url(form, lucy.pk), {"x": "1"}).status_code == 422
    answer = rosa_browser.post(url(form, lucy.pk), values)
    assert answer.status_code == 303
    assert rosa_browser.get(answer["Location"]).status_code == 200


def test_a_stale_correction_shows_both_texts(rosa_browser: Client, lucy: Patient) -> None:
    mine = {"family_name": "Morrow", "given_name": "Lucy", "birth_date": "3/9/87", "sex": "U", "language": "en"}
    assert rosa_browser.post(url("correct", lucy.pk), {**mine, "version": "1"}).status_code == 303
    theirs = {**mine, "family_name": "Moreaux", "version": "1"}
    answer = rosa_browser.post(url("correct", lucy.pk), theirs)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Family name: Morrow" in page
    assert "Moreaux" in page


def test_a_merge_is_previewed_done_and_undone(
    client: Client, sol: StaffActor, lucy: Patient, make_patient: MakePatient
) -> None:
    client.force_login(Member.objects.get(pk=sol.member_id))
    other = make_patient("Morrow", "Lucy", date(1987, 3, 9))
    page = client.post(url("merge", lucy.pk), {"other": other.mrn}).content.decode()
    assert "becomes part of it" in page
    done = client.post(url("merge", lucy.pk), {"other": other.mrn, "reason": "Same card, same face", "merge": "1"})
    assert done.status_code == 303
    assert client.get(url("chart", other.pk))["Location"] == url("chart", lucy.pk)
    client.post(url("merge_undo", Merge.objects.get().pk))
    assert client.get(url("chart", other.pk)).status_code == 200


def test_an_administrator_opens_no_chart(client: Client, rosa_member: Member, lucy: Patient) -> None:
    Role.objects.filter(member=rosa_member).update(name=RoleName.ADMINISTRATOR)
    client.force_login(rosa_member)
    assert client.get(url("chart", lucy.pk)).status_code == 403
    assert client.get(url("find")).status_code == 403
