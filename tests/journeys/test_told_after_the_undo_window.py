"""What the patient is told: by the real worker, from the real job tables, once nobody can undo it any more."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from conftest import NEW_YORK
from office.core import jobs
from office.core.models import HeldEffect, TimetableSlot
from office.core.worker import Worker
from office.inbox.jobs import tell_patient
from office.inbox.models import Message
from office.patients.actions.death import record_death
from office.patients.models import Consent, Patient, Telecom
from office.practice.models import Location
from office.scheduling.actions.booking import book_appointment, cancel_appointment, move_appointment
from office.scheduling.actions.told import record_told
from office.scheduling.actions.undo import undo_last_change
from office.scheduling.models import Appointment, AppointmentChange, VisitType
from office.staff.models import Provider, StaffActor
from office.worklist.models import WorkItem
from tests.databases import RealDatabase

NINE = datetime(2026, 11, 23, 9, tzinfo=NEW_YORK)
WINDOW = timedelta(seconds=61)
Clock = time_machine.Traveller
BookAt = Callable[[int], Appointment]


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel(NINE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def agreed(ana: Patient) -> Patient:
    """Ana, who agreed to texts."""
    Telecom.objects.create(patient=ana, system=Telecom.System.PHONE, value="+15555550123")
    Consent.objects.create(
        patient=ana, kind=Consent.Kind.TEXT, is_given=True, given_at=NINE, how="paper", recorded_by="Rosa"
    )
    return ana


@pytest.fixture
def book(
    clock: Clock, rosa: StaffActor, ana: Patient, dr_chen: Provider, main_street: Location, follow_up: VisitType
) -> BookAt:
    """Rosa books Ana for tomorrow at that hour."""

    def make(hour: int) -> Appointment:
        return book_appointment(
            rosa, patient=ana, provider=dr_chen, location=main_street, visit_type=follow_up, starts_at=tomorrow(hour)
        )

    return make


def tomorrow(hour: int) -> datetime:
    return datetime(2026, 11, 24, hour, tzinfo=NEW_YORK)


def work(name: str = "journey") -> None:
    """One worker does all that is due now, and stops."""
    worker = Worker(name)
    while worker.turn():
        pass


def later(clock: Clock, wait: timedelta = WINDOW) -> None:
    clock.shift(wait)
    work()


def said() -> list[str]:
    return [message.body.split("Ana, ")[1] for message in Message.objects.order_by("created_at")]


def told_before(clock: Clock, book: BookAt, hour: int = 10) -> Appointment:
    """A visit whose booking was told and settled; what was said until now is forgotten."""
    visit = book(hour)
    later(clock)
    Message.objects.all().delete()
    visit.refresh_from_db()
    return visit


def test_a_booking_is_told_once_and_not_before_the_window_ends(agreed: Patient, book: BookAt, clock: Clock) -> None:
    book(10)
    later(clock, timedelta(seconds=59))
    assert said() == []
    later(clock, timedelta(seconds=2))
    later(clock)
    assert said() == ["your appointment is Tuesday, November 24 at 10:00 AM."]


def test_three_moves_in_a_row_send_one_message_with_the_last_time(
    agreed: Patient, book: BookAt, clock: Clock, rosa: StaffActor
) -> None:
    visit = told_before(clock, book)
    for hour in (11, 13, 14):
        clock.shift(timedelta(seconds=40))
        work()
        visit = move_appointment(rosa, appointment=visit, starts_at=tomorrow(hour), told="texted")
    later(clock)
    assert said() == ["your appointment is now Tuesday, November 24 at 2:00 PM."]


def test_a_visit_that_comes_back_to_an_old_time_is_told_again(
    agreed: Patient, book: BookAt, clock: Clock, rosa: StaffActor
) -> None:
    visit = told_before(clock, book)
    for hour in (11, 10, 11):
        visit = move_appointment(rosa, appointment=visit, starts_at=tomorrow(hour), told="texted")
        later(clock)
    assert [line[-9:-1].strip() for line in said()] == ["11:00 AM", "10:00 AM", "11:00 AM"]


def test_what_was_undone_is_not_told(agreed: Patient, book: BookAt, clock: Clock, rosa: StaffActor) -> None:
    visit = told_before(clock, book)
    moved = move_appointment(rosa, appointment=visit, starts_at=tomorrow(11), told="texted")
    undo_last_change(rosa, appointment=moved)
    later(clock)
    assert said() == []
    undo_last_change(rosa, appointment=book(15))
    later(clock)
    assert said() == []


def test_a_move_that_can_still_be_undone_is_not_told_by_the_job_of_the_one_before(
    agreed: Patient, book: BookAt, clock: Clock, rosa: StaffActor
) -> None:
    visit = told_before(clock, book)
    move_appointment(rosa, appointment=visit, starts_at=tomorrow(11), told="texted")
    clock.shift(WINDOW)
    tell_patient.enqueue(appointment_id=str(visit.pk))  # under way when the second move comes
    visit.refresh_from_db()
    moved = move_appointment(rosa, appointment=visit, starts_at=tomorrow(12), told="texted")
    work()
    assert said() == []
    undo_last_change(rosa, appointment=moved)
    later(clock, timedelta(minutes=11))
    assert said() == ["your appointment is now Tuesday, November 24 at 11:00 AM."]


def test_nothing_is_told_to_the_dead_and_their_visits_stop(
    agreed: Patient, book: BookAt, clock: Clock, rosa: StaffActor
) -> None:
    visit, coming = told_before(clock, book), book(15)
    move_appointment(rosa, appointment=visit, starts_at=tomorrow(11), told="texted")
    record_death(rosa, patient=agreed, died_on=None)
    work()
    later(clock, timedelta(hours=1))
    stopped = {(one.status, one.cancel_reason) for one in Appointment.objects.filter(pk__in=[visit.pk, coming.pk])}
    assert stopped == {("canceled", "deceased")}
    assert said() == []
    assert not WorkItem.objects.exists()


def test_a_move_canceled_before_it_was_told_is_told_as_the_cancellation_only(
    agreed: Patient, book: BookAt, clock: Clock, rosa: StaffActor
) -> None:
    visit = told_before(clock, book)
    moved = move_appointment(rosa, appointment=visit, starts_at=tomorrow(11), told="texted")
    cancel_appointment(rosa, appointment=moved, reason="patient_ill", told="texted")
    later(clock)
    assert said() == ["your appointment of Tuesday, November 24 at 11:00 AM is canceled."]


def test_not_yet_becomes_one_call_and_no_message(agreed: Patient, book: BookAt, clock: Clock, rosa: StaffActor) -> None:
    visit = told_before(clock, book)
    move_appointment(rosa, appointment=visit, starts_at=tomorrow(11), told="not_yet")
    later(clock)
    later(clock)
    task = WorkItem.objects.get()
    assert (task.title, task.patient, task.link) == (
        "Tell the patient the new time of the visit", agreed, reverse("scheduling:visit", args=[visit.pk]),
    )  # fmt: skip
    assert said() == []


def test_texted_without_a_channel_is_said_at_once_and_becomes_a_call(
    ana: Patient, book: BookAt, clock: Clock, rosa: StaffActor, rosa_browser: Client
) -> None:
    visit = told_before(clock, book)
    move_appointment(rosa, appointment=visit, starts_at=tomorrow(11), told="not_yet")
    answer = rosa_browser.post(
        reverse("scheduling:told", args=[visit.pk]), {"told": "texted"}, headers={"HX-Request": "true"}
    )
    assert "No text or e-mail can reach Marsh, Ana" in answer.content.decode()
    later(clock)
    assert WorkItem.objects.get().note == "No text or e-mail can reach the patient."
    assert said() == []


def test_consent_taken_back_within_the_window_makes_a_call_of_a_text(
    agreed: Patient, book: BookAt, clock: Clock, rosa: StaffActor
) -> None:
    visit = told_before(clock, book)
    move_appointment(rosa, appointment=visit, starts_at=tomorrow(11), told="texted")
    clock.shift(timedelta(seconds=20))
    Consent.objects.create(
        patient=agreed, kind=Consent.Kind.TEXT, is_given=False, given_at=timezone.now(), how="said", recorded_by="Rosa"
    )
    later(clock)
    assert said() == []
    assert WorkItem.objects.get().kind == "tell_patient"


@pytest.mark.parametrize(("answer", "messages"), [("spoke", 0), ("texted", 1)])
def test_an_answer_after_the_window_ends_the_call(
    agreed: Patient, book: BookAt, clock: Clock, rosa: StaffActor, answer: str, messages: int
) -> None:
    visit = told_before(clock, book)
    move_appointment(rosa, appointment=visit, starts_at=tomorrow(11), told="not_yet")
    later(clock)
    record_told(rosa, appointment=visit, told=answer)
    work()
    assert WorkItem.objects.get().outcome == answer.title()
    assert len(said()) == messages


def test_a_time_that_has_passed_meanwhile_is_not_announced(agreed: Patient, book: BookAt, clock: Clock) -> None:
    book(10)
    later(clock, timedelta(days=3))
    assert said() == []
    assert not AppointmentChange.objects.awaiting_telling().exists()


# --- what the queue forgot


def test_the_sweep_tells_what_the_queue_lost_and_never_twice(
    agreed: Patient, book: BookAt, clock: Clock, rosa: StaffActor
) -> None:
    visit = told_before(clock, book)
    move_appointment(rosa, appointment=visit, starts_at=tomorrow(11), told="texted")
    HeldEffect.objects.all().delete()
    later(clock, timedelta(minutes=4))
    assert said() == [], "the queue still has time"
    for _ in range(4):
        later(clock, timedelta(minutes=6))
    assert said() == ["your appointment is now Tuesday, November 24 at 11:00 AM."]


def test_the_sweep_leaves_a_failed_job_to_the_person_who_sees_it_on_home(
    agreed: Patient, book: BookAt, clock: Clock
) -> None:
    visit = book(10)
    clock.shift(WINDOW)
    tell_patient.enqueue(appointment_id=str(visit.pk))
    DBTaskResult.objects.filter(task_path=tell_patient.module_path).update(status="FAILED")
    HeldEffect.objects.all().delete()
    for _ in range(3):
        later(clock, timedelta(minutes=6))
    assert DBTaskResult.objects.filter(task_path=tell_patient.module_path).count() == 1
    assert said() == []
    jobs.try_again(jobs.failed().get())
    work()
    assert len(said()) == 1


def test_a_poison_effect_holds_up_no_other(agreed: Patient, book: BookAt, clock: Clock) -> None:
    HeldEffect.objects.create(key="old", task_path="office.core.nowhere.Gone", due_at=timezone.now())
    book(10)
    later(clock)
    assert len(said()) == 1
    assert HeldEffect.objects.get().due_at > timezone.now()


@pytest.mark.parametrize("taken_by", ["the worker that comes back", "another worker"])
def test_a_worker_that_dies_in_the_middle_is_made_up_for_once(
    agreed: Patient, book: BookAt, clock: Clock, taken_by: str
) -> None:
    visit = book(10)
    clock.shift(WINDOW)
    tell_patient.enqueue(appointment_id=str(visit.pk))
    assert jobs.claim("the worker that comes back")  # and it is gone
    jobs.put_back(taken_by)
    for _ in range(6):
        later(clock, timedelta(minutes=3))
    assert len(said()) == 1
    assert {row.status for row in DBTaskResult.objects.filter(task_path=tell_patient.module_path)} == {"SUCCESSFUL"}


# --- processes


def run_worker(database: RealDatabase) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "work", "--name", "desk"], env=database.environment, stderr=subprocess.DEVNULL
    )


def wait_for(what: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "It did not come to pass."
        time.sleep(0.2)


def test_a_worker_that_was_down_when_the_window_ended_tells_each_once_when_it_is_back(
    real_database: RealDatabase, agreed: Patient, rosa: StaffActor, dr_chen: Provider, main_street: Location,
    follow_up: VisitType,
) -> None:  # fmt: skip
    day = timezone.now().astimezone(NEW_YORK).replace(minute=0, second=0, microsecond=0) + timedelta(days=7)
    monday = day - timedelta(days=day.weekday()) + timedelta(days=7)
    booked = [
        book_appointment(
            rosa, patient=agreed, provider=dr_chen, location=main_street, visit_type=follow_up,
            starts_at=monday.replace(hour=hour),
        )
        for hour in (9, 11, 14)
    ]  # fmt: skip
    assert not Message.objects.exists()
    # Time passes while nobody works: one effect is due, one was lost, the job of one was claimed by a worker now dead.
    passed = timezone.now() - timedelta(minutes=20)
    AppointmentChange.objects.update(created_at=passed)
    HeldEffect.objects.update(due_at=passed)
    HeldEffect.objects.filter(key=f"appointment:{booked[1].pk}").delete()
    HeldEffect.objects.filter(key=f"appointment:{booked[2].pk}").delete()
    tell_patient.enqueue(appointment_id=str(booked[2].pk))
    assert jobs.claim("desk")
    worker = run_worker(real_database)
    try:
        wait_for(lambda: Message.objects.count() == 1)  # what was due
        wait_for(lambda: not DBTaskResult.objects.running().exists())
        DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())  # the back-off of the lost one
        wait_for(lambda: Message.objects.count() == 2)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    TimetableSlot.objects.update(due_at=passed)  # the sweep's time passed while it was down, too
    worker = run_worker(real_database)
    try:
        wait_for(lambda: Message.objects.count() == 3)
        wait_for(lambda: not AppointmentChange.objects.awaiting_telling().exists())
    finally:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=30) == 0
    assert sorted(Message.objects.values_list("about", flat=True)) == sorted(
        f"change:{change.pk}" for change in AppointmentChange.objects.all()
    )
