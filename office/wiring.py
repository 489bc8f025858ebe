"""What the areas offer to pages and actions below them."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import QuerySet

from office.billing.loads.balances import BALANCES
from office.billing.loads.fees import FEES
from office.billing.queries.fees import fee_parts
from office.billing.queries.set_up import PAYERS, payer_parts
from office.core import findings
from office.core.permissions import Permission
from office.core.wiring import Light, Panel, PatientCommand, Screen, SetUpCard, Wiring
from office.inbox.channels import open_channels
from office.inbox.queries import channel_parts
from office.patients import palette
from office.patients.loads.insurance import INSURANCE
from office.patients.loads.patients import PATIENTS
from office.patients.models import Patient
from office.patients.queries.merged import charts_in_one
from office.practice.models import Location
from office.practice.queries import OLD_SYSTEM, location_parts, old_system_parts, practice_parts
from office.scheduling.loads.appointments import APPOINTMENTS
from office.scheduling.loads.recalls import RECALLS
from office.scheduling.queries import lights
from office.scheduling.queries.plans import plan_parts
from office.scheduling.queries.set_up import holidays_parts, hours_parts, visit_type_parts
from office.staff.models import Member
from office.staff.queries import provider_parts, staff_parts
from office.upkeep.queries import findings_of_backups
from office.worklist.queries import tally


def _named(patient: Patient) -> str:
    born = f"{patient.birth_date:%m/%d/%Y}" if patient.birth_date else ""
    return f"{patient.short_name} {born}".strip()


def _on_the_trail(patient: Patient) -> str:
    kept = patient.merged_into
    return f"{_named(patient)}, MRN {patient.mrn}, now in MRN {kept.mrn}" if kept else _named(patient)


#: Whom and what the audit report names.
NAMED: dict[str, tuple[Callable[[], QuerySet[Any]], Callable[[Any], str]]] = {
    "patients.patient": (lambda: Patient.objects.select_related("merged_into"), _on_the_trail),
    "practice.location": (Location.objects.all, lambda place: place.name),
    "staff.member": (Member.objects.all, str),
}


def subject_names(kind: str, keys: Collection[str]) -> dict[str, str]:
    """Return the names of these rows by key; of other kinds none."""
    if kind not in NAMED:
        return {}
    rows, name = NAMED[kind]
    return {str(row.pk): name(row) for row in rows().filter(pk__in=keys)}


WIRING = Wiring(
    screens=[
        Screen("Now", "home:now", "home", "Today", Permission.SEE_OWN_ACCOUNT, "g h"),
        Screen("Schedule", "scheduling:day", "schedule", "Today", Permission.SEE_SCHEDULE, "g s"),
        Screen("Flow board", "scheduling:board", "board", "Today", Permission.SEE_SCHEDULE, "g d"),
        Screen("Check-in", "scheduling:check_in", "check-in", "Today", Permission.CHECK_IN, "g c"),
        Screen("Worklist", "worklist:worklist", "work", "Today", Permission.DO_WORK, "g w"),
        Screen("Patients", "patients:find", "patient", "Patients", Permission.OPEN_CHARTS, "g p"),
        Screen("Payers", "billing:enrollment", "shield", "Billing", Permission.MANAGE_PAYERS),
        Screen("Fees", "billing:fees", "money", "Billing", Permission.MANAGE_FEES),
        Screen("Staff", "staff:members", "staff", "Office", Permission.MANAGE_STAFF, "g t"),
        Screen("Practice", "practice:locations", "door", "Office", Permission.MANAGE_PRACTICE),
        Screen("Old system\u2019s data", "loads:loads", "door", "Office", Permission.IMPORT_RECORDS),
        Screen("Set-up", "practice:set_up", "list", "Office", Permission.SEE_SET_UP, "g u"),
        Screen("Account", "staff:account", "settings", "Office", Permission.SEE_OWN_ACCOUNT),
        Screen("Emergency access", "patients:accesses", "lock", "Office", Permission.REVIEW_ACCESS),
        Screen("This machine", "upkeep:machine", "settings", "Office", Permission.SEE_UPKEEP),
        Screen("Audit report", "audit:report", "shield", "Office", Permission.SEE_AUDIT, "g a"),
    ],
    commands=[
        Screen("New staff member", "staff:add", "plus", "Office", Permission.MANAGE_STAFF),
        Screen("New visit", "scheduling:book", "plus", "Today", Permission.BOOK_APPOINTMENTS, "n"),
        Screen("Walk-in", "scheduling:walk_in", "check-in", "Today", Permission.CHECK_IN, "w"),
        Screen("New patient", "patients:register", "plus", "Patients", Permission.REGISTER_PATIENTS),
        Screen("Outbox", "inbox:outbox", "mail", "Office", Permission.SEE_OUTBOX),
        Screen("Next available", "scheduling:openings", "schedule", "Today", Permission.SEE_SCHEDULE, "o"),
        Screen("Cancellations by reason", "scheduling:cancellations", "schedule", "Office", Permission.SEE_SCHEDULE),
        Screen("New task", "worklist:ask", "work", "Today", Permission.DO_WORK),
    ],
    home_panels=[
        Panel("scheduling:arriving", Permission.SEE_SCHEDULE, "Next to arrive"),
        Panel("scheduling:running", Permission.SEE_SCHEDULE, "Running"),
        Panel("scheduling:counts", Permission.SEE_SCHEDULE, "Today"),
        Panel("patients:accesses_waiting", Permission.REVIEW_ACCESS, "Emergency access"),
        Panel("upkeep:backups", Permission.SEE_UPKEEP, "Back-ups"),
        Panel("practice:set_up_standing", Permission.SEE_SET_UP, "Set-up"),
        Panel("home:failed_jobs", Permission.RUN_JOBS_AGAIN),
    ],
    patient_panels=[
        Panel("scheduling:visits_of_patient", Permission.SEE_SCHEDULE, "Visits"),
        Panel("audit:chart", Permission.SEE_AUDIT, "Who opened this chart"),
    ],
    check_in_lights=[
        Light("Identity", lights.identity),
        Light("Insurance", lights.insurance),
        Light("Forms", lights.forms),
        Light("Money", lights.money),
        Light("Alerts", lights.alerts),
    ],
    patient_commands=[
        PatientCommand("Book a visit", "scheduling:book", "schedule", Permission.BOOK_APPOINTMENTS, "b", "patient"),
        PatientCommand("Ask someone", "worklist:ask_about", "work", Permission.OPEN_CHARTS, "t"),
        PatientCommand("Print the face sheet", "patients:print", "print", Permission.OPEN_CHARTS, "f"),
    ],
    importer_kinds=[PATIENTS, INSURANCE, APPOINTMENTS, BALANCES, RECALLS, FEES],
    palette_searches=[palette.found_patients],
    findings=[
        findings.findings_of_settings,
        findings.findings_of_clock,
        findings.findings_of_disk,
        findings.findings_of_certificate,
        findings.findings_of_database,
        findings.findings_of_queue,
        findings.findings_of_mail,
        findings_of_backups,
    ],
    set_up_cards=[
        SetUpCard(
            "practice",
            "Practice",
            "Who you are to payers, and on which clock.",
            "practice:set_up_practice",
            Permission.MANAGE_PRACTICE,
            [practice_parts],
            minutes=6,
            is_first=True,
        ),
        SetUpCard(
            "locations",
            "Locations",
            "Where patients come, and when the door is open.",
            "practice:set_up_locations",
            Permission.MANAGE_PRACTICE,
            [location_parts, holidays_parts],
            minutes=7,
            is_first=True,
        ),
        SetUpCard(
            "providers",
            "Providers",
            "Who sees patients, under which number, and when.",
            "staff:set_up_providers",
            Permission.MANAGE_STAFF,
            [provider_parts, hours_parts],
            minutes=8,
            is_first=True,
        ),
        SetUpCard(
            "types",
            "Appointment types",
            "What can be booked, and how long it takes.",
            "scheduling:set_up_types",
            Permission.MANAGE_PRACTICE,
            [visit_type_parts],
            minutes=4,
            is_first=True,
        ),
        SetUpCard(
            "staff",
            "Staff",
            "Who signs in, and what each may do where.",
            "staff:set_up_staff",
            Permission.MANAGE_STAFF,
            [staff_parts],
            minutes=5,
            is_first=True,
        ),
        SetUpCard(
            OLD_SYSTEM,
            "Old system\u2019s data",
            "What you bring from before, or that there is nothing to bring.",
            "practice:set_up_old_system",
            Permission.IMPORT_RECORDS,
            [old_system_parts],
            minutes=20,
        ),
        SetUpCard(
            PAYERS,
            "Payers and clearinghouse",
            "Who pays, under which number claims reach them, and which providers they take.",
            "billing:set_up_payers",
            Permission.MANAGE_PAYERS,
            [payer_parts, plan_parts],
            minutes=30,
        ),
        SetUpCard(
            "fees",
            "Fee schedule",
            "What each code costs, from which day on.",
            "billing:fees",
            Permission.MANAGE_FEES,
            [fee_parts],
            minutes=10,
        ),
        SetUpCard(
            "channels",
            "Phone, text, e-mail, fax",
            "Who carries what you say to the outside, and under which agreement.",
            "inbox:set_up_channels",
            Permission.MANAGE_PRACTICE,
            [channel_parts],
            minutes=10,
        ),
    ],
    tally=tally,
    subject_names=subject_names,
    charts_in_one=charts_in_one,
    open_channels=open_channels,
)
