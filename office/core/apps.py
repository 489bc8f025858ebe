"""Tells Django of this area."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class CoreConfig(AppConfig):
    name = "office.core"
    label = "core"

    def ready(self) -> None:
        from office.core.checks import the_server_log_names_nobody

        register(the_server_log_names_nobody, Tags.database)
