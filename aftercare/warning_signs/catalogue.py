"""The rule table in the specification's order."""

from __future__ import annotations

from .rule import Rule
from .rules import (
    allergy,
    emergency,
    fever,
    fluid,
    infection,
    lymph_nodes,
    own_words,
    pain,
    redness,
    scheduled,
    skin,
    swelling,
    viral,
    watch,
)

RULES: tuple[Rule, ...] = (
    *emergency.RULES,
    *fever.RULES,
    *lymph_nodes.RULES,
    *pain.RULES,
    *redness.RULES,
    *swelling.RULES,
    *fluid.RULES,
    *allergy.RULES,
    *viral.RULES,
    *infection.RULES,
    *skin.RULES,
    *own_words.RULES,
    *watch.RULES,
    *scheduled.RULES,
)
BY_ID = {rule.id: rule for rule in RULES}
