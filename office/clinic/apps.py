"""Tells Django of this area."""

from django.apps import AppConfig


class ClinicConfig(AppConfig):
    name = "office.clinic"
    label = "clinic"
