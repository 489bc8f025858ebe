"""Tells Django of this area."""

from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "office.worklist"
    label = "worklist"
