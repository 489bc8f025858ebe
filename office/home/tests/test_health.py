"""The health check: 200 when all is well, 503 and which part when not, to anyone, about nobody."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from office.core.tests import jobs_for_tests
from office.core.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_beat() -> None:
    cache.clear()


def test_is_well_while_a_worker_turns(client: Client) -> None:
    Worker("w1").turn()
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["well"]) == (200, True)


def test_says_when_no_worker_was_seen(client: Client) -> None:
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json() == {"well": False, "database": "ok", "worker": "fail", "queue": "ok"}


def test_says_when_the_queue_is_stuck(client: Client) -> None:
    Worker("w1").turn()
    jobs_for_tests.succeed.enqueue("a")
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=11))
    assert client.get("/health/").json()["queue"] == "fail"
