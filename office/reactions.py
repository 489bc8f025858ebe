"""When this happens, do that."""

from typing import Any

from office.audit import jobs as audit
from office.audit.events import VerificationAsked
from office.billing import jobs as billing
from office.billing.events import EnrollmentChanged
from office.core.events import Event
from office.inbox import jobs as inbox
from office.patients.events import (
    DeathTakenBack,
    EmergencyAccessOpened,
    EmergencyAccessReviewed,
    NewbornNamed,
    PatientDied,
    PatientRegistered,
)
from office.practice.loads import jobs as loads
from office.practice.loads.events import TableWaits
from office.scheduling import jobs as scheduling
from office.scheduling.events import AppointmentBooked, AppointmentCanceled, AppointmentMoved, PatientTold, TimeClosed
from office.staff.events import MemberLeft
from office.worklist import jobs as worklist

REACTIONS: dict[type[Event], list[Any]] = {
    # A new visit that is moved at once is announced as booked, at its last time.
    AppointmentBooked: [inbox.tell_patient],
    AppointmentMoved: [inbox.tell_patient],
    AppointmentCanceled: [inbox.tell_patient],
    PatientTold: [inbox.hear_of_telling],
    TimeClosed: [scheduling.ask_to_move],
    EnrollmentChanged: [billing.follow_up_enrollments],
    TableWaits: [loads.work_on_table],
    MemberLeft: [worklist.return_work_of, worklist.ask_whether_to_book],
    VerificationAsked: [audit.verify_the_trail],
    PatientRegistered: [worklist.ask_for_name],
    NewbornNamed: [worklist.finish_asking_for_name],
    PatientDied: [scheduling.cancel_visits_of],
    DeathTakenBack: [scheduling.ask_to_book_again],
    EmergencyAccessOpened: [worklist.ask_to_review_access],
    EmergencyAccessReviewed: [worklist.finish_review_of_access],
}
