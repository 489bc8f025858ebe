"""Tells Django of this area."""

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "office.practice"
    label = "practice"
