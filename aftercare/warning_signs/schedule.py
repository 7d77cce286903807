"""What the record and the clock raise: UNSTERILE, MISSED and NO-LOGS, pure.

Days are whole calendar days from the treatment in the clinic's zone. A *noon* is
SCHEDULED_HOUR on such a day; callers hand over only what had happened before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .facts import Procedure
from .findings import Result
from .parameters import DEFAULTS, Parameters
from .recovery_class import is_high_risk
from .treatment_words import Sterility
from .vocabulary import Level


@dataclass(frozen=True, slots=True)
class Produced:
    """A result that a log submitted on a day brought, new or higher than before.

    Flags that were closed as sent by mistake are left out by the caller.
    """

    submitted_on_day: int
    level: Level


def unsterile(
    procedure: Procedure, record_day: int, parameters: Parameters = DEFAULTS
) -> Result | None:
    """Raised on the day on which unsterile equipment was first saved in the record."""
    if procedure.sterile_single_use is not Sterility.FALSE:
        return None
    early = record_day <= parameters.unsterile_urgent_until
    level = Level.URGENT if early else Level.PROMPT
    reason = (
        "The treatment record says that the equipment was not sterile and single-use, "
        f"saved on day {record_day}."
    )
    return Result("UNSTERILE", "UNSTERILE", level, reason)


def missed_due(
    noon: int,
    produced: Iterable[Produced],
    submitted_on_days: Iterable[int],
    parameters: Parameters = DEFAULTS,
) -> Result | None:
    """No log after a flag: what is due at a noon, one at the highest level.

    `submitted_on_days` are those of every log and correction that was not refused,
    retracted later or not: it was a sign of life all the same. A retraction is no log.
    """
    flagged_on = noon - parameters.missed_days
    levels = [
        item.level
        for item in produced
        if item.submitted_on_day == flagged_on and item.level >= Level.PROMPT
    ]
    if not levels or any(day > flagged_on for day in submitted_on_days):
        return None
    reason = f"No log since the warning sign of day {flagged_on}, seen at noon on day {noon}."
    return Result("MISSED", "MISSED", min(max(levels), Level.URGENT), reason)


def no_logs_due(
    noon: int,
    procedure: Procedure,
    record_day: int,
    *,
    has_post_log: bool,
    parameters: Parameters = DEFAULTS,
) -> Result | None:
    """No log at all: what is due at a noon.

    `has_post_log`: a log for a day after the treatment had been submitted before this
    noon and not been retracted.
    """
    if noon != parameters.no_logs_day or record_day > noon or has_post_log:
        return None
    level = Level.PROMPT if is_high_risk(procedure) else Level.WATCH
    return Result("NO-LOGS", "NO-LOGS", level, f"No log at all by noon on day {noon}.")
