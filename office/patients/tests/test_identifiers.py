"""Add, end and reveal an identifier: a social security number is sealed, masked, and shown whole only for a reason."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conftest import MakePatient
from office.audit.models import Entry
from office.core.actions import Refused
from office.patients.actions.identifiers import Reason, add_identifier, end_identifier, reveal_number
from office.patients.models import Identifier, Patient
from office.patients.queries.identifiers import is_on_another_chart, masked
from office.patients.queries.search import search
from office.staff.models import Member, StaffActor

SSN = "219-09-9999"


def url(name: str, *arguments: object) -> str:
    return reverse(f"patients:{name}", args=arguments)


@pytest.fixture
def number(rosa: StaffActor, ana: Patient) -> Identifier:
    return add_identifier(rosa, patient=ana, kind="SS", value=SSN)


@pytest.fixture
def sol_browser(client: Client, sol: StaffActor) -> Client:
    client.force_login(Member.objects.get(pk=sol.member_id))
    return client


def test_a_social_security_number_is_nowhere_readable(number: Identifier) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM patients_identifier")
        kept = repr([[bytes(cell) if isinstance(cell, memoryview) else cell for cell in row] for row in cursor])
    entries = repr(list(Entry.objects.values_list("details", flat=True)))
    assert "219099999" not in kept + entries
    assert "9999" not in entries
    assert masked(number) == "ends in 9999"


def test_the_chart_is_found_by_the_whole_number(number: Identifier, ana: Patient) -> None:
    assert [one.patient for one in search(SSN.replace("-", ""))] == [ana]


@pytest.mark.parametrize(("kind", "value"), [("SS", "000-12-3456"), ("SS", "12"), ("DL", "  ")])
def test_an_impossible_number_is_refused(rosa: StaffActor, ana: Patient, kind: str, value: str) -> None:
    with pytest.raises(Refused):
        add_identifier(rosa, patient=ana, kind=kind, value=value)


def test_the_same_again_changes_nothing(rosa: StaffActor, ana: Patient, number: Identifier) -> None:
    assert add_identifier(rosa, patient=ana, kind="SS", value="219 09 9999") == number
    add_identifier(rosa, patient=ana, kind="DL", value="D 4410")
    add_identifier(rosa, patient=ana, kind="DL", value="D  4410")
    assert Identifier.objects.count() == 2


def test_another_chart_with_the_number_is_noticed(
    rosa: StaffActor, number: Identifier, make_patient: MakePatient
) -> None:
    assert not is_on_another_chart(number)
    add_identifier(rosa, patient=make_patient("Reed", "Ben"), kind="SS", value=SSN)
    assert is_on_another_chart(number)


def test_an_ended_number_stays_and_still_finds_the_chart(rosa_browser: Client, rosa: StaffActor, ana: Patient) -> None:
    row = add_identifier(rosa, patient=ana, kind="DL", value="D4410", system="Oregon")
    with pytest.raises(Refused):
        end_identifier(rosa, identifier=row, on=timezone.localdate(), reason="")
    end_identifier(rosa, identifier=row, on=timezone.localdate(), reason="Renewed")
    page = rosa_browser.get(url("chart", ana.pk)).content.decode()
    assert "Driver&#x27;s license D4410, until" in page
    assert [one.patient for one in search("D4410")] == [ana]


def test_the_desk_adds_one_and_sees_only_its_end(rosa_browser: Client, ana: Patient) -> None:
    form = url("identifier", ana.pk)
    refused = rosa_browser.post(form, {"kind": "SS", "value": "666-09-9999"})
    assert refused.status_code == 422
    assert "No social security number is like that" in refused.content.decode()
    assert rosa_browser.post(form, {"kind": "SS", "value": SSN}).status_code == 303
    page = rosa_browser.get(url("chart", ana.pk)).content.decode()
    assert "ends in 9999" in page
    assert SSN not in page
    assert "/show/" not in page


def test_whoever_may_reveals_it_for_a_reason_that_stays_on_the_trail(
    sol_browser: Client, ana: Patient, number: Identifier
) -> None:
    door = url("reveal", ana.pk, number.pk)
    assert door in sol_browser.get(url("chart", ana.pk)).content.decode()
    assert SSN not in sol_browser.get(door).content.decode()
    assert sol_browser.post(door, {"reason": "curious"}).status_code == 422
    answer = sol_browser.post(door, {"reason": "claim"})
    assert SSN in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    entry = Entry.objects.get(verb="identifier.revealed")
    assert entry.details == {"kind": "SS", "reason": "claim"}


def test_the_desk_reveals_nothing(rosa: StaffActor, rosa_browser: Client, ana: Patient, number: Identifier) -> None:
    with pytest.raises(PermissionDenied):
        reveal_number(rosa, identifier=number, reason=Reason.CLAIM)
    assert rosa_browser.post(url("reveal", ana.pk, number.pk), {"reason": "claim"}).status_code == 403


def test_a_number_moved_to_another_row_does_not_open(
    sol: StaffActor, ana: Patient, number: Identifier, make_patient: MakePatient
) -> None:
    moved = Identifier.objects.create(patient=ana, kind="SS", sealed=number.sealed, blind_index="0" * 32)
    assert masked(moved) == "cannot be opened"
    with pytest.raises(Refused, match="cannot be opened"):
        reveal_number(sol, identifier=moved, reason=Reason.CLAIM)
    assert not Entry.objects.filter(verb="identifier.revealed").exists()
