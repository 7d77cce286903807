"""Whether what was promised for an open flag has been kept.

Reads the newest steps that `with_steps` put on the flag; a flag that was only just
raised has none.
"""

from __future__ import annotations

from datetime import datetime

from aftercare.models import Flag
from aftercare.warning_signs.vocabulary import Level


def is_settled(flag: Flag) -> bool:
    """Contact was made since it opened or rose: nothing is owed until new evidence."""
    return _since_raised(flag, "contacted_at")


def clock_stopped(flag: Flag) -> bool:
    """Whether a step has kept the promise of the flag's level."""
    acknowledged = _since_raised(flag, "acknowledged_at")
    if flag.level == Level.EMERGENCY:
        return acknowledged
    if flag.level == Level.URGENT:
        return acknowledged or is_settled(flag)
    return is_settled(flag)


def steps_on(flag: Flag) -> list[datetime]:
    """The moments of its newest acknowledgement and contact."""
    moments = (
        getattr(flag, name, None) for name in ("acknowledged_at", "contacted_at")
    )
    return [moment for moment in moments if moment is not None]


def _since_raised(flag: Flag, name: str) -> bool:
    moment = getattr(flag, name, None)
    return moment is not None and moment >= flag.raised_at
