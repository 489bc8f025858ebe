"""`./run migrate`: Django's command, as one upgrade that is done whole or not at all."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connection

from office.core import upgrade


class Command(migrate.Command):
    """Migrations of the office's own database."""

    def handle(self, *args: Any, **options: Any) -> None:
        plans_only = options["plan"] or options["check_unapplied"]
        if plans_only or options["database"] != connection.alias or not upgrade.is_due():
            super().handle(*args, **options)
            return
        with upgrade.whole():
            super().handle(*args, **options)

    def migration_progress_callback(self, action: str, *rest: Any, **named: Any) -> None:
        upgrade.settle(action)
        super().migration_progress_callback(action, *rest, **named)
