"""Putting a page aside and taking it up again."""

import pytest

from office.core.actions import Refused
from office.core.actors import Automation
from office.staff.models import StaffActor
from office.worklist.actions import park, resume
from office.worklist.models import Parked
from office.worklist.queries import parked_by, tally

pytestmark = pytest.mark.django_db


def test_keeps_what_was_typed(rosa: StaffActor) -> None:
    parked = park(rosa, title="Registration", link="/patients/new/", draft={"family_name": ["Doyle"]})
    assert parked_by(rosa).get() == parked
    assert parked.draft == {"family_name": ["Doyle"]}
    assert tally(rosa).parked == 1


def test_the_same_page_again_keeps_the_newer_words(rosa: StaffActor) -> None:
    park(rosa, title="Registration", link="/patients/new/", draft={"family_name": ["Doy"]})
    park(rosa, title="Registration", link="/patients/new/", draft={"family_name": ["Doyle"]})
    assert Parked.objects.get().draft == {"family_name": ["Doyle"]}


def test_resuming_takes_it_off_the_list_and_twice_is_once(rosa: StaffActor) -> None:
    parked = park(rosa, title="Registration", link="/patients/new/")
    first = resume(rosa, parked=parked).resumed_at
    assert resume(rosa, parked=parked).resumed_at == first
    assert not parked_by(rosa).exists()


def test_nobody_resumes_what_another_parked(rosa: StaffActor, tess: StaffActor) -> None:
    parked = park(rosa, title="Registration", link="/patients/new/")
    with pytest.raises(Refused, match="Someone else parked this"):
        resume(tess, parked=parked)


def test_only_a_person_parks(automation: Automation) -> None:
    with pytest.raises(Refused, match="Only a person"):
        park(automation, title="Registration", link="/patients/new/")


def test_refuses_a_page_of_another_site(rosa: StaffActor) -> None:
    with pytest.raises(Refused, match="page of this program"):
        park(rosa, title="Registration", link="https://example.org/")
