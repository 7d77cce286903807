"""Parameters: shipped values, bounds, the looser side, sets from files."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from aftercare.warning_signs.limits import Looser
from aftercare.warning_signs.parameter_set import check_not_looser, read_parameters
from aftercare.warning_signs.parameters import DEFAULTS, ParameterError, Parameters
from aftercare.warning_signs.treatment_words import RecoveryClass

LIGHT, STANDARD, DEEP, RF = RecoveryClass

# Section 4 of the specification, once more and by hand.
BY_CLASS = {
    "RED_SEVERE_UNTIL": (1, 2, 3, 3),
    "RED_MOD_UNTIL": (3, 4, 6, 6),
    "RED_MILD_UNTIL": (7, 10, 14, 14),
    "SWELL_SEVERE_UNTIL": (0, 1, 2, 2),
    "SWELL_MOD_UNTIL": (1, 3, 4, 4),
    "SWELL_MILD_UNTIL": (3, 5, 7, 7),
    "PAIN_MOD_UNTIL": (1, 2, 3, 3),
    "PAIN_MILD_UNTIL": (3, 5, 7, 7),
    "ITCH_LATE_DAY": (7, 7, 10, 10),
    "PEEL_DAY": (8, 8, 11, 11),
}
SINGLE = {
    "FEVER": Decimal("38.0"), "FEVER_LOW": Decimal("37.8"), "TEMP_LOW": Decimal("35.5"),
    "ANTIPYRETIC_WINDOW_H": 8, "PAIN_SEVERE": 7, "PAIN_MODERATE": 4, "PAIN_RISE": 2,
    "PAIN_RISE_MIN": 4, "PAIN_RISE_MIN_HIGH_RISK": 3, "CONSEC_GAP_DAYS": 2,
    "RED_LATE_PROMPT": 21, "COLD_SORE_URGENT_UNTIL": 10, "OOZE_DAY": 4, "BLEED_DAY": 3,
    "RASH_DAY": 2, "LUMP_DAY": 3, "LUMP_SIGN_DAY": 7, "PIGMENT_DAY": 14,
    "SCAR_LINES_DAY": 14, "SCAR_RAISED_DAY": 7, "BRUISE_DAY": 15, "BRUISE_SEVERE_DAY": 8,
    "NERVE_DAY": 2, "LN_PERSIST": 14, "WORSE_DAY": 4, "HOT_DAY": 3, "PUSTULE_SPAN": 5,
    "MISSED_DAYS": 2, "NO_LOGS_DAY": 3, "MAX_BACKDATE_DAYS": 3, "MAX_LOG_DAY": 180,
    "FOLLOW_UP_DAYS": 28, "CLINIC_SUPPRESS_DAYS": 7,
}  # fmt: skip


@pytest.mark.parametrize("name", BY_CLASS)
def test_a_window_ships_with_the_days_of_the_specification(name: str) -> None:
    shipped = tuple(
        getattr(DEFAULTS.for_class(recovery_class), name.lower())
        for recovery_class in RecoveryClass
    )
    assert shipped == BY_CLASS[name]


@pytest.mark.parametrize("name", SINGLE)
def test_a_number_ships_with_the_value_of_the_specification(name: str) -> None:
    assert getattr(DEFAULTS, name.lower()) == SINGLE[name]


def test_every_parameter_has_bounds_around_its_default_and_says_what_it_means() -> None:
    entries = DEFAULTS.entries()
    assert len({name for name, _, _ in entries}) == len(entries)
    for name, limit, value in entries:
        assert limit.problem(value) is None, name
        assert limit.meaning, name


def test_values_that_the_source_texts_name_are_locked() -> None:
    locked = {name for name, limit, _ in DEFAULTS.entries() if limit.locked}
    assert {
        "FEVER", "FEVER_LOW", "PAIN_SEVERE", "PAIN_MODERATE", "PAIN_PERSIST_MIN",
        "PAIN_MOD_UNTIL for RF", "SWELL_MOD_UNTIL for LIGHT", "SWELL_MILD_UNTIL for DEEP",
        "LN_PERSIST", "NUMBING_UNTIL", "TEXT_URGENT", "TEXT_PROMPT", "TEXT_NEGATIONS",
        "TEXT_LOOKBACK", "CONSEC_GAP_DAYS", "REVIEW_EMERGENCY_MINUTES",
        "REVIEW_URGENT_MINUTES", "REVIEW_PROMPT_WORKING_DAYS",
    } <= locked  # fmt: skip
    assert "RED_MOD_UNTIL for RF" not in locked


def test_a_value_out_of_bounds_is_refused_by_name() -> None:
    with pytest.raises(
        ParameterError, match=r"FEVER must be from 37.0 to 40.0, not 45"
    ):
        Parameters(fever=Decimal(45))


def test_every_problem_is_named_at_once() -> None:
    with pytest.raises(ParameterError, match=r"PAIN_SEVERE .*; OOZE_DAY "):
        Parameters(pain_severe=11, ooze_day=-1)


def test_infinity_is_no_temperature() -> None:
    with pytest.raises(ParameterError, match="FEVER must be a number"):
        Parameters(fever=Decimal("NaN"))


def test_a_set_may_name_one_class_or_all_of_them() -> None:
    one = read_parameters({"RED_MOD_UNTIL": {"RF": 5}})
    assert one.for_class(RF).red_mod_until == 5
    assert one.for_class(DEEP) == DEFAULTS.for_class(DEEP)

    every = read_parameters({"RED_MOD_UNTIL": 2})
    assert {every.for_class(name).red_mod_until for name in RecoveryClass} == {2}


def test_a_set_changes_what_it_names_and_nothing_else() -> None:
    changed = read_parameters({"FEVER": Decimal("37.9"), "PAIN_SEVERE": Decimal("6.0")})
    assert changed == replace(DEFAULTS, fever=Decimal("37.9"), pain_severe=6)


def test_a_set_may_bring_its_own_phrases() -> None:
    changed = read_parameters({"TEXT_PROMPT": ["oozing"]})
    assert changed.text_prompt == ("oozing",)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([], "is an object"),
        ({"FEVERR": 38}, "unknown parameter: FEVERR"),
        ({"FEVER": True}, "FEVER must be a number"),
        ({"FEVER": "38"}, "FEVER must be a number"),
        ({"FEVER": {"RF": 38}}, "FEVER has one value for all classes"),
        ({"OOZE_DAY": Decimal("3.5")}, "OOZE_DAY must be a whole number"),
        ({"PEEL_DAY": {"SHALLOW": 3}}, "PEEL_DAY: unknown class SHALLOW"),
        ({"PEEL_DAY": {"RF": 900}}, "PEEL_DAY for RF must be from 0 to 60"),
        ({"TEXT_URGENT": "help"}, "TEXT_URGENT must be a list"),
        ({"TEXT_URGENT": [1]}, "TEXT_URGENT must be a list"),
        ({"TEXT_URGENT": ["?"]}, "TEXT_URGENT must not hold an empty phrase"),
        ({"TEXT_URGENT": ["a" * 101]}, "phrases of at most 100 characters"),
        ({"TEXT_URGENT": ["a"] * 501}, "at most 500 phrases"),
    ],
)
def test_a_set_that_cannot_be_used_says_why(values: object, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        read_parameters(values)


@pytest.mark.parametrize(
    "tightened",
    [
        {"FEVER": Decimal("37.5")},
        {"PAIN_SEVERE": 6},
        {"SWELL_MOD_UNTIL": {"RF": 3}},
        {"CONSEC_GAP_DAYS": 3},
        {"TEXT_PROMPT": [*DEFAULTS.text_prompt, "oozing"]},
        {"TEXT_NEGATIONS": ["no"]},
        {"REVIEW_URGENT_MINUTES": 60},
        {"RED_MOD_UNTIL": 20},
    ],
)
def test_a_clinic_may_tighten_and_may_move_what_no_source_text_names(
    tightened: dict[str, object],
) -> None:
    check_not_looser(read_parameters(tightened))


@pytest.mark.parametrize(
    ("loosened", "name"),
    [
        ({"FEVER": Decimal("38.5")}, "FEVER"),
        ({"PAIN_SEVERE": 8}, "PAIN_SEVERE"),
        ({"SWELL_MOD_UNTIL": {"RF": 5}}, "SWELL_MOD_UNTIL for RF"),
        ({"CONSEC_GAP_DAYS": 1}, "CONSEC_GAP_DAYS"),
        ({"TEXT_PROMPT": ["pus"]}, "TEXT_PROMPT"),
        ({"TEXT_NEGATIONS": [*DEFAULTS.text_negations, "maybe"]}, "TEXT_NEGATIONS"),
        ({"REVIEW_URGENT_MINUTES": 240}, "REVIEW_URGENT_MINUTES"),
    ],
)
def test_a_clinic_may_not_loosen_a_sign_that_the_source_texts_name(
    loosened: dict[str, object], name: str
) -> None:
    with pytest.raises(ParameterError, match=f"{name} may not be loosened"):
        check_not_looser(read_parameters(loosened))


def test_every_number_has_a_looser_side_that_fits_its_kind() -> None:
    for name, limit, value in DEFAULTS.entries():
        sides = (
            {Looser.FEWER, Looser.MORE}
            if isinstance(value, tuple)
            else {Looser.HIGHER, Looser.LOWER}
        )
        assert limit.looser in sides, name
