"""Tells Django of this area."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "office.home"
    label = "home"
