"""What `manage.py check --deploy` finds wrong before anyone is looked after for real."""

from __future__ import annotations

import sqlite3
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from aftercare.databases import wal_is_safe
from aftercare.second_wall.building import gaps
from aftercare.warning_signs.protocol import PROTOCOL


@register(Tags.security, deploy=True)
def a_clinician_has_signed_the_protocol(**_: Any) -> list[CheckMessage]:
    if PROTOCOL.is_signed:
        return []
    return [
        Error(
            f"No clinician has signed the protocol {PROTOCOL.id}.",
            hint="Its numbers are proposals. A clinician who is answerable for them "
            "reviews docs/warning-signs.md, and is then named in "
            "aftercare/warning_signs/protocol.py.",
            id="aftercare.E001",
        )
    ]


@register(Tags.security, deploy=True)
def sqlite_is_a_choice(**_: Any) -> list[CheckMessage]:
    if not settings.USES_SQLITE or settings.ALLOW_SQLITE:
        return []
    return [
        Error(
            "SQLite is for the demo and the first run.",
            hint="Set DATABASE_URL=postgres://…, or ALLOW_SQLITE=1 if you know why.",
            id="aftercare.E002",
        )
    ]


@register(Tags.security, deploy=True)
def the_demo_is_off(**_: Any) -> list[CheckMessage]:
    if not settings.DEMO:
        return []
    return [
        Error(
            "DEMO=1 lets anyone sign in as anyone.",
            hint="Unset DEMO.",
            id="aftercare.E003",
        )
    ]


@register(Tags.security)
def only_postgresql_has_a_second_wall(**_: Any) -> list[CheckMessage]:
    if not (settings.ROW_LEVEL_SECURITY and settings.USES_SQLITE):
        return []
    return [
        Error(
            "ROW_LEVEL_SECURITY=1 needs PostgreSQL.",
            hint="Unset ROW_LEVEL_SECURITY, or set DATABASE_URL=postgres://….",
            id="aftercare.E004",
        )
    ]


@register(Tags.database, deploy=True)
def the_second_wall_stands(*, databases: Any = None, **_: Any) -> list[CheckMessage]:
    """Asks the database, and so only when told which: `check --database default`."""
    if not settings.ROW_LEVEL_SECURITY or settings.USES_SQLITE:
        return []
    found = [gap for alias in databases or () for gap in gaps(connections[alias])]
    if not found:
        return []
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return [
        Error(
            "ROW_LEVEL_SECURITY=1, but the second wall does not stand: "
            f"{found[0]}{more}.",
            hint="Run manage.py migrate; docs/operations.md says what it needs.",
            id="aftercare.E005",
        )
    ]


@register(deploy=True)
def messages_leave(**_: Any) -> list[CheckMessage]:
    if not settings.MESSAGE_FOLDER:
        return []
    return [
        Error(
            "Messages become files in a folder, and none is sent.",
            hint="Unset MESSAGE_FOLDER, and set EMAIL_HOST.",
            id="aftercare.E006",
        )
    ]


@register(Tags.database, deploy=True)
def sqlite_keeps_what_it_was_given(**_: Any) -> list[CheckMessage]:
    if not settings.USES_SQLITE or wal_is_safe():
        return []
    return [
        checks.Warning(
            f"SQLite {sqlite3.sqlite_version} can lose committed pages in write-ahead "
            "mode, so the slower rollback journal is in use.",
            hint="Use SQLite 3.51.3 or newer, or PostgreSQL.",
            id="aftercare.W001",
        )
    ]
