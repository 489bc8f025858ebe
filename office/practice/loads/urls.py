"""The addresses of the old system's data."""

from django.urls import path

from office.practice.loads import views

app_name = "loads"
urlpatterns = [
    path("", views.loads, name="loads"),
    path("<uuid:load_id>/", views.load, name="load"),
    path("<uuid:load_id>/columns/", views.columns, name="columns"),
    path("<uuid:load_id>/start/", views.start, name="start"),
    path("<uuid:load_id>/undo/", views.undo, name="undo"),
    path("<uuid:load_id>/rejects/", views.rejects, name="rejects"),
    path("row/<uuid:row_id>/", views.answer, name="answer"),
]
