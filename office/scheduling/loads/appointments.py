"""Future appointments as a kind of table: each on the time that the old system promised, never twice."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from office.core.actors import Actor
from office.core.tables.columns import Shape
from office.patients.loads.finding import NEEDS_SOMEONE, WHOSE
from office.patients.loads.keyed import Held, PatientRun, Wanted, Wrong
from office.patients.rules.names import fold
from office.practice.loads.kinds import Field, Kind, Line, Loaded, TakenBack
from office.practice.models import Location
from office.scheduling.actions.tables import load_appointments, take_back_appointments
from office.scheduling.models import Appointment, VisitType
from office.scheduling.rules.spans import LONGEST_BUSY, Span
from office.staff.models import Provider

#: Headings of OpenEMR (openemr_postcalendar_events), Practice Fusion, Kareo/Tebra, eClinicalWorks and spreadsheets.
FIELDS = (
    *WHOSE,
    Field("number", "Appointment number", (
        "pceid", "appointmentid", "apptid", "encounterid", "visitid", "appointmentno", "appointmentguid",
    ), longest=50),
    Field("starts_at", "Starts at", (
        "start", "startdatetime", "appointmentdatetime", "datetime", "startdate", "begins", "appointmentstart",
        "scheduledat", "starttimestamp",
    ), Shape.MOMENT),
    Field("day", "Day", (
        "pceventdate", "appointmentdate", "apptdate", "date", "visitdate", "dateofservice", "startson", "dos",
        "scheduleddate",
    ), Shape.DATE),
    Field("begins", "Time", (
        "pcstarttime", "starttime", "appointmenttime", "appttime", "time", "begintime",
    ), Shape.TIME),
    Field("ends", "End", ("pcendtime", "endtime", "finishtime"), Shape.TIME),
    Field("minutes", "Minutes", (
        "duration", "length", "durationminutes", "pcduration", "appointmentlength", "mins",
    ),
          longest=20),
    Field("provider", "Provider", (
        "pcaid", "providername", "resource", "resourcename", "doctor", "physician", "with", "renderingprovider",
        "apptprovider", "resources", "practitioner", "seenby", "appointmentprovider", "provider1",
    )),
    Field("location", "Location", (
        "facility", "facilityname", "servicelocation", "office", "pcfacility", "site", "locationname",
        "practicelocation", "servicelocationname",
    )),
    Field("type", "Appointment type", (
        "appointmenttype", "appttype", "visittype", "pctitle", "category", "pccatid", "type", "typename",
        "appointmentreason1", "typeofvisit",
    )),
    Field("reason", "Reason", (
        "reasonforvisit", "appointmentreason", "chiefcomplaint", "notes", "note", "pchometext", "comments",
        "visitreason", "comment",
    ), longest=2_000),
    Field("status", "Status", ("appointmentstatus", "apptstatus", "pcapptstatus", "state", "confirmationstatus")),
)  # fmt: skip
_GONE = re.compile(r"cancel|no.?show|resched|deleted|bumped|^x$|^%$|^\?$", re.IGNORECASE)
_TITLES = {"dr", "doctor", "md", "do", "np", "pa", "pac", "rn", "fnp", "dnp", "c", "mr", "ms", "mrs", "phd"}
_WATCHED = ("provider_id", "location_id", "visit_type_id", "starts_at", "ends_at", "busy_until")
_MOST_SEATS = 8


class AppointmentsRun(PatientRun):
    """One load of future appointments; it knows every visit that is still to come."""

    def __init__(self, today: date) -> None:
        super().__init__(today)
        self.now = timezone.now()
        self.providers = list(Provider.objects.filter(is_active=True))
        self.locations = list(Location.objects.filter(is_active=True))
        self.types = list(VisitType.objects.filter(is_active=True))
        self.visits: dict[tuple[Any, ...], Held] = {}
        self.of_provider: dict[UUID, list[tuple[datetime, datetime, int, UUID]]] = defaultdict(list)
        self.of_patient: dict[UUID, list[tuple[datetime, datetime, UUID]]] = defaultdict(list)
        for visit in Appointment.objects.holding_time().filter(starts_at__gt=self.now - LONGEST_BUSY):
            fields = {name: getattr(visit, name) for name in _WATCHED}
            untouched = visit.version == 1 and visit.status == Appointment.Status.BOOKED
            held = Held(visit.pk, fields, untouched=untouched)
            self.visits[visit.booking_key,] = held
            self.visits.setdefault((visit.patient_id, visit.starts_at), held)
            self._take(visit.pk, visit.patient_id, fields, visit.seat)

    def read_of(self, line: Line, patient_id: UUID) -> Wanted:
        values = line.values
        if _GONE.search(values.get("status", "")):
            raise Wrong(f"Status: “{values['status']}” in the old system; if it was loaded before, cancel it here")
        provider, location = self._provider(values.get("provider", "")), self._location(values.get("location", ""))
        starts = self._starts(values, ZoneInfo(location.zone))
        if starts <= self.now:
            raise Wrong(f"Starts at: {starts:%m/%d/%Y} has passed")
        visit_type, minutes = self._type(values)
        ends = starts + timedelta(minutes=minutes)
        reason = " ".join(part for part in (values.get("reason", ""), self._foreign_type(values)) if part)[:200]
        fields = {
            "provider_id": provider.pk, "location_id": location.pk, "visit_type_id": visit_type.pk, "starts_at": starts,
            "ends_at": ends, "busy_until": ends + timedelta(minutes=visit_type.buffer_minutes), "reason": reason,
        }  # fmt: skip
        number = values.get("number", "")
        said = number or hashlib.sha256(f"{patient_id}{starts.isoformat()}".encode()).hexdigest()[:32]
        return Wanted((f"old:{said}",), fields, patient_id)

    def held(self, wanted: Sequence[Wanted]) -> dict[tuple[Any, ...], Held]:
        found = {}
        for one in wanted:
            # Booked here by hand for the very time that the old system has: the same visit.
            held = self.visits.get(one.key) or self.visits.get((one.patient_id, one.fields["starts_at"]))
            if held:
                found[one.key] = held
        return found

    def check(self, wanted: Wanted, before: Held | None) -> None:
        fields = wanted.fields
        if before:
            fields.pop("reason", None)
            if before.fields["starts_at"] == fields["starts_at"]:
                # Provider, room and type may have been settled here since: the promise to the patient is the time.
                fields.clear()
                return
            if not before.untouched:
                raise Wrong("Starts at: it was moved in the old system, but changed here since; move it here")
        mine = before.id if before else None
        span = Span(fields["starts_at"], fields["ends_at"])
        if any(
            span.overlaps(Span(begin, end)) for begin, end, key in self.of_patient[wanted.patient_id] if key != mine
        ):
            raise Wrong(f"Starts at: the patient has another visit then ({fields['starts_at']:%m/%d/%Y})")
        fields["seat"] = self._seat(fields, mine)
        self._forget(mine, before)
        self._take(mine or wanted.id, wanted.patient_id, fields, fields["seat"])

    def write(self, actor: Actor, new: Sequence[Wanted], changed: Sequence[tuple[Held, Wanted]]) -> None:
        load_appointments(
            actor,
            new=[
                Appointment(
                    pk=one.id, patient_id=one.patient_id, booking_key=one.key[0], status_at=self.now, **one.fields
                )
                for one in new
            ],
            changed={before.id: wanted.fields for before, wanted in changed},
        )
        for one in new:
            self.visits[one.key] = Held(one.id, one.fields)

    def _seat(self, fields: dict[str, Any], mine: UUID | None) -> int:
        """The old system may have doubled on purpose: such a visit takes the next seat of the provider."""
        span = Span(fields["starts_at"], fields["busy_until"])
        taken = {
            seat
            for begin, end, seat, key in self.of_provider[fields["provider_id"]]
            if key != mine and span.overlaps(Span(begin, end))
        }
        free = next((seat for seat in range(_MOST_SEATS) if seat not in taken), None)
        if free is None:
            raise Wrong(f"Starts at: the provider has {_MOST_SEATS} visits at that time already")
        return free

    def _take(self, key: UUID, patient_id: UUID, fields: dict[str, Any], seat: int) -> None:
        self.of_provider[fields["provider_id"]].append((fields["starts_at"], fields["busy_until"], seat, key))
        self.of_patient[patient_id].append((fields["starts_at"], fields["ends_at"], key))

    def _forget(self, key: UUID | None, before: Held | None) -> None:
        if before is None:
            return
        times = self.of_provider[before.fields["provider_id"]]
        times[:] = [one for one in times if one[3] != key]
        for mine in self.of_patient.values():
            mine[:] = [one for one in mine if one[2] != key]

    def _provider(self, text: str) -> Provider:
        if not text:
            if len(self.providers) == 1:
                return self.providers[0]
            raise Wrong("Provider: it is not said with whom")
        words = {word for word in fold(text).split() if word not in _TITLES}
        found = [one for one in self.providers if words == set(fold(f"{one.given_name} {one.family_name}").split())]
        found = found or [one for one in self.providers if words >= set(fold(one.family_name).split())]
        if len(found) != 1:
            raise Wrong(
                f"Provider: “{text[:60]}” is not one of ours" if not found else f"Provider: “{text[:60]}” may be two"
            )
        return found[0]

    def _location(self, text: str) -> Location:
        if len(self.locations) == 1:
            return self.locations[0]
        found = [one for one in self.locations if fold(text) in {fold(one.name), fold(one.short_name)}]
        if len(found) != 1:
            raise Wrong(f"Location: “{text[:60]}” is not one of ours" if text else "Location: it is not said where")
        return found[0]

    def _type(self, values: dict[str, Any]) -> tuple[VisitType, int]:
        minutes = _minutes(values)
        named = [one for one in self.types if fold(one.name) == fold(values.get("type", ""))]
        alike = named or [one for one in self.types if one.minutes == minutes and not one.is_for_new_patients]
        if not alike:
            said = values.get("type", "")
            raise Wrong(f"Appointment type: “{said[:60]}” is none of ours, and none of ours has its length")
        return alike[0], minutes or alike[0].minutes

    def _foreign_type(self, values: dict[str, Any]) -> str:
        said = values.get("type", "")
        return "" if not said or any(fold(one.name) == fold(said) for one in self.types) else f"({said})"

    @staticmethod
    def _starts(values: dict[str, Any], zone: ZoneInfo) -> datetime:
        whole: datetime | None = values.get("starts_at")
        day = values.get("day") or (whole.date() if whole else None)
        begins = values.get("begins") or (whole.time() if whole and whole.time() != time() else None)
        if day is None or begins is None:
            raise Wrong("Starts at: there is no day" if day is None else "Starts at: there is no time of day")
        return datetime.combine(day, begins, zone).astimezone(UTC)


def _minutes(values: dict[str, Any]) -> int:
    """Return the length, or 0 when it is not said; OpenEMR counts it in seconds."""
    if text := values.get("minutes"):
        found = re.fullmatch(r"(\d+)(?::(\d\d))?(?:\.0+)?\s*(?:min\w*)?", str(text))
        if not found:
            raise Wrong(f"Minutes: “{text}” is no length")
        minutes = int(found[1]) * 60 + int(found[2]) if found[2] else int(found[1])
        minutes = minutes // 60 if minutes > 480 else minutes
    elif "begins" in values and "ends" in values:
        begins, ends = values["begins"], values["ends"]
        minutes = ends.hour * 60 + ends.minute - begins.hour * 60 - begins.minute
    else:
        return 0
    if not 5 <= minutes <= 480:
        raise Wrong(f"Minutes: a visit of {minutes} minutes is not booked")
    return int(minutes)


def _take_back(actor: Actor, rows: Sequence[Loaded], at: datetime) -> TakenBack:
    return take_back_appointments(actor, rows=rows)


APPOINTMENTS = Kind(
    "appointments", "Appointments", FIELDS, (NEEDS_SOMEONE, ("starts_at", "day")), AppointmentsRun, _take_back
)
