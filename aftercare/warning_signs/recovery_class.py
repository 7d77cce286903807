"""What of the procedure record the rules ask: its class and its risks (section 3)."""

from __future__ import annotations

from decimal import Decimal

from .facts import Procedure
from .treatment_words import HIGH_RISK_FACTORS, ProcedureType, RecoveryClass, Sterility

LIGHT_UP_TO_MM = Decimal("0.5")
STANDARD_UP_TO_MM = Decimal("1.5")


def recovery_class(procedure: Procedure) -> RecoveryClass:
    """The class by type and deepest setting; an unknown depth is STANDARD."""
    depth = procedure.needle_depth_mm
    if procedure.type is ProcedureType.RF_MICRONEEDLING:
        return RecoveryClass.RF
    if depth is None:
        return RecoveryClass.STANDARD
    if depth <= LIGHT_UP_TO_MM:
        return RecoveryClass.LIGHT
    if depth <= STANDARD_UP_TO_MM:
        return RecoveryClass.STANDARD
    return RecoveryClass.DEEP


def is_high_risk(procedure: Procedure) -> bool:
    """HIGH_RISK: an illness that lowers defences, or equipment that was not sterile."""
    return (
        not HIGH_RISK_FACTORS.isdisjoint(procedure.risk_factors)
        or procedure.sterile_single_use is Sterility.FALSE
    )
