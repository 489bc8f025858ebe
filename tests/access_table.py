"""Who reaches each address: one line a view, read by the walk in tests/journeys/test_access.py.

A line names the permission a person needs. ``Both(see, change)`` is for a screen that more people may read than change.
ANYONE works without signing in, SIGNED_IN for every member whatever their roles.

When you add an address: add its line, in the order of the areas. When its path has a parameter, say in SUBJECTS which
row of the cast stands for it; ``"area:view parameter"`` answers for one view alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from office.core.permissions import Permission


class Open(StrEnum):
    ANYONE = "anyone"
    SIGNED_IN = "signed in"


ANYONE, SIGNED_IN = Open.ANYONE, Open.SIGNED_IN
Key = Permission | Open


@dataclass(frozen=True)
class Both:
    """A screen that ``see`` may read (GET) and ``change`` may send (POST)."""

    see: Key
    change: Key


ACCESS: Mapping[str, Key | Both] = {
    # sign-in
    "account_login": ANYONE,
    "account_logout": ANYONE,
    "account_reset_password_from_key": ANYONE,
    "mfa_authenticate": ANYONE,
    "mfa_login_webauthn": ANYONE,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    # staff
    "staff:set_up_providers": Permission.MANAGE_STAFF,
    "staff:set_up_provider": Permission.MANAGE_STAFF,
    "staff:set_up_staff": Permission.MANAGE_STAFF,
    "staff:key_cards": Permission.SEE_SET_UP,
    "staff:switch_location": Permission.SEE_OWN_ACCOUNT,
    "staff:attended": Permission.SEE_OWN_ACCOUNT,
    "staff:lock": Permission.SEE_OWN_ACCOUNT,
    "staff:account": Permission.SEE_OWN_ACCOUNT,
    "staff:end_own_session": Permission.SEE_OWN_ACCOUNT,
    "staff:end_other_sessions": Permission.SEE_OWN_ACCOUNT,
    "staff:members": Permission.MANAGE_STAFF,
    "staff:add": Permission.MANAGE_STAFF,
    "staff:member": Permission.MANAGE_STAFF,
    "staff:correct": Permission.MANAGE_STAFF,
    "staff:grant": Permission.MANAGE_STAFF,
    "staff:revoke": Permission.MANAGE_STAFF,
    "staff:end_session": Permission.MANAGE_STAFF,
    "staff:disable": Permission.MANAGE_STAFF,
    "staff:bring_back": Permission.MANAGE_STAFF,
    "staff:start_link": Permission.MANAGE_STAFF,
    "staff:booking": Permission.MANAGE_STAFF,
    # practice
    "practice:set_up": Permission.SEE_SET_UP,
    "practice:set_up_standing": Permission.SEE_SET_UP,
    "practice:set_up_practice": Permission.MANAGE_PRACTICE,
    "practice:set_up_locations": Permission.MANAGE_PRACTICE,
    "practice:set_up_old_system": Permission.IMPORT_RECORDS,
    "practice:set_up_later": Permission.MANAGE_PRACTICE,
    "practice:set_up_confirm": Permission.MANAGE_PRACTICE,
    "practice:locations": Permission.MANAGE_PRACTICE,
    "practice:add_location": Permission.MANAGE_PRACTICE,
    "practice:location": Permission.MANAGE_PRACTICE,
    "practice:change_location": Permission.MANAGE_PRACTICE,
    "practice:add_room": Permission.MANAGE_PRACTICE,
    "practice:use_room": Permission.MANAGE_PRACTICE,
    "practice:door_hours": Permission.MANAGE_PRACTICE,
    "practice:register_workstation": Permission.MANAGE_PRACTICE,
    "practice:retire_workstation": Permission.MANAGE_PRACTICE,
    "loads:loads": Permission.IMPORT_RECORDS,
    "loads:load": Permission.IMPORT_RECORDS,
    "loads:columns": Permission.IMPORT_RECORDS,
    "loads:start": Permission.IMPORT_RECORDS,
    "loads:undo": Permission.IMPORT_RECORDS,
    "loads:rejects": Permission.IMPORT_RECORDS,
    "loads:answer": Permission.IMPORT_RECORDS,
    # billing
    "billing:fees": Permission.MANAGE_FEES,
    "billing:fee": Permission.MANAGE_FEES,
    "billing:set_up_payers": Permission.MANAGE_PAYERS,
    "billing:set_up_payer": Permission.MANAGE_PAYERS,
    "billing:set_up_clearinghouse": Permission.MANAGE_PAYERS,
    "billing:clearinghouse_password": Permission.MANAGE_PAYERS,
    "billing:join_payer": Permission.MANAGE_PAYERS,
    "billing:enrollment": Permission.MANAGE_PAYERS,
    "billing:enrollment_cell": Permission.MANAGE_PAYERS,
    # core
    "core:palette": Permission.SEE_OWN_ACCOUNT,
    "core:theme": ANYONE,
    "core:key_card": Permission.SEE_OWN_ACCOUNT,
    "core:letters": Permission.SEE_OWN_ACCOUNT,
    # audit
    "audit:report": Permission.SEE_AUDIT,
    "audit:report_csv": Permission.SEE_AUDIT,
    "audit:verify": Permission.SEE_AUDIT,
    "audit:verified": Permission.SEE_AUDIT,
    "audit:chart": Permission.SEE_AUDIT,
    # patients
    "patients:find": Permission.OPEN_CHARTS,
    "patients:register": Permission.REGISTER_PATIENTS,
    "patients:chart": Permission.OPEN_CHARTS,
    "patients:print": Permission.OPEN_CHARTS,
    "patients:photo": Permission.OPEN_CHARTS,
    "patients:photo_change": Permission.CORRECT_PATIENTS,
    "patients:photo_remove": Permission.CORRECT_PATIENTS,
    "patients:emergency_access": Permission.BREAK_GLASS,
    "patients:correct": Permission.CORRECT_PATIENTS,
    "patients:alert": Permission.SET_ALERTS,
    "patients:alert_end": Permission.SET_ALERTS,
    "patients:contact": Permission.CORRECT_PATIENTS,
    "patients:telecom": Permission.CORRECT_PATIENTS,
    "patients:address": Permission.CORRECT_PATIENTS,
    "patients:consent": Permission.CORRECT_PATIENTS,
    "patients:coverage": Permission.CORRECT_PATIENTS,
    "patients:coverage_correct": Permission.CORRECT_PATIENTS,
    "patients:coverage_end": Permission.CORRECT_PATIENTS,
    "patients:coverage_card": Permission.CORRECT_PATIENTS,
    "patients:card": Permission.OPEN_CHARTS,
    "patients:identifier": Permission.CORRECT_PATIENTS,
    "patients:identifier_end": Permission.CORRECT_PATIENTS,
    "patients:reveal": Permission.REVEAL_NUMBERS,
    "patients:death": Permission.RECORD_DEATH,
    "patients:death_undo": Permission.RECORD_DEATH,
    "patients:death_take_back": Permission.RECORD_DEATH,
    "patients:name": Permission.CORRECT_PATIENTS,
    "patients:name_end": Permission.CORRECT_PATIENTS,
    "patients:telecom_end": Permission.CORRECT_PATIENTS,
    "patients:address_end": Permission.CORRECT_PATIENTS,
    "patients:contact_end": Permission.CORRECT_PATIENTS,
    "patients:restriction": Permission.RESTRICT_CHARTS,
    "patients:restriction_lift": Permission.RESTRICT_CHARTS,
    "patients:reader": Permission.RESTRICT_CHARTS,
    "patients:reader_remove": Permission.RESTRICT_CHARTS,
    "patients:accesses": Permission.REVIEW_ACCESS,
    "patients:accesses_waiting": Permission.REVIEW_ACCESS,
    "patients:review_access": Permission.REVIEW_ACCESS,
    "patients:merge": Permission.MERGE_PATIENTS,
    "patients:merge_undo": Permission.MERGE_PATIENTS,
    # worklist
    "worklist:worklist": Permission.DO_WORK,
    "worklist:ask": Permission.DO_WORK,
    "worklist:ask_about": Permission.OPEN_CHARTS,
    "worklist:item": Permission.DO_WORK,
    "worklist:take": Permission.DO_WORK,
    "worklist:finish": Permission.DO_WORK,
    "worklist:reopen": Permission.DO_WORK,
    "worklist:hand_over": Permission.DO_WORK,
    "worklist:park": Permission.DO_WORK,
    "worklist:resume": Permission.DO_WORK,
    # scheduling
    "scheduling:day": Permission.SEE_SCHEDULE,
    "scheduling:week": Permission.SEE_SCHEDULE,
    "scheduling:book": Permission.BOOK_APPOINTMENTS,
    "scheduling:openings": Permission.SEE_SCHEDULE,
    "scheduling:visit": Permission.SEE_SCHEDULE,
    "scheduling:move": Permission.BOOK_APPOINTMENTS,
    "scheduling:resize": Permission.BOOK_APPOINTMENTS,
    "scheduling:cancel": Permission.BOOK_APPOINTMENTS,
    "scheduling:confirm": Permission.BOOK_APPOINTMENTS,
    "scheduling:room": Permission.ROOM_PATIENTS,
    "scheduling:start": Permission.ROOM_PATIENTS,
    "scheduling:finish": Permission.ROOM_PATIENTS,
    "scheduling:no_show": Permission.CHECK_IN,
    "scheduling:undo": Permission.SEE_SCHEDULE,
    "scheduling:told": Permission.BOOK_APPOINTMENTS,
    "scheduling:label": Permission.SEE_SCHEDULE,
    "scheduling:cancellations": Permission.SEE_SCHEDULE,
    "scheduling:cancellations_csv": Permission.SEE_SCHEDULE,
    "scheduling:hours": Permission.CLOSE_DAYS,
    "scheduling:plans_taken": Permission.MANAGE_PAYERS,
    "scheduling:plans_of": Permission.MANAGE_PAYERS,
    "scheduling:plan_taken": Permission.MANAGE_PAYERS,
    "scheduling:remove_plan_taken": Permission.MANAGE_PAYERS,
    "scheduling:holidays": Permission.CLOSE_DAYS,
    "scheduling:set_up_types": Permission.MANAGE_PRACTICE,
    "scheduling:begin_types": Permission.MANAGE_PRACTICE,
    "scheduling:set_up_type": Permission.MANAGE_PRACTICE,
    "scheduling:rehearsal": Permission.SEE_SET_UP,
    "scheduling:walk_in": Permission.CHECK_IN,
    "scheduling:check_in": Permission.CHECK_IN,
    "scheduling:check_in_visit": Permission.CHECK_IN,
    "scheduling:board": Permission.SEE_SCHEDULE,
    "scheduling:arriving": Permission.SEE_SCHEDULE,
    "scheduling:running": Permission.SEE_SCHEDULE,
    "scheduling:counts": Permission.SEE_SCHEDULE,
    "scheduling:visits_of_patient": Permission.SEE_SCHEDULE,
    # inbox
    "inbox:outbox": Permission.SEE_OUTBOX,
    "inbox:set_up_channels": Permission.MANAGE_PRACTICE,
    "inbox:set_up_channel": Permission.MANAGE_PRACTICE,
    "inbox:test_channel": Permission.MANAGE_PRACTICE,
    # upkeep
    "upkeep:machine": Permission.SEE_UPKEEP,
    "upkeep:backups": Permission.SEE_UPKEEP,
    # home
    "home:now": Permission.SEE_OWN_ACCOUNT,
    "home:failed_jobs": Permission.RUN_JOBS_AGAIN,
    "home:run_job_again": Permission.RUN_JOBS_AGAIN,
    "home:health": ANYONE,
}

#: What stands for a parameter of a path: a fixture of conftest.py, and how its row is written in the address.
SUBJECTS: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "patient_id": ("ana", lambda patient: str(patient.pk)),
    "appointment_id": ("visit_today", lambda visit: str(visit.pk)),
    "provider_id": ("dr_chen", lambda provider: str(provider.pk)),
    "location_id": ("main_street", lambda place: str(place.pk)),
    "member_id": ("rosa_member", lambda member: str(member.pk)),
    "item_id": ("task_for_all", lambda task: str(task.pk)),
    "load_id": ("table_that_came_in", lambda load: str(load.pk)),
    "row_id": ("main_street", lambda place: str(place.pk)),
    "name_id": ("main_street", lambda place: str(place.pk)),
    "telecom_id": ("main_street", lambda place: str(place.pk)),
    "address_id": ("main_street", lambda place: str(place.pk)),
    "contact_id": ("main_street", lambda place: str(place.pk)),
    "access_id": ("main_street", lambda place: str(place.pk)),
    "coverage_id": ("coverage_of_ana", lambda row: str(row.pk)),
    "line_id": ("plan_of_dr_chen", lambda row: str(row.pk)),
    "fee_id": ("price", lambda row: str(row.pk)),
    "payer_id": ("coverage_of_ana", lambda row: str(row.plan.payer_id)),
    "transaction": ("main_street", lambda place: "837P"),
    "identifier_id": ("number_of_ana", lambda row: str(row.pk)),
    "picture_id": ("main_street", lambda place: str(place.pk)),
    "alert_id": ("main_street", lambda place: str(place.pk)),
    "merge_id": ("main_street", lambda place: str(place.pk)),
    "parked_id": ("main_street", lambda place: str(place.pk)),
    "kind": ("main_street", lambda place: "email"),
    "card": ("main_street", lambda place: "locations"),
    "type_id": ("follow_up", lambda kind: str(kind.pk)),
    "job_id": ("ana", lambda patient: str(patient.pk)),
    "day": ("main_street", lambda place: "2026-11-23"),
    # A start link that opens nothing says so.
    "uidb36": ("main_street", lambda place: "abc"),
    "key": ("main_street", lambda place: "no-such-link"),
    # No such key of ours: the answer is "not found" to everyone who is signed in.
    "mfa_edit_webauthn pk": ("main_street", lambda place: "1"),
    "mfa_remove_webauthn pk": ("main_street", lambda place: "1"),
}

#: Views whose subject does not exist, or belongs to somebody else, in the walk: "not found" is the right answer there.
NOT_THERE = {
    "patients:photo",
    "patients:card",
    "patients:alert_end",
    "patients:merge_undo",
    "patients:name_end",
    "patients:telecom_end",
    "patients:address_end",
    "patients:contact_end",
    "patients:review_access",
    "worklist:resume",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
}
