"""Staff's addresses."""

from django.urls import path

from office.staff import views

app_name = "staff"
urlpatterns = [
    path("location/", views.switch_location, name="switch_location"),
    path("lock/", views.lock, name="lock"),
]
