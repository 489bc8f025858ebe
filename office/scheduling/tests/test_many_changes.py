"""Whatever clerks do one after the other, nobody is booked twice, no visit is lost, and undo gives back what was."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import MakePatient
from office.core.actions import Refused
from office.core.actors import Automation
from office.patients.models import Patient
from office.practice.models import Location
from office.scheduling.actions.booking import (
    book_appointment,
    cancel_appointment,
    move_appointment,
    resize_appointment,
)
from office.scheduling.actions.undo import undo_last_change
from office.scheduling.models import Appointment, VisitType
from office.scheduling.tests.conftest import Book, MakeProvider, at
from office.staff.models import Provider

#: What a clerk does: the verb, which visit (or patient), which provider, how many tens of minutes after ten.
steps = st.tuples(
    st.sampled_from(["book", "book", "move", "resize", "cancel", "undo"]),
    st.integers(0, 5),
    st.integers(0, 1),
    st.integers(0, 8),
)


@pytest.fixture
def scene(
    book: Book,
    dr_chen: Provider,
    make_provider: MakeProvider,
    make_patient: MakePatient,
    main_street: Location,
    physical: VisitType,
    automation: Automation,
) -> dict[str, Any]:
    return {
        "actor": automation,
        "providers": [dr_chen, make_provider("Osei")],
        "patients": [make_patient(f"Marsh{number}") for number in range(6)],
        "booking": {"location": main_street, "visit_type": physical},
    }


def take(scene: dict[str, Any], verb: str, which: int, who: int, tens: int, *, double: bool) -> None:
    actor, starts_at = scene["actor"], at(10) + timedelta(minutes=10 * tens)
    patient: Patient = scene["patients"][which]
    provider: Provider = scene["providers"][who]
    if verb == "book":
        asked: dict[str, Any] = {"patient": patient, "provider": provider, "starts_at": starts_at, "double": double}
        book_appointment(actor, **scene["booking"], **asked)
        return
    visits = list(Appointment.objects.order_by("id"))
    if not visits:
        return
    visit = visits[which % len(visits)]
    if verb == "move":
        move_appointment(actor, appointment=visit, provider=provider, starts_at=starts_at, told="spoke", double=double)
    elif verb == "resize":
        resize_appointment(actor, appointment=visit, minutes=10 + 10 * tens)
    elif verb == "cancel":
        cancel_appointment(actor, appointment=visit, reason="patient_ill")
    else:
        undo_last_change(actor, appointment=visit)


def state() -> dict[Any, tuple[Any, ...]]:
    return {
        row[0]: row[1:]
        for row in Appointment.objects.values_list("id", "status", "provider", "seat", "starts_at", "ends_at", "room")
    }


def nobody_is_booked_twice() -> bool:
    standing = list(Appointment.objects.holding_time())
    return not any(
        one.span.overlaps(other.span)
        and (
            (one.provider_id, one.seat) == (other.provider_id, other.seat)
            or one.patient_id == other.patient_id
            or one.room_id == other.room_id
        )
        for number, one in enumerate(standing)
        for other in standing[number + 1 :]
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(done=st.lists(st.tuples(steps, st.booleans()), min_size=3, max_size=14))
def test_keep_every_promise(scene: dict[str, Any], done: list[tuple[tuple[str, int, int, int], bool]]) -> None:
    with transaction.atomic():
        known: set[Any] = set()
        for (verb, which, who, tens), double in done:
            before = state()
            try:
                take(scene, verb, which, who, tens, double=double)
            except Refused:
                assert state() == before
            assert nobody_is_booked_twice()
            known |= set(state())
            assert set(state()) == known
        # The next example finds the tables as this one did.
        transaction.set_rollback(True)
