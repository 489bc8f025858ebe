"""Which role may do what. One page: read a column down to know a role, a line across to know a permission.

A person may hold several roles, each everywhere or at one location; what any of them may do there, the person may do.
"""

from enum import StrEnum

from office.core.permissions import Permission


class RoleName(StrEnum):
    FRONT_DESK = "front_desk"
    MEDICAL_ASSISTANT = "medical_assistant"
    NURSE = "nurse"
    CLINICIAN = "clinician"
    BILLER = "biller"
    SUPERVISOR = "supervisor"
    PRIVACY_OFFICER = "privacy_officer"
    ADMINISTRATOR = "administrator"


ROLE_LABELS = {
    RoleName.FRONT_DESK: "Front desk (medical office assistant)",
    RoleName.MEDICAL_ASSISTANT: "Medical assistant",
    RoleName.NURSE: "Nurse",
    RoleName.CLINICIAN: "Clinician",
    RoleName.BILLER: "Biller",
    RoleName.SUPERVISOR: "Supervisor",
    RoleName.PRIVACY_OFFICER: "Privacy officer",
    RoleName.ADMINISTRATOR: "Administrator",
}

_EVERYONE = {Permission.SEE_OWN_ACCOUNT, Permission.DO_WORK}
_CARE = _EVERYONE | {Permission.OPEN_CHARTS, Permission.BREAK_GLASS, Permission.SEE_SCHEDULE, Permission.SET_ALERTS}
_DESK = _CARE | {
    Permission.REGISTER_PATIENTS,
    Permission.CORRECT_PATIENTS,
    Permission.BOOK_APPOINTMENTS,
    Permission.CHECK_IN,
}

MAY: dict[RoleName, frozenset[Permission]] = {
    RoleName.FRONT_DESK: frozenset(_DESK | {Permission.ROOM_PATIENTS, Permission.RECORD_DEATH, Permission.SEE_OUTBOX}),
    RoleName.MEDICAL_ASSISTANT: frozenset(_DESK | {Permission.ROOM_PATIENTS}),
    RoleName.NURSE: frozenset(_DESK | {Permission.ROOM_PATIENTS, Permission.DOUBLE_BOOK, Permission.RECORD_DEATH}),
    RoleName.CLINICIAN: frozenset(
        _DESK | {Permission.ROOM_PATIENTS, Permission.DOUBLE_BOOK, Permission.RECORD_DEATH, Permission.ASSIGN_WORK}
    ),
    RoleName.BILLER: frozenset(
        _CARE
        | {
            Permission.CORRECT_PATIENTS,
            Permission.REVEAL_NUMBERS,
            Permission.ASSIGN_WORK,
            Permission.MANAGE_PAYERS,
            Permission.MANAGE_FEES,
            Permission.SEE_SET_UP,
        }
    ),
    RoleName.SUPERVISOR: frozenset(
        _DESK
        | {
            Permission.ROOM_PATIENTS,
            Permission.DOUBLE_BOOK,
            Permission.RECORD_DEATH,
            Permission.MERGE_PATIENTS,
            Permission.REVEAL_NUMBERS,
            Permission.ASSIGN_WORK,
            Permission.CLOSE_DAYS,
            Permission.SEE_OUTBOX,
            Permission.SEE_UPKEEP,
            Permission.RUN_JOBS_AGAIN,
            Permission.SEE_SET_UP,
        }
    ),
    RoleName.PRIVACY_OFFICER: frozenset(
        _EVERYONE
        | {
            Permission.OPEN_CHARTS,
            Permission.BREAK_GLASS,
            Permission.RESTRICT_CHARTS,
            Permission.REVEAL_NUMBERS,
            Permission.REVIEW_ACCESS,
            Permission.SEE_AUDIT,
            Permission.MERGE_PATIENTS,
        }
    ),
    # Runs the office's program, not its patients: no chart, no schedule.
    RoleName.ADMINISTRATOR: frozenset(
        _EVERYONE
        | {
            Permission.MANAGE_STAFF,
            Permission.MANAGE_PRACTICE,
            Permission.MANAGE_PAYERS,
            Permission.MANAGE_FEES,
            Permission.SEE_SET_UP,
            Permission.CLOSE_DAYS,
            Permission.RUN_JOBS_AGAIN,
            Permission.SEE_UPKEEP,
            Permission.SEE_OUTBOX,
            Permission.IMPORT_RECORDS,
        }
    ),
}
