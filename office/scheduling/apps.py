"""Tells Django of this area."""

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "office.scheduling"
    label = "scheduling"
