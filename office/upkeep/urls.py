"""Upkeep's addresses."""

from django.urls import path

from office.upkeep import views

app_name = "upkeep"
urlpatterns = [
    path("machine/", views.machine, name="machine"),
    path("machine/backups/", views.backups, name="backups"),
]
