"""What the composed pages themselves change: nothing but jobs that are to run again."""

from uuid import UUID

from office.audit import trail
from office.core import jobs
from office.core.actions import Refused, action
from office.core.actors import Actor
from office.core.permissions import Permission


@action(Permission.RUN_JOBS_AGAIN)
def run_job_again(actor: Actor, *, job_id: UUID) -> None:
    """Give a failed job all its attempts anew. Refused when it is not failed, or no longer."""
    row = jobs.failed().select_for_update().filter(pk=job_id).first()
    if row is None:
        raise Refused("That job is no longer failed. Someone may have run it again.")
    jobs.try_again(row)
    trail.record(actor, "job.run_again", job=str(job_id), what=row.task_path)
