"""A start link sets one password, once, within three days."""

import time_machine
from django.test import Client

from office.staff.models import Member
from office.staff.queries import start_path
from office.staff.tests.test_sign_in import PASSWORD

OTHER = "another long password 9"
DEAD = "does not work any more"


def test_two_who_opened_it_at_once_set_one_password(rosa_member: Member) -> None:
    link = start_path(rosa_member)
    first, second = Client(), Client()
    forms = [one.get(link, follow=True).request["PATH_INFO"] for one in (first, second)]
    first.post(forms[0], {"password1": PASSWORD, "password2": PASSWORD})
    late = second.post(forms[1], {"password1": OTHER, "password2": OTHER}, follow=True)
    assert DEAD in late.content.decode()
    rosa_member.refresh_from_db()
    assert rosa_member.check_password(PASSWORD)


def test_is_not_used_up_by_being_looked_at(rosa_member: Member) -> None:
    """Scanners of mail open every link."""
    link = start_path(rosa_member)
    for _ in range(3):
        assert DEAD not in Client().get(link, follow=True).content.decode()


def test_dies_after_three_days(rosa_member: Member) -> None:
    with time_machine.travel("2026-11-23 15:00:00Z", tick=False) as clock:
        link = start_path(rosa_member)
        clock.shift(3 * 24 * 60 * 60)
        assert DEAD not in Client().get(link, follow=True).content.decode()
        clock.shift(1)
        assert DEAD in Client().get(link, follow=True).content.decode()


def test_a_new_one_ends_the_one_before(rosa_member: Member) -> None:
    link = start_path(rosa_member)
    rosa_member.set_unusable_password()
    rosa_member.save()
    assert DEAD in Client().get(link, follow=True).content.decode()


def test_of_one_person_opens_nothing_for_another(rosa_member: Member, dr_chen_member: Member) -> None:
    of_rosa, of_chen = start_path(rosa_member), start_path(dr_chen_member)
    mixed = of_chen.rsplit("/", 2)[0] + "/" + of_rosa.rsplit("/", 2)[1] + "/"
    assert DEAD in Client().get(mixed, follow=True).content.decode()
