"""The frame's addresses."""

from django.urls import path

from office.core import views

app_name = "core"
urlpatterns = [
    path("search/", views.palette, name="palette"),
    path("theme/", views.theme, name="theme"),
    path("keys.pdf", views.key_card, name="key_card"),
    path("letters/", views.letters, name="letters"),
]
