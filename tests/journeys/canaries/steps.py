"""The walk. Each step uses the program as people do, and as those do who get it wrong."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.db import connection
from django.utils import timezone
from PIL import Image

from office.core import jobs
from office.patients.models import Patient
from office.scheduling.models import VisitType
from office.staff.models import Provider
from tests.journeys.canaries import planted
from tests.journeys.canaries.jobs import fail_about
from tests.journeys.canaries.office import Browser, Office, json_bytes


@dataclass
class Walk:
    """Who walks, and what they made on the way: later steps build on earlier ones."""

    office: Office
    rosa: Browser
    sol: Browser
    priya: Browser
    nobody: Browser
    provider: Provider
    visit_type: VisitType
    patient_id: str = ""
    visit_id: str = ""

    @property
    def chart(self) -> str:
        return f"/patients/{self.patient_id}/"


Step = Callable[[Walk], None]
STEPS: list[Step] = []


def step(function: Step) -> Step:
    """Add to the walk, after the steps before it in this file."""
    STEPS.append(function)
    return function


PERSON = {
    "family_name": planted.FAMILY, "given_name": planted.GIVEN, "called": planted.CALLED,
    "birth_date": planted.BORN_TYPED, "sex": "F", "language": "en", "phone": planted.PHONE, "email": planted.EMAIL,
    "messages": "text voicemail", "line": planted.STREET, "city": "Kingston", "state": "NY", "postal_code": "12401",
}  # fmt: skip


# --- patients


@step
def registers(walk: Walk) -> None:
    register = "/patients/new/"
    walk.rosa.post(register, {**PERSON, "birth_date": "23/23/1919"}, expects=422)
    walk.rosa.post(register, {**PERSON, "look": "1"}, expects=200)
    walk.rosa.post(register, {**PERSON, "member_id": planted.MEMBER_ID}, expects=422)
    insured = {**PERSON, "payer": "Harbor Mutual", "member_id": planted.MEMBER_ID}
    made = walk.rosa.post(register, insured, expects=303)
    walk.patient_id = made.location.rstrip("/").rpartition("/")[2]
    walk.rosa.post(register, PERSON, expects=422)  # the same person again


@step
def searches(walk: Walk) -> None:
    for asked in (planted.FAMILY, planted.FAMILY[:-1], planted.BORN_TYPED, planted.PHONE, planted.SSN, "%_'\"*"):
        walk.rosa.post("/patients/", {"q": asked}, expects=200)
        walk.rosa.post("/patients/", {"q": asked}, expects=200, **{"HX-Request": "true"})
        walk.rosa.post("/search/", {"q": asked}, expects=200)
    walk.rosa.get(f"/patients/?q={planted.FAMILY}")


@step
def reads_and_changes_the_chart(walk: Walk) -> None:
    walk.rosa.get(walk.chart)
    walk.rosa.get(f"{walk.chart}correct/")
    picture = BytesIO()
    Image.new("RGB", (40, 25), "white").save(picture, "JPEG")
    for data, status in ((picture.getvalue(), 303), (b"not a picture", 422), (b"\xff\xd8\xff" + b"x" * 900, 422)):
        card = BytesIO(data)
        card.name = planted.FILE_NAME
        words = {"payer": "Harbor Mutual", "member_id": planted.MEMBER_ID, "relation": "self", "front": card}
        walk.rosa.post(f"{walk.chart}insurance/", words, expects=status)
    walk.rosa.post(f"{walk.chart}phone/", {"system": "phone", "use": "home", "value": planted.PHONE[:6]}, expects=422)
    walk.sol.post(
        f"{walk.chart}alert/", {"text": planted.NOTE, "places": "at_booking", "is_serious": "on"}, expects=303
    )
    walk.rosa.post(f"{walk.chart}emergency-access/", {"reason": planted.NOTE})
    walk.rosa.post(f"{walk.chart}merge/", {"other": planted.FAMILY})
    walk.sol.post(f"{walk.chart}merge/", {"other": planted.FAMILY})


# --- the day


@step
def books_and_moves(walk: Walk) -> None:
    day = _next_weekday().isoformat()
    visit = {
        "patient": walk.patient_id, "who": planted.FAMILY, "day": day, "at": "10:00", "reason": planted.NOTE,
        "provider": str(walk.provider.pk), "visit_type": str(walk.visit_type.pk),
    }  # fmt: skip
    walk.rosa.post("/schedule/book/", {**visit, "find": "1"}, expects=200)
    walk.rosa.post("/schedule/book/", {**visit, "at": planted.FAMILY}, expects=422)
    walk.rosa.post("/schedule/book/", visit)
    found = re.search(r"/visit/([0-9a-f-]{36})/", walk.rosa.get(f"/schedule/{day}/").text)
    assert found, "the visit is not on the schedule"
    walk.visit_id = found[1]
    screens = ("", "label/", "move/", "cancel/", "told/")
    for path in (*(f"/visit/{walk.visit_id}/{name}" for name in screens), f"/check-in/{walk.visit_id}/"):
        walk.rosa.get(path)
    for path in ("/board/", "/check-in/", "/", f"/schedule/panels/visits/{walk.patient_id}/"):
        walk.rosa.get(path)
    walk.rosa.post(f"/check-in/{walk.visit_id}/", {"birth_date": "01/01/2001", "version": "1"})
    walk.rosa.post(f"/visit/{walk.visit_id}/cancel/", {"reason": planted.NOTE, "version": "1"}, expects=422)


@step
def asks_and_parks(walk: Walk) -> None:
    walk.rosa.post(f"/worklist/new/{walk.patient_id}/", {"title": planted.NOTE, "whom": planted.FAMILY}, expects=422)
    task = {"title": planted.NOTE, "note": planted.NOTE, "whom": "role:front_desk", "urgency": "2"}
    walk.rosa.post(f"/worklist/new/{walk.patient_id}/", task, expects=303)
    walk.rosa.get("/worklist/")
    walk.rosa.post("/parked/", {"title": planted.FAMILY, "url": walk.chart})


def _next_weekday() -> date:
    """A day on which the provider is in, and whose hours are all still to come, at whatever hour the walk is made."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    weekend = 7 - tomorrow.weekday() if tomorrow.weekday() > 4 else 0
    return tomorrow + timedelta(days=weekend)


