"""What the composed pages themselves change: jobs that are to run again, and the demo office whole."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db.models import Model

from office.audit import trail
from office.core import jobs
from office.core.actions import Refused, action
from office.core.actors import Actor
from office.core.permissions import Permission
from office.home.demo.generator import DemoOffice
from office.patients.actions import search_index
from office.patients.models import Patient


@action(Permission.RUN_JOBS_AGAIN)
def run_job_again(actor: Actor, *, job_id: UUID) -> None:
    """Give a failed job all its attempts anew. Refused when it is not failed, or no longer."""
    row = jobs.failed().select_for_update().filter(pk=job_id).first()
    if row is None:
        raise Refused("That job is no longer failed. Someone may have run it again.")
    jobs.try_again(row)
    trail.record(actor, "job.run_again", job=str(job_id), what=row.task_path)


@action(Permission.LOAD_DEMO)
def load_demo(actor: Actor, *, office: DemoOffice, moment: datetime, progress: Callable[[str], None]) -> None:
    """Store the office, whole or not at all: one entry for each batch, with a row for each patient it is about."""
    if Patient.objects.exists():
        raise Refused("There are patients here already. The demo office goes into an empty database.")
    for noun, rows in office.batches():
        progress(f"storing {noun}")
        for of_one_kind in (list(run) for _, run in groupby(rows, key=type)):
            type(of_one_kind[0])._base_manager.bulk_create(of_one_kind, batch_size=5_000)
        trail.record(actor, "demo.batch_loaded", patient_ids=_patients_of(rows), noun=noun, rows=len(rows))
    progress("learning every name and phone number")
    search_index.refresh(office.town.patients, are_new=True)
    trail.record(actor, "demo.loaded", as_of=moment, patients=len(office.town.patients), visits=len(office.book.rows))


def _patients_of(rows: Sequence[Model]) -> set[UUID]:
    found = {row.pk if isinstance(row, Patient) else getattr(row, "patient_id", None) for row in rows}
    return {key for key in found if key}
