"""What the patient says: worse, tired, please call, a tile ticked, a note."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.warning_signs.case import Case
from aftercare.warning_signs.danger_text import found_phrases
from aftercare.warning_signs.findings import Finding
from aftercare.warning_signs.rule import Rule
from aftercare.warning_signs.vocabulary import Level, OverallChange, Severity, Sign
from aftercare.warning_signs.wording import listed

TILES = {
    Sign.RASH: "Hives, blisters or new itchy bumps",
    Sign.MARKS: "New marks or a numb patch",
}


def worse(case: Case) -> Iterator[Finding]:
    """Worse twice in a row."""
    is_worse = case.today.overall_change is OverallChange.WORSE
    if case.day < case.parameters.worse_day or not is_worse:
        return
    days = case.in_a_row("overall_change", 2)
    if days and days[0].overall_change is OverallChange.WORSE:
        reason = f"Worse than the day before on day {days[0].day} and again"
        yield case.found(Level.PROMPT, reason, "overall_change")


def tired(case: Case) -> Iterator[Finding]:
    """Severe tiredness, or moderate tiredness that lasts."""
    p = case.parameters
    if case.eff.fatigue is Severity.SEVERE and case.day >= p.tired_severe_day:
        yield case.found(Level.PROMPT, "Severe tiredness", "fatigue")
    elif case.day >= p.tired_day and is_tired(case.eff.fatigue):
        days = case.in_a_row("fatigue", p.tired_days)
        if days and all(is_tired(case.excess_of(day).fatigue) for day in days):
            reason = f"Tiredness on each of {len(days)} logged days up to and also"
            yield case.found(Level.PROMPT, reason, "fatigue")


def is_tired(fatigue: Severity) -> bool:
    return fatigue >= Severity.MODERATE


def contact(case: Case) -> Iterator[Finding]:
    """The patient asks for a call."""
    if case.today.contact_request:
        yield case.found(Level.PROMPT, "Asked to be contacted", "contact_request")


def text(case: Case) -> Iterator[Finding]:
    """Danger words in a note; the graver list wins."""
    p = case.parameters
    if not case.today.texts:
        return
    for level, phrases in (
        (Level.URGENT, p.text_urgent),
        (Level.PROMPT, p.text_prompt),
    ):
        found = phrases_in_notes(case, phrases)
        if found:
            words = listed(f"“{phrase}”" for phrase in found)
            yield case.found(level, f"The note says {words}", "free_text")
            return


def phrases_in_notes(case: Case, phrases: tuple[str, ...]) -> list[str]:
    """The phrases said in any note of the day; each note is read alone."""
    p = case.parameters
    found = dict.fromkeys(
        phrase
        for note in case.today.texts
        for phrase in found_phrases(note, phrases, p.text_negations, p.text_lookback)
    )
    return list(found)


def unspecified(case: Case) -> Iterator[Finding]:
    """A tile ticked without details that no other rule speaks for; a flag a tile."""
    for tile, words in TILES.items():
        if tile in case.today.unspecified:
            yield case.found(
                Level.PROMPT, f"{words}, ticked without details,", "signs", tile=tile
            )


RULES = (
    Rule(
        id="WORSE",
        name="Patient says worse twice",
        trigger=(
            "overall_change = worse, d >= WORSE_DAY, `last` in a row (CONSEC_GAP_DAYS) "
            "and also worse"
        ),
        levels=(Level.PROMPT,),
        patient_text="You said that it is getting worse.",
        clinic_text="All scores of the last days",
        claims=("S29",),
        sources=("NICE-SEPSIS 1.1.3",),
        find=worse,
    ),
    Rule(
        id="TIRED",
        name="Tiredness",
        trigger=(
            "eff(fatigue) = severe and d >= TIRED_SEVERE_DAY; or eff(fatigue) >= moderate "
            "on TIRED_DAYS logged days ending today, all in a row (CONSEC_GAP_DAYS), d "
            ">= TIRED_DAY"
        ),
        levels=(Level.PROMPT,),
        patient_text="Tell us how you feel overall.",
        clinic_text="Temperature, glands, other illness",
        claims=("S11",),
        find=tired,
    ),
    Rule(
        id="CONTACT",
        name="Patient asks for contact",
        trigger="contact_request, or the tile “Something else worries me”",
        levels=(Level.PROMPT,),
        patient_text="We will call you.",
        clinic_text="The text",
        claims=("S32",),
        sources=("NICE-SEPSIS 1.1.3",),
        find=contact,
        on_baseline=True,
    ),
    Rule(
        id="TEXT",
        name="Danger words in free text",
        trigger=(
            "a phrase of TEXT_URGENT: URGENT; a phrase of TEXT_PROMPT: PROMPT; not if "
            "one of the TEXT_LOOKBACK words before it in its sentence is in "
            "TEXT_NEGATIONS"
        ),
        levels=(Level.PROMPT, Level.URGENT),
        patient_text="Something in your note needs a look.",
        clinic_text="The sentence, highlighted",
        claims=("S29",),
        find=text,
        other_texts={
            Level.URGENT: (
                "If it is happening now, call the emergency number. Do not wait for us."
            )
        },
        on_baseline=True,
    ),
    Rule(
        id="UNSPECIFIED",
        name="Sign ticked without details",
        trigger=(
            "the tile “Hives, blisters or new itchy bumps” or “New marks, or a numb "
            "patch” ticked with none of its defining answers positive; one flag a tile"
        ),
        levels=(Level.PROMPT,),
        patient_text="You ticked a sign. Tell us more about it if you can.",
        clinic_text="Ask what it is; the tile was ticked without saying",
        claims=("S29", "S32"),
        find=unspecified,
    ),
)
