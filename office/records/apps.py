"""Tells Django of this area."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "office.records"
    label = "records"
