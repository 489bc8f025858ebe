"""Set photo, remove photo: made anew without what the camera wrote, or refused with the photo on file untouched."""

import pytest

from office.audit.models import Entry
from office.core import files
from office.core.actions import Refused
from office.patients.actions.pictures import remove_photo, set_photo
from office.patients.models import Patient
from office.patients.tests.pictures import NO_PICTURES, PLACE, jpeg, polyglot
from office.staff.models import StaffActor


def test_keeps_the_picture_without_the_place_it_was_taken_at(rosa: StaffActor, ana: Patient) -> None:
    kept = files.read(set_photo(rosa, patient=ana, data=jpeg()).photo)
    assert kept.startswith(b"\xff\xd8")
    assert PLACE not in kept
    assert Entry.objects.get(verb="photo.set").actor_id == rosa.id


def test_keeps_nothing_of_a_page_behind_the_picture(rosa: StaffActor, ana: Patient) -> None:
    assert b"script" not in files.read(set_photo(rosa, patient=ana, data=polyglot()).photo)


@pytest.mark.parametrize("kind", NO_PICTURES)
def test_refuses_what_is_no_picture_and_keeps_the_one_on_file(rosa: StaffActor, ana: Patient, kind: str) -> None:
    before = set_photo(rosa, patient=ana, data=jpeg()).photo
    with pytest.raises(Refused, match="Nothing was changed"):
        set_photo(rosa, patient=ana, data=NO_PICTURES[kind])
    ana.refresh_from_db()
    assert ana.photo == before


def test_removes_the_photo_once(rosa: StaffActor, ana: Patient) -> None:
    set_photo(rosa, patient=ana, data=jpeg())
    assert remove_photo(rosa, patient=ana).photo == ""
    remove_photo(rosa, patient=ana)
    assert Entry.objects.filter(verb="photo.removed").count() == 1
