"""The record of a treatment in words: what was done, with what, to whom."""

from __future__ import annotations

from aftercare.models import Treatment
from aftercare.warning_signs.treatment_words import RiskFactor


def procedure_words(treatment: Treatment) -> str:
    """One line: "Microneedling, full face, 1.5 mm · Mon 1 June, Dr Lena Hart"."""
    areas = treatment.areas[:1].lower() + treatment.areas[1:]
    depth = depth_words(treatment)
    what = ", ".join(filter(None, (treatment.get_type_display(), areas, depth)))
    when = treatment.performed_on
    return f"{what} · {when:%a} {when.day} {when:%B}, {treatment.practitioner}"


def day_words(day: int) -> str:
    """Where in its course a treatment is: "Day 4", "Before treatment"."""
    return f"Day {day}" if day >= 0 else "Before treatment"


def depth_words(treatment: Treatment) -> str:
    if treatment.needle_depth_mm is None:
        return ""
    return f"{treatment.needle_depth_mm.normalize():f} mm"


def risk_words(treatment: Treatment) -> str:
    """The risk factors, in the vocabulary's order, then the clinic's own words."""
    known = [factor.label for factor in RiskFactor if factor in treatment.risk_factors]
    listed = [*known, *filter(None, [treatment.other_risks])]
    return ", ".join(listed) or "None recorded"


def medical_notes(treatment: Treatment) -> tuple[tuple[str, str], ...]:
    """Names and values; what was not recorded is left out, except what matters most."""
    device = ", ".join(
        filter(
            None,
            (
                treatment.device,
                treatment.device_serial and f"serial {treatment.device_serial}",
                treatment.cartridge_lot and f"lot {treatment.cartridge_lot}",
            ),
        )
    )
    notes = (
        ("Risk factors", risk_words(treatment)),
        ("Depth", depth_words(treatment) or "Not known"),
        ("Sterile, single use", treatment.get_sterile_single_use_display()),
        ("Products", treatment.products),
        ("Added", treatment.adjuncts),
        ("Device", device),
        ("Where", treatment.get_setting_display()),
    )
    return tuple((name, value) for name, value in notes if value)
