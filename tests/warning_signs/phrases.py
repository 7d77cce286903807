"""The compact words of the day tables, and what each means in the assess format.

A phrase is what a nurse would write in the margin: `redness moderate`, `gland in neck`,
`37.9 C`, `took fever medicine`. A line of a table is a list of them. An answer that no
phrase mentions is left out, which the format reads as the "no" of the specification;
`not asked pain` writes `null`. `says "…"` is free text.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from aftercare.warning_signs.vocabulary import (
    AftercareLapse,
    NodeSite,
    RedFlag,
    Severity,
    Sign,
)

GRADED = {
    "redness": "redness",
    "swelling": "swelling",
    "tiredness": "fatigue",
    "itch": "itch",
    "peeling": "peeling",
    "bruising": "bruising",
}

# Each phrase fills one key; a list is added to what the key already holds.
PHRASES: dict[str, tuple[str, Any]] = {
    "spreading redness": ("redness_spreading", True),
    "red streaks": ("red_streaks", True),
    "hot skin": ("hot_skin", True),
    "treated skin swollen": ("swelling_sites", ["treated_area"]),
    "eyelids swollen": ("swelling_sites", ["eyelids"]),
    "swollen elsewhere": ("swelling_sites", ["beyond_treated_area"]),
    "feverish": ("feels_feverish", True),
    "took fever medicine": ("fever_medicine_8h", True),
    "gland": ("lymph_nodes.present", True),
    "no gland": ("lymph_nodes.present", False),
    "gland pea-sized": ("lymph_nodes.size", "lt_1cm"),
    "gland grape-sized": ("lymph_nodes.size", "1_to_2cm"),
    "gland bigger than a grape": ("lymph_nodes.size", "gt_2cm"),
    "gland tender": ("lymph_nodes.pain", "tender_when_pressed"),
    "gland painful": ("lymph_nodes.pain", "painful_at_rest"),
    "gland growing": ("lymph_nodes.getting_bigger", True),
    "gland hard": ("lymph_nodes.hard_or_fixed", True),
    "gland red over": ("lymph_nodes.skin_red_over", True),
    "clear ooze": ("discharge", ["clear"]),
    "blood spots": ("discharge", ["blood_spots"]),
    "pus": ("discharge", ["pus"]),
    "few pus spots": ("pustules", "few"),
    "many pus spots": ("pustules", "many"),
    "lip tingling": ("blisters", "tingling_only"),
    "cold sore": ("blisters", "cold_sore"),
    "blisters on treated skin": ("blisters", "on_treated_skin"),
    "blisters widespread": ("blisters", "widespread"),
    "near an eye": ("blisters_near_eye", True),
    "hives local": ("hives", "local"),
    "hives widespread": ("hives", "widespread"),
    "itchy rash": ("bumps", ["rash"]),
    "firm lumps": ("bumps", ["firm_lumps"]),
    "darker skin": ("colour_change", ["darker"]),
    "lighter skin": ("colour_change", ["lighter"]),
    "grey patch": ("colour_change", ["grey_white_black"]),
    "lines in rows": ("scar", ["lines"]),
    "raised mark": ("scar", ["raised_or_sunken"]),
    "aching joints": ("joint_pain", True),
    "rash elsewhere": ("rash_elsewhere", True),
    "numb patch": ("numb_patch", True),
    "numbing symptoms": ("numbing_symptoms", True),
    "better": ("overall_change", "better"),
    "same": ("overall_change", "same"),
    "worse": ("overall_change", "worse"),
    "call me": ("contact_request", True),
    "still there": ("still_present_now", True),
    "it has passed": ("still_present_now", False),
}
PHRASES |= {
    f"{word} {grade}": (key, str(grade))
    for word, key in GRADED.items()
    for grade in Severity
}
PHRASES |= {
    f"gland in {site.replace('_', ' ')}": ("lymph_nodes.sites", [str(site)])
    for site in NodeSite
}
PHRASES |= {flag.replace("_", " "): ("red_flags", [str(flag)]) for flag in RedFlag}
PHRASES |= {
    lapse.replace("_", " "): ("aftercare_lapses", [str(lapse)])
    for lapse in AftercareLapse
}
PHRASES |= {f"tile {sign}": ("signs", [str(sign)]) for sign in Sign}

FREE_TEXT = re.compile(r'says "([^"]*)"')
PAIN = re.compile(r"pain (-?\d+)")
TEMPERATURE = re.compile(r"(\d+(?:\.\d+)?) ([CF])")
NOT_ASKED = re.compile(r"not asked (\w+)")


def answers_of(line: str) -> dict[str, Any]:
    """The answers of one log in the assess format, from a line of phrases.

    Raises ValueError for a phrase that is not in the vocabulary of the tables.
    """
    answers: dict[str, Any] = {}
    if said := FREE_TEXT.search(line):
        answers["free_text"] = said[1]
        line = FREE_TEXT.sub("", line)
    for phrase in filter(None, (part.strip() for part in line.split(","))):
        if phrase != "all calm":
            _write(answers, phrase)
    return answers


def _write(answers: dict[str, Any], phrase: str) -> None:
    if phrase in PHRASES:
        path, value = PHRASES[phrase]
        if path == "lymph_nodes.sites":
            _put(answers, "lymph_nodes.present", True)
        _put(answers, path, value)
    elif pain := PAIN.fullmatch(phrase):
        answers["pain"] = int(pain[1])
    elif reading := TEMPERATURE.fullmatch(phrase):
        answers["temperature_value"] = Decimal(reading[1])  # never a binary float
        answers["temperature_unit"] = reading[2]
    elif unasked := NOT_ASKED.fullmatch(phrase):
        answers[unasked[1]] = None
    else:
        raise ValueError(f"no such phrase: {phrase!r}")


def _put(answers: dict[str, Any], path: str, value: Any) -> None:
    *outer, key = path.split(".")
    for name in outer:
        answers = answers.setdefault(name, {})
    if isinstance(value, list):
        value = [*answers.get(key, []), *value]
    answers[key] = value
