"""What the database holds, held against what the server had acknowledged."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any
from uuid import UUID

import psycopg2

from .senders import Ledger

LOGS = "SELECT id, key FROM aftercare_dailylog"
PARTIAL = {
    "logs without advice": (
        "SELECT log.id FROM aftercare_dailylog log "
        "LEFT JOIN aftercare_advicegiven advice ON advice.log_id = log.id "
        "WHERE advice.id IS NULL"
    ),
    "logs without an audit row": (
        "SELECT log.id FROM aftercare_dailylog log "
        "LEFT JOIN aftercare_auditentry entry ON entry.object_id = log.id "
        "AND entry.verb IN ('log.submitted', 'log.corrected') "
        "WHERE entry.id IS NULL"
    ),
    "audit rows without a log": (
        "SELECT entry.id FROM aftercare_auditentry entry "
        "LEFT JOIN aftercare_dailylog log ON entry.object_id = log.id "
        "WHERE entry.verb = 'log.submitted' AND log.id IS NULL"
    ),
    "logs with two audit rows": (
        "SELECT object_id FROM aftercare_auditentry WHERE verb = 'log.submitted' "
        "GROUP BY object_id HAVING COUNT(*) > 1"
    ),
    "flags without evidence": (
        "SELECT flag.id FROM aftercare_flag flag "
        "LEFT JOIN aftercare_finding finding ON finding.flag_id = flag.id "
        "WHERE finding.id IS NULL"
    ),
    "logs stored twice from one form": (
        "SELECT log.id FROM aftercare_dailylog log "
        "WHERE log.conflicts_with_id IS NOT NULL"
    ),
}
FLAGGED = (
    "SELECT DISTINCT finding.log_id FROM aftercare_finding finding "
    "WHERE finding.flag_id IS NOT NULL AND finding.log_id IS NOT NULL"
)


def ask(database_url: str, sql: str) -> list[tuple[Any, ...]]:
    """Rows read from outside of the project, straight from the database."""
    if database_url.startswith("sqlite"):
        with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as base:
            return base.execute(sql).fetchall()
    with closing(psycopg2.connect(database_url)) as base, base.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def keys(database_url: str, sql: str) -> list[UUID]:
    """The first column as UUIDs, whichever way the database keeps them."""
    return [UUID(str(row[0])) for row in ask(database_url, sql)]


def logs(database_url: str) -> dict[UUID, UUID]:
    """Every log with its key."""
    return {UUID(str(log)): UUID(str(key)) for log, key in ask(database_url, LOGS)}


def mistakes(database_url: str, ledger: Ledger, before: dict[UUID, UUID]) -> list[str]:
    """What was lost, doubled or left half done; nothing, if the promise was kept."""
    sent = logs(database_url).keys() - before.keys()
    acknowledged = set(ledger.logs.values())
    flagged = set(keys(database_url, FLAGGED))
    counts = {
        "acknowledged logs that are lost": len(acknowledged - sent),
        "logs that are copies of others": len(sent - acknowledged),
        "logs that became another when sent again": len(ledger.changed),
        "logs with a sign that have no flag": len((ledger.sick & sent) - flagged),
    } | {
        what: len(set(keys(database_url, sql)) - before.keys())
        for what, sql in PARTIAL.items()
    }
    found = [f"{count} {what}" for what, count in counts.items() if count]
    return [*found, *damage(database_url)]


def damage(database_url: str) -> list[str]:
    """What SQLite finds wrong with its own file."""
    if not database_url.startswith("sqlite"):
        return []
    said = [row[0] for row in ask(database_url, "PRAGMA integrity_check")]
    return [] if said == ["ok"] else said
