"""Birchwood Skin, Bristol: the second demo clinic, to show that nothing leaks."""

from __future__ import annotations

from datetime import date

from aftercare.warning_signs.treatment_words import RiskFactor

from .story import Course, Did, Sent, calm, signs, temperature, usual

OMAR, JUNE = "Omar Said", "Dr June Whitlock"

STAFF = {OMAR: ("is_clinician",), JUNE: ("is_clinical_lead", "is_owner")}
ROTA: dict[int, tuple[str, str]] = {}  # a clinic of two keeps none

COURSES = (
    Course(
        "Paul Ferreira",
        date(1981, 6, 16),
        "07700 900281",
        day=5,
        logs=(
            *usual(5),
            Sent(
                5,
                signs("worse", 3, "mild", "mild") | temperature("38.1"),
                minutes_ago=40,
            ),
        ),
        about="Day 5 with a fever.",
    ),
    Course(
        "Zainab Yusuf",
        date(1994, 1, 30),
        "07700 900192",
        day=2,
        logs=usual(2),
        risks=(RiskFactor.DARKER_SKIN_V_VI,),
        about="Day 2, all as expected.",
    ),
    Course(
        "Leah Stone",
        date(1985, 8, 12),
        "07700 900773",
        day=8,
        logs=(
            *usual(6),
            Sent(
                7,
                signs("worse", 1, "mild", "mild", signs_rash=True, hives="widespread"),
                "11:15",
            ),
        ),
        staff=(
            Did(
                "contact",
                OMAR,
                after=45,
                words="Stopped the new serum. Breathing fine.",
            ),
            Did(
                "close",
                OMAR,
                after=70,
                outcome="advised",
                words="Antihistamine advised; knows the emergency signs.",
                message="Leave the serum off. Call 999 if your mouth or throat swells.",
            ),
        ),
        about="Day 8. Hives on day 7; staff called back within the hour.",
    ),
    Course(
        "Noah Fischer",
        date(1990, 4, 4),
        "07700 900655",
        day=12,
        depth="0.5",
        logs=usual(9),
        about="Day 12 after a light treatment.",
    ),
    Course(
        "Amara Eze",
        date(1978, 12, 21),
        "07700 900844",
        day=3,
        sterile="false",
        logs=(*usual(3), Sent(3, calm("better", 1, "mild", "none"), minutes_ago=150)),
        about="Day 3. The record says that the cartridge was not sterile.",
    ),
)
