"""The chain over a clinic's audit, made by the database: no query of ours can forget it.

An entry that is added gets the next number of its clinic and a seal over itself and the
seal before it; `aftercare/audit_chain` says what is sealed. What is made here is made
nowhere else: seals cannot be added by hand, changed or removed, and the head of a chain
only moves on by one.

On PostgreSQL the seal is made when the transaction commits. The head of the chain is thus
the last lock a transaction takes, whatever it does, and is held no longer than the commit.
SQLite has one writer at a time anyway.

A later column of an entry needs triggers of its own in its own migration: see the decision
on the audit's chain.
"""

from __future__ import annotations

from aftercare.audit_chain import COLUMNS

from .audit_tables import ENTRY, HEAD, SEAL

KEYS = ("id", "clinic_id", "login_id", "staff_id", "patient_id", "object_id")
REFUSED = "the seals of the audit are made by the database alone"


def piece(text: str) -> str:
    """One column as it is sealed: its length and itself, or `-` for none."""
    return f"coalesce(length({text}) || ':' || {text}, '-')"


def sealed_text(moment: str, key: str) -> str:
    """Every column of the new row as one text, in the words of one database."""
    texts = {name: key.format(f"NEW.{name}") for name in KEYS} | {"at": moment}
    return " || ".join(piece(texts.get(name, f"NEW.{name}")) for name in COLUMNS)


# --- SQLite -----------------------------------------------------------------------------

# Kept as "2026-06-01 08:00:00", with ".123456" unless that is zero.
SQLITE_MOMENT = "replace(substr(NEW.at || '.000000', 1, 26), ' ', 'T') || 'Z'"
SQLITE_TEXT = sealed_text(SQLITE_MOMENT, "{}")

SQLITE_SEAL = (
    f"CREATE TRIGGER audit_seal AFTER INSERT ON {ENTRY} BEGIN "
    f"INSERT INTO {HEAD} (clinic_id, number, digest) SELECT NEW.clinic_id, 0, '' "
    f"WHERE NOT EXISTS (SELECT 1 FROM {HEAD} WHERE clinic_id = NEW.clinic_id); "
    f"INSERT INTO {SEAL} (entry_id, clinic_id, number, digest) "
    "SELECT NEW.id, NEW.clinic_id, number + 1, "
    f"SHA256(digest || '|' || (number + 1) || '|' || {SQLITE_TEXT}) "
    f"FROM {HEAD} WHERE clinic_id = NEW.clinic_id; "
    f"UPDATE {HEAD} SET number = number + 1, digest = "
    f"(SELECT digest FROM {SEAL} WHERE entry_id = NEW.id) "
    "WHERE clinic_id = NEW.clinic_id; END"
)


def sqlite_refusal(name: str, event: str, table: str, when: str = "") -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when and f'WHEN {when} '}"
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    )


SQLITE_REFUSALS = {
    "audit_seal_no_update": ("UPDATE", SEAL, ""),
    "audit_seal_no_delete": ("DELETE", SEAL, ""),
    # Only for an entry that is there, and only as the next one.
    "audit_seal_no_insert": (
        "INSERT",
        SEAL,
        f"NOT EXISTS (SELECT 1 FROM {HEAD} WHERE clinic_id = NEW.clinic_id "
        f"AND number + 1 = NEW.number) OR NOT EXISTS (SELECT 1 FROM {ENTRY} "
        "WHERE id = NEW.entry_id AND clinic_id = NEW.clinic_id)",
    ),
    "audit_head_no_delete": ("DELETE", HEAD, ""),
    "audit_head_no_insert": ("INSERT", HEAD, "NEW.number <> 0 OR NEW.digest <> ''"),
    # Only on to the next seal.
    "audit_head_no_update": (
        "UPDATE",
        HEAD,
        "NEW.clinic_id IS NOT OLD.clinic_id OR NEW.number IS NOT OLD.number + 1 "
        f"OR NOT EXISTS (SELECT 1 FROM {SEAL} WHERE clinic_id = NEW.clinic_id "
        "AND number = NEW.number AND digest = NEW.digest)",
    ),
}

