"""Ashgrove Clinic, London: the bigger of the two demo clinics."""

from __future__ import annotations

from datetime import date

from aftercare.warning_signs.vocabulary import RiskFactor

from .story import Course, Did, Sent, calm, gland, signs, temperature, usual

PRIYA, SAM, LENA, RUTH, OLU = (
    "Priya Nair",
    "Sam Kerr",
    "Dr Lena Hart",
    "Ruth Abara",
    "Olu Bankole",
)

STAFF = {
    PRIYA: ("is_clinician",),
    SAM: ("is_clinician",),
    LENA: ("is_clinical_lead",),
    RUTH: ("is_front_desk",),
    OLU: ("is_owner",),
}

COURSES = (
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
        "Iris Tan",
        date(1975, 11, 27),
        "07700 900430",
        day=28,
        depth="1.5",
        logs=(*usual(14), Sent(21, calm("same", 0, "none", "none"), "08:20")),
        about="Day 28. A recovery that went as expected.",
    ),
)