# --- whoever gets it wrong


@step
def is_refused(walk: Walk) -> None:
    for path in (f"{walk.chart}merge/", "/audit/", "/staff/", f"{walk.chart}death/"):
        walk.rosa.post(path, {"other": planted.FAMILY, "reason": planted.NOTE})
    walk.priya.post("/patients/new/", PERSON, expects=403)
    for path in (walk.chart, f"/visit/{walk.visit_id}/"):
        walk.nobody.get(path)
        walk.nobody.get(path, **{"HX-Request": "true", "HX-Current-URL": f"http://elsewhere/{planted.FAMILY}"})
    walk.nobody.get("/account/login/")
    walk.nobody.post("/account/login/", {"login": planted.FAMILY, "password": planted.NOTE}, expects=200)

    walk.rosa.ask("POST", "/patients/new/", f"family_name={planted.FAMILY}".encode(), {"X-CSRFToken": planted.FAMILY})
    walk.rosa.post("/patients/new/", {**PERSON, "csrfmiddlewaretoken": planted.FAMILY}, expects=403)


@step
def asks_for_what_is_not_there(walk: Walk) -> None:
    for path in (f"/{planted.FAMILY}/", f"/patients/{planted.FAMILY}/", f"/visit/{planted.BORN}/", "/static/../../x"):
        walk.rosa.get(path)
        walk.rosa.post(path, PERSON)


@step
def sends_what_cannot_be_read(walk: Walk) -> None:
    name = f"family_name={planted.FAMILY}&"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    walk.rosa.ask("POST", "/patients/new/", (name + "x=1&" * 3_000).encode(), form)
    walk.rosa.ask("POST", "/patients/new/", (name + "note=" + "x" * 6_000_000).encode(), form)
    broken = f"--b\r\nContent-Disposition: form-data; {planted.FAMILY}".encode()
    walk.rosa.ask("POST", "/patients/new/", broken, {"Content-Type": "multipart/form-data; boundary=b"})
    walk.rosa.ask("POST", "/patients/new/", name.encode(), {"Content-Type": "multipart/form-data"})
    walk.rosa.post("/patients/", {"q": f"{planted.FAMILY}\x00"})
    walk.rosa.post("/patients/new/", {**PERSON, "given_name": f"{planted.GIVEN}\x00"})


# --- when the program itself fails


NO_ALERTS = (
    "ALTER TABLE patients_alert RENAME TO patients_away",
    "ALTER TABLE patients_away RENAME TO patients_alert",
)


