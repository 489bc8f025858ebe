"""End an alert: it stands in nobody's way any more and stays on record."""

from office.audit.models import Entry
from office.patients.actions.chart import end_alert, set_alert
from office.patients.models import Patient
from office.staff.models import StaffActor


def test_an_ended_alert_keeps_who_ended_it(rosa: StaffActor, malik: StaffActor, ana: Patient) -> None:
    alert = set_alert(rosa, patient=ana, text="Falls", places=["at_rooming"])
    end_alert(malik, alert=alert)
    alert.refresh_from_db()
    assert list(ana.alerts.current()) == []
    assert (alert.author, alert.ended_by) == (rosa.label, malik.label)


def test_twice_is_once(rosa: StaffActor, malik: StaffActor, ana: Patient) -> None:
    alert = set_alert(rosa, patient=ana, text="Falls", places=["at_rooming"])
    end_alert(rosa, alert=alert)
    end_alert(malik, alert=alert)
    alert.refresh_from_db()
    assert alert.ended_by == rosa.label
    assert Entry.objects.filter(verb="alert.ended").count() == 1
