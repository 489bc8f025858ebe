"""Set an alert: where it must not be missed, signed, until a day or until it is ended."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from conftest import MakeMember
from office.audit.models import Entry
from office.core.actions import Refused
from office.patients.actions.chart import set_alert
from office.patients.models import Alert, Patient
from office.staff.models import StaffActor
from office.staff.permissions import RoleName


def test_shows_where_it_was_asked_for_and_is_signed(rosa: StaffActor, ana: Patient) -> None:
    alert = set_alert(rosa, patient=ana, text=" Walk with her ", places=["at_check_in", "at_rooming"])
    assert (alert.text, alert.author) == ("Walk with her", rosa.label)
    shown = (alert.at_booking, alert.at_check_in, alert.at_rooming, alert.at_billing)
    assert shown == (False, True, True, False)


def test_ends_by_itself_after_its_day(rosa: StaffActor, ana: Patient) -> None:
    today = timezone.localdate()
    alert = set_alert(rosa, patient=ana, text="Ask for the form", places=["at_check_in"], until_on=today)
    assert list(ana.alerts.current()) == [alert]
    Alert.objects.update(until_on=today - timedelta(days=1))
    assert list(ana.alerts.current()) == []


def test_refuses_an_empty_one_one_that_shows_nowhere_and_one_of_the_past(rosa: StaffActor, ana: Patient) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(Refused, match="must not be missed"):
        set_alert(rosa, patient=ana, text=" ", places=["at_booking"])
    with pytest.raises(Refused, match="Choose where"):
        set_alert(rosa, patient=ana, text="Falls", places=["in_the_hall"])
    with pytest.raises(Refused, match="ended already"):
        set_alert(rosa, patient=ana, text="Falls", places=["at_booking"], until_on=yesterday)
    assert not Alert.objects.exists()


def test_the_trail_holds_where_and_not_what(rosa: StaffActor, ana: Patient) -> None:
    set_alert(rosa, patient=ana, text="Owes a casserole dish", places=["at_billing"])
    details = Entry.objects.get(verb="alert.set").details
    assert details["places"] == ["at_billing"]
    assert "casserole" not in str(details)


def test_is_not_for_an_administrator(make_member: MakeMember, ana: Patient) -> None:
    with pytest.raises(PermissionDenied):
        set_alert(make_member("adm", RoleName.ADMINISTRATOR).acting(), patient=ana, text="x", places=["at_booking"])
