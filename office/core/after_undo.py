"""Effects on the outside that wait out the undo window, so that what is undone was never said.

The queue is a hint, the tables are the truth: the task that runs at the end reads the rows again and says what is so
then. Holding the same key again starts the window anew, so three moves in a row send one message.
"""

import logging
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from office.core.events import Event, announce
from office.core.models import HeldEffect

logger = logging.getLogger(__name__)
UNDO_WINDOW = timedelta(seconds=60)
#: One that cannot be run, because its code is gone, waits this long and holds up no other.
POISON_WAITS = timedelta(hours=1)


def hold(key: str, task: Any, *, window: timedelta = UNDO_WINDOW, **arguments: Any) -> None:
    """Run ``task`` with the arguments once the window has passed without another hold or a release of ``key``."""
    _keep(key, task.module_path, arguments, window)


def hold_event(key: str, event: Event, *, window: timedelta = UNDO_WINDOW) -> None:
    """Announce ``event`` once the window has passed without another hold or a release of ``key``."""
    _keep(key, path_of(type(event)), asdict(event), window)


def path_of(event_type: type[Event]) -> str:
    """How a held event is named in its row."""
    return f"{event_type.__module__}.{event_type.__qualname__}"


def waiting(key: str) -> str:
    """Return the path of the task or event that waits under ``key``, or an empty text."""
    return HeldEffect.objects.filter(key=key).values_list("task_path", flat=True).first() or ""


def _keep(key: str, path: str, arguments: dict[str, Any], window: timedelta) -> None:
    # One statement whether the key is new or not: this is on the way of every booking.
    HeldEffect.objects.bulk_create(
        [HeldEffect(key=key, task_path=path, arguments=arguments, due_at=timezone.now() + window)],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["task_path", "arguments", "due_at"],
    )


def release(key: str) -> bool:
    """Forget the effect; True when one was waiting."""
    return HeldEffect.objects.filter(key=key).delete()[0] > 0


def enqueue_due() -> int:
    """Enqueue what nobody undid, each exactly once with the deletion of its row; return how many."""
    if not HeldEffect.objects.filter(due_at__lte=timezone.now()).exists():
        return 0  # a look costs SQLite no write; the lock does
    with transaction.atomic():
        due = list(HeldEffect.objects.select_for_update(skip_locked=True).filter(due_at__lte=timezone.now())[:500])
        done = [effect.pk for effect in due if _ran(effect)]
        HeldEffect.objects.filter(pk__in=done).delete()
    return len(done)


def _ran(effect: HeldEffect) -> bool:
    try:
        with transaction.atomic():
            _run(import_string(effect.task_path), effect.arguments)
    except (ImportError, TypeError) as fault:
        logger.error("Held effect %s cannot be run: %s", effect.task_path, type(fault).__name__)
        effect.due_at = timezone.now() + POISON_WAITS
        effect.save(update_fields=["due_at"])
        return False
    return True


def _run(thing: Any, arguments: dict[str, Any]) -> None:
    if isinstance(thing, type) and issubclass(thing, Event):
        announce(thing(**arguments))
    else:
        thing.enqueue(**arguments)
