"""Jobs: what the program does by itself, a moment later. Rows of our own database, on django-tasks-db.

A job commits or rolls back with the change that asked for it. It runs at least once, so every effect carries a key that
makes it happen once. A job that fails is tried again, later each time; one that fails always ends FAILED and is shown
on Home. A job whose worker died is put back when its lease has run out.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ParamSpec, TypeVar

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from office.core.actions import Refused
from office.core.logs import safe_traceback

P = ParamSpec("P")
R = TypeVar("R")
LONGEST_WAIT = timedelta(hours=6)


@dataclass(frozen=True)
class Policy:
    """How often a job is tried, how long the first wait is, and how long a run may take before it is given up."""

    attempts: int = 5
    wait: timedelta = timedelta(seconds=30)
    lease: timedelta = timedelta(minutes=5)

    def wait_before(self, attempt: int) -> timedelta:
        """Return the wait before attempt number ``attempt`` (2 is the first repetition): doubled, at most six hours."""
        return min(self.wait * int(2 ** (attempt - 2)), LONGEST_WAIT)


_policies: dict[str, Policy] = {}
_PLAIN = Policy()


def job(
    *, attempts: int = 5, wait: timedelta = _PLAIN.wait, lease: timedelta = _PLAIN.lease
) -> Callable[[Callable[P, R]], Any]:
    """Make a function a job: ``send.enqueue(message_id)`` asks for it. Arguments are ids and plain values.

    ``lease`` must be longer than the longest run: a run past it is taken for dead and done again.
    """

    def wear(function: Callable[P, R]) -> Any:
        made = task()(function)
        _policies[made.module_path] = Policy(attempts, wait, lease)
        return made

    return wear


def claim(worker: str) -> Any | None:
    """Take the next job that is due, or None. The look before the lock spares SQLite a write each second."""
    ready = DBTaskResult.objects.ready()
    if not ready.exists():
        return None
    with transaction.atomic():
        found = ready.select_for_update(skip_locked=True).first()
        if found:
            found.claim(worker)
        return found


def run(row: Any) -> bool:
    """Run a claimed job and write down how it ended; True when it did what it should."""
    try:
        work, arguments = row.task, row.args_kwargs
    except Exception as fault:
        _end(row, fault)
        return False
    try:
        work.call(*arguments["args"], **arguments["kwargs"])
    except Refused as refusal:
        _end(row, refusal)  # the rules said no: asking again changes nothing
    except Exception as fault:
        _again_or_end(row, fault)
    else:
        row.set_successful(None)
        return True
    return False


def put_back(worker: str | None = None) -> int:
    """Put back the jobs that died with their worker: leases run out, or this worker's own from before it restarted."""
    now, count = timezone.now(), 0
    for row in DBTaskResult.objects.running():
        policy = _policies.get(row.task_path, _PLAIN)
        if row.started_at < now - policy.lease or (worker and row.worker_ids[-1] == worker):
            count += _put_back_one(row.pk)
    return count


def _put_back_one(key: Any) -> int:
    with transaction.atomic():
        row = DBTaskResult.objects.select_for_update(skip_locked=True).running().filter(pk=key).first()
        if row is None:
            return 0
        _again_or_end(row, WorkerLost())
        return 1


class WorkerLost(Exception):
    """The worker ended in the middle of a job."""


def is_known(task: Any, **arguments: str) -> bool:
    """Whether this job with these arguments waits, runs, or ended FAILED and waits for a person."""
    rows = DBTaskResult.objects.filter(task_path=task.module_path).exclude(status=TaskResultStatus.SUCCESSFUL)
    return bool(rows.filter(args_kwargs__kwargs=arguments).exists())


def failed() -> Any:
    """Return the jobs that ended FAILED, newest first."""
    return DBTaskResult.objects.failed().order_by("-finished_at")


def try_again(row: Any) -> None:
    """Give a failed job all its attempts anew. The action that asks for it records who did."""
    row.status, row.worker_ids, row.run_after = TaskResultStatus.READY, [], timezone.now()
    row.finished_at = None
    row.save(update_fields=["status", "worker_ids", "run_after", "finished_at"])


def queue_age() -> timedelta:
    """Return for how long the oldest job that is due has been waiting."""
    oldest = DBTaskResult.objects.ready().order_by("enqueued_at").first()
    if oldest is None:
        return timedelta()
    due: datetime = oldest.enqueued_at if oldest.run_after.year == 9999 else oldest.run_after
    return max(timezone.now() - due, timedelta())


def _again_or_end(row: Any, fault: Exception) -> None:
    policy = _policies.get(row.task_path, _PLAIN)
    attempt = len(row.worker_ids)
    if attempt >= policy.attempts:
        _end(row, fault)
        return
    wait = policy.wait_before(attempt + 1)
    # A little apart, so that what failed together does not come back together.
    row.run_after = timezone.now() + wait * random.uniform(1.0, 1.1)  # noqa: S311
    row.status = TaskResultStatus.READY
    _describe(row, fault)
    row.save(update_fields=["status", "run_after", "exception_class_path", "traceback"])


def _end(row: Any, fault: Exception) -> None:
    row.status, row.finished_at = TaskResultStatus.FAILED, timezone.now()
    _describe(row, fault)
    row.save(update_fields=["status", "finished_at", "exception_class_path", "traceback"])


def _describe(row: Any, fault: Exception) -> None:
    """Write down kind and place; never the message, which may quote a patient's data."""
    row.exception_class_path = f"{type(fault).__module__}.{type(fault).__qualname__}"
    row.traceback = safe_traceback(fault)
