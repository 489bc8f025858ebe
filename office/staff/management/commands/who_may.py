"""``./run who_may``: write docs/compliance/who-may-do-what.md from the actions and the roles."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from office.staff.who_may import page


class Command(BaseCommand):
    help = "Write docs/compliance/who-may-do-what.md from the actions and the roles."

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.ROOT / "docs" / "compliance" / "who-may-do-what.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(), encoding="utf-8")
        self.stdout.write(str(path))
