"""The questions of the log as a person reads them, and logs as a hand gives them."""

from __future__ import annotations

from .hand import Hand

CHANGE = "Since yesterday, my skin is"
PAIN = "Worst pain today"
REDNESS = "Redness or darker skin"
SWELLING = "Swelling"
SIGNS = "Do you have any of these today?"
EMERGENCY = "An emergency sign"
GLANDS = "Sore or swollen glands"
UNWELL = "Fever, shivery, or very tired"
NONE = "None of these"
SEND = "Send today’s log"


def answer_four(
    hand: Hand, change: str = "Better", pain: str = "0", redness: str = "None"
) -> None:
    """The four questions of every day."""
    hand.choose(CHANGE, change)
    hand.choose(PAIN, pain)
    hand.choose(REDNESS, redness)
    hand.choose(SWELLING, "None")


def send_calm_log(hand: Hand, button: str = SEND) -> None:
    answer_four(hand)
    hand.tick(NONE)
    hand.press(button)


def send_worrying_log(hand: Hand) -> None:
    """Swollen glands and a fever of 38.2 °C, with all that is asked about them."""
    answer_four(hand, "Worse", "3", "Mild")
    hand.tick(GLANDS)
    hand.choose("Where are the sore or swollen glands?", "Left side of neck")
    hand.choose("How big is the biggest one?", "Pea")
    hand.choose("Does it hurt?", "When I press it")
    hand.tick(UNWELL)
    hand.choose("What do you feel now?", "Hot and shivery all over")
    hand.choose("How tired or unwell are you?", "Mild")
    hand.write("Your temperature", "38.2")
    hand.choose("Paracetamol, ibuprofen or aspirin in the last 8 hours?", "No")
    hand.press(SEND)
