"""The rule table as a whole: order, evidence, words."""

from __future__ import annotations

import re

import pytest

from aftercare.warning_signs.catalogue import BY_ID, RULES
from aftercare.warning_signs.expected import NEVER_USUAL, TEXTS
from aftercare.warning_signs.parameters import DEFAULTS
from aftercare.warning_signs.rule import Rule
from aftercare.warning_signs.vocabulary import Level

IDS = [
    "BREATHING", "COLLAPSE", "SEPSIS", "EYE", "HEAD", "STROKE", "NUMBING",
    "NECROTISING", "BLEEDING", "EMERGENCY-SIGN", "FEVER", "FEVER-LOW",
    "TEMP-LOW", "LN-ALONE", "LN-PLUS", "LN-ATYP", "LN-PERSIST", "PAIN-SEVERE",
    "PAIN-PERSIST", "PAIN-RISE", "PAIN-LINGER", "RED-PERSIST", "RED-LATE",
    "RED-RISE", "RED-SPREAD", "SWELL-SEVERE", "SWELL-PERSIST", "SWELL-LATE",
    "SWELL-RISE", "PUS", "PUSTULES", "OOZE", "BLEED-LATE", "HIVES", "ANGIO",
    "DERM", "RASH-EARLY", "SYSTEMIC", "COLD-SORE", "BLISTERS", "EYE-AREA",
    "INFECT-CLUSTER", "LUMPS", "SKIN-DAMAGE", "NERVE", "PIGMENT", "SCAR",
    "PEEL", "BRUISE", "WORSE", "TIRED", "CONTACT", "TEXT", "UNSPECIFIED",
    "LN-KNOWN", "ABOVE-EXPECTED", "AFTERCARE", "UNSTERILE", "MISSED", "NO-LOGS",
]  # fmt: skip
BANNED = re.compile(
    r"\b(normal\w*|harmless|abnormal\w*|concerning|fine|lymphadenopathy|pyrexia|febrile|"
    r"nodes?|purulent|exudate|erythema|nothing to worry)\b",
    re.IGNORECASE,
)
rule_by_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


def test_the_table_stands_in_the_order_of_the_specification() -> None:
    assert [rule.id for rule in RULES] == IDS
    assert list(BY_ID) == IDS


@rule_by_rule
def test_a_rule_says_what_it_means_and_where_it_comes_from(rule: Rule) -> None:
    assert rule.name
    assert rule.trigger
    assert rule.patient_text.endswith((".", "?"))
    assert rule.clinic_text
    assert list(rule.levels) == sorted(set(rule.levels))
    assert Level.NONE not in rule.levels
    assert rule.claims or rule.sources
    assert all(re.fullmatch(r"S(0[1-9]|[12]\d|3[0-6])", claim) for claim in rule.claims)


@rule_by_rule
def test_the_words_of_a_rule_suit_patients_and_never_calm_too_much(rule: Rule) -> None:
    texts = [rule.name, *(rule.text_for(level) for level in Level)]
    assert [text for text in texts if BANNED.search(text)] == []


@rule_by_rule
def test_contact_us_today_is_said_by_the_level_alone(rule: Rule) -> None:
    texts = " ".join(rule.text_for(level) for level in Level).lower()
    assert "contact us today" not in texts
    assert "we will contact you" not in texts


def test_the_words_of_the_expected_course_suit_patients_too() -> None:
    texts = [*TEXTS.values(), NEVER_USUAL]
    assert [text for text in texts if BANNED.search(text)] == []


@rule_by_rule
def test_every_parameter_that_a_trigger_names_exists(rule: Rule) -> None:
    names = {name.partition(" for ")[0] for name, _, _ in DEFAULTS.entries()}
    named = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", rule.trigger)) - {"HIGH_RISK"}
    assert named <= names


def test_every_parameter_of_the_rules_is_named_by_a_trigger() -> None:
    triggers = " ".join(rule.trigger for rule in RULES)
    elsewhere = {
        "ANTIPYRETIC_WINDOW_H", "MAX_BACKDATE_DAYS", "MAX_LOG_DAY", "FOLLOW_UP_DAYS",
        "CLINIC_SUPPRESS_DAYS", "REVIEW_EMERGENCY_MINUTES", "REVIEW_URGENT_MINUTES",
        "REVIEW_PROMPT_WORKING_DAYS",
    }  # fmt: skip
    names = {name.partition(" for ")[0] for name, _, _ in DEFAULTS.entries()}
    unnamed = {name for name in names if not re.search(rf"\b{name}\b", triggers)}
    assert unnamed == elsewhere


def test_a_text_may_differ_by_level() -> None:
    sepsis = BY_ID["SEPSIS"]
    assert "sepsis" in sepsis.text_for(Level.EMERGENCY)
    assert "has passed" in sepsis.text_for(Level.URGENT)


def test_rules_of_the_clock_and_the_record_do_not_read_a_log() -> None:
    assert {rule.id for rule in RULES if rule.find is None} == {
        "UNSTERILE",
        "MISSED",
        "NO-LOGS",
    }


def test_a_log_before_the_treatment_meets_few_rules() -> None:
    emergencies = set(IDS[: IDS.index("FEVER")])
    on_baseline = {rule.id for rule in RULES if rule.on_baseline}
    assert on_baseline == emergencies | {"CONTACT", "TEXT"}
