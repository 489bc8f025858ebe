"""The databases themselves refuse to change or remove what was recorded."""

from django.db import migrations

from office.core.migration_operations import postgres_only, sqlite_only

TABLES = ("audit_entry", "audit_subject", "audit_seal", "audit_checkpoint")


def _for_each(*templates: str) -> list[str]:
    return [template.format(table=table) for table in TABLES for template in templates]


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_seals")]
    operations = [
        sqlite_only(
            *_for_each(
                "CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END",
                "CREATE TRIGGER {table}_never_shrinks BEFORE DELETE ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END",
            ),
            undo=tuple(_for_each("DROP TRIGGER {table}_never_changes", "DROP TRIGGER {table}_never_shrinks")),
        ),
        postgres_only(
            "CREATE FUNCTION audit_never_changes() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit trail is never changed'; END $$",
            *_for_each(
                "CREATE TRIGGER {table}_never_changes BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION audit_never_changes()",
                "CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION audit_never_changes()",
            ),
            undo=(
                *_for_each(
                    "DROP TRIGGER {table}_never_changes ON {table}", "DROP TRIGGER {table}_never_emptied ON {table}"
                ),
                "DROP FUNCTION audit_never_changes()",
            ),
        ),
    ]
