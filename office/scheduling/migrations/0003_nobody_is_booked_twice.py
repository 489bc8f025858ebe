"""Nobody is booked twice: not a provider's seat, not a patient, not a room. Kept by the database itself.

Whoever rebuilds the appointment's table on SQLite (Django does so when a field is altered) must make these triggers
anew; test_booking_promises.py fails when they are gone.
"""

from django.db import migrations

from office.core.migration_operations import postgres_only, sqlite_only

PROMISES = {
    "nobody_is_booked_twice": (("provider_id", "seat"), "busy_until"),
    "a_patient_is_in_one_place_at_a_time": (("patient_id",), "ends_at"),
    "a_room_holds_one_visit_at_a_time": (("room_id",), "ends_at"),
}


def exclusion(name: str) -> str:
    columns, end = PROMISES[name]
    same = ", ".join(f"{column} WITH =" for column in columns)
    return f"""ALTER TABLE scheduling_appointment ADD CONSTRAINT {name}
        EXCLUDE USING gist ({same}, tstzrange(starts_at, {end}) WITH &&)
        WHERE (status NOT IN ('canceled', 'no_show'))"""


def trigger(name: str, event: str) -> str:
    columns, end = PROMISES[name]
    same = " AND ".join(f"{column} = NEW.{column}" for column in columns)
    # Names of columns from above, nothing from outside. The lower bound lets the index on (column, starts_at) answer; no visit lasts longer (see rules/spans.py).
    return f"""CREATE TRIGGER {name}_{event.split(maxsplit=1)[0].lower()} BEFORE {event} ON scheduling_appointment
        WHEN NEW.status NOT IN ('canceled', 'no_show')
        BEGIN
            SELECT RAISE(ABORT, '{name}') WHERE EXISTS (
                SELECT 1 FROM scheduling_appointment WHERE {same} AND id <> NEW.id
                AND status NOT IN ('canceled', 'no_show')
                AND starts_at < NEW.{end} AND {end} > NEW.starts_at
                AND starts_at > datetime(NEW.starts_at, '-12 hours', '-1 second')
            );
        END"""  # noqa: S608


EVENTS = ("INSERT", "UPDATE OF provider_id, seat, patient_id, room_id, starts_at, ends_at, busy_until, status")
TOO_LONG = "a_visit_lasts_up_to_12_hours"


def too_long(event: str) -> str:
    return f"""CREATE TRIGGER {TOO_LONG}_{event.split(maxsplit=1)[0].lower()} BEFORE {event} ON scheduling_appointment
        WHEN strftime('%s', NEW.busy_until) - strftime('%s', NEW.starts_at) > 43200
        BEGIN SELECT RAISE(ABORT, '{TOO_LONG}'); END"""


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0002_booking_keys_and_bounds")]

    operations = [
        postgres_only(
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            *(exclusion(name) for name in PROMISES),
            f"""ALTER TABLE scheduling_appointment ADD CONSTRAINT {TOO_LONG}
                CHECK (busy_until <= starts_at + interval '12 hours')""",
            undo=tuple(f"ALTER TABLE scheduling_appointment DROP CONSTRAINT {name}" for name in (*PROMISES, TOO_LONG)),
        ),
        sqlite_only(
            *(trigger(name, event) for name in PROMISES for event in EVENTS),
            *(too_long(event) for event in EVENTS),
            undo=tuple(
                f"DROP TRIGGER {name}_{event.split()[0].lower()}" for name in (*PROMISES, TOO_LONG) for event in EVENTS
            ),
        ),
    ]
