"""The whole page, in the order in which a clinical lead reads it."""

from __future__ import annotations

from aftercare.warning_signs.parameters import DEFAULTS
from aftercare.warning_signs.protocol import PROTOCOL, Protocol
from aftercare.warning_signs.vocabulary import Level

from .course import aftercare_section, expected_section
from .evidence import claims_section, sources_section
from .markdown import section, table
from .numbers import parameters_section, words_section
from .rules import rules_section, step_up_section
from .told import emergency_section, told_section

LEVELS = {
    Level.NONE: (
        "“This is what we expect on day N”, and when to call",
        "nothing",
        "none",
    ),
    Level.WATCH: (
        "what to keep an eye on, and when to call",
        "the timeline only",
        "none",
    ),
    Level.PROMPT: (
        "by when we will contact them; log again or call if it gets worse",
        "a flag, shown as Routine",
        "contact by the last closing time of the next open date",
    ),
    Level.URGENT: (
        "call the clinic today; out of hours, or when the target crosses closing time, "
        "the out-of-hours line",
        "a flag on top of the list; whoever is on duty is alerted",
        f"{DEFAULTS.review_urgent_minutes} opening minutes",
    ),
    Level.EMERGENCY: (
        "call the emergency number now; do not wait for the clinic",
        "a flag above all others; everyone on duty is alerted",
        f"acknowledged within {DEFAULTS.review_emergency_minutes} opening minutes",
    ),
}


def warning_signs_page(protocol: Protocol = PROTOCOL) -> str:
    """The page as Markdown, ending in one line break."""
    parts = (
        "# Warning signs",
        banner(protocol),
        INTRODUCTION,
        levels_section(),
        rules_section(),
        step_up_section(),
        parameters_section(),
        words_section(),
        expected_section(),
        told_section(),
        emergency_section(),
        aftercare_section(),
        claims_section(),
        sources_section(),
    )
    return "\n\n".join(parts) + "\n"


INTRODUCTION = """\
This page is written by `manage.py write_docs` from the code that runs; change the code, not
the page. It says which answers of a daily log raise a warning sign, how soon a person must
look, what the patient is told meanwhile, and what each rule rests on.

The software sorts logs for people to review. It does not diagnose, and it never tells a
patient that something is harmless. The calmest sentence there is: “This is what we expect
on day N”, always followed by when to call.

In triggers, `d` is the day after treatment (day 0 is the day itself), `R` and `S` are the
ranks of redness and swelling, `Re`, `Se`, `Pe`, `Ie` and `eff(…)` the same over the
baseline, `F` the fever state and `LNnew` a swollen gland that was not there before. `last`
is the newest earlier logged day. Names in capitals are parameters."""


def banner(protocol: Protocol) -> str:
    """Which rules these are, and whether anybody has signed them."""
    if protocol.is_signed:
        return (
            f"Protocol `{protocol.id}`, approved by {protocol.approved_by} "
            f"on {protocol.approved_on}."
        )
    return (
        f"> **Not signed.** Protocol `{protocol.id}` has not been approved by a "
        "clinician. Every number, level and text on this page is a proposal. Do not use "
        "it for real patients."
    )


def levels_section() -> str:
    rows = [(level.name, *words) for level, words in LEVELS.items()]
    head = ("level", "the patient is told", "the clinic gets", "review target")
    return section("Levels", table(head, rows), FLAGS)


FLAGS = """\
A *flag* is a result of PROMPT or above. It stays open until a person closes it. Targets
count the minutes in which the clinic is open; a clinic may shorten them, never lengthen
them."""
