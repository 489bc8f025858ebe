"""What the database refuses, whoever writes …"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from conftest import MakeAppointment, MakePatient
from office.practice.models import Room
from office.scheduling.models import Appointment
from office.scheduling.tests.conftest import MakeProvider, at


def test_a_provider_twice(make_appointment: MakeAppointment, make_patient: MakePatient) -> None:
    make_appointment(at(10))
    with pytest.raises(IntegrityError, match="nobody_is_booked_twice"), transaction.atomic():
        make_appointment(at(10, 10), patient=make_patient("Ito"))
    assert make_appointment(at(10, 10), patient=make_patient("Ruiz"), seat=1)
    assert make_appointment(at(10, 20), patient=make_patient("Okafor"))


def test_a_buffer_twice(make_appointment: MakeAppointment, make_patient: MakePatient) -> None:
    make_appointment(at(10), busy_until=at(10, 30))
    with pytest.raises(IntegrityError, match="nobody_is_booked_twice"), transaction.atomic():
        make_appointment(at(10, 20), patient=make_patient("Ito"))


def test_a_patient_twice(make_appointment: MakeAppointment, make_provider: MakeProvider) -> None:
    make_appointment(at(10))
    with pytest.raises(IntegrityError, match="a_patient_is_in_one_place"), transaction.atomic():
        make_appointment(at(10, 10), provider=make_provider("Osei"))


def test_a_room_twice(
    make_appointment: MakeAppointment, make_patient: MakePatient, make_provider: MakeProvider
) -> None:
    room = Room.objects.get(name="1")
    make_appointment(at(10), room=room)
    with pytest.raises(IntegrityError, match="a_room_holds_one_visit"), transaction.atomic():
        make_appointment(at(10, 10), room=room, patient=make_patient("Ito"), provider=make_provider("Osei"))


def test_time_that_was_given_back_and_taken(make_appointment: MakeAppointment, make_patient: MakePatient) -> None:
    gone = make_appointment(at(10), status="canceled", cancel_reason="patient_ill")
    make_appointment(at(10), patient=make_patient("Ito"))
    with pytest.raises(IntegrityError, match="nobody_is_booked_twice"), transaction.atomic():
        Appointment.objects.filter(pk=gone.pk).update(status="booked")


def test_a_move_into_taken_time(make_appointment: MakeAppointment, make_patient: MakePatient) -> None:
    make_appointment(at(10))
    other = make_appointment(at(11), patient=make_patient("Ito"))
    with pytest.raises(IntegrityError, match="nobody_is_booked_twice"), transaction.atomic():
        Appointment.objects.filter(pk=other.pk).update(starts_at=at(10, 10))


def test_a_visit_longer_than_what_overlap_looks_back(make_appointment: MakeAppointment) -> None:
    with pytest.raises(IntegrityError, match="a_visit_lasts_up_to_12_hours"), transaction.atomic():
        make_appointment(at(8), busy_until=at(8) + timedelta(hours=12, minutes=1))
