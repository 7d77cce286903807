"""The daily log as data: every question, in the order of the page, with its words.

A question writes one column of the record or, where boxes are ticked, one column for
each box. The page, the words of a sent log and the tests are all made from this list,
so that nothing can be forgotten in one of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.warning_signs.vocabulary import (
    AftercareLapse,
    Blisters,
    ColourChange,
    Discharge,
    FeverMedicine,
    Hives,
    NodePain,
    NodeSite,
    NodeSize,
    OverallChange,
    Pustules,
    RedFlag,
    Scar,
    Severity,
    Sign,
    SwellingSite,
)

from .question_kinds import (
    Number,
    OneOf,
    Question,
    Temperature,
    Text,
    Ticks,
    YesNo,
    ticks_of,
    yes,
)

# --- The four questions of every day -----------------------------------------------------

CHANGE = OneOf(
    "overall_change",
    "Since yesterday, my skin is",
    "Since yesterday",
    OverallChange,
    pictures="faces",
)
PAIN = Number(
    "pain",
    "Worst pain today",
    "Worst pain",
    hint="0 is no pain. 10 is the worst pain you can think of.",
)
REDNESS = OneOf(
    "redness",
    "Redness or darker skin",
    "Redness or darker skin",
    Severity,
    hint=(
        "Moderate is like sunburn. On brown or black skin it may look purple, grey or "
        "darker."
    ),
    pictures="bars",
)
SWELLING = OneOf(
    "swelling",
    "Swelling",
    "Swelling",
    Severity,
    hint="Moderate means other people notice.",
    pictures="bars",
)
SWELLING_SITES = Ticks(
    "swelling_sites",
    "Where is the swelling?",
    "Where it is swollen",
    ticks_of("swelling_sites", SwellingSite),
    settles=False,
)

REQUIRED = (CHANGE, PAIN, REDNESS, SWELLING)

# --- Under each tile -----------------------------------------------------------------------

RED_FLAGS = Ticks(
    "red_flags",
    "Which one?",
    "Emergency sign",
    ticks_of("red_flags", RedFlag),
    hint="Tick all that you have. If you cannot, call first.",
)
NUMBING = Ticks(
    "numbing",
    "After the numbing cream",
    "After the numbing cream",
    (
        yes(
            "numbing_symptoms",
            "A tingling mouth, a metal taste, ringing ears, dizzy or twitching",
        ),
    ),
)
STILL_PRESENT = YesNo(
    "still_present_now",
    "Is this still happening?",
    "Still happening when sent",
    hint="This log is for an earlier day.",
)
NODE_SITES = Ticks(
    "node_sites",
    "Where are the sore or swollen glands?",
    "Where the glands are",
    ticks_of("node_sites", NodeSite),
    hint=(
        "Press gently with flat fingers. A swollen gland feels like a sore pea or grape "
        "under the skin."
    ),
)
NODE_SIZE = OneOf(
    "node_size",
    "How big is the biggest one?",
    "Biggest gland",
    NodeSize,
    labels=(("lt_1cm", "Pea"), ("1_to_2cm", "Grape")),
    pictures="sizes",
    last="unsure",
)
NODE_PAIN = OneOf("node_pain", "Does it hurt?", "Does the gland hurt", NodePain)
NODE_MORE = Ticks(
    "node_more",
    "Is it any of these?",
    "The gland is",
    (
        yes("node_getting_bigger", "Growing"),
        yes("node_hard_or_fixed", "Hard, or does not move"),
        yes("node_skin_red_over", "Skin over it is red or darker"),
    ),
    none="None of these",
)
FEVERISH = Ticks(
    "unwell",
    "What do you feel now?",
    "Feeling",
    (yes("feels_feverish", "Hot and shivery all over"),),
)
FATIGUE = OneOf(
    "fatigue",
    "How tired or unwell are you?",
    "Tired or unwell",
    Severity,
    hint="Moderate means you had to slow down. Severe means you could not do usual things.",
    pictures="bars",
)
TEMPERATURE = Temperature(
    "temperature",
    "Your temperature",
    "Temperature",
    hint="Such as 37.5 or 99.5. Leave this blank if you cannot check.",
)
FEVER_MEDICINE = OneOf(
    "fever_medicine_8h",
    "Paracetamol, ibuprofen or aspirin in the last 8 hours?",
    "Fever medicine in the last 8 hours",
    FeverMedicine,
    settles=False,
)
DISCHARGE = Ticks(
    "discharge",
    "What does it look like?",
    "Fluid from the skin",
    ticks_of("discharge", Discharge),
    hint="Tick all that you see.",
)
SPREADING = Ticks(
    "spreading",
    "Which of these?",
    "Hot or spreading skin",
    (
        yes("hot_skin", "Much hotter than the skin next to it"),
        yes(
            "redness_spreading",
            "Red or darker skin that is growing, or on skin that was not treated",
        ),
        yes("red_streaks", "Red or dark lines that run away from it"),
    ),
)
HIVES = OneOf(
    "hives",
    "Hives: raised, itchy marks that come and go",
    "Hives",
    Hives,
)
BLISTERS = OneOf(
    "blisters", "Blisters or a cold sore", "Blisters or cold sore", Blisters
)
NEAR_EYE = Ticks(
    "near_eye",
    "Are the blisters near an eye?",
    "Blisters near an eye",
    (yes("blisters_near_eye", "Yes, two fingers from an eye or closer"),),
    settles=False,
)
PUSTULES = OneOf("pustules", "New spots filled with pus", "Pus spots", Pustules)
RASH_MORE = Ticks(
    "rash_more",
    "Do you have any of these?",
    "Rash or aches",
    (
        yes("bumps_rash", "A new itchy rash or red or dark bumps"),
        yes("rash_elsewhere", "A rash or sore lumps on skin that was not treated"),
        yes("joint_pain", "New aching joints"),
    ),
    hint="Not the usual sandpaper feel.",
)
MARKS = Ticks(
    "marks_more",
    "What is new since your treatment?",
    "New marks",
    (
        *ticks_of("colour_change", ColourChange),
        *ticks_of("scar", Scar),
        yes("bumps_firm_lumps", "Firm lumps I can feel"),
        yes("numb_patch", "A numb patch that is still there today"),
    ),
)
CALL_ME = Ticks(
    "call_me",
    "Would you like a call?",
    "Asked for a call",
    (yes("contact_request", "Please call me"),),
)

BLOCKS: dict[Sign, tuple[Question, ...]] = {
    Sign.EMERGENCY: (STILL_PRESENT, RED_FLAGS, NUMBING),
    Sign.GLANDS: (NODE_SITES, NODE_SIZE, NODE_PAIN, NODE_MORE),
    Sign.UNWELL: (FEVERISH, FATIGUE, TEMPERATURE, FEVER_MEDICINE),
    Sign.FLUID: (DISCHARGE,),
    Sign.SPREADING: (SPREADING,),
    Sign.RASH: (HIVES, BLISTERS, NEAR_EYE, PUSTULES, RASH_MORE),
    Sign.MARKS: (MARKS,),
    Sign.WORRY: (CALL_ME,),
}
"""What a ticked tile asks, directly under it."""

# --- Not asked by any tile -----------------------------------------------------------------

NOTE = Text(
    "free_text",
    "Tell us in your own words",
    "In your own words",
    hint="You can leave this blank.",
)
ITCH = OneOf("itch", "Itch", "Itch", Severity, pictures="bars")
PEELING = OneOf("peeling", "Peeling or dry skin", "Peeling", Severity, pictures="bars")
BRUISING = OneOf("bruising", "Bruises", "Bruises", Severity, pictures="bars")
LAPSES = Ticks(
    "aftercare_lapses",
    "Did any of these happen today?",
    "Aftercare",
    ticks_of("aftercare_lapses", AftercareLapse),
    hint="It helps us to know. Nobody does all of it right.",
    none="None of these",
    settles=False,
)

EXTRAS = (ITCH, PEELING, BRUISING, LAPSES)


def every_question() -> Iterator[Question]:
    """All questions in the order of the page."""
    yield from (CHANGE, PAIN, REDNESS, SWELLING, SWELLING_SITES)
    for block in BLOCKS.values():
        yield from block
    yield NOTE
    yield from EXTRAS
