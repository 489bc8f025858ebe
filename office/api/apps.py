"""Tells Django of this area."""

from django.apps import AppConfig


class APIConfig(AppConfig):
    name = "office.api"
    label = "api"
