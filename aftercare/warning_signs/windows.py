"""Until which day each usual effect may last, by recovery class (specification 4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from .limits import Looser, NumberLimit
from .treatment_words import RecoveryClass


def window(meaning: str, *, locked: bool = False) -> int:
    """A dataclass field for a day of one recovery class; later is always looser."""
    limit = NumberLimit(meaning, Decimal(0), Decimal(60), Looser.HIGHER, locked=locked)
    value: int = field(metadata={"limit": limit})
    return value


@dataclass(frozen=True, slots=True)
class Window:
    """The windows of one recovery class, in days after the treatment."""

    red_severe_until: int = window("last day on which severe redness is expected")
    red_mod_until: int = window("last day on which moderate redness is expected")
    red_mild_until: int = window("last day on which mild redness is expected")
    swell_severe_until: int = window(
        "last day on which severe swelling is expected", locked=True
    )
    swell_mod_until: int = window(
        "last day on which moderate swelling is expected", locked=True
    )
    swell_mild_until: int = window(
        "last day on which mild swelling is expected", locked=True
    )
    pain_mod_until: int = window(
        "last day on which moderate pain is expected", locked=True
    )
    pain_mild_until: int = window(
        "last day on which mild pain is expected", locked=True
    )
    itch_late_day: int = window("first day on which moderate itch is late")
    peel_day: int = window("first day on which severe peeling is late")


# One row a parameter; columns: LIGHT, STANDARD, DEEP, RF.
SHIPPED_WINDOWS = {
    "red_severe_until": (1, 2, 3, 3),
    "red_mod_until": (3, 4, 6, 6),
    "red_mild_until": (7, 10, 14, 14),
    "swell_severe_until": (0, 1, 2, 2),
    "swell_mod_until": (1, 3, 4, 4),
    "swell_mild_until": (3, 5, 7, 7),
    "pain_mod_until": (1, 2, 3, 3),
    "pain_mild_until": (3, 5, 7, 7),
    "itch_late_day": (7, 7, 10, 10),
    "peel_day": (8, 8, 11, 11),
}


def shipped_window(recovery_class: RecoveryClass) -> Window:
    """The window that ships with the project."""
    column = recovery_class.rank
    return Window(**{name: row[column] for name, row in SHIPPED_WINDOWS.items()})
