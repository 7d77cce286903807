"""Makes the database hold requests to their clinic, as planned, and says where it does not.

The owner of the tables passes: migrations, commands, the worker, and a sign-in before
anybody is known. Policies are for the role that a request becomes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.core.management import CommandError
from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from . import ROLE
from .plan import Policy, Table, planned

# Two databases of one server may be set up at once: whoever comes second finds it done.
MAKE_ROLE = f"""
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN
        CREATE ROLE {ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS;
    END IF;
    IF NOT pg_has_role(current_user, '{ROLE}', 'MEMBER') THEN
        GRANT {ROLE} TO CURRENT_USER;
    END IF;
    IF NOT has_schema_privilege('{ROLE}', current_schema(), 'USAGE') THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO {ROLE}', current_schema());
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""

# What each table of the schema allows now. A policy's comment says what it was made as.
FOUND = f"""
SELECT c.relname, c.relrowsecurity, pg_has_role(current_user, c.relowner, 'USAGE'),
    ARRAY(SELECT p.polname || ' ' || coalesce(obj_description(p.oid), '')
          FROM pg_policy p WHERE p.polrelid = c.oid),
    ARRAY(SELECT one FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE',
                                       'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS one
          WHERE has_table_privilege('{ROLE}', c.oid, one))
FROM pg_class c
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v')
"""


class NotBuilt(CommandError):
    """The wall could not be made to stand, in one sentence."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table as it is."""

    held: bool
    ours: bool
    policies: frozenset[str]
    rights: frozenset[str]


def erect(connection: BaseDatabaseWrapper) -> None:
    """Makes role, rights and policies; leaves alone what is as it should be.

    Raises `NotBuilt` where the connecting role may not make them.
    """
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            if _missing_role(connection):
                cursor.execute(MAKE_ROLE)
            plans = {table.name: table for table in planned()}
            for name, found in sorted(_found(connection).items()):
                plan = plans.get(name, Table(name, frozenset(), ()))
                if list(_unlike(plan, found)):
                    cursor.execute(";".join(_statements(plan, found)))
    except DatabaseError as error:
        whom = connection.settings_dict["USER"] or "…"
        raise NotBuilt(
            f"The second wall could not be built: {str(error).splitlines()[0]}; have a "
            f"superuser run: CREATE ROLE {ROLE} NOLOGIN; GRANT {ROLE} TO {whom};"
        ) from error


def gaps(connection: BaseDatabaseWrapper) -> list[str]:
    """Where the wall does not stand, in sentences; none when it holds."""
    if missing := _missing_role(connection):
        return [missing]
    tables = _found(connection)
    plans = {table.name: table for table in planned()}
    absent = [f"{name}: there is no such table" for name in plans if name not in tables]
    return absent + [
        f"{name}: {gap}"
        for name, found in sorted(tables.items())
        for gap in _unlike(plans.get(name, Table(name, frozenset(), ())), found)
    ]


def _missing_role(connection: BaseDatabaseWrapper) -> str:
    """What keeps the connecting role from becoming the role of requests."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR rolcanlogin,"
            " pg_has_role(current_user, oid, 'MEMBER'),"
            " has_schema_privilege(oid, current_schema(), 'USAGE')"
            " FROM pg_roles WHERE rolname = %s",
            [ROLE],
        )
        found = cursor.fetchone()
    if found is None:
        return f"there is no role {ROLE}"
    can_too_much, may_become, sees_tables = found
    if can_too_much:
        return f"the role {ROLE} can sign in or passes policies"
    if not sees_tables:
        return f"the role {ROLE} may not use the schema of the tables"
    return "" if may_become else f"the connecting role is no member of {ROLE}"


def _found(connection: BaseDatabaseWrapper) -> dict[str, Found]:
    with connection.cursor() as cursor:
        cursor.execute(FOUND)
        return {
            name: Found(held, ours, frozenset(policies), frozenset(rights))
            for name, held, ours, policies, rights in cursor.fetchall()
        }


def _unlike(plan: Table, found: Found) -> Iterator[str]:
    """How a table differs from its plan."""
    if found.rights != plan.rights:
        more, less = found.rights - plan.rights, plan.rights - found.rights
        yield f"a request may {sorted(more)} too much and {sorted(less)} too little"
    if plan.policies:
        if not found.held:
            yield "row-level security is off"
        if found.policies != {_signed(policy) for policy in plan.policies}:
            yield "its policies are not ours"
        if not found.ours:
            yield "the connecting role does not own it"


def _statements(plan: Table, found: Found) -> Iterator[str]:
    """What makes a table like its plan."""
    yield f"REVOKE ALL ON {plan.name} FROM {ROLE}"
    if plan.rights:
        yield f"GRANT {', '.join(sorted(plan.rights))} ON {plan.name} TO {ROLE}"
    for name in {signed.split()[0] for signed in found.policies}:
        yield f"DROP POLICY {name} ON {plan.name}"
    if plan.policies:
        yield f"ALTER TABLE {plan.name} ENABLE ROW LEVEL SECURITY"
    for policy in plan.policies:
        made = f"{policy.name} ON {plan.name}"
        yield f"CREATE POLICY {made} {policy.words()}"
        yield f"COMMENT ON POLICY {made} IS '{_signed(policy).split()[1]}'"


def _signed(policy: Policy) -> str:
    """A policy by its name and a digest of its words, as kept in its comment."""
    return f"{policy.name} {sha256(policy.words().encode()).hexdigest()[:32]}"
