"""The addresses of the trail. A patient is named by key."""

from django.urls import path

from office.audit import views

app_name = "audit"
urlpatterns = [
    path("audit/", views.report, name="report"),
    path("audit/report.csv", views.report_csv, name="report_csv"),
    path("audit/verify/", views.verify, name="verify"),
    path("audit/verified/", views.verified, name="verified"),
    path("audit/chart/<uuid:patient_id>/", views.chart, name="chart"),
]
