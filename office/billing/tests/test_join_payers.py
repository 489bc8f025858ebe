"""One payer that was written down twice …"""

import pytest
from django.test import Client
from django.urls import reverse

from office.audit.models import Entry
from office.billing.actions.payers import add_payer, join_payers
from office.billing.models import Enrollment
from office.core.actions import Refused
from office.core.actors import Automation
from office.patients.actions.insurance import set_coverage
from office.patients.models import Coverage, Patient, Payer, PayerName, Plan
from office.scheduling.models import PlanTaken
from office.staff.models import Provider, StaffActor

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice(aetna: Payer) -> Payer:
    """The same payer as somebody at the desk typed it."""
    return Payer.objects.create(name="AETNA Health Inc", payer_code="60054")


def covered(actor: Automation, patient: Patient, payer: str, plan: str = "", member: str = "W1") -> Coverage:
    return set_coverage(actor, patient=patient, payer=payer, plan=plan, member_id=member)


def test_insurance_moves_to_the_plan_of_the_same_name(
    bao: StaffActor, automation: Automation, ana: Patient, aetna: Payer, twice: Payer
) -> None:
    there = Plan.objects.create(payer=aetna, name="Choice")
    same = covered(automation, ana, twice.name, "CHOICE")
    other = covered(automation, ana, twice.name, "Select", "W2")
    unnamed = covered(automation, ana, twice.name, "", "W3")
    join_payers(bao, payer=twice, into=aetna)
    for row in (same, other, unnamed):
        row.refresh_from_db()
    assert same.plan == there
    assert {row.plan.payer for row in (same, other, unnamed)} == {aetna}
    assert unnamed.plan.name == "Aetna"
    assert not Payer.objects.filter(pk=twice.pk).exists()


def test_what_was_not_known_is_taken_over_and_what_was_known_stays(bao: StaffActor, aetna: Payer, twice: Payer) -> None:
    Payer.objects.filter(pk=aetna.pk).update(filing_indicator="CI")
    Payer.objects.filter(pk=twice.pk).update(filing_indicator="HM")
    kept = join_payers(bao, payer=twice, into=aetna)
    assert (kept.payer_code, kept.filing_indicator) == ("60054", "CI")


def test_enrollment_and_plans_taken_move_and_what_was_said_there_holds(
    bao: StaffActor, aetna: Payer, twice: Payer, dr_chen: Provider
) -> None:
    for payer, transaction, state in (
        (aetna, "837P", "approved"), (twice, "837P", "to_request"), (twice, "835", "approved"),
    ):  # fmt: skip
        Enrollment.objects.create(payer=payer, provider=dr_chen, transaction=transaction, state=state, by_label="Bao")
    line = PlanTaken.objects.create(provider=dr_chen, payer=twice)
    join_payers(bao, payer=twice, into=aetna)
    stands = Enrollment.objects.filter(payer=aetna).values_list("transaction", "state")
    assert set(stands) == {("837P", "approved"), ("835", "approved")}
    line.refresh_from_db()
    assert line.payer == aetna


def test_whoever_types_the_other_name_means_that_payer(
    bao: StaffActor, automation: Automation, ana: Patient, aetna: Payer, twice: Payer
) -> None:
    join_payers(bao, payer=twice, into=aetna)
    assert covered(automation, ana, "aetna health inc").plan.payer == aetna
    assert covered(automation, ana, "AETNA", member="W2").plan.payer == aetna
    assert Payer.objects.count() == 1
    with pytest.raises(Refused, match="AETNA Health Inc is another name of Aetna"):
        add_payer(bao, name="AETNA Health Inc")


def test_a_name_of_a_name_moves_along(bao: StaffActor, aetna: Payer, twice: Payer) -> None:
    third = Payer.objects.create(name="Aetna HMO")
    join_payers(bao, payer=third, into=twice)
    join_payers(bao, payer=twice, into=aetna)
    assert set(PayerName.objects.values_list("name", "payer__name")) == {
        ("Aetna HMO", "Aetna"), ("AETNA Health Inc", "Aetna"),
    }  # fmt: skip


def test_the_trail_says_whose_insurance_moved(
    bao: StaffActor, automation: Automation, ana: Patient, aetna: Payer, twice: Payer
) -> None:
    covered(automation, ana, twice.name)
    join_payers(bao, payer=twice, into=aetna)
    entry = Entry.objects.get(verb="payer.joined")
    assert entry.details["name"] == "AETNA Health Inc"
    assert str(ana.pk) in entry.subjects.filter(kind="patients.patient").values_list("subject_id", flat=True)


def test_a_payer_is_not_joined_to_itself(bao: StaffActor, aetna: Payer) -> None:
    with pytest.raises(Refused, match="the same payer"):
        join_payers(bao, payer=aetna, into=aetna)


def test_is_said_on_the_payers_own_page(bao_browser: Client, aetna: Payer, twice: Payer) -> None:
    answer = bao_browser.post(reverse("billing:join_payer", args=[twice.pk]), {"into": str(aetna.pk)})
    assert answer["Location"] == reverse("billing:set_up_payer", args=[aetna.pk])
    assert "Other names of this one: AETNA Health Inc" in bao_browser.get(answer["Location"]).content.decode()
    assert bao_browser.post(reverse("billing:join_payer", args=[aetna.pk]), {}).status_code == 422
