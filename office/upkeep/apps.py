"""Tells Django of this area."""

from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "office.upkeep"
    label = "upkeep"
