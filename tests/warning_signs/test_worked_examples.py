"""The worked examples of the specification, section 6.2."""

from __future__ import annotations

from decimal import Decimal

from aftercare.warning_signs.temperature import to_celsius
from aftercare.warning_signs.vocabulary import TemperatureUnit

from .builders import gland, levels, log, procedure


def test_moderate_redness_on_day_six_is_past_its_time_after_standard_needling() -> None:
    found = levels([log(6, redness="moderate")], 6)
    assert found == {"RED-PERSIST": "PROMPT", "ABOVE-EXPECTED": "WATCH"}


def test_the_same_after_rf_is_only_a_little_more_than_expected() -> None:
    found = levels([log(6, redness="moderate")], 6, procedure("RF"))
    assert found == {"ABOVE-EXPECTED": "WATCH"}


def test_a_fever_in_fahrenheit_is_urgent() -> None:
    reading = to_celsius(Decimal("101.6"), TemperatureUnit.FAHRENHEIT)
    assert reading == Decimal("38.7")
    found = levels([log(5, temperature_c=reading)], 5, procedure("DEEP"))
    assert found == {"FEVER": "URGENT"}


def test_a_gland_in_the_armpit_is_prompt_and_with_moderate_tiredness_urgent() -> None:
    armpit = gland(sites={"armpit"}, size="1_to_2cm", pain="tender_when_pressed")
    mild = log(1, lymph_nodes=armpit, pain=3, fatigue="mild")
    assert levels([mild], 1) == {"LN-ALONE": "PROMPT"}
    tired = log(1, lymph_nodes=armpit, pain=3, fatigue="moderate")
    assert levels([tired], 1) == {"LN-ALONE": "PROMPT", "LN-PLUS": "URGENT"}


def test_firm_lumps_and_tiredness_together_are_urgent() -> None:
    today = log(9, bumps=["firm_lumps"], fatigue="moderate")
    found = levels([today], 9, procedure("RF"))
    assert found == {"INFECT-CLUSTER": "URGENT", "LUMPS": "PROMPT"}


def test_pain_that_rises_to_three_counts_only_at_high_risk() -> None:
    logs = [log(1, pain=0), log(3, pain=0), log(6, pain=3)]
    assert "PAIN-RISE" not in levels(logs, 6, procedure("LIGHT"))
    assert levels(logs, 6, procedure("LIGHT", "diabetes"))["PAIN-RISE"] == "URGENT"
