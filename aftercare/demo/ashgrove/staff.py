"""Who works at Ashgrove; the first of them has entered every treatment."""

from __future__ import annotations

PRIYA, SAM, LENA, RUTH, OLU = (
    "Priya Nair",
    "Sam Kerr",
    "Dr Lena Hart",
    "Ruth Abara",
    "Olu Bankole",
)

STAFF = {
    PRIYA: ("is_clinician",),
    SAM: ("is_clinician",),
    LENA: ("is_clinical_lead",),
    RUTH: ("is_front_desk",),
    OLU: ("is_owner",),
}

# On duty, and behind them: on weekdays and at the weekend.
ROTA = {
    **dict.fromkeys(range(5), (PRIYA, SAM)),
    **dict.fromkeys((5, 6), (SAM, LENA)),
}
