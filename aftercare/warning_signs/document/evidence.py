"""Claims of the seed texts and the sources that were read."""

from __future__ import annotations

from aftercare.warning_signs.catalogue import RULES
from aftercare.warning_signs.claims import CLAIMS
from aftercare.warning_signs.sources import SOURCES

from .markdown import section, table


def claims_section() -> str:
    rows = [
        (
            claim.id,
            claim.text,
            claim.where,
            ", ".join(rule.id for rule in RULES if claim.id in rule.claims),
        )
        for claim in CLAIMS
    ]
    return section(
        "Claims of the seed texts",
        "The texts that this product started from carry no references. Each of their "
        "claims, in our words, and where it lives.",
        table(("claim", "in our words", "where it lives", "rules that name it"), rows),
    )


def sources_section() -> str:
    rows = [
        (tag, citation, ", ".join(rules_with(tag)) or "expected course, aftercare")
        for tag, citation in SOURCES.items()
    ]
    return section(
        "Sources",
        "No source gives severity by day and needle depth. The windows sit slightly "
        "beyond the longest uncomplicated courses that were described.",
        table(("tag", "source", "used for"), rows),
    )


def rules_with(tag: str) -> list[str]:
    return [rule.id for rule in RULES if tag in map(base_tag, rule.sources)]


def base_tag(source: str) -> str:
    """The tag of a source that a rule cites with its paragraph: "NICE-SEPSIS 1.1.3"."""
    return source.partition(" ")[0]


def source_words(source: str) -> str:
    return "the expected course below" if source == "section 8" else source
