"""Aftercare day by day: what to do, what to leave, and when things are allowed again.

Days are calendar days from the day of treatment (day 0). A wait of 24 hours therefore
ends on day 1, at the clock time of the treatment, which the caller may hand in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .vocabulary import AftercareLapse

HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class CareItem:
    """One line of the checklist, shown from `first_day` to `last_day` (None: no end)."""

    text: str
    first_day: int = 0
    last_day: int | None = None
    lapses: frozenset[AftercareLapse] = frozenset()

    def is_for(self, day: int) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


DO: tuple[CareItem, ...] = (
    CareItem("Follow the clinic's own written advice first."),
    CareItem(
        "Clean the area gently. Use clean hands, lukewarm water and the cleanser we "
        "told you about.",
        lapses=frozenset({AftercareLapse.NOT_CLEANED}),
    ),
    CareItem(
        "Keep your skin moist with the cream or gel we gave you.",
        lapses=frozenset({AftercareLapse.NOT_MOISTURISED}),
    ),
    CareItem(
        "Use SPF 30 or more when you go out.",
        first_day=1,
        lapses=frozenset({AftercareLapse.DIRECT_SUN}),
    ),
    CareItem(
        "Look at your skin and feel it once a day. Feel for lumps in your neck too."
    ),
    CareItem("Log how you are."),
)

DO_NOT: tuple[CareItem, ...] = (
    CareItem(
        "Do not pick, scratch or peel. Keep your hands off your skin.",
        lapses=frozenset({AftercareLapse.PICKED_SKIN}),
    ),
    CareItem("Do not sit in the sun.", lapses=frozenset({AftercareLapse.DIRECT_SUN})),
    CareItem(
        "Do not use new or perfumed products. No acids, retinol or vitamin C until we "
        "tell you.",
        lapses=frozenset(
            {AftercareLapse.IRRITANT_PRODUCT, AftercareLapse.UNAPPROVED_PRODUCT}
        ),
    ),
    CareItem(
        "Do not put on make-up in the first 24 hours.",
        last_day=1,
        lapses=frozenset({AftercareLapse.MAKE_UP_EARLY}),
    ),
    CareItem(
        "Do not get hot in the first 72 hours. No sauna, hot bath or hard exercise.",
        last_day=3,
        lapses=frozenset({AftercareLapse.HEAT_OR_SWEAT}),
    ),
)

SLIP_ADVICE: dict[AftercareLapse, str] = {
    AftercareLapse.DIRECT_SUN: (
        "You were in the sun. Stay in the shade. Use SPF 30 or more once we allow it."
    ),
    AftercareLapse.IRRITANT_PRODUCT: (
        "You used a perfumed or active product. Stop it, and use only what we gave you."
    ),
    AftercareLapse.MAKE_UP_EARLY: (
        "You put on make-up early. Wash it off gently and wait for 24 hours."
    ),
    AftercareLapse.HEAT_OR_SWEAT: (
        "You got hot. Stay cool. No sauna, hot bath or hard exercise for 72 hours."
    ),
    AftercareLapse.PICKED_SKIN: (
        "You picked your skin. Keep your hands off and let dry bits fall off."
    ),
    AftercareLapse.NOT_CLEANED: (
        "You did not clean your skin. Clean it gently today, with clean hands."
    ),
    AftercareLapse.NOT_MOISTURISED: (
        "You did not use your cream. Use the cream or gel we gave you today."
    ),
    AftercareLapse.UNAPPROVED_PRODUCT: (
        "You used a product we did not give you. Stop it, and keep the pack to show us."
    ),
}


@dataclass(frozen=True, slots=True)
class Wait:
    """Something that is allowed again `hours` after treatment, or only when we say so."""

    question: str
    then: str
    hours: int | None
    not_yet: str = "Not yet."

    def answer(self, day: int, treated_at: str = "") -> str:
        """What to do about it on `day`; `treated_at` is a clock time such as "2pm"."""
        if self.hours is None:
            return self.then
        ends_on = self.hours // HOURS_A_DAY
        if day > ends_on:
            return self.then
        clock = f", at {treated_at}" if treated_at else ""
        if day == ends_on:
            return f"{self.not_yet} Wait until {self.hours} hours have gone by{clock}."
        return f"{self.not_yet} Wait {self.hours} hours, until day {ends_on}{clock}."


WHEN_CAN_I: tuple[Wait, ...] = (
    Wait("Make-up", "Yes. Use clean brushes and take it off gently.", 24),
    Wait(
        "SPF", "Yes. Use SPF 30 or more when you go out.", 24, "Not yet. Stay inside."
    ),
    Wait("Gym, sauna or a hot bath", "Yes. Stop if your skin stings.", 72),
    Wait("Sit in the sun", "Not while your skin heals. Stay in the shade.", None),
    Wait("Acids, retinol or vitamin C", "Not until we tell you.", None),
    Wait("Swim", "Ask us first.", None),
    Wait("Have another skin treatment", "Ask us first.", None),
)


@dataclass(frozen=True, slots=True)
class CareDay:
    """The checklist of one day and the answers to "When can I…"."""

    day: int
    do: tuple[str, ...]
    do_not: tuple[str, ...]
    when_can_i: tuple[tuple[str, str], ...]


def care_on(day: int, treated_at: str = "") -> CareDay:
    """The checklist of `day`; before day 0 that is the clinic's own advice and the log."""
    if day < 0:
        return CareDay(day, (DO[0].text, DO[-1].text), (), ())
    return CareDay(
        day=day,
        do=tuple(item.text for item in DO if item.is_for(day)),
        do_not=tuple(item.text for item in DO_NOT if item.is_for(day)),
        when_can_i=tuple(
            (wait.question, wait.answer(day, treated_at)) for wait in WHEN_CAN_I
        ),
    )


def slip_advice(lapses: Iterable[AftercareLapse]) -> tuple[str, ...]:
    """What to do after each slip, in the order of the list on the page."""
    slipped = set(lapses)
    return tuple(text for lapse, text in SLIP_ADVICE.items() if lapse in slipped)
