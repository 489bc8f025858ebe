"""At this time, do that, in the practice's zone."""

from office.audit.jobs import seal_the_trail, seal_the_whole_trail
from office.billing.jobs import follow_up_enrollments
from office.core.timetable import Daily, Every, Timetable
from office.inbox.jobs import tell_who_was_missed
from office.practice.models import Practice
from office.upkeep.jobs import make_a_backup, prove_a_backup


def practice_zone() -> str:
    """Return the practice's zone; New York's before there is a practice."""
    return Practice.objects.values_list("zone", flat=True).first() or "America/New_York"


TIMETABLE = Timetable(
    zone=practice_zone,
    lines=[
        Every("1m", seal_the_trail),
        Every("5m", tell_who_was_missed),
        Every("15m", make_a_backup),
        Daily("02:15", seal_the_whole_trail),
        Daily("03:10", prove_a_backup),
        Daily("06:00", follow_up_enrollments),
    ],
)
