"""Jobs: tried again, put back, ended, and never telling what a patient's row held."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from office.core import jobs
from office.core.tests import jobs_for_tests

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def done() -> Iterator[list[str]]:
    jobs_for_tests.done.clear()
    yield jobs_for_tests.done
    jobs_for_tests.done.clear()


def run_one(worker: str = "w1") -> bool:
    row = jobs.claim(worker)
    assert row is not None
    return jobs.run(row)


def test_a_job_runs_once_and_ends_successful(done: list[str]) -> None:
    jobs_for_tests.succeed.enqueue("a")
    assert run_one()
    assert jobs.claim("w1") is None
    assert done == ["a"]
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_a_job_is_taken_back_with_the_change_that_asked_for_it() -> None:
    with transaction.atomic():
        jobs_for_tests.succeed.enqueue("a")
        transaction.set_rollback(True)
    assert jobs.claim("w1") is None


def test_a_failing_job_waits_longer_each_time_and_then_ends_failed() -> None:
    jobs_for_tests.fail.enqueue("Ana Marsh")
    with time_machine.travel(START, tick=False) as clock:
        DBTaskResult.objects.update(run_after=START)
        waits = []
        while row := jobs.claim("w1"):
            before = timezone.now()
            jobs.run(row)
            row.refresh_from_db()
            if row.status == "READY":
                waits.append(row.run_after - before)
                clock.move_to(row.run_after)
    assert row is None
    assert len(waits) == 2
    assert timedelta(seconds=30) <= waits[0] <= timedelta(seconds=33)
    assert timedelta(seconds=60) <= waits[1] <= timedelta(seconds=66)
    assert DBTaskResult.objects.get().status == "FAILED"
    assert jobs.failed().count() == 1


def test_the_longest_wait_is_six_hours() -> None:
    assert jobs.Policy().wait_before(40) == timedelta(hours=6)


def test_what_is_written_of_a_fault_names_kind_and_place_and_no_value() -> None:
    jobs_for_tests.fail.enqueue("Ana Marsh")
    run_one()
    row = DBTaskResult.objects.get()
    assert row.exception_class_path == "builtins.ValueError"
    assert "jobs_for_tests.py" in row.traceback
    assert "Elm" not in row.traceback
    assert "Ana" not in row.traceback


def test_a_refused_job_is_not_tried_again() -> None:
    jobs_for_tests.be_refused.enqueue()
    assert not run_one()
    assert DBTaskResult.objects.get().status == "FAILED"


def test_a_job_whose_code_is_gone_ends_failed() -> None:
    jobs_for_tests.succeed.enqueue("a")
    DBTaskResult.objects.update(task_path="office.core.nowhere.nothing")
    assert not run_one()
    assert DBTaskResult.objects.get().status == "FAILED"


def test_a_run_past_its_lease_is_put_back_and_counts_as_a_try() -> None:
    jobs_for_tests.succeed.enqueue("a")
    for attempt in range(1, 4):
        DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
        assert jobs.claim(f"w{attempt}") is not None
        assert jobs.put_back() == 0, "still within its lease"
        DBTaskResult.objects.update(started_at=timezone.now() - timedelta(minutes=6))
        assert jobs.put_back() == 1
    assert DBTaskResult.objects.get().status == "FAILED", "three tries, three dead workers: a poison job"


def test_a_restarted_worker_puts_back_its_own_at_once_and_no_other() -> None:
    jobs_for_tests.succeed.enqueue("a")
    jobs.claim("w1")
    assert jobs.put_back("w2") == 0
    assert jobs.put_back("w1") == 1


def test_a_failed_job_tried_again_has_all_its_attempts(done: list[str]) -> None:
    jobs_for_tests.be_refused.enqueue()
    run_one()
    row = DBTaskResult.objects.get()
    jobs.try_again(row)
    row.refresh_from_db()
    assert (row.status, row.worker_ids) == ("READY", [])


def test_the_queue_s_age_is_that_of_the_oldest_due_job() -> None:
    assert jobs.queue_age() == timedelta()
    jobs_for_tests.succeed.enqueue("a")
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=9))
    assert timedelta(minutes=9) <= jobs.queue_age() < timedelta(minutes=10)
