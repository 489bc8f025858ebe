"""Jobs that failed, and running one again."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from office.core import jobs
from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs, page
from office.core.permissions import Permission
from office.core.toasts import toast
from office.home.actions import run_job_again

SHOWN = 20


@require_GET
@needs(Permission.RUN_JOBS_AGAIN)
def failed_jobs(request: OfficeRequest) -> HttpResponse:
    """The jobs that ended FAILED, newest first, by what they are for; a panel of Home, and a page of its own."""
    rows = [
        {
            "id": row.pk,
            "what": row.task_name.replace("_", " ").capitalize(),
            "at": row.finished_at,
            "tries": len(row.worker_ids),
        }
        for row in jobs.failed()[:SHOWN]
    ]
    return page(request, "home/failed_jobs.html", {"rows": rows, "count": jobs.failed().count()}, part="panel")


@require_POST
@needs(Permission.RUN_JOBS_AGAIN)
def run_again(request: OfficeRequest, job_id: UUID) -> HttpResponse:
    try:
        run_job_again(request.actor, job_id=job_id)
    except Refused as refusal:
        toast(request, str(refusal))
    else:
        toast(request, "The job runs again within a minute.")
    return go_to(request, "/")
