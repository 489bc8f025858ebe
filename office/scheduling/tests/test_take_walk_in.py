"""Take walk-in …"""

import re
from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from conftest import MakePatient
from office.core.actions import Refused
from office.core.models import HeldEffect
from office.patients.actions import search_index
from office.patients.models import Coverage, Patient, Payer, Plan
from office.practice.models import Location
from office.scheduling.actions.undo import undo_last_change
from office.scheduling.actions.walk_in import take_walk_in
from office.scheduling.models import Appointment, Hours, VisitType
from office.scheduling.tests.conftest import Book, MakeProvider, at
from office.staff.models import Provider, StaffActor

Take = Callable[..., Appointment]
URL = reverse("scheduling:walk_in")


@pytest.fixture
def take(
    clock: time_machine.Traveller,
    rosa: StaffActor,
    ana: Patient,
    dr_chen: Provider,
    main_street: Location,
    follow_up: VisitType,
) -> Take:
    def make(*, actor: StaffActor = rosa, **changes: object) -> Appointment:
        asked = {"patient": ana, "location": main_street, "visit_type": follow_up, **changes}
        return take_walk_in(actor, **asked)  # type: ignore[arg-type]

    return make


def test_puts_the_patient_on_the_board_with_whoever_is_free_first(
    take: Take, book: Book, make_patient: MakePatient, make_provider: MakeProvider
) -> None:
    book(at(9), patient=make_patient("Ito"))
    osei = make_provider("Osei")
    visit = take(reason="Cough for a week")
    assert (visit.provider, visit.starts_at, visit.status, visit.is_walk_in) == (osei, at(9), "arrived", True)
    assert visit.arrived_at == at(9)
    assert not HeldEffect.objects.filter(key=f"appointment:{visit.pk}").exists()


def test_waits_for_the_next_opening_of_a_named_provider(
    take: Take, book: Book, make_patient: MakePatient, make_provider: MakeProvider, dr_chen: Provider
) -> None:
    book(at(9), patient=make_patient("Ito"))
    make_provider("Osei")
    assert take(provider=dr_chen).starts_at == at(9, 20)


def test_refuses_when_nobody_is_free_today_and_names_the_next_time(take: Take, clock: time_machine.Traveller) -> None:
    clock.move_to(at(16, 55))
    with pytest.raises(Refused, match=r"Nobody is free for Follow-up today any more\. Next available is Tuesday, Nov"):
        take()
    assert not Appointment.objects.exists()


def test_goes_beside_another_visit_only_by_one_who_may_and_with_a_named_provider(
    take: Take, book: Book, make_patient: MakePatient, dr_chen: Provider, sol: StaffActor
) -> None:
    book(at(9), patient=make_patient("Ito"))
    with pytest.raises(PermissionDenied):
        take(provider=dr_chen, double=True)
    with pytest.raises(Refused, match="Choose the provider"):
        take(actor=sol, double=True)
    visit = take(actor=sol, provider=dr_chen, double=True)
    assert (visit.starts_at, visit.seat, visit.status) == (at(9), 1, "arrived")


def test_is_taken_once_however_often_the_form_is_sent(take: Take) -> None:
    assert take(key="form-1") == take(key="form-1")
    assert Appointment.objects.count() == 1


def test_asks_for_the_birth_date_where_a_name_of_the_day_is_alike(
    take: Take, book: Book, make_patient: MakePatient
) -> None:
    book(at(15), patient=make_patient("Marsh", "Anna", date(1990, 1, 2)))
    with pytest.raises(Refused, match="NAME ALERT"):
        take()
    with pytest.raises(Refused, match="not this patient's birth date"):
        take(birth_date=date(1990, 1, 2))
    assert Appointment.objects.count() == 1, "nothing is kept of a walk-in that was not checked in"
    assert take(birth_date=date(1984, 4, 9)).status == "arrived"


def test_passes_a_red_light_only_with_a_reason(take: Take, ana: Patient) -> None:
    plan = Plan.objects.create(payer=Payer.objects.create(name="Aetna"), name="PPO")
    Coverage.objects.create(patient=ana, plan=plan, rank=1, member_id="W1", ends_on=date(2026, 1, 1))
    with pytest.raises(Refused, match="not in order"):
        take()
    visit = take(passed_for="urgent", passed_because="short of breath")
    assert "short of breath" in visit.changes.get(verb="arrived").note


