"""Tells Django of this area."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "office.audit"
    label = "audit"
