"""Every address of the program, by area."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("office.staff.sign_in_urls")),
    path("staff/", include("office.staff.urls")),
    path("practice/", include("office.practice.urls")),
    path("old-system/", include("office.practice.loads.urls")),
    path("", include("office.core.urls")),
    path("", include("office.audit.urls")),
    path("", include("office.patients.urls")),
    path("", include("office.worklist.urls")),
    path("", include("office.scheduling.urls")),
    path("billing/", include("office.billing.urls")),
    path("", include("office.inbox.urls")),
    path("", include("office.upkeep.urls")),
    path("", include("office.home.urls")),
]
