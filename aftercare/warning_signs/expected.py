"""The expected course: ceilings and words for each day (specification 8)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .treatment_words import RecoveryClass
from .vocabulary import Discharge, Severity

CLEAR_AND_BLOOD = frozenset({Discharge.CLEAR, Discharge.BLOOD_SPOTS})
CLEAR = frozenset({Discharge.CLEAR})
NOTHING: frozenset[Discharge] = frozenset()


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that is expected on a day; pain 0 to 10, the rest as severities."""

    redness: Severity
    swelling: Severity
    pain: int
    itch: Severity
    peeling: Severity
    bruising: Severity
    discharge: frozenset[Discharge]


# First day of the row: redness/swelling/pain/itch/peeling/bruising as ranks, and fluid.
LIGHT = {
    0: ("2/1/3/1/0/0", CLEAR_AND_BLOOD),
    1: ("1/1/2/1/1/0", NOTHING),
    2: ("1/0/1/1/1/0", NOTHING),
    8: ("0/0/1/0/0/0", NOTHING),
}
STANDARD = {
    0: ("3/2/5/1/0/1", CLEAR_AND_BLOOD),
    1: ("2/2/4/1/0/1", CLEAR_AND_BLOOD),
    2: ("2/1/3/2/1/1", NOTHING),
    3: ("2/1/2/2/2/1", NOTHING),
    4: ("1/1/2/2/2/1", NOTHING),
    5: ("1/1/1/2/2/1", NOTHING),
    6: ("1/0/1/1/1/1", NOTHING),
    11: ("0/0/1/0/0/1", NOTHING),
    15: ("0/0/1/0/0/0", NOTHING),
}
DEEP_AND_RF = {
    0: ("3/2/6/1/0/2", CLEAR_AND_BLOOD),
    1: ("3/2/5/1/0/2", CLEAR_AND_BLOOD),
    2: ("2/2/4/2/1/2", CLEAR),
    3: ("2/2/3/2/2/2", CLEAR),
    4: ("2/1/2/2/2/2", NOTHING),
    6: ("1/1/1/2/2/1", NOTHING),
    7: ("1/1/1/1/1/1", NOTHING),
    8: ("1/0/1/1/1/1", NOTHING),
    15: ("0/0/1/0/0/0", NOTHING),
}
TABLES = {
    RecoveryClass.LIGHT: LIGHT,
    RecoveryClass.STANDARD: STANDARD,
    RecoveryClass.DEEP: DEEP_AND_RF,
    RecoveryClass.RF: DEEP_AND_RF,
}
LAST_ROW = 15

# First day of the row, and what the patient reads.
TEXTS = {
    0: (
        "Your skin looks sunburned, or darker, and feels warm and tight. A little "
        "swelling, pinpoint blood or clear fluid is usual."
    ),
    1: (
        "Redness or darker skin and swelling are usually at their worst today and start "
        "to fade."
    ),
    2: "Expect dry, rough, itchy skin and light peeling. Do not pick.",
    4: (
        "Peeling finishes, and pink or darker skin fades. After deep or RF treatment it "
        "takes the whole week; small crusts may stay until day 10."
    ),
    8: (
        "Skin should be calm. Bruises and faintly pink or darker skin may linger after "
        "deep or RF treatment."
    ),
    15: (
        "Skin should look as it did before. Report anything new: lumps, marks or colour "
        "changes can appear late."
    ),
}
NEVER_USUAL = (
    "Swollen glands, fever and pus are never part of usual healing. Nor are severe pain "
    "and fast swelling."
)


def ceiling(recovery_class: RecoveryClass, day: int) -> Ceiling:
    """The most that is expected on a day; before day 0 as on day 0."""
    return _ceiling(recovery_class, min(max(day, 0), LAST_ROW))


def expected_text(day: int) -> str:
    """What the patient may expect on a day; say `NEVER_USUAL` after it."""
    return TEXTS[max(first for first in TEXTS if first <= max(day, 0))]


@cache
def _ceiling(recovery_class: RecoveryClass, day: int) -> Ceiling:
    table = TABLES[recovery_class]
    ranks, discharge = table[max(first for first in table if first <= day)]
    redness, swelling, pain, *rest = (int(rank) for rank in ranks.split("/"))
    severities = list(Severity)
    itch, peeling, bruising = (severities[rank] for rank in rest)
    return Ceiling(
        redness=severities[redness],
        swelling=severities[swelling],
        pain=pain,
        itch=itch,
        peeling=peeling,
        bruising=bruising,
        discharge=discharge,
    )
