"""The worklist's addresses."""

from django.urls import path

from office.worklist import views

app_name = "worklist"
urlpatterns = [
    path("work/", views.worklist, name="worklist"),
    path("work/new/", views.ask, name="ask"),
    path("work/new/<uuid:patient_id>/", views.ask, name="ask_about"),
    path("work/<uuid:item_id>/", views.worklist, name="item"),
    path("work/<uuid:item_id>/take/", views.take, name="take"),
    path("work/<uuid:item_id>/finish/", views.finish, name="finish"),
    path("work/<uuid:item_id>/reopen/", views.reopen, name="reopen"),
    path("work/<uuid:item_id>/hand-over/", views.hand_over, name="hand_over"),
    path("parked/", views.park, name="park"),
    path("parked/<uuid:parked_id>/resume/", views.resume, name="resume"),
]
