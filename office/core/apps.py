"""Tells Django of this area."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "office.core"
    label = "core"
