"""The practice's addresses."""

from django.urls import path

from office.practice import views

app_name = "practice"
urlpatterns = [
    path("", views.locations, name="locations"),
    path("add/", views.add_location, name="add_location"),
    path("<uuid:location_id>/", views.location, name="location"),
    path("<uuid:location_id>/change/", views.change_location, name="change_location"),
    path("<uuid:location_id>/rooms/add/", views.add_room, name="add_room"),
    path("<uuid:location_id>/rooms/use/", views.use_room, name="use_room"),
    path("<uuid:location_id>/door-hours/", views.door_hours, name="door_hours"),
    path("<uuid:location_id>/workstation/", views.register_workstation, name="register_workstation"),
    path("<uuid:location_id>/workstation/retire/", views.retire_workstation, name="retire_workstation"),
]
