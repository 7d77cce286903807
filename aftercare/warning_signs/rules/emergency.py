"""Emergency signs: evaluated and shown first (specification 2.1)."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.warning_signs.case import Case
from aftercare.warning_signs.findings import Finding
from aftercare.warning_signs.rule import Find, Rule
from aftercare.warning_signs.vocabulary import Level, Phase, RedFlag
from aftercare.warning_signs.wording import capital

# The red flags behind each rule, with the words of its reason.
SIGNS: dict[str, dict[RedFlag, str]] = {
    "BREATHING": {
        RedFlag.BREATHING_DIFFICULTY: (
            "struggling to breathe, wheezing or a choking feeling"
        ),
        RedFlag.THROAT_TONGUE_SWELLING: (
            "sudden swelling of the lips, mouth, tongue or throat, or trouble swallowing"
        ),
    },
    "COLLAPSE": {
        RedFlag.COLLAPSE_FAINT: "fainting, or too dizzy to stand",
        RedFlag.BLUE_GREY_SKIN: "lips, tongue or skin turned blue, grey or very pale",
        RedFlag.CHEST_PAIN: "chest pain, or the heart racing or missing beats",
    },
    "SEPSIS": {
        RedFlag.CONFUSION_SLURRED_SPEECH: "confused, very drowsy or slurring words",
        RedFlag.UNCONTROLLABLE_SHIVERING: (
            "shivering that does not stop, or severe muscle pain"
        ),
        RedFlag.NO_URINE_18H: "no urine passed for most of a day",
        RedFlag.MOTTLED_SKIN: "patchy, mottled or ashen skin",
        RedFlag.NON_BLANCHING_RASH: "a rash that does not fade under a glass",
    },
    "EYE": {
        RedFlag.VISION_CHANGE_OR_EYE_PAIN: (
            "blurred or double vision, pain moving the eye, or a bulging eye"
        ),
    },
    "HEAD": {
        RedFlag.SEVERE_HEADACHE_STIFF_NECK: (
            "the worst headache ever, or a headache with a stiff neck"
        ),
    },
    "STROKE": {
        RedFlag.FACE_DROOP_OR_LIMB_WEAKNESS: (
            "one side of the face drooping, or a weak arm or leg"
        ),
    },
    "NUMBING": {
        RedFlag.SEIZURE_TWITCHING: "a fit, or twitching out of control",
    },
    "NECROTISING": {
        RedFlag.RAPID_SPREAD_OR_BLACK_SKIN: (
            "pain far worse than it looks, or skin turning dusky or black, "
            "or spreading over hours"
        ),
    },
    "BLEEDING": {
        RedFlag.BLEEDING_WONT_STOP: "still bleeding after 15 minutes of pressure",
    },
}
LEVELS = (Level.URGENT, Level.EMERGENCY)
PASSED = (
    "It has passed, but it still needs a look today. If it comes back, call the "
    "emergency number at once."
)


def red_flags_of(rule: str) -> Find:
    """The rule that is met when one of its red flags is ticked."""

    def find(case: Case) -> Iterator[Finding]:
        if not case.today.red_flags:
            return
        ticked = case.today.red_flags & SIGNS[rule].keys()
        now = case.today.red_flags_now & ticked
        if ticked:
            words = "; ".join(
                text for flag, text in SIGNS[rule].items() if flag in (now or ticked)
            )
            yield emergency(case, words, "red_flags", now=bool(now))

    return find


def numbing(case: Case) -> Iterator[Finding]:
    """A fit, or symptoms of too much numbing medicine; the graver of the two."""
    found = [*red_flags_of("NUMBING")(case), *numbing_symptoms(case)]
    if found:
        yield max(found, key=lambda finding: finding.level)


def numbing_symptoms(case: Case) -> Iterator[Finding]:
    """An emergency while the medicine may act, later PROMPT."""
    today = case.today
    words = "signs of too much numbing medicine"
    if not today.numbing_symptoms or today.phase is Phase.BASELINE:
        return
    if case.day > case.parameters.numbing_until:
        yield case.found(Level.PROMPT, capital(words), "numbing_symptoms")
    else:
        now = today.numbing_symptoms_now
        yield emergency(case, words, "numbing_symptoms", now=now)


def emergency_sign(case: Case) -> Iterator[Finding]:
    """The emergency tile, ticked without saying which sign."""
    if case.today.emergency_sign:
        now = case.today.emergency_sign_now
        yield emergency(case, "ticked without saying which", "signs", now=now)


def emergency(case: Case, words: str, item: str, *, now: bool) -> Finding:
    """EMERGENCY; on a past date and over by now, URGENT (specification 10.2)."""
    if now:
        return case.found(Level.EMERGENCY, f"Emergency sign, {words},", item)
    reason = f"Emergency sign that has passed, {words},"
    return case.found(Level.URGENT, reason, item, past=True)


def row(
    rule: str,
    name: str,
    *,
    told: str,
    seen: str,
    claim: str,
    sources: tuple[str, ...] = (),
) -> Rule:
    """A rule of red flags alone."""
    return Rule(
        id=rule,
        name=name,
        trigger="red flag " + " or ".join(f"`{flag}`" for flag in SIGNS[rule]),
        levels=LEVELS,
        patient_text=told,
        clinic_text=seen,
        claims=(claim,),
        sources=sources,
        find=red_flags_of(rule),
        other_texts={Level.URGENT: PASSED},
        on_baseline=True,
    )


RULES = (
    row(
        "BREATHING",
        "Breathing or airway danger",
        told=(
            "Call the emergency number now. Use an adrenaline pen if you have one. Lie "
            "down; sit up if breathing is hard."
        ),
        seen="Possible anaphylaxis; time of the log, products used",
        claim="S21",
        sources=("NHS-ANA",),
    ),
    row(
        "COLLAPSE",
        "Circulation danger",
        told="Call the emergency number now. Lie down and do not stand up.",
        seen="Possible anaphylaxis; time of the log, products used",
        claim="S21",
        sources=("NHS-ANA",),
    ),
    row(
        "SEPSIS",
        "Sepsis signs",
        told='Call the emergency number now and say "sepsis".',
        seen="Signs, temperature, days since the procedure",
        claim="S14",
        sources=("SEPSIS-TRUST", "NICE-SEPSIS"),
    ),
    row(
        "EYE",
        "Sight danger",
        told="Get emergency eye care now.",
        seen="Eye signs",
        claim="S14",
        sources=("ORBIT",),
    ),
    row(
        "HEAD",
        "Brain danger",
        told="Call the emergency number now.",
        seen="Headache, stiff neck",
        claim="S14",
        sources=("NICE-SEPSIS",),
    ),
    row(
        "STROKE",
        "Stroke sign",
        told="Call the emergency number now.",
        seen="Side, time it began, speech (standard care)",
        claim="S32",
    ),
    Rule(
        id="NUMBING",
        name="Numbing-medicine poisoning",
        trigger=(
            "red flag `seizure_twitching`, or `numbing_symptoms` on d <= NUMBING_UNTIL; "
            "`numbing_symptoms` later and without a seizure: PROMPT"
        ),
        levels=(Level.PROMPT, *LEVELS),
        patient_text=(
            "Call the emergency number now. Wipe off any cream that is left on the skin."
        ),
        clinic_text="Product and amount used",
        claims=("S21",),
        sources=("LAST",),
        find=numbing,
        other_texts={
            Level.URGENT: PASSED,
            Level.PROMPT: "Wipe off any cream that is left on the skin.",
        },
        on_baseline=True,
    ),
    row(
        "NECROTISING",
        "Rapid tissue infection",
        told="Call the emergency number now.",
        seen="Possible necrotising infection",
        claim="S14",
        sources=("NICE-CELL",),
    ),
    row(
        "BLEEDING",
        "Bleeding that will not stop",
        told="Press firmly and call the emergency number now.",
        seen="Site, minutes of pressure, blood thinners",
        claim="S32",
    ),
    Rule(
        id="EMERGENCY-SIGN",
        name="Emergency sign, not named",
        trigger="the emergency tile ticked with none of its defining answers positive",
        levels=LEVELS,
        patient_text="Call the emergency number now.",
        clinic_text="Ask which sign; the tile was ticked without saying",
        claims=("S14", "S21"),
        find=emergency_sign,
        other_texts={Level.URGENT: PASSED},
        on_baseline=True,
    ),
)
