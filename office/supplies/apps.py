"""Tells Django of this area."""

from django.apps import AppConfig


class SuppliesConfig(AppConfig):
    name = "office.supplies"
    label = "supplies"
