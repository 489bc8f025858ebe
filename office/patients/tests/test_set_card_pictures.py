"""Set card pictures: the newest of a side is the card, and what was there before stays on file."""

import pytest

from office.audit.models import Entry
from office.core import files
from office.core.actions import Refused
from office.patients.actions.insurance import set_card_pictures, set_coverage
from office.patients.models import CardPicture, Coverage, Patient
from office.patients.tests.pictures import NO_PICTURES, PLACE, jpeg
from office.staff.models import StaffActor


@pytest.fixture
def coverage(rosa: StaffActor, ana: Patient) -> Coverage:
    return set_coverage(
        rosa, patient=ana, payer="Cascadia", plan="", member_id="CM 7", front=jpeg("navy"), back=jpeg("gray")
    )


def test_replaces_one_side_and_keeps_the_earlier_one(rosa: StaffActor, coverage: Coverage) -> None:
    front, back = coverage.card
    set_card_pictures(rosa, coverage=coverage, front=jpeg("red"))
    now, same_back = coverage.card
    assert (now.side, same_back) == ("front", back)
    assert coverage.earlier_pictures == [front]
    assert PLACE not in files.read(now.picture)
    assert Entry.objects.get(verb="card.pictured").details["sides"] == ["front"]


def test_the_same_picture_again_changes_nothing(rosa: StaffActor, coverage: Coverage) -> None:
    set_card_pictures(rosa, coverage=coverage, front=jpeg("navy"))
    assert CardPicture.objects.count() == 2
    assert not Entry.objects.filter(verb="card.pictured").exists()


@pytest.mark.parametrize("kind", NO_PICTURES)
def test_refuses_the_whole_card_for_one_bad_side(rosa: StaffActor, coverage: Coverage, kind: str) -> None:
    with pytest.raises(Refused, match=r"Card, back: .* Nothing was saved"):
        set_card_pictures(rosa, coverage=coverage, front=jpeg("red"), back=NO_PICTURES[kind])
    assert not coverage.earlier_pictures


def test_refuses_a_card_without_a_picture(rosa: StaffActor, coverage: Coverage) -> None:
    with pytest.raises(Refused, match="front or the back"):
        set_card_pictures(rosa, coverage=coverage)
