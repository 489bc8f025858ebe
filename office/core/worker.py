"""The worker: one loop that enqueues what is due and runs what is enqueued."""

import logging
import signal
import time
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import OperationalError, close_old_connections
from django.utils import timezone

from office.core import after_undo, jobs, timetable

logger = logging.getLogger(__name__)
_BEAT = "worker.beat"
_HOUSEKEEPING = 5.0  # seconds between looks at the clock's work
SILENT = timedelta(minutes=2)


class Worker:
    """Runs jobs until it is told to stop; what it was doing is finished first."""

    def __init__(self, name: str, *, pause: float = 1.0) -> None:
        self.name, self.pause, self.is_running = name, pause, True
        self._looked_at = 0.0

    def stop(self, *_: object) -> None:
        self.is_running = False

    def run(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        jobs.put_back(self.name)
        while self.is_running:
            close_old_connections()
            try:
                busy = self.turn()
            except OperationalError as fault:
                # The database is away or busy: the rows are still there when it comes back.
                logger.warning("The worker waits for the database: %s", type(fault).__name__)
                busy = False
            if not busy and self.is_running:
                time.sleep(self.pause)

    def turn(self) -> bool:
        """Do what is due, then one job; True when there was one."""
        if time.monotonic() - self._looked_at >= _HOUSEKEEPING:
            self._looked_at = time.monotonic()
            cache.set(_BEAT, timezone.now().isoformat(), timeout=86_400)
            jobs.put_back()
            timetable.enqueue_due()
        after_undo.enqueue_due()
        row = jobs.claim(self.name)
        if row is None:
            return False
        if not jobs.run(row):
            logger.error("Job %s ended in %s, attempt %d", row.task_path, row.exception_class_path, len(row.worker_ids))
        return True


def last_beat() -> datetime | None:
    """Return when a worker last said that it is there."""
    beat = cache.get(_BEAT)
    return datetime.fromisoformat(beat) if beat else None
