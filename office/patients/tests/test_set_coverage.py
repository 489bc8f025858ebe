"""Set coverage, end coverage: what pays, in which order, and until when."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from office.core.actions import Refused
from office.patients.actions.insurance import end_coverage, set_coverage
from office.patients.models import Coverage, Patient
from office.staff.models import StaffActor


def covered(rosa: StaffActor, ana: Patient, payer: str, **values: Any) -> Coverage:
    return set_coverage(rosa, patient=ana, payer=payer, plan="", **{"member_id": "CM 7", **values})


def order(patient: Patient) -> list[str]:
    return [row.plan.payer.name for row in patient.coverages.all()]


def test_adds_it_after_what_is_there(rosa: StaffActor, ana: Patient) -> None:
    covered(rosa, ana, "Cascadia")
    covered(rosa, ana, "Prairie")
    assert order(ana) == ["Cascadia", "Prairie"]
    assert [row.rank for row in ana.coverages.all()] == [1, 2]


def test_puts_it_first_and_lets_the_others_make_room(rosa: StaffActor, ana: Patient) -> None:
    covered(rosa, ana, "Cascadia")
    second = covered(rosa, ana, "Prairie")
    covered(rosa, ana, "Northlake", rank=1)
    assert order(ana) == ["Northlake", "Cascadia", "Prairie"]
    covered(rosa, ana, "Prairie", coverage=second, rank=1)
    assert order(ana) == ["Prairie", "Northlake", "Cascadia"]


def test_corrects_it_where_it_stands(rosa: StaffActor, ana: Patient) -> None:
    first = covered(rosa, ana, "Cascadia")
    covered(rosa, ana, "Prairie")
    covered(rosa, ana, "Cascadia Mutual", coverage=first, member_id="CM 8")
    assert order(ana) == ["Cascadia Mutual", "Prairie"]
    assert ana.coverages.get(pk=first.pk).member_id == "CM 8"


def test_lets_what_remains_move_up_when_one_ends(rosa: StaffActor, ana: Patient) -> None:
    first = covered(rosa, ana, "Cascadia")
    covered(rosa, ana, "Prairie")
    today = timezone.localdate()
    end_coverage(rosa, coverage=first, ends_on=today - timedelta(days=1))
    assert order(ana) == ["Prairie", "Cascadia"]
    assert [row.plan.payer.name for row in ana.coverages.current(today)] == ["Prairie"]


def test_keeps_what_ends_today_first_until_tomorrow(rosa: StaffActor, ana: Patient) -> None:
    first = covered(rosa, ana, "Cascadia")
    covered(rosa, ana, "Prairie")
    today = timezone.localdate()
    end_coverage(rosa, coverage=first, ends_on=today)
    assert order(ana) == ["Cascadia", "Prairie"]
    assert ana.coverages.current(today).count() == 2
    assert ana.coverages.current(today + timedelta(days=1)).count() == 1


@pytest.mark.parametrize(
    ("payer", "values"),
    [
        ("", {}),
        ("Cascadia", {"member_id": " "}),
        ("Cascadia", {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 2, 1)}),
    ],
)
def test_refuses_what_cannot_be_insurance(rosa: StaffActor, ana: Patient, payer: str, values: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        covered(rosa, ana, payer, **values)
    assert not Coverage.objects.exists()


def test_refuses_an_end_before_the_start(rosa: StaffActor, ana: Patient) -> None:
    row = covered(rosa, ana, "Cascadia", starts_on=date(2026, 3, 1))
    with pytest.raises(Refused, match="before it starts"):
        end_coverage(rosa, coverage=row, ends_on=date(2026, 2, 1))
