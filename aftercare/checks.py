"""What `manage.py check --deploy` finds wrong before anyone is looked after for real."""

from __future__ import annotations

import sqlite3
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register

from aftercare.databases import wal_is_safe
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
