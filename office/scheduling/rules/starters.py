"""Appointment types to begin with, by specialty: suggestions of ours for an office to change, no standard."""

from typing import NamedTuple


class Starter(NamedTuple):
    """A type to begin with: lengths in minutes, ages in completed years; None is any age."""

    name: str
    minutes: int
    buffer_minutes: int = 0
    needs_room: bool = True
    is_for_new_patients: bool = False
    minimum_age: int | None = None
    maximum_age: int | None = None


_ANY = [
    Starter("Office visit", 20),
    Starter("New patient", 40, is_for_new_patients=True),
    Starter("Follow-up", 20),
    Starter("Procedure", 40, buffer_minutes=10),
    Starter("Video visit", 20, needs_room=False),
]
STARTERS: dict[str, list[Starter]] = {
    "Family practice": [
        *_ANY,
        Starter("Sick visit", 20),
        Starter("Physical", 40, minimum_age=18, maximum_age=64),
        Starter("Annual wellness visit", 40, minimum_age=65),
        Starter("Well baby", 20, maximum_age=1),
        Starter("Well child", 30, minimum_age=2, maximum_age=17),
        Starter("Blood pressure check", 10, minimum_age=18),
        Starter("Vaccine visit", 10),
        Starter("Hospital follow-up", 30),
    ],
    "Pediatrics": [
        *_ANY,
        Starter("Newborn visit", 30, maximum_age=0),
        Starter("Well baby", 20, maximum_age=1),
        Starter("Well child", 30, minimum_age=2, maximum_age=21),
        Starter("Sick visit", 20),
        Starter("Vaccine visit", 10),
        Starter("Sports physical", 20, minimum_age=6, maximum_age=19),
    ],
    "Internal medicine": [
        *_ANY,
        Starter("Physical", 40, minimum_age=18, maximum_age=64),
        Starter("Annual wellness visit", 40, minimum_age=65),
        Starter("Diabetes visit", 30),
        Starter("Hospital follow-up", 30),
        Starter("Blood pressure check", 10),
    ],
    "Obstetrics and gynecology": [
        *_ANY,
        Starter("First prenatal visit", 60),
        Starter("Prenatal visit", 20),
        Starter("Postpartum visit", 30),
        Starter("Well woman visit", 30),
        Starter("Ultrasound", 30),
    ],
    "Dermatology": [*_ANY, Starter("Full skin check", 30), Starter("Biopsy", 30, buffer_minutes=10)],
    "Orthopedics": [
        *_ANY,
        Starter("New injury", 30),
        Starter("Cast check", 15),
        Starter("Injection visit", 20),
        Starter("After surgery", 20),
    ],
    "Behavioral health": [
        Starter("Intake", 60, is_for_new_patients=True),
        Starter("Therapy, 45 minutes", 45, buffer_minutes=10),
        Starter("Therapy, 60 minutes", 60),
        Starter("Medication visit", 20),
        Starter("Family session", 50, buffer_minutes=10),
        Starter("Video visit", 45, buffer_minutes=10, needs_room=False),
    ],
    "Urgent care": [Starter("Urgent visit", 20), Starter("Injury", 30), Starter("Test or vaccine", 10)],
}
