"""Effects on the outside that wait out the undo window, so that what is undone was never said.

The queue is a hint, the tables are the truth: the task that runs at the end reads the rows again and says what is so
then. Holding the same key again starts the window anew, so three moves in a row send one message.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from office.core.models import HeldEffect

UNDO_WINDOW = timedelta(seconds=60)


def hold(key: str, task: Any, *, window: timedelta = UNDO_WINDOW, **arguments: Any) -> None:
    """Run ``task`` with the arguments once the window has passed without another hold or a release of ``key``."""
    HeldEffect.objects.update_or_create(
        key=key,
        defaults={"task_path": task.module_path, "arguments": arguments, "due_at": timezone.now() + window},
    )


def release(key: str) -> bool:
    """Forget the effect; True when one was waiting."""
    return HeldEffect.objects.filter(key=key).delete()[0] > 0


def enqueue_due() -> int:
    """Enqueue what nobody undid, each exactly once with the deletion of its row; return how many."""
    with transaction.atomic():
        due = list(HeldEffect.objects.select_for_update(skip_locked=True).filter(due_at__lte=timezone.now())[:500])
        for effect in due:
            import_string(effect.task_path).enqueue(**effect.arguments)
        HeldEffect.objects.filter(pk__in=[effect.pk for effect in due]).delete()
    return len(due)
