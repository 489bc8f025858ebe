"""Tells Django of this area."""

from django.apps import AppConfig


class PatientsConfig(AppConfig):
    name = "office.patients"
    label = "patients"
