"""The words of a treatment's record: what was done, how deep, where, and to whom."""

from __future__ import annotations

from .vocabulary import Choice


class ProcedureType(Choice):
    MICRONEEDLING = "microneedling", "Microneedling"
    RF_MICRONEEDLING = "rf_microneedling", "RF microneedling"


class Sterility(Choice):
    """Was a sterile, single-use cartridge used?"""

    TRUE = "true", "Yes"
    FALSE = "false", "No"
    UNKNOWN = "unknown", "Not known"


class Setting(Choice):
    THIS_CLINIC = "this_clinic", "This clinic"
    OTHER_CLINIC = "other_clinic", "Another clinic"
    SPA = "spa", "Spa or salon"
    HOME = "home", "At home"


class RiskFactor(Choice):
    """What the patient brings along. The first three make a patient HIGH_RISK."""

    AUTOIMMUNE = "autoimmune", "Autoimmune condition"
    IMMUNOSUPPRESSED = "immunosuppressed", "Weakened immune system"
    DIABETES = "diabetes", "Diabetes"
    HISTORY_COLD_SORES = "history_cold_sores", "Cold sores before"
    KNOWN_PRODUCT_ALLERGY = "known_product_allergy", "Allergy to a product used"
    METAL_ALLERGY = "metal_allergy", "Metal allergy"
    ATOPIC_ECZEMA = "atopic_eczema", "Atopic eczema"
    ANTICOAGULANT = "anticoagulant", "Blood thinners"
    DARKER_SKIN_V_VI = "darker_skin_v_vi", "Skin type V or VI"
    KELOID_TENDENCY = "keloid_tendency", "Tends to keloid scars"
    ACNE = "acne", "Acne"
    ROSACEA = "rosacea", "Rosacea"
    MELASMA = "melasma", "Melasma"


HIGH_RISK_FACTORS = frozenset(
    {RiskFactor.AUTOIMMUNE, RiskFactor.IMMUNOSUPPRESSED, RiskFactor.DIABETES}
)


class RecoveryClass(Choice):
    """How deep the treatment went; decides the windows of the expected course."""

    LIGHT = "LIGHT", "Up to 0.5 mm"
    STANDARD = "STANDARD", "Over 0.5 to 1.5 mm"
    DEEP = "DEEP", "Over 1.5 mm"
    RF = "RF", "Radio frequency"
