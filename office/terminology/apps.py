"""Tells Django of this area."""

from django.apps import AppConfig


class TerminologyConfig(AppConfig):
    name = "office.terminology"
    label = "terminology"
