"""Set-up …"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.audit.models import Entry
from office.billing.actions.enrollment import set_enrollment
from office.billing.actions.fees import set_fee
from office.billing.actions.payers import add_payer, change_payer, set_clearinghouse
from office.billing.rules.enrollment import State, Transaction
from office.core.actions import Refused
from office.core.actors import Automation
from office.patients.models import Payer
from office.practice.actions import change_practice, put_off
from office.practice.models import HalfTyped, Load, LoadedRow, Location, Practice
from office.practice.set_up import Standing, desk_of
from office.scheduling.actions.plans import set_plan_taken
from office.staff.models import Member, Provider, Role
from office.staff.permissions import RoleName

SENT = {"name": "Test Family Medicine", "zone": "America/New_York"}


def test_names_what_is_missing_by_its_consequence(main_street: Location, automation: Automation) -> None:
    desk = desk_of(automation)
    missing = {part.consequence: part for part in desk.missing}
    assert "Claims cannot leave" in missing
    assert missing["Nobody can be booked"].stops
    assert not desk.is_ready
    assert [part.stops for part in desk.missing] == sorted((part.stops for part in desk.missing), reverse=True)


def test_reasons_that_lead_to_the_same_end_are_one_line(main_street: Location, automation: Automation) -> None:
    missing = [part for part in desk_of(automation).missing if part.consequence == "Claims cannot leave"]
    assert len(missing) == 1
    assert "No tax number yet. No organization NPI yet." in missing[0].why


def test_a_card_put_off_comes_back_on_its_day(main_street: Location, automation: Automation) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    put_off(automation, card="types", until=tomorrow)
    (card,) = [one for one in desk_of(automation).standings if one.card.key == "types"]
    assert card.state == "later"
    assert type(card)(card.card, card.parts, card.note, may_open=True, today=tomorrow).state == "to_do"


def test_a_card_is_put_off_to_a_day_to_come_alone(main_street: Location, automation: Automation) -> None:
    with pytest.raises(Refused, match="after today"):
        put_off(automation, card="types", until=timezone.localdate())


def test_what_fits_is_saved_and_what_does_not_waits_for_whoever_comes_next(
    main_street: Location, adele: Client
) -> None:
    url = reverse("practice:set_up_practice")
    answer = adele.post(url, {**SENT, "legal_name": "Test Family Medicine, PC", "npi": "1234567839"})
    assert answer.status_code == 422
    assert "1234567893 would fit" in answer.content.decode()
    office = Practice.objects.get()
    assert (office.legal_name, office.npi) == ("Test Family Medicine, PC", "")
    again = adele.get(url).content.decode()
    assert "1234567839" in again
    assert "1234567893 would fit" in again


def test_what_was_mistyped_is_forgotten_once_it_fits(main_street: Location, adele: Client) -> None:
    url = reverse("practice:set_up_practice")
    adele.post(url, {**SENT, "npi": "1234567839"})
    assert HalfTyped.objects.get().typed == {"npi": "1234567839"}
    answer = adele.post(url, {**SENT, "npi": "1234567893"})
    assert answer.status_code == 303
    assert not HalfTyped.objects.exists()
    assert Practice.objects.get().npi == "1234567893"


def test_the_trail_names_the_fields_and_not_what_was_mistyped(main_street: Location, adele: Client) -> None:
    adele.post(reverse("practice:set_up_practice"), {**SENT, "tin": "12-34567"})
    entry = Entry.objects.get(verb="set_up.half_typed")
    assert entry.details["fields"] == ["tin"]
    assert "34567" not in str(entry.details)


def test_a_form_sent_by_itself_answers_where_it_stands(main_street: Location, adele: Client) -> None:
    url = reverse("practice:set_up_practice")
    answer = adele.post(url, {**SENT, "legal_name": "Kept"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "Saved just now." in answer.content.decode()


def test_the_action_asks_the_rules_too(main_street: Location, automation: Automation) -> None:
    with pytest.raises(Refused, match="10 digits"):
        change_practice(automation, practice=Practice.objects.get(), npi="12")


def test_a_post_office_box_is_no_billing_address(main_street: Location, adele: Client) -> None:
    answer = adele.post(reverse("practice:set_up_practice"), {**SENT, "line": "P.O. Box 12"})
    assert "Payers want a street here" in answer.content.decode()
    assert Practice.objects.get().line == ""


@pytest.mark.parametrize("address", ["practice:set_up", "practice:set_up_standing", "scheduling:rehearsal"])
def test_opens_before_there_is_anything(db: None, address: str, client: Client) -> None:
    owner = Member.objects.create(username="dana", given_name="Dana", family_name="Okafor")
    Role.objects.create(member=owner, name=RoleName.ADMINISTRATOR)
    client.force_login(owner)
    assert client.get(reverse(address)).status_code == 200


def test_counts_the_days_until_the_first_patient(main_street: Location, automation: Automation) -> None:
    day = timezone.localdate() + timedelta(days=7)
    change_practice(automation, practice=Practice.objects.get(), opens_on=day)
    assert desk_of(automation).days_to_go == 7
    assert isinstance(desk_of(automation).opens_on, date)


# --- the old system's data


def card_of(actor: Automation, key: str) -> Standing:
    return next(one for one in desk_of(actor).standings if one.card.key == key)


def came_in(**facts: Any) -> Load:
    said = {"kind": "patients", "state": Load.State.DONE, "finished_at": timezone.now(), "created": 3, **facts}
    return Load.objects.create(file_name="patients.csv", **said)


def test_a_person_says_that_there_is_no_old_system(
    main_street: Location, adele: Client, automation: Automation
) -> None:
    assert card_of(automation, "old_system").state == "to_do"
    shown = adele.get(reverse("practice:set_up_old_system")).content.decode()
    assert "We have no old system" in shown
    adele.post(reverse("practice:set_up_confirm", args=["old_system"]))
    assert card_of(automation, "old_system").state == "done"
    assert "there is nothing to bring" in adele.get(reverse("practice:set_up_old_system")).content.decode()


def test_a_load_is_held_against_the_old_reports(main_street: Location, adele: Client, automation: Automation) -> None:
    came_in()
    assert "Nobody knows whether everything came over" in [part.consequence for part in desk_of(automation).missing]
    assert card_of(automation, "old_system").state == "half"
    adele.post(reverse("practice:set_up_confirm", args=["old_system"]))
    assert card_of(automation, "old_system").state == "done"


@pytest.mark.parametrize(
    "since",
    [{"finished_at": timezone.now() + timedelta(days=1)}, {"undone_at": timezone.now() + timedelta(days=1)}],
    ids=["loaded", "undone"],
)
def test_what_was_said_does_not_hold_for_a_table_that_came_or_went_since(
    main_street: Location, adele: Client, automation: Automation, since: dict[str, Any]
) -> None:
    came_in()
    adele.post(reverse("practice:set_up_confirm", args=["old_system"]))
    came_in(**since)
    assert card_of(automation, "old_system").state == "half"


def test_rows_that_wait_for_an_answer_keep_the_card_open(
    main_street: Location, adele: Client, automation: Automation
) -> None:
    load = came_in(review=1)
    LoadedRow.objects.create(load=load, line=2, outcome="review")
    adele.post(reverse("practice:set_up_confirm", args=["old_system"]))
    assert "1 row of the old system did not come in" in [one.consequence for one in desk_of(automation).missing]


# --- payers


def missing_of(actor: Automation) -> dict[str, str]:
    return {part.consequence: part.why for part in desk_of(actor).missing}


def test_says_whose_claims_cannot_leave_and_why(
    main_street: Location, dr_chen: Provider, automation: Automation
) -> None:
    assert "There is no payer" in missing_of(automation)["Nobody's insurance is billed"]
    summit = Payer.objects.create(name="Summit")
    said = missing_of(automation)
    assert said["Claims to Summit cannot leave"].startswith("No payer ID. No claim-filing indicator.")
    assert said["Claims of Dr. Chen cannot reach Summit"] == "Enrolled with 0 of 1 providers."
    assert "Payments of Summit are typed in from paper" in said
    assert "Nobody is warned before claims to Summit come too late" in said
    change_payer(automation, payer=summit, payer_code="87726", filing_indicator="CI")
    assert "No payer ID" not in str(missing_of(automation))


def test_payers_that_lack_the_same_providers_are_one_line(
    main_street: Location, dr_chen: Provider, automation: Automation
) -> None:
    for name in ("Aetna", "Cascadia", "Summit"):
        Payer.objects.create(name=name)
    said = missing_of(automation)
    assert said["Claims of Dr. Chen cannot reach Aetna and 2 more"] == "Enrolled with 0 of 1 providers."


def test_an_office_may_bill_no_insurance(main_street: Location, adele: Client, automation: Automation) -> None:
    assert "We bill no insurance" in adele.get(reverse("billing:set_up_payers")).content.decode()
    adele.post(reverse("practice:set_up_confirm", args=["payers"]))
    assert card_of(automation, "payers").state == "done"
    Payer.objects.create(name="Summit")
    assert card_of(automation, "payers").state != "done"


def test_the_payers_card_is_done_when_claims_can_leave_and_answers_come(
    main_street: Location, dr_chen: Provider, automation: Automation
) -> None:
    summit = add_payer(automation, name="Summit", kind="commercial", payer_code="87726", filing_indicator="CI")
    change_payer(automation, payer=summit, timely_filing_days=90, timely_filing_source="Contract, 4.2")
    set_clearinghouse(
        automation, name="Hillside", submitter_id="S1", receiver_id="R1", agreement_on=timezone.localdate()
    )
    set_plan_taken(automation, providers=[dr_chen], payer=summit, starts_on=timezone.localdate())
    for transaction in Transaction:
        assert card_of(automation, "payers").state == "half"
        set_enrollment(automation, payer=summit, providers=[dr_chen], transaction=transaction, state=State.NOT_NEEDED)
    assert card_of(automation, "payers").state == "done"
    assert "Bill Summit" in desk_of(automation).works


# --- the fee schedule


def test_a_fee_schedule_of_the_office_is_no_question_of_the_old_system(
    main_street: Location, adele: Client, automation: Automation
) -> None:
    adele.post(reverse("practice:set_up_confirm", args=["old_system"]))
    came_in(kind="fees", finished_at=timezone.now() + timedelta(days=1))
    assert card_of(automation, "old_system").state == "done"


def test_what_is_done_has_no_price_until_one_holds_today(main_street: Location, automation: Automation) -> None:
    today = timezone.localdate()
    assert missing_of(automation)["What is done has no price"] == "No fee schedule yet."
    set_fee(automation, code="G0439", amount_cents=1, starts_on=today + timedelta(days=1))
    assert missing_of(automation)["What is done has no price"] == "No price holds today; 1 begin later."
    set_fee(automation, code="G0439", amount_cents=1, starts_on=today)
    assert card_of(automation, "fees").state == "done"


def test_prices_that_end_are_told_of_before_they_do(main_street: Location, automation: Automation) -> None:
    today = timezone.localdate()
    set_fee(automation, code="G0439", amount_cents=1, starts_on=today, ends_on=today + timedelta(days=9))
    assert "1 price ends within 30 days and nothing follows" in missing_of(automation)
    set_fee(automation, code="G0439", amount_cents=2, starts_on=today + timedelta(days=10))
    assert card_of(automation, "fees").state == "done"
