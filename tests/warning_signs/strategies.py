"""Generated answers, logs, procedures and courses, built from the vocabulary.

`VALUES` holds every value of every attribute of `Answers`; `NO` what "no" is for each.
A generated log says something about a few items only, as real ones do, on top of a
blank log (nothing asked) or a calm one (everything denied).
"""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from aftercare.warning_signs.facts import Answers, Course, Log, LymphNodes, Procedure
from aftercare.warning_signs.limits import Limit, Looser
from aftercare.warning_signs.parameters import DEFAULTS, Parameters
from aftercare.warning_signs.treatment_words import (
    ProcedureType,
    RecoveryClass,
    RiskFactor,
    Sterility,
)
from aftercare.warning_signs.vocabulary import (
    AftercareLapse,
    Blisters,
    Bump,
    Choice,
    ColourChange,
    Discharge,
    FeverMedicine,
    Hives,
    NodePain,
    NodeSite,
    NodeSize,
    OverallChange,
    Phase,
    Pustules,
    RedFlag,
    Scar,
    Severity,
    Sign,
    SwellingSite,
)


def one_of(choice: type[Choice]) -> st.SearchStrategy[Any]:
    return st.sampled_from(list(choice))


def several_of(choice: type[Choice]) -> st.SearchStrategy[frozenset[Any]]:
    """Any of the options together, mostly few: two masks of bits, both of which agree."""
    mask = st.integers(0, 2 ** len(choice) - 1)
    return st.tuples(mask, mask).map(
        lambda masks: frozenset(
            option for option in choice if (masks[0] & masks[1]) >> option.rank & 1
        )
    )


# Degrees around every threshold, and the whole accepted range.
DEGREES = st.sampled_from(
    [Decimal(tenths) / 10 for tenths in (320, 353, 355, 356, 372, 377, 378, 379, 380)]
) | st.integers(320, 430).map(lambda tenths: Decimal(tenths) / 10)

WORDS = ("no", "not", "fever", "pus", "can't", "breathe", "fainted", "ok", ".", "’")
FREE_TEXT = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join) | st.text(
    max_size=10
)

NODES = st.builds(
    LymphNodes,
    present=st.just(True),
    sites=st.none() | several_of(NodeSite),
    size=st.none() | one_of(NodeSize),
    pain=st.none() | one_of(NodePain),
    getting_bigger=st.none() | st.booleans(),
    hard_or_fixed=st.none() | st.booleans(),
    skin_red_over=st.none() | st.booleans(),
)

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "red_flags": several_of(RedFlag),
    "pain": st.integers(0, 10),
    "redness": one_of(Severity),
    "redness_spreading": st.booleans(),
    "red_streaks": st.booleans(),
    "hot_skin": st.booleans(),
    "swelling": one_of(Severity),
    "swelling_sites": several_of(SwellingSite),
    "temperature_c": DEGREES,
    "feels_feverish": st.booleans(),
    "fever_medicine_8h": one_of(FeverMedicine),
    "fatigue": one_of(Severity),
    "lymph_nodes": NODES,
    "discharge": several_of(Discharge),
    "pustules": one_of(Pustules),
    "blisters": one_of(Blisters),
    "blisters_near_eye": st.booleans(),
    "itch": one_of(Severity),
    "hives": one_of(Hives),
    "bumps": several_of(Bump),
    "colour_change": several_of(ColourChange),
    "scar": several_of(Scar),
    "peeling": one_of(Severity),
    "bruising": one_of(Severity),
    "joint_pain": st.booleans(),
    "rash_elsewhere": st.booleans(),
    "numb_patch": st.booleans(),
    "numbing_symptoms": st.booleans(),
    "overall_change": one_of(OverallChange),
    "contact_request": st.booleans(),
    "aftercare_lapses": several_of(AftercareLapse),
    "free_text": FREE_TEXT,
    "still_present_now": st.booleans(),
    "signs": several_of(Sign),
}

NO: dict[str, Any] = {
    "red_flags": frozenset(),
    "pain": 0,
    "redness": Severity.NONE,
    "redness_spreading": False,
    "red_streaks": False,
    "hot_skin": False,
    "swelling": Severity.NONE,
    "swelling_sites": frozenset(),
    "feels_feverish": False,
    "fever_medicine_8h": FeverMedicine.NO,
    "fatigue": Severity.NONE,
    "lymph_nodes": LymphNodes(present=False),
    "discharge": frozenset(),
    "pustules": Pustules.NONE,
    "blisters": Blisters.NONE,
    "blisters_near_eye": False,
    "itch": Severity.NONE,
    "hives": Hives.NONE,
    "bumps": frozenset(),
    "colour_change": frozenset(),
    "scar": frozenset(),
    "peeling": Severity.NONE,
    "bruising": Severity.NONE,
    "joint_pain": False,
    "rash_elsewhere": False,
    "numb_patch": False,
    "numbing_symptoms": False,
    "overall_change": OverallChange.SAME,
    "contact_request": False,
    "aftercare_lapses": frozenset(),
}

