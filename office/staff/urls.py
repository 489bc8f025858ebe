"""Staff's addresses."""

from django.urls import path

from office.staff.views import account, key_cards, members, place, set_up

app_name = "staff"
urlpatterns = [
    path("", members.members, name="members"),
    path("add/", members.add, name="add"),
    path("account/", account.account, name="account"),
    path("account/end-session/", account.end_own_session, name="end_own_session"),
    path("account/end-others/", account.end_other_sessions, name="end_other_sessions"),
    path("location/", place.switch_location, name="switch_location"),
    path("set-up/providers/", set_up.providers, name="set_up_providers"),
    path("set-up/providers/<uuid:provider_id>/", set_up.provider, name="set_up_provider"),
    path("set-up/staff/", set_up.staff, name="set_up_staff"),
    path("key-cards/", key_cards.key_cards, name="key_cards"),
    path("attended/", place.attended, name="attended"),
    path("lock/", place.lock, name="lock"),
    path("<uuid:member_id>/", members.member, name="member"),
    path("<uuid:member_id>/correct/", members.correct, name="correct"),
    path("<uuid:member_id>/grant/", members.grant, name="grant"),
    path("<uuid:member_id>/revoke/", members.revoke, name="revoke"),
    path("<uuid:member_id>/end-session/", members.end_session, name="end_session"),
    path("<uuid:member_id>/disable/", members.disable, name="disable"),
    path("<uuid:member_id>/bring-back/", members.bring_back, name="bring_back"),
    path("<uuid:member_id>/start-link/", members.start_link, name="start_link"),
    path("<uuid:member_id>/booking/", members.booking, name="booking"),
]
