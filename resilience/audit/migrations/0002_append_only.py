"""The database itself refuses to change or delete what the trail holds."""

from django.db import migrations

SQLITE = [
    "CREATE TRIGGER audit_refuses_update BEFORE UPDATE ON audit_auditevent "
    "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
    "CREATE TRIGGER audit_refuses_delete BEFORE DELETE ON audit_auditevent "
    "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
]
POSTGRESQL = [
    "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$",
    "CREATE TRIGGER audit_refuses_change BEFORE UPDATE OR DELETE ON audit_auditevent "
    "FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()",
    "CREATE TRIGGER audit_refuses_truncate BEFORE TRUNCATE ON audit_auditevent "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()",
]
UNDO = {
    "sqlite": ["DROP TRIGGER audit_refuses_update", "DROP TRIGGER audit_refuses_delete"],
    "postgresql": [
        "DROP TRIGGER audit_refuses_truncate ON audit_auditevent",
        "DROP TRIGGER audit_refuses_change ON audit_auditevent",
        "DROP FUNCTION audit_is_append_only()",
    ],
}


def forbid(apps: object, schema_editor: object) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def allow(apps: object, schema_editor: object) -> None:
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow)]
