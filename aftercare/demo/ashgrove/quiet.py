"""Recoveries at Ashgrove with nothing open: as expected, or looked after."""

from __future__ import annotations

from datetime import date

from aftercare.demo.story import (
    Course,
    Did,
    Sent,
    calm,
    gland,
    signs,
    temperature,
    usual,
)
from aftercare.warning_signs.treatment_words import RiskFactor

from .staff import PRIYA, SAM

QUIET = (
    Course(
        "Maya Okafor",
        date(1991, 5, 14),
        "07700 900318",
        day=4,
        depth="1.5",
        logs=usual(4),
        about="Day 4, all as expected so far. Today's log is still to do.",
    ),
    Course(
        "Grace Adeyemi",
        date(1990, 12, 5),
        "07700 900654",
        day=9,
        logs=(
            *usual(5),
            Sent(
                5,
                signs("worse", 3, "mild", "mild", **gland(neck=True, under_jaw=True))
                | temperature("38.2"),
                "08:14",
            ),
            Sent(6, calm("better", 1, "mild", "none"), "08:30"),
            Sent(8, calm("better", 0, "none", "none"), "09:00"),
        ),
        staff=(
            Did("acknowledge", PRIYA, after=-3 * 24 * 60 + 20),
            Did("contact", PRIYA, after=-3 * 24 * 60 + 35, words="Seen by her doctor."),
            Did(
                "close",
                PRIYA,
                after=-2 * 24 * 60,
                outcome="treated",
                words="Doctor started antibiotics. Glands smaller, no fever since.",
                message="Finish the tablets. Call us if the fever comes back.",
            ),
        ),
        about="Day 9. Had swollen glands with fever; a nurse followed up.",
    ),
    Course(
        "Liam Doyle",
        date(1988, 4, 1),
        "07700 900871",
        day=3,
        depth="0.5",
        logs=(
            Sent(0, calm("same", 2, "moderate", "mild"), "18:30"),
            Sent(1, calm("better", 1, "mild", "none"), "07:45"),
            Sent(2, calm("better", 0, "mild", "none"), "08:02"),
        ),
        about="Day 3 after a light treatment.",
    ),
    Course(
        "Chloe Marchetti",
        date(1976, 6, 30),
        "07700 900390",
        day=11,
        depth="2.5",
        logs=(
            *usual(11, deep=True),
            Sent(11, calm("same", 0, "mild", "none"), minutes_ago=300),
        ),
        about="Day 11 after a deep treatment. Faint pinkness left.",
    ),
    Course(
        "Hannah Osei",
        date(1993, 8, 22),
        "07700 900905",
        day=13,
        risks=(RiskFactor.HISTORY_COLD_SORES,),
        logs=(
            *usual(3),
            Sent(
                3,
                signs("same", 2, "mild", "none", signs_rash=True, blisters="cold_sore"),
                "09:20",
            ),
            Sent(5, calm("better", 1, "mild", "none"), "08:40"),
            Sent(9, calm("same", 0, "none", "none"), "08:10"),
        ),
        staff=(
            Did(
                "contact",
                SAM,
                after=-6 * 24 * 60 + 120,
                words="Antiviral tablets sent.",
            ),
            Did(
                "close",
                SAM,
                after=-6 * 24 * 60 + 150,
                outcome="treated",
                words="Same-day antiviral, knows to call if it spreads to the eye.",
                message="Do not touch the sore. Wash your hands often.",
            ),
        ),
        about="Day 13. A cold sore on day 3 was treated the same day.",
    ),
    Course(
        "Ellie Novak",
        date(1998, 10, 3),
        "07700 900731",
        day=1,
        depth="2.0",
        logs=(
            Sent(
                0, calm("same", 5, "severe", "moderate", discharge_clear=True), "19:15"
            ),
            Sent(1, calm("same", 4, "severe", "moderate"), minutes_ago=240),
        ),
        about="Day 1 after a deep treatment: red and swollen, as expected.",
    ),
    Course(
        "Owen Price",
        date(1992, 9, 9),
        "07700 900519",
        day=-2,
        risks=(RiskFactor.ROSACEA,),
        logs=(Sent(-2, calm("same", 0, "mild", "none"), minutes_ago=200),),
        about="Two days before the treatment; has sent a first log.",
    ),
    Course(
        "Iris Tan",
        date(1975, 11, 27),
        "07700 900430",
        day=28,
        depth="1.5",
        logs=(*usual(14), Sent(21, calm("same", 0, "none", "none"), "08:20")),
        about="Day 28. A recovery that went as expected.",
    ),
)
