"""`./run import-fhir`, on fixtures of our own and, where they are, on the samples beside the project."""

import gzip
import json
import stat
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from fhir.resources.R4B import get_fhir_model_class

from office.audit.models import Entry, Subject
from office.core import secrets
from office.core.commands import CannotDo
from office.patients.models import Identifier, Name, Patient
from office.records.actions import opened
from office.records.models import Encounter, Received
from office.staff.models import Provider

SAMPLES = Path(settings.ROOT).parent / "shared" / "samples" / "fhir"
pytestmark = pytest.mark.django_db
Result = tuple[dict[str, Any], int]
Bring = Callable[..., Result]

PATIENT: dict[str, Any] = {
    "resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1961-04-12",
    "identifier": [
        {"type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]},
         "system": "http://hospital.example", "value": "0077"},
        {"system": "http://hl7.org/fhir/sid/us-ssn", "value": "900-12-3456"},
    ],
    "name": [{"use": "official", "family": "Núñez", "given": ["Ana", "Lucía"]},
             {"use": "maiden", "family": "Peña", "given": ["Ana"]}],
    "telecom": [{"system": "phone", "value": "845-555-0142", "use": "mobile"}],
    "address": [{"line": ["7 Quarry Lane"], "city": "Kingston", "state": "NY", "postalCode": "12401"}],
    "deceasedBoolean": False, "multipleBirthBoolean": True,
    "communication": [{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "es"}]}}],
}  # fmt: skip
DOCTOR: dict[str, Any] = {
    "resourceType": "Practitioner", "id": "d1", "name": [{"family": "Okafor", "given": ["Chi"], "prefix": ["Dr."]}],
    "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "9999999999"}],
}  # fmt: skip
HOSPITAL: dict[str, Any] = {"resourceType": "Organization", "id": "o1", "name": "Ferry Hospital"}
ENCOUNTER: dict[str, Any] = {
    "resourceType": "Encounter", "id": "e1", "status": "finished",
    "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
    "type": [{"text": "Check up"}], "subject": {"reference": "Patient/p1"},
    "participant": [{"individual": {"reference": "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999999999"}}],
    "period": {"start": "2019-05-13T19:32:56+02:00", "end": "2019-05-13T19:47:56+02:00"},
    "reasonCode": [{"text": "Cough"}], "serviceProvider": {"reference": "Organization/o1"},
}  # fmt: skip
WEIGHT: dict[str, Any] = {
    "resourceType": "Observation", "id": "w1", "status": "final", "code": {"text": "Weight"},
    "subject": {"reference": "Patient/p1"}, "valueQuantity": {"value": 70.5, "unit": "kg"},
}  # fmt: skip
ALL = (PATIENT, DOCTOR, HOSPITAL, ENCOUNTER, WEIGHT)


@pytest.fixture
def bring(tmp_path: Path) -> Bring:
    """Write lines into a file of that name and import it: the last line, and the exit status."""

    def run(*lines: Any, name: str = "export.ndjson", paths: tuple[Path, ...] = ()) -> Result:
        if not paths:
            texts = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
            paths = (tmp_path / name,)
            paths[0].parent.mkdir(exist_ok=True)
            paths[0].write_bytes(b"\n".join(texts))
        out, status = StringIO(), 0
        try:
            call_command("import_fhir", *map(str, paths), stdout=out, stderr=StringIO())
        except SystemExit as left:
            status = int(str(left.code))
        counts = json.loads(out.getvalue().splitlines()[-1])
        told = sum(counts[what] for what in ("created", "changed", "unchanged", "kept_verbatim", "rejected"))
        assert counts["read"] == told
        return counts, status

    return run


def bundle(*resources: dict[str, Any]) -> dict[str, Any]:
    """A transaction as exporters write it: urn:uuid references."""
    text = json.dumps(
        {
            "resourceType": "Bundle",
            "type": "transaction",
            "entry": [{"fullUrl": f"urn:uuid:{item['id']}", "resource": item} for item in resources],
        }
    )
    for item in resources:
        text = text.replace(f'"{item["resourceType"]}/{item["id"]}"', f'"urn:uuid:{item["id"]}"')
    whole: dict[str, Any] = json.loads(text)
    return whole


@pytest.mark.parametrize("resource", ALL, ids=lambda resource: str(resource["resourceType"]))
def test_the_fixtures_are_fhir_by_a_second_opinion(resource: dict[str, Any]) -> None:
    assert get_fhir_model_class(resource["resourceType"]).model_validate(resource)


