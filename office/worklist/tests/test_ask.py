"""Asking for a thing to be done."""

import pytest
from django.core.exceptions import PermissionDenied

from office.audit.models import Entry, Subject
from office.core.actions import Refused
from office.core.actors import Automation, Visitor
from office.patients.models import Patient
from office.staff.models import Member, StaffActor
from office.staff.permissions import RoleName
from office.worklist.actions import ask, finish
from office.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


def test_asks_a_role_and_leaves_an_entry_that_names_the_patient(rosa: StaffActor, ana: Patient) -> None:
    item = ask(rosa, title=" Send the referral ", for_role=RoleName.NURSE, patient=ana)
    assert (item.title, item.for_whom, item.asked_by) == ("Send the referral", "Nurse", "Rosa Delgado")
    entry = Entry.objects.get(verb="work.asked")
    assert Subject.objects.filter(entry=entry, kind="patients.patient", subject_id=str(ana.pk)).exists()


def test_the_trail_keeps_no_words_of_the_task(rosa: StaffActor) -> None:
    ask(rosa, title="Chest pain, call now", note="left arm", for_role=RoleName.NURSE)
    assert "Chest" not in str(Entry.objects.get(verb="work.asked").details)


def test_a_key_is_asked_once_even_when_it_is_done(automation: Automation, rosa: StaffActor) -> None:
    first = ask(automation, key="told:1", title="Tell the patient", for_role=RoleName.FRONT_DESK)
    finish(rosa, item=first)
    again = ask(automation, key="told:1", title="Tell the patient", for_role=RoleName.FRONT_DESK)
    assert again.pk == first.pk
    assert WorkItem.objects.count() == Entry.objects.filter(verb="work.asked").count() == 1


def test_refuses_a_task_for_nobody(rosa: StaffActor) -> None:
    with pytest.raises(Refused, match="Say who"):
        ask(rosa, title="Send the referral")


def test_refuses_a_person_who_left(rosa: StaffActor, rosa_member: Member) -> None:
    rosa_member.is_active = False
    rosa_member.save()
    with pytest.raises(Refused, match="no longer works here"):
        ask(rosa, title="Send the referral", for_member=rosa_member)


def test_refuses_a_visitor() -> None:
    with pytest.raises(PermissionDenied):
        ask(Visitor(), title="Send the referral", for_role=RoleName.NURSE)
