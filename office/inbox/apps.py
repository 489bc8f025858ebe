"""Tells Django of this area."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "office.inbox"
    label = "inbox"
