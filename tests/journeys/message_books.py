"""Whether everybody who had to be told was told, held against what reached the mail server."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from .books import ask, keys
from .postroom import Postroom

URGENT = 3

SENT = "SELECT id FROM aftercare_outgoingmessage WHERE sent_at IS NOT NULL"
WAITING = (
    "SELECT id FROM aftercare_outgoingmessage "
    "WHERE sent_at IS NULL AND gave_up_at IS NULL"
)
TOLD_OF = (
    "SELECT flag.treatment_id, telling.staff_id FROM aftercare_telling telling "
    "JOIN aftercare_flag flag ON flag.id = telling.flag_id "
    "WHERE telling.staff_id IS NOT NULL"
)
UNTOLD = (
    "SELECT flag.id FROM aftercare_flag flag "
    f"WHERE flag.level >= {URGENT} AND NOT EXISTS (SELECT 1 "
    "FROM aftercare_telling telling WHERE telling.flag_id = flag.id "
    "AND telling.raised_at = flag.raised_at AND telling.staff_id IS NOT NULL)"
)
STAFF_MAIL = (
    "SELECT once, staff_id FROM aftercare_outgoingmessage WHERE kind = 'staff_urgent'"
)
LOGGED = "SELECT DISTINCT treatment_id FROM aftercare_dailylog"
TOLD_WITHOUT_LOG = (
    "SELECT telling.id FROM aftercare_telling telling WHERE NOT EXISTS (SELECT 1 "
    "FROM aftercare_finding finding JOIN aftercare_dailylog log "
    "ON log.id = finding.log_id WHERE finding.flag_id = telling.flag_id)"
)


def nothing_owed(database_url: str) -> bool:
    """Whether nobody waits to be told, and nothing waits to be sent."""
    return not (ask(database_url, UNTOLD) or ask(database_url, WAITING))


def message_mistakes(database_url: str, room: Postroom) -> list[str]:
    """What was not told, told of nothing, or did not arrive; after the last drain."""
    sent, arrived = set(keys(database_url, SENT)), room.arrived()
    told = pairs(ask(database_url, TOLD_OF))
    mailed = pairs(
        (once.split(":")[1], staff) for once, staff in ask(database_url, STAFF_MAIL)
    )
    logged = set(keys(database_url, LOGGED))
    doubles = sum(arrived.values()) - len(arrived)
    counts = {
        "urgent flags without anybody told": len(ask(database_url, UNTOLD)),
        "people told without a message": len(told - mailed),
        "messages about nothing": len(mailed - told),
        "messages without a log": len({one for one, _ in mailed} - logged)
        + len(ask(database_url, TOLD_WITHOUT_LOG)),
        "messages that were never sent": len(ask(database_url, WAITING)),
        "sent messages that never arrived": len(sent - {UUID(key) for key in arrived}),
        "messages more than once beyond one a kill": max(0, doubles - room.kills),
    }
    return [f"{count} {what}" for what, count in counts.items() if count]


def pairs(rows: Iterable[tuple[object, object]]) -> set[tuple[UUID, UUID]]:
    """Treatment and member of staff, whichever way they were written."""
    return {(UUID(str(one)), UUID(str(two))) for one, two in rows}
