"""Tells Django of this area, and lets it hear allauth."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "office.staff"
    label = "staff"

    def ready(self) -> None:
        from office.staff import sign_in  # noqa: F401 (its receivers)
