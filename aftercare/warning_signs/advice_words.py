"""The words of the advice: by level and opening state, and what each rule adds.

Names in braces come from the record and the clinic's settings. `{say}` is how to tell a
stranger on the telephone what was done, and when.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .opening import OpeningState
from .vocabulary import RedFlag


class Call(StrEnum):
    """Which number the page's button dials."""

    CLINIC = "clinic"
    OUT_OF_HOURS = "out_of_hours"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class LevelWords:
    """The head of an advice page: what to do, whom to call, and what if that fails."""

    title: str
    action: tuple[str, ...]
    call: Call
    backup: str


EMERGENCY = LevelWords(
    "Call {emergency} now",
    ("Do not wait for the clinic.", "Put your phone on speaker."),
    Call.EMERGENCY,
    "Cannot call? Ask someone near you to call {emergency} for you.",
)

_NO_ANSWER = (
    "Cannot get through? Go to a walk-in or urgent care centre today. "
    "If you feel much worse, call {emergency}."
)

URGENT: Mapping[OpeningState, LevelWords] = {
    OpeningState.OPEN: LevelWords(
        "Call the clinic today",
        ("Please call {clinic} on {phone}.",),
        Call.CLINIC,
        "Cannot reach us? Call {out_of_hours} today. {say}",
    ),
    OpeningState.CLOSING: LevelWords(
        "Call {out_of_hours} today",
        (
            "The clinic closes at {closes}, before we can be sure to look.",
            "Do not wait for us. {say}",
        ),
        Call.OUT_OF_HOURS,
        _NO_ANSWER,
    ),
    OpeningState.CLOSED: LevelWords(
        "Call {out_of_hours} today",
        ("The clinic is closed until {opens}.", "Do not wait for us. {say}"),
        Call.OUT_OF_HOURS,
        _NO_ANSWER,
    ),
    OpeningState.NO_HOURS: LevelWords(
        "Call {out_of_hours} today",
        ("The clinic is closed for now.", "Do not wait for us. {say}"),
        Call.OUT_OF_HOURS,
        _NO_ANSWER,
    ),
}

_CAN_WAIT = "Cannot get through? Call us when we open. If you feel much worse, call {emergency}."

_PROMPT_OPEN = LevelWords(
    "We will contact you by {due}",
    ("A nurse will look at your log.", "If it gets worse, log again or call us."),
    Call.CLINIC,
    "Cannot reach us? Call {out_of_hours}. {say}",
)

PROMPT: Mapping[OpeningState, LevelWords] = {
    OpeningState.OPEN: _PROMPT_OPEN,
    OpeningState.CLOSING: _PROMPT_OPEN,
    OpeningState.CLOSED: LevelWords(
        "We will contact you by {due}",
        (
            "The clinic is closed until {opens}.",
            "If it gets worse, log again or call {out_of_hours}. {say}",
        ),
        Call.OUT_OF_HOURS,
        _CAN_WAIT,
    ),
    OpeningState.NO_HOURS: LevelWords(
        "Call {out_of_hours} about this",
        ("We cannot say when we will look. Do not wait for us. {say}",),
        Call.OUT_OF_HOURS,
        _NO_ANSWER,
    ),
}

_WHEN_TO_CALL = "if you get swollen glands, a fever, pus, bad pain or fast swelling."
_CALM_OPEN = LevelWords(
    "",
    (f"Call us {_WHEN_TO_CALL}", "Call us too if you are worried."),
    Call.CLINIC,
    "Cannot reach us? Call {out_of_hours}. {say}",
)