def test_a_patient_comes_in_whole(bring: Bring) -> None:
    assert bring(PATIENT)[1] == 0
    patient = Patient.objects.get()
    assert (patient.name, str(patient.birth_date), patient.sex, patient.language) == (
        "Núñez, Ana Lucía",
        "1961-04-12",
        "F",
        "es",
    )
    assert patient.other_names.get().kind == Name.Kind.MAIDEN
    assert patient.telecoms.get().value == "+18455550142"
    assert patient.addresses.get().postal_code == "12401"


def test_a_social_security_number_is_sealed_everywhere(bring: Bring) -> None:
    bring(PATIENT)
    number = Identifier.objects.get(kind="SS")
    assert number.blind_index == secrets.blind_index("900123456", field="ssn")
    assert secrets.unseal(bytes(number.sealed or b""), row=f"patients_identifier|sealed|{number.pk}") == b"900123456"
    received = Received.objects.get()
    assert b"900-12-3456" not in bytes(received.body)
    assert json.loads(opened(received)) == PATIENT
    assert not Entry.objects.filter(details__icontains="900-12").exists()


def test_encounters_keep_outside_names_and_make_no_providers(bring: Bring) -> None:
    counts, status = bring(ENCOUNTER, WEIGHT, HOSPITAL, DOCTOR, PATIENT)
    assert (status, counts["created"], counts["kept_verbatim"]) == (0, 2, 3)
    encounter = Encounter.objects.get()
    assert (encounter.place_name, encounter.provider_names) == ("Ferry Hospital", ["Dr. Chi Okafor"])
    assert encounter.starts_at is not None
    assert encounter.starts_at.isoformat() == "2019-05-13T17:32:56+00:00"
    assert not Provider.objects.exists()


def test_twice_is_the_same_as_once_in_whatever_form(bring: Bring) -> None:
    bring(bundle(*ALL), name="one.json")
    for lines in ((bundle(*ALL),), ALL, ALL[::-1]):
        assert bring(*lines, name="again.ndjson")[0]["unchanged"] == 5
    assert (Patient.objects.count(), Encounter.objects.count(), Received.objects.count()) == (1, 1, 5)


def test_an_altered_resource_is_a_change(bring: Bring) -> None:
    bring(*ALL)
    counts, _ = bring({**PATIENT, "name": [{"family": "Otero", "given": ["Ana"]}]}, {**ENCOUNTER, "status": "unknown"})
    assert counts["changed"] == 2
    assert (Patient.objects.get().family_name, Encounter.objects.get().status) == ("Otero", "unknown")


def test_a_chart_corrected_here_keeps_what_the_office_wrote(bring: Bring) -> None:
    bring(PATIENT)
    Patient.objects.update(family_name="Corrected", version=2)
    assert bring({**PATIENT, "gender": "unknown"})[0]["changed"] == 1
    assert Patient.objects.get().name == "Corrected, Ana Lucía"


def test_a_later_run_finds_the_patients_and_names_of_an_earlier_one(bring: Bring) -> None:
    bring(PATIENT, DOCTOR, HOSPITAL)
    assert bring(ENCOUNTER)[0]["created"] == 1
    assert Encounter.objects.get().provider_names == ["Dr. Chi Okafor"]


def test_equal_ids_of_two_systems_are_two_patients(bring: Bring, tmp_path: Path) -> None:
    other = json.loads(
        json.dumps([PATIENT, ENCOUNTER]).replace("hospital.example", "clinic.example").replace("Ana", "Bea")
    )
    bring(PATIENT, ENCOUNTER, name="a/x.ndjson")
    bring(*other, name="b/x.ndjson")
    assert sorted(Encounter.objects.values_list("patient__given_name", flat=True)) == ["Ana", "Bea"]
    counts, status = bring({**ENCOUNTER, "id": "e9"}, name="c/x.ndjson")
    assert (counts["rejected"], status) == (1, 1)


