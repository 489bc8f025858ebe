"""A FHIR bulk export coming in: resources a second, the same once more, and what the process needs of memory."""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from tools.bench.figure import Figure

PATIENTS, VISITS, READINGS = 500, 10, 20
_RECORD_NUMBER = "http://hospital.example.org/mrn"


def figures() -> Iterator[Figure]:
    """Yield rates against the issue's limit of 400 a second, as the command itself counts the seconds."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as folder:
        export = Path(folder) / "export"
        export.mkdir()
        _write(export)
        first, again = _import(folder), _import(folder)
    count = first["read"]
    yield Figure.at_least("FHIR resources imported", count / first["seconds"], "a second", 400, n=count)
    rate = ("the first time", round(count / first["seconds"]))
    yield Figure.beside("the same imported again", count / again["seconds"], "a second", rate, n=count)
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Figure("memory of the import", megabytes, "MB", n=count)


def _import(folder: str) -> dict[str, Any]:
    environment = {**os.environ, "FRONTDESK_VAR": str(Path(folder) / "var")}
    command = [sys.executable, str(settings.ROOT / "manage.py"), "import_fhir", str(Path(folder) / "export"), "--json"]
    done = subprocess.run(command, check=True, env=environment, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _write(folder: Path) -> None:
    """Write an export of invented people as three NDJSON files; encounters sort before patients."""
    patients = [_patient(n) for n in range(PATIENTS)]
    encounters = [_encounter(n, visit) for n in range(PATIENTS) for visit in range(VISITS)]
    readings = [_reading(n, reading) for n in range(PATIENTS) for reading in range(READINGS)]
    for name, rows in (("Encounter", encounters), ("Observation", readings), ("Patient", patients)):
        (folder / f"{name}.ndjson").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _patient(n: int) -> dict[str, Any]:
    return {
        "resourceType": "Patient",
        "id": f"p{n}",
        "identifier": [{"system": _RECORD_NUMBER, "value": f"{n:06}"}],
        "name": [{"use": "official", "family": f"Family{n % 97}", "given": [f"Given{n}"]}],
        "telecom": [{"system": "phone", "value": f"(212) 555-{n % 10_000:04}"}],
        "gender": "female" if n % 2 else "male",
        "birthDate": (date(1940, 1, 1) + timedelta(days=53 * n)).isoformat(),
        "address": [{"line": [f"{n} Elm Street"], "city": "Albany", "state": "NY", "postalCode": "12203"}],
    }


def _encounter(n: int, visit: int) -> dict[str, Any]:
    day = (date(2020, 1, 6) + timedelta(days=30 * visit)).isoformat()
    return {
        "resourceType": "Encounter",
        "id": f"e{n}-{visit}",
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
        "type": [{"text": "Office visit"}],
        "subject": {"reference": f"Patient/p{n}"},
        "period": {"start": f"{day}T15:00:00+00:00", "end": f"{day}T15:20:00+00:00"},
    }


def _reading(n: int, reading: int) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": f"o{n}-{reading}",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}]},
        "subject": {"reference": f"Patient/p{n}"},
        "valueQuantity": {"value": 70 + reading, "unit": "kg"},
    }
