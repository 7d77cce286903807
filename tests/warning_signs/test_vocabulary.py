"""Choices compare in their clinical order."""

from __future__ import annotations

from aftercare.warning_signs.vocabulary import (
    Blisters,
    FeverState,
    NodeSize,
    Severity,
    Sign,
)


def test_severities_compare_by_rank_and_not_by_letter() -> None:
    assert Severity.NONE < Severity.MILD < Severity.MODERATE < Severity.SEVERE
    assert Severity.SEVERE >= Severity.SEVERE > Severity.MODERATE
    assert Severity.MILD <= Severity.MILD
    assert max(Severity.MILD, Severity.MODERATE) is Severity.MODERATE
    assert sorted(set(NodeSize)) == list(NodeSize)
    assert FeverState.LOW < FeverState.SUSPECTED
    assert Blisters.COLD_SORE < Blisters.ON_TREATED_SKIN


def test_a_choice_compares_with_anything_else_as_text() -> None:
    assert "a" < Severity.MILD < "z"
    assert Severity.MILD > "a"
    assert Severity.MILD >= "mild"
    assert sorted([Sign.WORRY, Severity.MILD, "a"]) == ["a", "mild", "worry"]
    assert Severity.MILD == "mild"


def test_a_choice_is_found_by_its_value_and_offers_its_words() -> None:
    assert Severity("mild") is Severity.MILD
    assert Severity.choices()[1] == ("mild", "Mild")
