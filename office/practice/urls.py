"""The practice's addresses."""

from django.urls import path

from office.practice.views import places, set_up

app_name = "practice"
urlpatterns = [
    path("set-up/", set_up.set_up, name="set_up"),
    path("set-up/standing/", set_up.standing, name="set_up_standing"),
    path("set-up/practice/", set_up.practice_card, name="set_up_practice"),
    path("set-up/locations/", set_up.locations_card, name="set_up_locations"),
    path("set-up/old-system/", set_up.old_system_card, name="set_up_old_system"),
    path("set-up/<slug:card>/later/", set_up.later, name="set_up_later"),
    path("set-up/<slug:card>/confirm/", set_up.confirm, name="set_up_confirm"),
    path("", places.locations, name="locations"),
    path("add/", places.add_location, name="add_location"),
    path("<uuid:location_id>/", places.location, name="location"),
    path("<uuid:location_id>/change/", places.change_location, name="change_location"),
    path("<uuid:location_id>/rooms/add/", places.add_room, name="add_room"),
    path("<uuid:location_id>/rooms/use/", places.use_room, name="use_room"),
    path("<uuid:location_id>/door-hours/", places.door_hours, name="door_hours"),
    path("<uuid:location_id>/workstation/", places.register_workstation, name="register_workstation"),
    path("<uuid:location_id>/workstation/retire/", places.retire_workstation, name="retire_workstation"),
]
