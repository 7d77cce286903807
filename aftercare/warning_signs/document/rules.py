"""The rule table: an overview, then every rule with all that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aftercare.warning_signs.catalogue import RULES
from aftercare.warning_signs.rule import Rule
from aftercare.warning_signs.step_up import (
    AT_HIGH_RISK,
    FROM_WATCH_TOO,
    WITH_PRODUCT_ALLERGY,
)
from aftercare.warning_signs.treatment_words import HIGH_RISK_FACTORS, RiskFactor
from aftercare.warning_signs.vocabulary import Level

from .evidence import source_words
from .markdown import bullets, section, table
from .numbers import shipped_words

PARAMETER = re.compile(r"\b[A-Z][A-Z_]{2,}\b")


def rules_section() -> str:
    overview = table(
        ("rule", "plain name", "level"),
        [(f"[{rule.id}](#{anchor(rule)})", rule.name, levels(rule)) for rule in RULES],
    )
    return "\n\n".join(
        (section("Rules", overview), *(rule_section(rule) for rule in RULES))
    )


def anchor(rule: Rule) -> str:
    """The link that common Markdown readers make of the rule's heading."""
    kept = re.sub(r"[^\w\s-]", "", heading(rule).lower())
    return kept.replace(" ", "-")


def heading(rule: Rule) -> str:
    return f"{rule.id}: {rule.name}"


def levels(rule: Rule) -> str:
    return ", ".join(level.name for level in rule.levels)


def rule_section(rule: Rule) -> str:
    return section(heading(rule), bullets(rule_lines(rule)), depth=3)


def rule_lines(rule: Rule) -> Iterator[str]:
    yield f"**Level:** {levels(rule)}{step_up_words(rule)}"
    yield f"**Raised when:** {rule.trigger}"
    if numbers := parameters_of(rule):
        yield f"**With:** {', '.join(numbers)}"
    yield f"**The patient is told:** {rule.patient_text}"
    for level, text in rule.other_texts.items():
        yield f"**At {level.name} instead:** {text}"
    yield f"**The clinic looks at:** {rule.clinic_text}"
    if rule.on_baseline:
        yield "**Before the treatment:** raised too"
    yield f"**Claims:** {', '.join(rule.claims) or 'none of the seed texts'}"
    if rule.sources:
        yield f"**Sources:** {', '.join(map(source_words, rule.sources))}"


def parameters_of(rule: Rule) -> list[str]:
    """The parameters that the trigger names, with what they ship with."""
    names = dict.fromkeys(PARAMETER.findall(rule.trigger))
    found = ((name, shipped_words(name)) for name in names)
    return [f"{name} = {value}" for name, value in found if value]


def step_up_words(rule: Rule) -> str:
    who = []
    if rule.id in AT_HIGH_RISK:
        who.append("at high risk")
    if rule.id in WITH_PRODUCT_ALLERGY:
        who.append("with a known product allergy")
    return f" (one level higher {' or '.join(who)})" if who else ""


def step_up_section() -> str:
    factors = ", ".join(
        factor.label.lower() for factor in RiskFactor if factor in HIGH_RISK_FACTORS
    )
    return section(
        "Risk steps a level up",
        f"**High risk** is {factors}, or equipment that was not sterile. It raises no "
        f"flag alone; it makes {Level.PROMPT.name} results {Level.URGENT.name} for "
        f"{ids(AT_HIGH_RISK)}, and {Level.WATCH.name} results {Level.PROMPT.name} for "
        f"{ids(FROM_WATCH_TOO)}.",
        f"**Known product allergy** does the same for {ids(WITH_PRODUCT_ALLERGY)}. The "
        f"two do not add up, and nothing is stepped above {Level.URGENT.name}.",
    )


def ids(rules: frozenset[str]) -> str:
    return ", ".join(rule.id for rule in RULES if rule.id in rules)
