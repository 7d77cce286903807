"""Recoveries at Ashgrove with a sign that somebody must look at."""

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

FLAGGED = (
    Course(
        "Rosa Ibarra",
        date(1986, 11, 2),
        "07700 900112",
        day=0,
        logs=(
            Sent(
                0,
                signs(
                    "worse",
                    2,
                    "moderate",
                    "moderate",
                    signs_emergency=True,
                    red_flags_throat_tongue_swelling=True,
                    free_text="My lips and tongue feel thick since the serum.",
                ),
                minutes_ago=6,
            ),
        ),
        risks=(RiskFactor.ATOPIC_ECZEMA,),
        about="Treated today. Has just ticked an emergency sign.",
    ),
    Course(
        "Dani Whitcombe",
        date(1979, 2, 20),
        "07700 900447",
        day=6,
        depth="2.0",
        rf=True,
        logs=(
            *usual(5, deep=True),
            Sent(5, calm("same", 2, "mild", "mild"), "09:10"),
            Sent(
                6,
                signs(
                    "worse",
                    7,
                    "moderate",
                    "mild",
                    signs_pus=True,
                    discharge_pus=True,
                    hot_skin=True,
                    signs_spread=True,
                    free_text="Yellow spot by my chin that weeps. It throbs.",
                ),
                minutes_ago=70,
            ),
        ),
        staff=(Did("acknowledge", PRIYA, minutes_ago=55),),
        about="Day 6 after RF. Pus and rising pain; a nurse is on it.",
    ),
    Course(
        "Ben Achterberg",
        date(1989, 7, 25),
        "07700 900618",
        day=8,
        logs=(
            *usual(5),
            Sent(5, signs("worse", 2, "mild", "mild") | temperature("38.4"), "18:05"),
        ),
        staff=(
            Did("acknowledge", PRIYA, after=30),
            Did("contact", PRIYA, after=60, words="No answer.", result="no_answer"),
        ),
        about="Day 8. Had a fever on day 5 and has been silent since.",
    ),
    Course(
        "Tomasz Lewandowski",
        date(1983, 7, 9),
        "07700 900229",
        day=6,
        logs=(
            *usual(5),
            Sent(5, calm("same", 1, "moderate", "none"), "10:05"),
            Sent(6, calm("same", 1, "moderate", "none"), minutes_ago=130),
        ),
        about="Day 6. Redness is lasting longer than expected.",
    ),
    Course(
        "Aisha Rahman",
        date(1995, 3, 28),
        "07700 900563",
        day=2,
        logs=(
            *usual(2),
            Sent(
                2,
                signs(
                    "same",
                    2,
                    "moderate",
                    "mild",
                    signs_worry=True,
                    contact_request=True,
                    free_text="Can I go to my sister's wedding on Saturday with make-up?",
                    best_number="07700 900563",
                ),
                minutes_ago=185,
            ),
        ),
        about="Day 2. Asked to be called.",
    ),
    Course(
        "Jo Pemberton",
        date(1968, 9, 17),
        "07700 900785",
        day=4,
        risks=(RiskFactor.DIABETES,),
        about="Day 4 with diabetes, and not one log yet.",
    ),
    Course(
        "Ravi Menon",
        date(1984, 1, 11),
        "07700 900176",
        day=7,
        risks=(RiskFactor.AUTOIMMUNE,),
        logs=(
            *usual(6),
            Sent(
                7,
                signs("same", 1, "mild", "none", **gland("1_to_2cm", neck=True)),
                minutes_ago=400,
            ),
        ),
        staff=(
            Did("acknowledge", SAM, minutes_ago=390),
            Did(
                "contact",
                SAM,
                minutes_ago=380,
                words="No fever. Will feel again tonight and send a log.",
            ),
            Did("snooze", SAM, minutes_ago=378),
        ),
        about="Day 7 with an immune condition and a swollen gland.",
    ),
    Course(
        "Kezia Brown",
        date(1987, 3, 3),
        "07700 900864",
        day=3,
        rf=True,
        depth="2.5",
        risks=(RiskFactor.DARKER_SKIN_V_VI,),
        logs=(
            *usual(3, deep=True),
            Sent(
                3,
                signs("same", 2, "moderate", "mild", signs_marks=True, numb_patch=True),
                minutes_ago=260,
            ),
        ),
        about="Day 3 after RF. A numb patch on the jaw.",
    ),
    Course(
        "Sofia Lindqvist",
        date(1972, 5, 19),
        "07700 900222",
        day=22,
        depth="1.5",
        logs=(
            *usual(10),
            Sent(14, calm("same", 0, "mild", "none"), "08:15"),
            Sent(22, calm("same", 0, "mild", "none"), minutes_ago=500),
        ),
        about="Day 22. Faint redness that has not gone.",
    ),
    Course(
        "Nadia Haddad",
        date(1980, 2, 8),
        "07700 900347",
        day=35,
        logs=(
            *usual(9),
            Sent(28, calm("same", 0, "none", "none"), "09:30"),
            Sent(
                35,
                signs(
                    "worse", 1, "none", "none", signs_marks=True, bumps_firm_lumps=True
                ),
                minutes_ago=95,
            ),
        ),
        about="Day 35. Has felt firm lumps for the first time.",
    ),
)
