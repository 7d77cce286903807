"""Rules of the record and the clock; `schedule` says when each is due."""

from __future__ import annotations

from aftercare.warning_signs.rule import Rule
from aftercare.warning_signs.vocabulary import Level

RULES = (
    Rule(
        id="UNSTERILE",
        name="Reused or unsterile equipment",
        trigger=(
            "procedure record has sterile_single_use = false: URGENT on the day on which "
            "that is saved if that day <= UNSTERILE_URGENT_UNTIL, else PROMPT"
        ),
        levels=(Level.PROMPT, Level.URGENT),
        patient_text="We will call you about a blood test and protective treatment.",
        clinic_text="Exposure pathway (HIV, hepatitis B and C), time window",
        claims=("S20",),
        sources=("MMWR",),
        find=None,
    ),
    Rule(
        id="MISSED",
        name="No log after a flag",
        trigger=(
            "a log submitted on clinic date X produced, for its own or a later day, a "
            "result of PROMPT or above that was new or higher for that day and rule, and "
            "at SCHEDULED_HOUR clinic time on X + MISSED_DAYS no log has been submitted "
            "after date X. Corrections count as logs; retractions and refused logs do "
            "not. Same level as the flag; EMERGENCY becomes URGENT"
        ),
        levels=(Level.PROMPT, Level.URGENT),
        patient_text="Please log today. How are you?",
        clinic_text="Original flag, last answers, phone number",
        claims=("S12",),
        find=None,
    ),
    Rule(
        id="NO-LOGS",
        name="No log at all",
        trigger=(
            "the procedure record existed at SCHEDULED_HOUR clinic time on day "
            "NO_LOGS_DAY and no post log had been submitted (one retracted before then "
            "does not count): WATCH, PROMPT if HIGH_RISK"
        ),
        levels=(Level.WATCH, Level.PROMPT),
        patient_text="Please log how you are.",
        clinic_text="Days without a log, risk factors",
        claims=("S29",),
        find=None,
    ),
)
