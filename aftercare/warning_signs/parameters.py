"""Every number and word list behind the rules, named as in the specification.

In papers and files a parameter's name is upper case (`FEVER_LOW`); as an attribute it
is lower case. An answer's own word ("moderate", "pus") is no number and no parameter.
All values are proposals until a clinician has signed them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from decimal import Decimal

from .limits import Limit, Looser, days, degrees, phrases
from .treatment_words import RecoveryClass
from .windows import Window, shipped_window
from .words_of_danger import NEGATIONS, PROMPT_PHRASES, URGENT_PHRASES

HIGHER, LOWER = Looser.HIGHER, Looser.LOWER


class ParameterError(ValueError):
    """A parameter set that cannot be used; the message names each parameter."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """One complete, valid set of parameters. Raises `ParameterError` otherwise."""

    light: Window = field(default=shipped_window(RecoveryClass.LIGHT))
    standard: Window = field(default=shipped_window(RecoveryClass.STANDARD))
    deep: Window = field(default=shipped_window(RecoveryClass.DEEP))
    rf: Window = field(default=shipped_window(RecoveryClass.RF))

    # Fever
    fever: Decimal = degrees(  # noqa: RUF009 - a field, made once
        "38.0", "37.0", "40.0", HIGHER, "from here a reading is a fever", locked=True
    )
    fever_low: Decimal = degrees(  # noqa: RUF009 - a field, made once
        "37.8", "36.5", "40.0", HIGHER, "from here it is slightly raised", locked=True
    )
    temp_low: Decimal = degrees(  # noqa: RUF009 - a field, made once
        "35.5", "33.0", "36.5", LOWER, "up to here it is low", locked=False
    )
    antipyretic_window_h: int = days(
        8,
        "hours for which a medicine may hide a fever",
        looser=LOWER,
        low=1,
        high=24,
        locked=True,
    )

    # Pain, 0 to 10
    pain_severe: int = days(7, "from here pain is severe", low=1, high=10, locked=True)
    pain_moderate: int = days(
        4, "pain beside a swollen gland", low=1, high=10, locked=True
    )
    pain_persist_min: int = days(
        4, "pain that may not stay", low=1, high=10, locked=True
    )
    pain_rise: int = days(2, "points by which pain has risen", low=1, high=10)
    pain_rise_min: int = days(4, "pain that has risen to this", high=10)
    pain_rise_min_high_risk: int = days(3, "the same at HIGH_RISK", high=10)
    pain_rise_day: int = days(2, "first day on which pain may not rise")
    pain_rise_from: int = days(1, "first day of the pain it is compared with")
    pain_linger_min: int = days(
        2, "low pain that may not linger", low=1, high=10, locked=True
    )
    pain_linger_days: int = days(
        3, "logged days in a row of low pain", low=1, high=14, locked=True
    )

    # Days in a row
    consec_gap_days: int = days(
        2,
        "largest gap between days in a row",
        looser=LOWER,
        low=1,
        high=14,
        locked=True,
    )

    # Redness
    red_late_prompt: int = days(
        21, "first day of faint redness that needs a look", high=90
    )
    red_rise_day: int = days(3, "first day on which redness may not rise")
    red_rise_from: int = days(2, "first day of the redness it is compared with")
    red_spread_urgent_day: int = days(2, "from here spreading redness is URGENT")
    hot_day: int = days(3, "first day on which hot skin is a sign")
    hot_above_day: int = days(5, "first day on which hot skin is more than expected")

    # Swelling
    swell_rise_day: int = days(
        3, "first day on which swelling may not rise", locked=True
    )

    # Fluid and spots
    pustule_chain: int = days(3, "logged days of pus spots in a chain", low=1, high=14)
    pustule_span: int = days(5, "days from the first to the last of the chain")
    ooze_day: int = days(4, "first day on which the skin may not weep")
    bleed_day: int = days(3, "first day on which spots of blood are late")

    # Allergy, viruses, eyes
    rash_day: int = days(2, "first day on which a new rash needs a look")
    cold_sore_urgent_until: int = days(
        10, "last day on which a cold sore is URGENT", looser=LOWER
    )
    numbing_until: int = days(
        1, "last day on which numbing symptoms are EMERGENCY", looser=LOWER, locked=True
    )
    eye_area_day: int = days(2, "first day of infection signs near the eye")

    # Several signs together
    cluster_day: int = days(2, "first day on which signs are counted together")
    cluster_signs: int = days(2, "signs that together are URGENT", low=1, high=10)
    cluster_local_signs: int = days(1, "of which on the skin", high=7)

    # Late effects
    lump_day: int = days(3, "first day on which a firm lump needs a look")
    lump_sign_day: int = days(7, "first day on which it is a sign of infection")
    pigment_day: int = days(14, "first day on which a colour change needs a look")
    scar_lines_day: int = days(14, "first day on which lines need a look")
    scar_raised_day: int = days(7, "first day on which a raised mark needs a look")
    bruise_day: int = days(15, "first day on which a bruise is late")
    bruise_severe_day: int = days(8, "first day on which a severe bruise is late")
    nerve_day: int = days(2, "first day on which a numb patch needs a look")

    # Swollen glands, the patient as a whole
    ln_persist: int = days(14, "days a swollen gland may last", low=1, locked=True)
    worse_day: int = days(4, "first day on which twice worse counts")
    tired_severe_day: int = days(1, "first day on which severe tiredness counts")
    tired_day: int = days(2, "first day on which lasting tiredness counts")
    tired_days: int = days(3, "logged days in a row of tiredness", low=1, high=14)

    # Free text
    text_urgent: tuple[str, ...] = phrases(
        URGENT_PHRASES, Looser.FEWER, "phrases in the note that are URGENT"
    )
    text_prompt: tuple[str, ...] = phrases(
        PROMPT_PHRASES, Looser.FEWER, "phrases in the note that are PROMPT"
    )
    text_negations: tuple[str, ...] = phrases(
        NEGATIONS, Looser.MORE, "words before a phrase that take it back"
    )
    text_lookback: int = days(
        3, "words before a phrase that are searched for them", high=10, locked=True
    )

    # The record and the clock
    unsterile_urgent_until: int = days(
        3, "last day on which unsterile equipment is URGENT", looser=LOWER
    )
    missed_days: int = days(2, "days without a log after a flag", low=1, high=14)
    no_logs_day: int = days(3, "day by which a log is expected", low=1, high=14)
    scheduled_hour: int = days(12, "clinic hour at which silence is noticed", high=23)
    max_backdate_days: int = days(3, "days a log may be late", looser=LOWER, high=14)
    max_log_day: int = days(
        180, "last day for which a log is taken", looser=LOWER, low=28, high=365
    )
    follow_up_days: int = days(28, "days of follow-up", looser=LOWER, low=14, high=180)
    clinic_suppress_days: int = days(7, "days for which a closed flag rests", high=28)

    # Review targets
    review_emergency_minutes: int = days(
        15, "opening minutes to acknowledge EMERGENCY", low=1, high=60, locked=True
    )
    review_urgent_minutes: int = days(
        120, "opening minutes to look at URGENT", low=1, high=480, locked=True
    )
    review_prompt_working_days: int = days(
        1, "working days after the log's own to look at PROMPT", high=5, locked=True
    )

    def __post_init__(self) -> None:
        problems = [
            f"{name} {problem}"
            for name, limit, value in self.entries()
            if (problem := limit.problem(value))
        ]
        if problems:
            raise ParameterError("; ".join(problems))

    def for_class(self, recovery_class: RecoveryClass) -> Window:
        """The windows of one recovery class."""
        window: Window = getattr(self, recovery_class.value.lower())
        return window

    def entries(self) -> list[tuple[str, Limit, object]]:
        """Every value with its name in the papers and its limit, windows first.

        A window's name carries its class: `RED_MOD_UNTIL for STANDARD`.
        """
        found: list[tuple[str, Limit, object]] = []
        for recovery_class in RecoveryClass:
            window = self.for_class(recovery_class)
            found += [
                (f"{f.name.upper()} for {recovery_class}", f.metadata["limit"], value)
                for f in fields(window)
                for value in [getattr(window, f.name)]
            ]
        found += [
            (f.name.upper(), f.metadata["limit"], getattr(self, f.name))
            for f in fields(self)
            if "limit" in f.metadata
        ]
        return found


DEFAULTS = Parameters()
