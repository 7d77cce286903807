"""The audit only grows: what both databases need to refuse a change or a removal."""

from __future__ import annotations

from .audit_tables import ENTRY

SQLITE_ON = tuple(
    f"CREATE TRIGGER audit_no_{verb} BEFORE {verb} ON {ENTRY} "
    "BEGIN SELECT RAISE(ABORT, 'audit entries are only ever added'); END"
    for verb in ("update", "delete")
)
SQLITE_OFF = ("DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete")

POSTGRES_ON = (
    "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'audit entries are only ever added' "
    "USING ERRCODE = 'integrity_constraint_violation'; END $$",
    f"CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON {ENTRY} "
    "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    f"CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {ENTRY} "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
)
POSTGRES_OFF = (
    f"DROP TRIGGER audit_no_change ON {ENTRY}",
    f"DROP TRIGGER audit_no_truncate ON {ENTRY}",
)

TRIGGERS = {
    "sqlite": (SQLITE_ON, SQLITE_OFF),
    "postgresql": (POSTGRES_ON, POSTGRES_OFF),
}