CALM: Mapping[OpeningState, LevelWords] = {
    OpeningState.OPEN: _CALM_OPEN,
    OpeningState.CLOSING: _CALM_OPEN,
    OpeningState.CLOSED: LevelWords(
        "",
        (
            "The clinic is closed until {opens}.",
            f"Call {{out_of_hours}} {_WHEN_TO_CALL}",
            "Call them too if you are worried and it cannot wait.",
        ),
        Call.OUT_OF_HOURS,
        "",
    ),
    OpeningState.NO_HOURS: LevelWords(
        "",
        (
            "The clinic is closed for now.",
            f"Call {{out_of_hours}} {_WHEN_TO_CALL}",
            "Call them too if you are worried.",
        ),
        Call.OUT_OF_HOURS,
        "",
    ),
}
"""Below a flag: when to call. The title says why the page is calm, see the titles."""

EXPECTED_TITLE = "This is what we expect on day {day}"
WATCH_TITLE = "Keep an eye on this"
SIGN_TITLE = "We have your log"
BASELINE_TITLE = "We have your log from before treatment"

LATE = "We said {late}. We are running late. We are sorry."

SIGN_NOTE = "You ticked a sign. Look at it again tonight. If it gets worse, log again."

_LOOKED = "{looked_by} looked at it: {looked_at}."
_LOOKED_OPEN = LevelWords(
    "{looked_by} has looked at this",
    (_LOOKED, "If it gets worse, log again or call us."),
    Call.CLINIC,
    "Cannot reach us? Call {out_of_hours}. {say}",
)
_LOOKED_CLOSED = LevelWords(
    "{looked_by} has looked at this",
    (_LOOKED, "If it gets worse, log again or call {out_of_hours}."),
    Call.OUT_OF_HOURS,
    _CAN_WAIT,
)

LOOKED_AT: Mapping[OpeningState, LevelWords] = {
    OpeningState.OPEN: _LOOKED_OPEN,
    OpeningState.CLOSING: _LOOKED_OPEN,
    OpeningState.CLOSED: _LOOKED_CLOSED,
    OpeningState.NO_HOURS: _LOOKED_CLOSED,
}
"""A repeat within days of a review: who looked when, and no new promise."""

EMERGENCY_SIGNS: tuple[tuple[str, frozenset[RedFlag]], ...] = (
    ("trouble breathing or swallowing", frozenset({RedFlag.BREATHING_DIFFICULTY})),
    (
        "a swollen mouth, tongue or throat",
        frozenset({RedFlag.THROAT_TONGUE_SWELLING}),
    ),
    (
        "fainting, chest pain, or blue or grey lips",
        frozenset({RedFlag.COLLAPSE_FAINT, RedFlag.CHEST_PAIN, RedFlag.BLUE_GREY_SKIN}),
    ),
    (
        "being very confused, or shivering that will not stop",
        frozenset({RedFlag.CONFUSION_SLURRED_SPEECH, RedFlag.UNCONTROLLABLE_SHIVERING}),
    ),
    (
        "no urine for most of a day, or patchy, pale or grey skin",
        frozenset({RedFlag.NO_URINE_18H, RedFlag.MOTTLED_SKIN}),
    ),
    (
        "a rash that does not fade when you press a glass on it",
        frozenset({RedFlag.NON_BLANCHING_RASH}),
    ),
    (
        "a sudden change in sight, or bad eye pain",
        frozenset({RedFlag.VISION_CHANGE_OR_EYE_PAIN}),
    ),
    (
        "a very bad headache, or a stiff neck",
        frozenset({RedFlag.SEVERE_HEADACHE_STIFF_NECK}),
    ),
    (
        "a drooping face, a weak arm or leg, or a fit",
        frozenset({RedFlag.FACE_DROOP_OR_LIMB_WEAKNESS, RedFlag.SEIZURE_TWITCHING}),
    ),
    (
        "bleeding that will not stop, or skin turning black",
        frozenset({RedFlag.BLEEDING_WONT_STOP, RedFlag.RAPID_SPREAD_OR_BLACK_SKIN}),
    ),
)
"""The short list under "Call the emergency number if you get any of these"."""

EMERGENCY_LINES = tuple(line for line, _ in EMERGENCY_SIGNS)
