"""The worklist's addresses."""

from django.urls import path

from office.worklist import views

app_name = "worklist"
urlpatterns = [
    path("worklist/", views.worklist, name="worklist"),
    path("worklist/new/", views.ask, name="ask"),
    path("worklist/new/<uuid:patient_id>/", views.ask, name="ask_about"),
    path("worklist/<uuid:item_id>/", views.worklist, name="item"),
    path("worklist/<uuid:item_id>/take/", views.take, name="take"),
    path("worklist/<uuid:item_id>/finish/", views.finish, name="finish"),
    path("worklist/<uuid:item_id>/reopen/", views.reopen, name="reopen"),
    path("worklist/<uuid:item_id>/hand-over/", views.hand_over, name="hand_over"),
    path("parked/", views.park, name="park"),
    path("parked/<uuid:parked_id>/resume/", views.resume, name="resume"),
]
