"""A visit that someone else changed while a person looked at it: what they saw, what is so now, and who did it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from office.core.actions import Refused
from office.scheduling.models import Appointment
from office.scheduling.rules.spans import clock
from office.staff.models import Provider


class Stale(Refused):
    """The visit is no longer what the person saw.

    ``was`` and ``now`` say both states as a screen shows them; they are the same when the change was taken back.
    """

    def __init__(self, who: str, when: str, was: str, now: str) -> None:
        super().__init__(f"{who} changed this visit{when}. Your change was not made.")
        self.was, self.now = was, now


def stale(visit: Appointment, changes_since: int) -> Stale:
    """Return the refusal: the last changes, and the last undoing of changes, are taken back one by one."""
    steps: list[tuple[datetime, str, dict[str, Any]]] = []
    for change in visit.changes.all():
        if change.undone_at:
            # Who took it back stands on the trail; here it is enough that someone did.
            steps.append((change.undone_at, "Someone", change.after))
        steps.append((change.created_at, change.by_label, change.before))
    steps.sort(key=lambda step: step[0], reverse=True)
    since = steps[: max(0, changes_since)]
    before: dict[str, Any] = {}
    for _, _, fields in since:
        before |= fields
    columns = {field.attname: field for field in Appointment._meta.concrete_fields}
    was = {name: columns[name].to_python(value) for name, value in before.items()}
    who, when = (since[0][1], _when(since[0][0], ZoneInfo(visit.location.zone))) if since else ("Someone", "")
    return Stale(who, when, _in_words(visit, was), _in_words(visit, {}))


def _when(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    on = "" if local.date() == timezone.localdate(timezone=zone) else f" on {local:%A, %B} {local.day}"
    return f"{on} at {clock(moment, zone)}"


def _in_words(visit: Appointment, was: dict[str, Any]) -> str:
    zone = ZoneInfo(visit.location.zone)
    starts_at, ends_at = was.get("starts_at", visit.starts_at), was.get("ends_at", visit.ends_at)
    provider = visit.provider
    if was.get("provider_id", provider.pk) != provider.pk:
        provider = Provider.objects.get(pk=was["provider_id"])
    day = starts_at.astimezone(zone)
    status = Appointment.Status(was.get("status", visit.status)).label
    minutes = int((ends_at - starts_at).total_seconds() // 60)
    return f"{status}, {day:%A, %B} {day.day}, {clock(starts_at, zone)}, {minutes} min, with {provider.spoken_name}"
