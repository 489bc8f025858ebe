"""The inbox's addresses."""

from django.urls import path

from office.inbox import views

app_name = "inbox"
urlpatterns = [path("outbox/", views.outbox, name="outbox")]
