"""The schedule's addresses. None holds a name or a date of birth."""

from datetime import date

from django.urls import path, register_converter

from office.scheduling.rules.hours import within_reach
from office.scheduling.views import board, book, check_in, day, labels, plans, reports, set_up, visit, walk_in


class DayConverter:
    """A day as 2026-11-23."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return within_reach(date.fromisoformat(value))

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(DayConverter, "day")

app_name = "scheduling"
urlpatterns = [
    path("schedule/", day.day, name="day"),
    path("schedule/<day:day>/", day.day, name="day"),
    path("schedule/week/", day.week, name="week"),
    path("schedule/week/<uuid:provider_id>/", day.week, name="week"),
    path("schedule/week/<uuid:provider_id>/<day:day>/", day.week, name="week"),
    path("schedule/book/", book.book, name="book"),
    path("schedule/next-available/", book.openings, name="openings"),
    path("visit/<uuid:appointment_id>/", visit.visit, name="visit"),
    path("visit/<uuid:appointment_id>/move/", visit.move, name="move"),
    path("visit/<uuid:appointment_id>/length/", visit.resize, name="resize"),
    path("visit/<uuid:appointment_id>/cancel/", visit.cancel, name="cancel"),
    path("visit/<uuid:appointment_id>/confirm/", visit.confirm, name="confirm"),
    path("visit/<uuid:appointment_id>/room/", visit.room, name="room"),
    path("visit/<uuid:appointment_id>/start/", visit.start, name="start"),
    path("visit/<uuid:appointment_id>/finish/", visit.finish, name="finish"),
    path("visit/<uuid:appointment_id>/no-show/", visit.no_show, name="no_show"),
    path("visit/<uuid:appointment_id>/undo/", visit.undo, name="undo"),
    path("visit/<uuid:appointment_id>/told/", visit.told, name="told"),
    path("visit/<uuid:appointment_id>/label/", labels.label, name="label"),
    path("schedule/reports/cancellations/", reports.canceled, name="cancellations"),
    path("schedule/reports/cancellations.csv", reports.canceled_csv, name="cancellations_csv"),
    path("set-up/hours/<uuid:provider_id>/", set_up.hours, name="hours"),
    path("set-up/plans/", plans.plans_taken, name="plans_taken"),
    path("set-up/plans/<uuid:provider_id>/", plans.plans_of, name="plans_of"),
    path("set-up/plans/line/<uuid:line_id>/", plans.plan_taken, name="plan_taken"),
    path("set-up/plans/line/<uuid:line_id>/remove/", plans.remove, name="remove_plan_taken"),
    path("set-up/holidays/", set_up.holidays, name="holidays"),
    path("set-up/types/", set_up.types, name="set_up_types"),
    path("set-up/types/begin/", set_up.begin, name="begin_types"),
    path("set-up/types/<uuid:type_id>/", set_up.one_type, name="set_up_type"),
    path("set-up/rehearsal/", set_up.rehearsal, name="rehearsal"),
    path("walk-in/", walk_in.walk_in, name="walk_in"),
    path("check-in/", check_in.desk, name="check_in"),
    path("check-in/<uuid:appointment_id>/", check_in.check_in_visit, name="check_in_visit"),
    path("board/", board.board, name="board"),
    path("schedule/panels/arriving/", board.arriving, name="arriving"),
    path("schedule/panels/running/", board.running_late, name="running"),
    path("schedule/panels/counts/", board.counts, name="counts"),
    path("schedule/panels/visits/<uuid:patient_id>/", board.visits_of_patient, name="visits_of_patient"),
]