def test_of_the_wrong_person_is_undone_whole(take: Take, rosa: StaffActor) -> None:
    undone = undo_last_change(rosa, appointment=take())
    assert (undone.status, undone.cancel_reason) == ("canceled", "office_error")


# --- the screen


def test_the_screen_finds_then_takes(take: Take, ana: Patient, follow_up: VisitType, rosa_browser: Client) -> None:
    search_index.refresh([ana], are_new=True)
    found = rosa_browser.post(URL, {"who": "mars", "key": "k", "visit_type": follow_up.pk})
    assert found.status_code == 200
    assert f'value="{ana.pk}" checked' in found.content.decode()
    sent = {"who": "mars", "listed_for": "mars", "patient": ana.pk, "visit_type": follow_up.pk, "key": "k"}
    assert rosa_browser.post(URL, sent).status_code == 303
    assert Appointment.objects.get().status == "arrived"


def test_the_screen_takes_nobody_chosen_for_another_name(
    take: Take, ana: Patient, follow_up: VisitType, rosa_browser: Client
) -> None:
    sent = {"who": "okafor", "listed_for": "mars", "patient": ana.pk, "visit_type": follow_up.pk, "key": "k"}
    assert rosa_browser.post(URL, sent).status_code == 200
    assert not Appointment.objects.exists()


def test_the_screen_points_to_the_visit_that_is_booked_today(
    take: Take, book: Book, ana: Patient, follow_up: VisitType, rosa_browser: Client
) -> None:
    search_index.refresh([ana], are_new=True)
    visit = book(at(14))
    html = rosa_browser.post(URL, {"who": "mars", "key": "k"}).content.decode()
    assert reverse("scheduling:check_in_visit", args=[visit.pk]) in html
    assert f'value="{ana.pk}" checked' not in html


def test_the_screen_says_who_is_free_first_and_when(
    take: Take, book: Book, make_patient: MakePatient, make_provider: MakeProvider, dr_chen: Provider, ana: Patient,
    physical: VisitType, rosa_browser: Client,
) -> None:  # fmt: skip
    search_index.refresh([ana], are_new=True)
    book(at(9), patient=make_patient("Ito"))
    osei = make_provider("Osei")
    bare = rosa_browser.get(URL).content.decode()
    listed = bare[bare.index("Free first") :]
    assert re.findall(r'"num">(.*?)</b> (\w+)', listed) == [("9:00 AM", "Osei"), ("9:20 AM", "Chen")]
    book(at(9, 40), patient=make_patient("Okafor"), provider=osei)
    form = rosa_browser.post(URL, {"who": "mars", "key": "k"}).content.decode()
    assert "Whoever is free first: Dr. Osei, 9:00 AM" in form
    assert "Chen, Wei MD, 9:20 AM" in form
    longer = rosa_browser.post(URL, {"free": "1", "visit_type": physical.pk}, headers={"HX-Request": "true"})
    assert "Whoever is free first: Dr. Osei, 9:00 AM" in longer.content.decode()
    assert "<form" not in longer.content.decode()


def test_the_screen_says_when_nobody_is_free_today(take: Take, rosa_browser: Client) -> None:
    Hours.objects.all().delete()
    assert "Nobody is free for it any more today" in rosa_browser.get(URL).content.decode()


def test_someone_registered_for_the_walk_in_comes_back_to_it(take: Take, rosa_browser: Client) -> None:
    who = {"family_name": "Okafor", "given_name": "Dana", "birth_date": "06/14/1961", "sex": "U", "language": "en"}
    answer = rosa_browser.post(f"{reverse('patients:register')}?next={URL}", {**who, "next": URL})
    patient = Patient.objects.get(family_name="Okafor")
    assert answer["Location"] == f"{URL}?patient={patient.pk}"
    assert "Okafor, Dana" in rosa_browser.get(answer["Location"]).content.decode()
