"""The names of everything anyone may do. Which role may do what is one page: staff/permissions.py."""

from enum import StrEnum


class Permission(StrEnum):
    # patients
    OPEN_CHARTS = "patients.open"
    REGISTER_PATIENTS = "patients.register"
    CORRECT_PATIENTS = "patients.correct"
    MERGE_PATIENTS = "patients.merge"
    SET_ALERTS = "patients.alert"
    RECORD_DEATH = "patients.death"
    BREAK_GLASS = "patients.break_glass"
    RESTRICT_CHARTS = "patients.restrict"
    REVEAL_NUMBERS = "patients.reveal"
    REVIEW_ACCESS = "patients.review_access"
    IMPORT_RECORDS = "records.import"
    # scheduling
    SEE_SCHEDULE = "scheduling.see"
    BOOK_APPOINTMENTS = "scheduling.book"
    DOUBLE_BOOK = "scheduling.double_book"
    CHECK_IN = "scheduling.check_in"
    ROOM_PATIENTS = "scheduling.room"
    CLOSE_DAYS = "scheduling.close"
    # billing
    MANAGE_PAYERS = "billing.payers"
    MANAGE_FEES = "billing.fees"
    # work
    DO_WORK = "worklist.do"
    ASSIGN_WORK = "worklist.assign"
    # the office itself
    MANAGE_STAFF = "staff.manage"
    MANAGE_PRACTICE = "practice.manage"
    SEE_SET_UP = "practice.set_up"
    SEE_AUDIT = "audit.see"
    SEE_UPKEEP = "upkeep.see"
    KEEP_BACKUPS = "upkeep.keep"
    RUN_JOBS_AGAIN = "core.run_jobs_again"
    PREPARE_MESSAGES = "inbox.prepare"
    SEE_OUTBOX = "inbox.see_outbox"
    SEE_OWN_ACCOUNT = "staff.own_account"
    LOAD_DEMO = "home.load_demo"
