"""The words of a daily log: every choice, in its clinical order, with its words for people.

The order of the members is the order of severity wherever the specification compares
("worst wins"), so `rank` is the position. Columns, forms and rules all take their
choices from here; nothing else may spell one.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Self


class Level(IntEnum):
    """How soon a person must look. A flag is any result of PROMPT or above."""

    NONE = 0
    WATCH = 1
    PROMPT = 2
    URGENT = 3
    EMERGENCY = 4


class Choice(StrEnum):
    """A coded answer with the words a patient reads.

    Members of one vocabulary compare in their clinical order (`<`, `max`); anything
    else compares as text.
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @cached_property
    def rank(self) -> int:
        """Position in the clinical order, from 0."""
        return list(type(self)).index(self)

    def __lt__(self, other: str) -> bool:
        if type(other) is type(self):
            return self.rank < other.rank
        return super().__lt__(other)

    def __le__(self, other: str) -> bool:
        return self == other or self < other

    def __gt__(self, other: str) -> bool:
        if type(other) is type(self):  # of all comparisons, this is what rules do most
            return self.rank > other.rank
        return not self <= other

    def __ge__(self, other: str) -> bool:
        if type(other) is type(self):
            return self.rank >= other.rank
        return not self < other

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Value and label pairs, in order, for columns and form fields."""
        return [(member.value, member.label) for member in cls]


class Severity(Choice):
    NONE = "none", "None"
    MILD = "mild", "Mild"
    MODERATE = "moderate", "Moderate"
    SEVERE = "severe", "Severe"


class OverallChange(Choice):
    BETTER = "better", "Better"
    SAME = "same", "The same"
    WORSE = "worse", "Worse"


class Sign(Choice):
    """The eight tiles of the log page. A ticked tile counts even without details."""

    EMERGENCY = "emergency", "An emergency sign"
    GLANDS = "glands", "Sore or swollen glands"
    UNWELL = "unwell", "Fever, shivery, or very tired"
    FLUID = "pus", "Pus, or skin that is weeping"
    SPREADING = "spread", "Hot skin, or redness that is spreading"
    RASH = "rash", "Hives, blisters or new itchy bumps"
    MARKS = "marks", "New marks, or a numb patch"
    WORRY = "worry", "Something else worries me"


class RedFlag(Choice):
    """Emergency signs, list 2.1 of the specification."""

    BREATHING_DIFFICULTY = (
        "breathing_difficulty",
        "Struggling to breathe, wheezing or a choking feeling",
    )
    THROAT_TONGUE_SWELLING = (
        "throat_tongue_swelling",
        "Sudden swelling of the lips, mouth, tongue or throat, or it is hard to swallow",
    )
    COLLAPSE_FAINT = "collapse_faint", "Fainted, or so dizzy you cannot stand"
    BLUE_GREY_SKIN = (
        "blue_grey_skin",
        "Lips, tongue or skin turned blue, grey or very pale",
    )
    CHEST_PAIN = "chest_pain", "Chest pain, or heart racing or missing beats"
    CONFUSION_SLURRED_SPEECH = (
        "confusion_slurred_speech",
        "Confused, very drowsy or slurring words",
    )
    UNCONTROLLABLE_SHIVERING = (
        "uncontrollable_shivering",
        "Shivering you cannot stop, or severe muscle pain",
    )
    NO_URINE_18H = "no_urine_18h", "Passed no urine for most of a day"
    MOTTLED_SKIN = "mottled_skin", "Patchy, mottled or ashen skin"
    NON_BLANCHING_RASH = (
        "non_blanching_rash",
        "A rash that does not fade when you press a glass on it",
    )
    VISION_CHANGE_OR_EYE_PAIN = (
        "vision_change_or_eye_pain",
        "Blurred or double vision, pain moving the eye, or a bulging eye",
    )
    SEVERE_HEADACHE_STIFF_NECK = (
        "severe_headache_stiff_neck",
        "The worst headache ever, or a headache with a stiff neck",
    )
    FACE_DROOP_OR_LIMB_WEAKNESS = (
        "face_droop_or_limb_weakness",
        "One side of the face drooping, or a weak arm or leg",
    )
    SEIZURE_TWITCHING = "seizure_twitching", "A fit, or twitching you cannot control"
    RAPID_SPREAD_OR_BLACK_SKIN = (
        "rapid_spread_or_black_skin",
        "Pain far worse than it looks, or skin turning dusky or black, "
        "or spreading over hours",
    )
    BLEEDING_WONT_STOP = (
        "bleeding_wont_stop",
        "Still bleeding after you pressed for 15 minutes",
    )


class SwellingSite(Choice):
    TREATED_AREA = "treated_area", "Treated skin"
    EYELIDS = "eyelids", "Eyelids"
    BEYOND_TREATED_AREA = "beyond_treated_area", "Other places"


class NodeSite(Choice):
    NECK = "neck", "Neck"
    UNDER_JAW = "under_jaw", "Under the jaw"
    FRONT_OF_EAR = "front_of_ear", "In front of the ear"
    BEHIND_EAR = "behind_ear", "Behind the ear"
    COLLARBONE = "collarbone", "Above the collarbone"
    ARMPIT = "armpit", "Armpit"
    GROIN = "groin", "Groin"
    ELSEWHERE = "elsewhere", "Somewhere else"


class NodeSize(Choice):
    UNSURE = "unsure", "Not sure"
    LT_1CM = "lt_1cm", "Pea or smaller"
    FROM_1_TO_2CM = "1_to_2cm", "Grape"
    GT_2CM = "gt_2cm", "Bigger"


class NodePain(Choice):
    NONE = "none", "No"
    TENDER_WHEN_PRESSED = "tender_when_pressed", "When I press it"
    PAINFUL_AT_REST = "painful_at_rest", "All the time"


class Discharge(Choice):
    CLEAR = "clear", "Clear or straw-coloured and wet"
    BLOOD_SPOTS = "blood_spots", "Spots or smears of blood"
    PUS = "pus", "Thick or cloudy, yellow, green or white, or a bad smell"


class Pustules(Choice):
    NONE = "none", "None"
    FEW = "few", "1 to 5"
    MANY = "many", "6 or more"


class Blisters(Choice):
    NONE = "none", "None"
    TINGLING_ONLY = "tingling_only", "Only tingling or burning at my lips or nose"
    COLD_SORE = "cold_sore", "A cold sore at my lips or nose"
    ON_TREATED_SKIN = "on_treated_skin", "Blisters or sores on treated skin"
    WIDESPREAD = "widespread", "In more than one place"


class Hives(Choice):
    NONE = "none", "None"
    LOCAL = "local", "Only on treated skin"
    WIDESPREAD = "widespread", "In other places too"


class Bump(Choice):
    RASH = "rash", "A new itchy rash, or red or dark bumps"
    FIRM_LUMPS = "firm_lumps", "Firm lumps I can feel"


class ColourChange(Choice):
    DARKER = "darker", "Darker skin"
    LIGHTER = "lighter", "Lighter skin"
    GREY_WHITE_BLACK = (
        "grey_white_black",
        "A grey, white or black patch bigger than a fingernail",
    )


class Scar(Choice):
    LINES = "lines", "Lines, or dots in rows"
    RAISED_OR_SUNKEN = "raised_or_sunken", "A raised or sunken mark"


class FeverMedicine(Choice):
    """Paracetamol, ibuprofen or aspirin in the last eight hours."""

    NO = "no", "No"
    YES = "yes", "Yes"
    UNSURE = "unsure", "Not sure"


class TemperatureUnit(Choice):
    CELSIUS = "C", "°C"
    FAHRENHEIT = "F", "°F"


class AftercareLapse(Choice):
    DIRECT_SUN = "direct_sun", "Direct sun"
    IRRITANT_PRODUCT = "irritant_product", "A perfumed or active product"
    MAKE_UP_EARLY = "make_up_early", "Make-up in the first 24 hours"
    HEAT_OR_SWEAT = "heat_or_sweat", "Heat, sauna or hard exercise"
    PICKED_SKIN = "picked_skin", "Picked, scratched or peeled my skin"
    NOT_CLEANED = "not_cleaned", "Did not clean it"
    NOT_MOISTURISED = "not_moisturised", "Did not moisturise"
    UNAPPROVED_PRODUCT = "unapproved_product", "A product the clinic did not give me"


class FeverState(Choice):
    """What the temperature answers of a log amount to; derived, never asked."""

    NONE = "none", "No fever"
    LOW = "low", "Slightly raised temperature"
    SUSPECTED = "suspected", "Suspected fever"
    CONFIRMED = "confirmed", "Fever"


class Phase(Choice):
    BASELINE = "baseline", "Before the treatment"
    POST = "post", "After the treatment"


class Outcome(Choice):
    """How a review ended (specification section 11)."""

    REASSURED = "reassured", "Reassured"
    ADVISED = "advised", "Advised"
    SEEN = "seen", "Seen"
    TREATED = "treated", "Treated"
    REFERRED = "referred", "Referred"
    SENT_BY_MISTAKE = "sent_by_mistake", "Sent by mistake"
    NOT_REACHED = "not_reached", "Could not be reached"
