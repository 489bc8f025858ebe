"""Recalls as a kind of table: who is due for what, and when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from office.core.actors import Actor
from office.core.tables.columns import Shape
from office.patients.loads.finding import NEEDS_SOMEONE, WHOSE
from office.patients.loads.keyed import Held, PatientRun, Wanted, Wrong
from office.patients.rules.names import fold
from office.practice.loads.kinds import Field, Kind, Line, Loaded, TakenBack
from office.scheduling.actions.tables import load_recalls, take_back_recalls
from office.scheduling.models import Recall

#: Headings of OpenEMR (medex_recalls), Practice Fusion, Kareo/Tebra, eClinicalWorks and plain spreadsheets.
FIELDS = (
    *WHOSE,
    Field("due_on", "Due on", (
        "rrecalldate", "recalldate", "duedate", "due", "nextvisit", "followupdate", "recallon", "nextrecall",
        "recalldue", "reminderdate", "returndate", "date",
    ), Shape.DATE),
    Field("reason", "For what", (
        "rreason", "recallreason", "recalltype", "type", "followupreason", "procedure", "notes", "recall",
        "remindertype", "note", "description",
    ), longest=200),
    Field("provider_name", "With whom", ("rprovider", "provider", "providername", "doctor", "resource"), longest=120),
)  # fmt: skip


class RecallsRun(PatientRun):
    """One load of recalls."""

    def read_of(self, line: Line, patient_id: UUID) -> Wanted:
        due = line.values.get("due_on")
        if due is None:
            raise Wrong("Due on: there is no day")
        fields = {
            "due_on": due,
            "reason": line.values.get("reason", ""),
            "provider_name": line.values.get("provider_name", ""),
        }
        return Wanted((patient_id, fold(fields["reason"])), fields, patient_id)

    def held(self, wanted: Sequence[Wanted]) -> dict[tuple[Any, ...], Held]:
        rows = Recall.objects.filter(patient__in={one.patient_id for one in wanted}, done_on=None)
        return {
            (row.patient_id, fold(row.reason)): Held(
                row.pk, {"due_on": row.due_on, "reason": row.reason, "provider_name": row.provider_name}
            )
            for row in rows
        }

    def check(self, wanted: Wanted, before: Held | None) -> None:
        if before:
            wanted.fields.pop("reason")
            if not wanted.fields["provider_name"]:
                wanted.fields.pop("provider_name")

    def write(self, actor: Actor, new: Sequence[Wanted], changed: Sequence[tuple[Held, Wanted]]) -> None:
        load_recalls(
            actor,
            new=[Recall(pk=one.id, patient_id=one.patient_id, **one.fields) for one in new],
            changed={before.id: wanted.fields for before, wanted in changed},
        )


def _take_back(actor: Actor, rows: Sequence[Loaded], at: datetime) -> TakenBack:
    return take_back_recalls(actor, rows=rows)


RECALLS = Kind("recalls", "Recalls", FIELDS, (NEEDS_SOMEONE, ("due_on",)), RecallsRun, _take_back)