SQLITE_ON = (
    SQLITE_SEAL,
    *(sqlite_refusal(name, *rest) for name, rest in SQLITE_REFUSALS.items()),
)
SQLITE_OFF = tuple(f"DROP TRIGGER {name}" for name in ("audit_seal", *SQLITE_REFUSALS))

# --- PostgreSQL -------------------------------------------------------------------------

POSTGRES_MOMENT = (
    """to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
)
POSTGRES_TEXT = sealed_text(POSTGRES_MOMENT, "replace({}::text, '-', '')")


def postgres_digest(before: str, number: str) -> str:
    text = f"{before} || '|' || {number} || '|' || said"
    return f"encode(sha256(convert_to({text}, 'UTF8')), 'hex')"


POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_seal() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER AS $$
DECLARE
    said text := {POSTGRES_TEXT};
    sealed_number bigint;
    sealed_digest text;
BEGIN
    INSERT INTO {HEAD} AS head (clinic_id, number, digest)
    VALUES (NEW.clinic_id, 1, {postgres_digest("''", "1")})
    ON CONFLICT (clinic_id) DO UPDATE SET
        number = head.number + 1,
        digest = {postgres_digest("head.digest", "(head.number + 1)")}
    RETURNING number, digest INTO sealed_number, sealed_digest;
    INSERT INTO {SEAL} (entry_id, clinic_id, number, digest)
    VALUES (NEW.id, NEW.clinic_id, sealed_number, sealed_digest);
    RETURN NULL;
END $$
"""

# It writes with its owner's rights, so the tables it names must be found in their own
# schema and nowhere before it.
POSTGRES_SCHEMA = """
DO $$ BEGIN EXECUTE format(
    'ALTER FUNCTION audit_seal() SET search_path = %I, pg_temp', current_schema()
); END $$
"""

POSTGRES_REFUSE = (
    "CREATE OR REPLACE FUNCTION audit_seal_refuse() RETURNS trigger LANGUAGE plpgsql "
    f"AS $$ BEGIN RAISE EXCEPTION '{REFUSED}' "
    "USING ERRCODE = 'integrity_constraint_violation'; END $$"
)

# What `audit_seal` itself writes comes from within a trigger.
BY_HAND = "pg_trigger_depth() < 1"
BACKWARDS = (
    "NEW.number IS DISTINCT FROM OLD.number + 1 "
    "OR NEW.clinic_id IS DISTINCT FROM OLD.clinic_id"
)


def postgres_refusal(name: str, event: str, table: str, when: str = "") -> str:
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} "
        f"{when and f'WHEN ({when}) '}EXECUTE FUNCTION audit_seal_refuse()"
    )


POSTGRES_REFUSALS = {
    "audit_seal_no_change": ("UPDATE OR DELETE", SEAL, ""),
    "audit_seal_no_truncate": ("TRUNCATE", SEAL, ""),
    "audit_seal_no_insert": ("INSERT", SEAL, BY_HAND),
    "audit_head_no_delete": ("DELETE", HEAD, ""),
    "audit_head_no_truncate": ("TRUNCATE", HEAD, ""),
    "audit_head_no_insert": ("INSERT", HEAD, BY_HAND),
    "audit_head_no_update": ("UPDATE", HEAD, f"{BY_HAND} OR {BACKWARDS}"),
}

POSTGRES_ON = (
    POSTGRES_FUNCTION,
    POSTGRES_SCHEMA,
    f"CREATE CONSTRAINT TRIGGER audit_seal AFTER INSERT ON {ENTRY} "
    "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_seal()",
    POSTGRES_REFUSE,
    *(postgres_refusal(name, *rest) for name, rest in POSTGRES_REFUSALS.items()),
)
POSTGRES_OFF = (
    f"DROP TRIGGER audit_seal ON {ENTRY}",
    *(f"DROP TRIGGER {name} ON {rest[1]}" for name, rest in POSTGRES_REFUSALS.items()),
)

TRIGGERS = {
    "sqlite": (SQLITE_ON, SQLITE_OFF),
    "postgresql": (POSTGRES_ON, POSTGRES_OFF),
}