@pytest.mark.parametrize(
    "line",
    [
        b'{"resourceType": "Patient", ', b"[]", b'{"id": "x"}', b'{"resourceType": "Patient", "id": "a", "id": "a"}',
        b'{"resourceType": "Patient", "id": "a", "name": [{"family": "\\u0000"}]}', b'{"resourceType": "Patient\xff"}',
        b'{"resourceType":"Patient","id":"a","name":[{"family":"\\ud800"}]}', b'{"a":' * 3_000, b'{"n": NaN}',
        b'{"resourceType":"Basic","id":"a","x":' + b"[" * 80 + b"]" * 80 + b"}", b'{"n": ' + b"9" * 5_000 + b"}",
        {**PATIENT, "birthDate": "1961-13-40"}, {**PATIENT, "birthDate": "2999-01-01"}, {**PATIENT, "name": "Ana"},
        {**PATIENT, "id": None}, {**PATIENT, "id": "a b"}, {**PATIENT, "name": []}, {**PATIENT, "gender": "woman"},
        {**ENCOUNTER, "id": "x", "subject": {"reference": "Patient/nobody"}}, {**ENCOUNTER, "subject": {}},
        {**ENCOUNTER, "period": {"start": "yesterday"}}, {**ENCOUNTER, "period": {"start": "2019-05-13T10:00:00"}},
        {**ENCOUNTER, "class": "outpatient"}, {**ENCOUNTER, "class": [{"coding": []}]}, {**ENCOUNTER, "reason": []},
    ],
)  # fmt: skip
def test_a_bad_line_is_told_with_its_number_and_the_rest_comes_in(bring: Bring, line: Any) -> None:
    counts, status = bring({**PATIENT, "id": "good"}, line, {**PATIENT, "id": "p1", "active": True})
    assert (status, counts["rejected"], Patient.objects.count()) == (1, 1, 2)
    rejects = Path(counts["rejects_file"])
    row = json.loads(rejects.read_text().splitlines()[0])
    assert (row["line"], bool(row["reason"])) == (2, True)
    assert "900-12-3456" not in row["raw"]
    assert stat.S_IMODE(rejects.stat().st_mode) == 0o600


def test_a_line_too_long_and_a_gzip_bomb_are_contained(
    bring: Bring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("office.api.fhir.reading.MAX_LINE", 10_000)
    counts, _ = bring(PATIENT, b'{"x":"' + b"y" * 20_000 + b'"}', {**PATIENT, "id": "p2"})
    assert (counts["rejected"], counts["created"]) == (1, 2)
    bomb = tmp_path / "bomb.ndjson.gz"
    bomb.write_bytes(gzip.compress(b"\n" * 50_000_000))
    assert bring(paths=(bomb,))[0]["rejected"] == 1


def test_a_cut_off_gzip_file_brings_what_can_be_read(bring: Bring, tmp_path: Path) -> None:
    path = tmp_path / "cut.ndjson.gz"
    path.write_bytes(gzip.compress(json.dumps(PATIENT).encode() + b"\n" + json.dumps(WEIGHT).encode() * 1)[:-20])
    assert bring(paths=(path,))[1] == 1


def test_a_batch_is_one_entry_with_a_row_for_each_patient(bring: Bring) -> None:
    bring(*({**PATIENT, "id": f"p{number}"} for number in range(30)))
    entry = Entry.objects.get(verb="patient.imported")
    assert Subject.objects.filter(entry=entry, kind="patients.patient").count() == 30


def test_a_missing_file_or_no_fhir_at_all_is_not_done(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear doctor")
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "none", tmp_path / "letter.txt", tmp_path / "empty"):
        with pytest.raises(CannotDo):
            call_command("import_fhir", str(path))


@pytest.mark.skipif(not SAMPLES.exists(), reason="the sample files are not beside the project")
def test_the_samples_come_in_whole_and_twice_changes_nothing(bring: Bring) -> None:
    counts, status = bring(paths=(SAMPLES / "bulk", SAMPLES / "bundles"))
    assert (status, counts["rejected"], Patient.objects.count(), counts["read"]) == (0, 0, 54, 12_327 + 905)
    assert not Encounter.objects.filter(place_name="").exists()
    again, _ = bring(paths=(SAMPLES / "bundles", SAMPLES / "bulk"))
    assert again["unchanged"] == again["read"]


@pytest.mark.skipif(not SAMPLES.exists(), reason="the sample files are not beside the project")
def test_every_file_of_an_earlier_version_is_refused_with_its_reason(bring: Bring) -> None:
    counts, status = bring(paths=(SAMPLES / "examples_stu3",))
    rows = [json.loads(line) for line in Path(counts["rejects_file"]).read_text().splitlines()]
    assert (status, counts["rejected"], len({row["file"] for row in rows})) == (1, 14, 14)
    assert all("R4" in row["reason"] for row in rows)
