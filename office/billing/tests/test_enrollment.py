"""Enrollment of a provider with a payer …"""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.billing.actions.enrollment import set_enrollment
from office.billing.jobs import follow_up_enrollments
from office.billing.models import Enrollment
from office.billing.rules.enrollment import State, Transaction
from office.core.actions import Refused
from office.patients.models import Payer
from office.staff.models import Provider, StaffActor
from office.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def asked(actor: StaffActor, payer: Payer, provider: Provider, on: date, state: State = State.REQUESTED) -> None:
    set_enrollment(actor, payer=payer, providers=[provider], transaction=Transaction.ERA, state=state, on=on)


def cell(payer: Payer, provider: Provider) -> str:
    return reverse("billing:enrollment_cell", args=[payer.pk, "835", provider.pk])


def test_a_request_is_of_today_when_no_day_is_said(bao: StaffActor, aetna: Payer, dr_chen: Provider) -> None:
    (row,) = set_enrollment(
        bao, payer=aetna, providers=[dr_chen], transaction=Transaction.CLAIMS, state=State.REQUESTED
    )
    assert row.on == timezone.localdate()


def test_what_is_not_needed_has_no_day(bao: StaffActor, aetna: Payer, dr_chen: Provider) -> None:
    asked(bao, aetna, dr_chen, ago(3))
    asked(bao, aetna, dr_chen, ago(3), State.NOT_NEEDED)
    assert Enrollment.objects.get().on is None


def test_a_denial_without_a_reason_is_refused(bao: StaffActor, aetna: Payer, dr_chen: Provider) -> None:
    with pytest.raises(Refused, match="why they denied"):
        asked(bao, aetna, dr_chen, ago(0), State.DENIED)


# --- the follow-up


def test_a_request_of_thirty_days_becomes_one_task_of_the_biller(
    bao: StaffActor, aetna: Payer, dr_chen: Provider
) -> None:
    asked(bao, aetna, dr_chen, ago(29))
    follow_up_enrollments.func()
    assert not WorkItem.objects.exists()
    asked(bao, aetna, dr_chen, ago(30))
    follow_up_enrollments.func()
    follow_up_enrollments.func()
    task = WorkItem.objects.get()
    assert (task.for_role, task.title) == ("biller", "Ask Aetna about the enrollment for ERA (835)")
    assert "Dr. Chen" in task.note


def test_the_answer_ends_the_task(bao: StaffActor, aetna: Payer, dr_chen: Provider) -> None:
    asked(bao, aetna, dr_chen, ago(31))
    follow_up_enrollments.func()
    asked(bao, aetna, dr_chen, ago(1), State.APPROVED)
    follow_up_enrollments.func()
    assert not WorkItem.objects.open().exists()


def test_it_is_asked_again_after_another_wait(bao: StaffActor, aetna: Payer, dr_chen: Provider) -> None:
    asked(bao, aetna, dr_chen, ago(31))
    follow_up_enrollments.func()
    Enrollment.objects.update(on=ago(61))
    follow_up_enrollments.func()
    assert WorkItem.objects.count() == 2


def test_a_payer_that_is_not_billed_is_not_asked(bao: StaffActor, aetna: Payer, dr_chen: Provider) -> None:
    asked(bao, aetna, dr_chen, ago(31))
    Payer.objects.update(is_active=False)
    follow_up_enrollments.func()
    assert not WorkItem.objects.exists()


# --- the matrix


def test_shows_every_payer_with_every_provider(bao_browser: Client, aetna: Payer, dr_chen: Provider) -> None:
    shown = bao_browser.get(reverse("billing:enrollment"), {"for": "835"}).content.decode()
    assert "Aetna, Chen, Wei MD: To request" in shown
    assert "0 of 1 ready" in shown


def test_a_key_gets_the_line_of_the_payer_back(bao_browser: Client, aetna: Payer, dr_chen: Provider) -> None:
    answer = bao_browser.post(cell(aetna, dr_chen), {"state": "approved"}, headers={"HX-Request": "true"})
    text = answer.content.decode().strip()
    assert answer.status_code == 200
    assert text.startswith("<tr")
    assert ">All<" in text


def test_says_it_for_every_provider_of_the_payer(bao_browser: Client, aetna: Payer, dr_chen: Provider) -> None:
    Provider.objects.create(given_name="Lena", family_name="Voss", credential="NP")
    answer = bao_browser.post(cell(aetna, dr_chen), {"state": "not_needed", "everyone": "on"})
    assert answer.status_code == 303
    assert set(Enrollment.objects.values_list("state", flat=True)) == {"not_needed"}
    assert Enrollment.objects.count() == 2


def test_a_denial_asks_for_its_reason(bao_browser: Client, aetna: Payer, dr_chen: Provider) -> None:
    answer = bao_browser.post(cell(aetna, dr_chen), {"state": "denied"})
    assert answer.status_code == 422
    assert "Say why they denied it" in answer.content.decode()


def test_the_matrix_takes_the_same_queries_for_many_payers(
    bao_browser: Client, aetna: Payer, dr_chen: Provider, django_assert_max_num_queries: object
) -> None:
    Payer.objects.bulk_create([Payer(name=f"Payer {number}") for number in range(30)])
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert bao_browser.get(reverse("billing:enrollment")).status_code == 200
