"""The inbox's addresses."""

from django.urls import path

from office.inbox.views import channels, outbox

app_name = "inbox"
urlpatterns = [
    path("outbox/", outbox.outbox, name="outbox"),
    path("set-up/", channels.set_up_channels, name="set_up_channels"),
    path("set-up/<slug:kind>/", channels.set_up_channel, name="set_up_channel"),
    path("set-up/<slug:kind>/test/", channels.test_channel, name="test_channel"),
]
