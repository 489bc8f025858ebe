"""Home's addresses."""

from django.urls import path

from office.home import views

app_name = "home"
urlpatterns = [path("", views.now, name="now")]
