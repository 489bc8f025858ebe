"""Run job again: a failed job gets all its attempts, by someone who may, and the trail knows who."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django_tasks_db.models import DBTaskResult

from office.audit.models import Entry
from office.core import jobs
from office.core.actions import Refused
from office.core.tests import jobs_for_tests
from office.home.actions import run_job_again
from office.staff.models import StaffActor


@pytest.fixture
def failed_job(db: None) -> DBTaskResult:
    jobs_for_tests.be_refused.enqueue()
    row = jobs.claim("w1")
    assert row is not None
    jobs.run(row)
    return DBTaskResult.objects.get()


def test_makes_a_failed_job_ready_and_says_who(failed_job: DBTaskResult, sol: StaffActor) -> None:
    run_job_again(sol, job_id=failed_job.pk)
    failed_job.refresh_from_db()
    assert failed_job.status == "READY"
    assert Entry.objects.get(verb="job.run_again").actor_label == sol.label


def test_refuses_a_job_that_did_not_fail(failed_job: DBTaskResult, sol: StaffActor) -> None:
    run_job_again(sol, job_id=failed_job.pk)
    with pytest.raises(Refused, match="no longer failed"):
        run_job_again(sol, job_id=failed_job.pk)
    with pytest.raises(Refused):
        run_job_again(sol, job_id=uuid4())


def test_is_not_for_the_front_desk(failed_job: DBTaskResult, rosa: StaffActor) -> None:
    with pytest.raises(PermissionDenied):
        run_job_again(rosa, job_id=failed_job.pk)
