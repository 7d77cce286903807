"""Whether what was promised for an open flag has been kept.

Reads the newest steps that `with_steps` put on the flag; a flag that was only just
raised has none.
"""

from __future__ import annotations

from datetime import datetime

from aftercare.models import Flag
from aftercare.warning_signs.vocabulary import Level


def is_settled(flag: Flag) -> bool:
    """Contact was made since it opened or rose: nothing is owed until new evidence.

    Where a clinical lead was asked for, contact after that.
    """
    contacted, escalated = _since_raised(flag, "contacted_at"), escalated_at(flag)
    if contacted is None:
        return False
    return escalated is None or contacted > escalated


def is_reached(flag: Flag) -> bool:
    """Somebody spoke with the patient since it opened, rose or was escalated.

    An attempt without an answer keeps what was promised, and is not the end of it.
    """
    reached = _since_raised(flag, "reached_at")
    return reached is not None and reached > (escalated_at(flag) or flag.raised_at)


def escalated_at(flag: Flag) -> datetime | None:
    """When it was last given to a clinical lead as it stands."""
    return _since_raised(flag, "escalated_at")


def clock_stopped(flag: Flag) -> bool:
    """Whether a step has kept the promise of the flag's level."""
    acknowledged = _since_raised(flag, "acknowledged_at") is not None
    contacted = _since_raised(flag, "contacted_at") is not None
    if flag.level == Level.EMERGENCY:
        return acknowledged
    if flag.level == Level.URGENT:
        return acknowledged or contacted
    return contacted


def steps_on(flag: Flag) -> list[datetime]:
    """The moments of its newest acknowledgement, contact and escalation."""
    names = ("acknowledged_at", "contacted_at", "escalated_at")
    moments = (getattr(flag, name, None) for name in names)
    return [moment for moment in moments if moment is not None]


def _since_raised(flag: Flag, name: str) -> datetime | None:
    moment: datetime | None = getattr(flag, name, None)
    return moment if moment is not None and moment >= flag.raised_at else None
