"""Tells Django of this area."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "office.portal"
    label = "portal"