@contextmanager
def _broken(change: str, back: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(change)
        try:
            yield
        finally:
            cursor.execute(back)


@step
def meets_a_missing_table(walk: Walk) -> None:
    with _broken(*NO_ALERTS):
        for path in (walk.chart, f"{walk.chart}?name={planted.FAMILY}"):
            assert walk.rosa.get(path).status == 500
        words = {"text": planted.NOTE, "places": "at_booking"}
        walk.sol.post(f"{walk.chart}alert/", words, expects=500)
        walk.sol.post(f"{walk.chart}alert/", words, expects=500, **{"HX-Request": "true"})


@step
def meets_a_row_that_the_database_refuses(walk: Walk) -> None:
    refuse = {
        "sqlite": (
            "CREATE TRIGGER nobody_new BEFORE INSERT ON patients_patient BEGIN SELECT RAISE(ABORT, 'refused'); END",
            "DROP TRIGGER nobody_new",
        ),
        "postgresql": (
            "ALTER TABLE patients_patient ADD CONSTRAINT nobody_new CHECK (mrn = 'x') NOT VALID",
            "ALTER TABLE patients_patient DROP CONSTRAINT nobody_new",
        ),
    }[walk.office.database.vendor]
    person = {**PERSON, "family_name": planted.REFUSED_FAMILY, "given_name": "Ezrobith", "phone": "", "email": ""}
    with _broken(*refuse):
        walk.rosa.post("/patients/new/", {**person, "birth_date": "11/02/1931", "line": ""}, expects=500)
    walk.rosa.post("/patients/new/", {"forget": "1"})


@step
def waits_for_a_job_that_fails(walk: Walk) -> None:
    fail_about.enqueue(walk.patient_id)
    until = time.monotonic() + 30
    while not jobs.failed().exists():
        assert time.monotonic() < until, "the worker did not run the job"
        time.sleep(0.1)
    walk.sol.get("/jobs/")
    walk.sol.get("/")
    walk.rosa.get("/health/")


# --- the terminal and the trail


@step
def imports_what_is_faulty(walk: Walk) -> None:
    person: dict[str, Any] = {
        "resourceType": "Patient", "id": "c1", "birthDate": planted.BORN,
        "identifier": [{"system": "http://hl7.org/fhir/sid/us-ssn", "value": planted.SSN}],
        "name": [{"family": planted.IMPORTED_FAMILY, "given": [planted.GIVEN]}],
        "telecom": [{"system": "phone", "value": planted.PHONE}],
    }  # fmt: skip
    faulty = [
        person,
        json_bytes({**person, "id": "c2", "birthDate": f"{planted.FAMILY}"}).strip(),
        json_bytes({**person, "id": "c3", "name": planted.FAMILY}).strip(),
        json_bytes(person).strip()[:-9],
        {"resourceType": "Encounter", "id": "e1", "status": "finished", "class": {"code": planted.FAMILY},
         "subject": {"reference": f"Patient/{planted.FAMILY}"}},
        {"resourceType": "Basic", "id": "b1", "code": {"text": planted.SSN}},
    ]  # fmt: skip
    path = walk.office.folder / "export.ndjson"
    path.write_bytes(json_bytes(*faulty))
    assert walk.office.run("import_fhir", str(path)) == 1
    assert Patient.objects.filter(family_name=planted.IMPORTED_FAMILY).exists(), "nobody came in"
    walk.rosa.post("/patients/", {"q": planted.SSN}, expects=200)
    assert walk.office.run("import_fhir", str(walk.office.folder / "nowhere")) == 2


@step
def works_at_the_terminal(walk: Walk) -> None:
    assert walk.office.run("find_patient", planted.FAMILY) == 0
    assert walk.office.run("find_patient", planted.FAMILY, "--as", "priya") in {0, 2}
    assert walk.office.run("verify_audit") == 0
    walk.office.run("openings", "--visit-type", walk.visit_type.name)
    with _broken(*NO_ALERTS):
        walk.office.run("import_fhir", str(walk.office.folder / "export.ndjson"))


@step
def reads_the_trail(walk: Walk) -> None:
    walk.priya.get("/audit/")
    walk.priya.post("/audit/", {"patient_text": planted.FAMILY}, expects=200)
    walk.priya.get(f"/audit/?patient={walk.patient_id}")
    walk.priya.get("/audit/report.csv")
    walk.priya.get(f"/audit/?since={planted.FAMILY}")
    walk.priya.get(f"/audit/chart/{walk.patient_id}/")
    walk.priya.post("/audit/verify/", {}, expects=303)
