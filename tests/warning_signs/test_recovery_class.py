"""Recovery class and high risk (specification 3)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aftercare.warning_signs.facts import Procedure
from aftercare.warning_signs.recovery_class import is_high_risk, recovery_class
from aftercare.warning_signs.treatment_words import ProcedureType, RiskFactor, Sterility


@pytest.mark.parametrize(
    ("depth", "expected"),
    [
        ("0.25", "LIGHT"),
        ("0.5", "LIGHT"),
        ("0.51", "STANDARD"),
        ("1.5", "STANDARD"),
        ("1.51", "DEEP"),
        (None, "STANDARD"),
    ],
)
def test_the_class_follows_the_deepest_setting(
    depth: str | None, expected: str
) -> None:
    deepest = None if depth is None else Decimal(depth)
    assert recovery_class(Procedure(needle_depth_mm=deepest)) == expected
    rf = Procedure(type=ProcedureType.RF_MICRONEEDLING, needle_depth_mm=deepest)
    assert recovery_class(rf) == "RF"


@pytest.mark.parametrize("factor", RiskFactor)
def test_three_risk_factors_make_a_patient_high_risk(factor: RiskFactor) -> None:
    expected = factor in {"autoimmune", "immunosuppressed", "diabetes"}
    assert is_high_risk(Procedure(risk_factors=frozenset({factor}))) is expected


@pytest.mark.parametrize("sterility", Sterility)
def test_only_equipment_known_to_be_unsterile_is_high_risk(
    sterility: Sterility,
) -> None:
    assert is_high_risk(Procedure(sterile_single_use=sterility)) is (
        sterility == "false"
    )