BLANK, CALM = Answers(), Answers(**NO)
DAYS = st.integers(0, 16) | st.sampled_from([21, 22, 28, 42, 90, 180])
BASELINE_DAYS = st.integers(-3, -1)


@st.composite
def answers(draw: st.DrawFn, without: tuple[str, ...] = ()) -> Answers:
    """Answers that the form would accept; the items named in `without` stay as they are."""
    names = [name for name in VALUES if name not in without]
    chosen = draw(st.lists(st.sampled_from(names), max_size=6, unique=True))
    return _given(draw, chosen)


@st.composite
def full_answers(draw: st.DrawFn) -> Answers:
    """The same, with every item answered."""
    return _given(draw, list(VALUES))


def _given(draw: st.DrawFn, names: list[str]) -> Answers:
    base = draw(st.sampled_from([BLANK, CALM]))
    return accepted(replace(base, **{name: draw(VALUES[name]) for name in names}))


def accepted(answers: Answers) -> Answers:
    """The same answers without those that contradict others (checks of section 2)."""
    if answers.swelling in (None, Severity.NONE):
        answers = replace(answers, swelling_sites=None)
    if answers.blisters is None or answers.blisters < Blisters.COLD_SORE:
        answers = replace(answers, blisters_near_eye=None)
    return answers


@st.composite
def logs(
    draw: st.DrawFn, days: st.SearchStrategy[int] = DAYS, without: tuple[str, ...] = ()
) -> Log:
    """A log of one of the days; of a day below 0, a baseline."""
    day = draw(days)
    return Log(
        day=day,
        answers=draw(answers(without)),
        phase=Phase.BASELINE if day < 0 else Phase.POST,
        sent_on_its_day=draw(st.sampled_from([True, True, False])),
    )


procedures = st.builds(
    Procedure,
    type=one_of(ProcedureType),
    needle_depth_mm=st.none()
    | st.sampled_from([Decimal("0.5"), Decimal(1), Decimal(2)]),
    sterile_single_use=one_of(Sterility),
    risk_factors=st.frozensets(
        one_of(RiskFactor).map(str) | st.just("a clinic's own word"), max_size=2
    ),
)


@st.composite
def courses(
    draw: st.DrawFn, min_logs: int = 0, max_logs: int = 4, without: tuple[str, ...] = ()
) -> Course:
    """A treatment, perhaps with a baseline, and logs in any order of days."""
    baseline = draw(st.lists(logs(BASELINE_DAYS, without), max_size=1))
    after = draw(st.lists(logs(DAYS, without), min_size=min_logs, max_size=max_logs))
    return Course(draw(procedures), (*baseline, *after))


@st.composite
def tightened(draw: st.DrawFn) -> tuple[str, Parameters]:
    """The shipped parameters with one moved to its tighter side, and that one's name."""
    owner = draw(st.sampled_from([None, *RecoveryClass]))
    base = DEFAULTS if owner is None else DEFAULTS.for_class(owner)
    name, limit = draw(
        st.sampled_from(
            [
                (f.name, f.metadata["limit"])
                for f in fields(base)
                if "limit" in f.metadata
            ]
        )
    )
    value = draw(_tighter(limit, getattr(base, name)))
    if owner is None:
        return name, replace(DEFAULTS, **{name: value})
    window = replace(base, **{name: value})
    return name, replace(DEFAULTS, **{owner.value.lower(): window})


def _tighter(limit: Limit, shipped: Any) -> st.SearchStrategy[Any]:
    if limit.looser is Looser.FEWER:
        return st.sampled_from(WORDS[2:-2]).map(lambda word: (*shipped, word))
    if limit.looser is Looser.MORE:
        return st.sampled_from(shipped).map(
            lambda gone: tuple(word for word in shipped if word != gone)
        )
    low, high = (
        (limit.low, shipped)
        if limit.looser is Looser.HIGHER
        else (
            shipped,
            limit.high,
        )
    )
    if limit.whole:
        return st.integers(int(low), int(high))
    tenths = st.integers(int(low * 10), int(high * 10))
    return tenths.map(lambda number: Decimal(number) / 10)


def days_of(course: Course) -> list[tuple[int, Phase]]:
    """Every day and phase that has a log."""
    return sorted({(log.day, log.phase) for log in course.logs})
