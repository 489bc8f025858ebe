"""Home's addresses."""

from django.urls import path

from office.home.views import health, jobs, now

app_name = "home"
urlpatterns = [
    path("", now.now, name="now"),
    path("jobs/", jobs.failed_jobs, name="failed_jobs"),
    path("jobs/<uuid:job_id>/again/", jobs.run_again, name="run_job_again"),
    path("health/", health.health, name="health"),
]
