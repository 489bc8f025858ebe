"""Whether the program is well, for a monitor; names no patient and no person."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from office.core import jobs, worker

STUCK = timedelta(minutes=10)


@require_GET
@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, a worker was seen lately and the queue moves; else 503. Each part says its own."""
    parts = {"database": _database(), "worker": False, "queue": False}
    if parts["database"]:
        beat = worker.last_beat()
        parts["worker"] = beat is not None and timezone.now() - beat < worker.SILENT
        parts["queue"] = jobs.queue_age() < STUCK
    well = all(parts.values())
    words = {part: "ok" if fine else "fail" for part, fine in parts.items()}
    return JsonResponse({"well": well, **words}, status=200 if well else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
