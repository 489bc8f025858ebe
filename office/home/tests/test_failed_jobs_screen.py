"""Failed jobs: shown by what they are for, run again with one press, by those who may."""

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from conftest import MakeMember
from office.core import jobs
from office.core.tests import jobs_for_tests
from office.staff.permissions import RoleName


@pytest.fixture
def supervisor(client: Client, make_member: MakeMember) -> Client:
    client.force_login(make_member("sol", RoleName.SUPERVISOR))
    return client


def fail_one() -> DBTaskResult:
    jobs_for_tests.be_refused.enqueue()
    row = jobs.claim("w1")
    assert row is not None
    jobs.run(row)
    return DBTaskResult.objects.get(pk=row.pk)


def test_shows_none_when_there_are_none(supervisor: Client) -> None:
    assert "None." in supervisor.get("/jobs/").content.decode()


def test_runs_a_failed_job_again(supervisor: Client) -> None:
    row = fail_one()
    assert "Be refused" in supervisor.get("/jobs/").content.decode()
    assert supervisor.post(f"/jobs/{row.pk}/again/").status_code == 303
    row.refresh_from_db()
    assert row.status == "READY"


def test_htmx_gets_only_the_panel(supervisor: Client) -> None:
    fail_one()
    answer = supervisor.get("/jobs/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in answer
    assert "Run again" in answer


def test_a_job_run_again_meanwhile_is_told_and_not_an_error(supervisor: Client) -> None:
    row = fail_one()
    supervisor.post(f"/jobs/{row.pk}/again/")
    answer = supervisor.post(f"/jobs/{row.pk}/again/", follow=True)
    assert "no longer failed" in answer.content.decode()
