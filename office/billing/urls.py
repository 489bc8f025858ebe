"""Billing's addresses."""

from django.urls import path

from office.billing.views import enrollment, fees, payers

app_name = "billing"
urlpatterns = [
    path("fees/", fees.fees, name="fees"),
    path("fees/<uuid:fee_id>/", fees.fee, name="fee"),
    path("payers/", payers.payers, name="set_up_payers"),
    path("payers/clearinghouse/", payers.way, name="set_up_clearinghouse"),
    path("payers/clearinghouse/password/", payers.password, name="clearinghouse_password"),
    path("payers/enrollment/", enrollment.enrollment, name="enrollment"),
    path("payers/<uuid:payer_id>/", payers.payer, name="set_up_payer"),
    path("payers/<uuid:payer_id>/join/", payers.join, name="join_payer"),
    path(
        "payers/<uuid:payer_id>/enrollment/<str:transaction>/<uuid:provider_id>/",
        enrollment.cell,
        name="enrollment_cell",
    ),
]
