"""Who has seen this: what was promised to a patient and what has happened since.

Pure words over what `followed` read. A time that has passed is said to be late, never
moved; nothing is called done before a person did it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from aftercare.models import ContactResult, Review
from aftercare.warning_signs.vocabulary import Level

from .followed import Done, Followed
from .moments import Clock

DONE, NOW, TO_COME = "done", "now", "to_come"
LATE = "We are running late. We are sorry."


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the tracker; `state` is done, now or to_come."""

    words: str
    detail: str = ""
    state: str = TO_COME


@dataclass(frozen=True, slots=True)
class Message:
    """What staff wrote to the patient when they closed a flag."""

    by: str
    at: str
    words: str


def tracker_of(follow: Followed, sent_at: datetime, clock: Clock) -> tuple[Step, ...]:
    """The steps for the flags of one log, in the order in which they happen."""
    sent = Step("We have your log", capital(clock.at(sent_at)), DONE)
    if not follow.flags:
        return (sent,)
    return (
        sent,
        looked_step(follow, clock),
        *call_steps(follow, clock),
        *(closed_step(review, clock) for review in follow.reviews),
    )


def looked_step(follow: Followed, clock: Clock) -> Step:
    """Who looked and when; or by when somebody will; or that we are late."""
    seen = follow.looked()
    if seen is not None:
        return Step(f"{seen.by} looked {clock.at(seen.at)}", "", DONE)
    if not follow.open:
        review = follow.reviews[-1]
        return Step(f"{review.by} looked {clock.at(review.at)}", "", DONE)
    due_at, level = due(follow), follow.level
    if due_at is None:
        return Step("A nurse will look when the clinic opens", "", NOW)
    if due_at <= clock.now:
        return Step(f"We said {clock.by(due_at)}", late_words(follow, clock), NOW)
    if level == Level.PROMPT:
        by = f"We will contact you by {clock.by(due_at)}"
        return Step("A nurse will look at your log", by, NOW)
    by = f"A nurse will look by {clock.by(due_at)}"
    return Step(by, "This page shows when they have", NOW)


def call_steps(follow: Followed, clock: Clock) -> Iterator[Step]:
    """Every attempt to reach the patient, and what is still to come."""
    for call in follow.calls():
        yield call_step(call, clock)
    if follow.open and not follow.spoken():
        looked = follow.looked() is not None
        yield Step(
            "We speak to you", speak_by(follow, clock), NOW if looked else TO_COME
        )


def call_step(call: Done, clock: Clock) -> Step:
    when = clock.at(call.at)
    if call.tried:
        return Step(f"We tried to call you {when}", "Please call us back.", DONE)
    if call.result == ContactResult.SEEN:
        return Step(f"{call.by} saw you {when}", "", DONE)
    return Step(f"{call.by} spoke to you {when}", "", DONE)


def speak_by(follow: Followed, clock: Clock) -> str:
    """By when a contact was promised: only for a routine flag, in words of its own."""
    due_at = due(follow)
    if follow.level != Level.PROMPT or due_at is None or follow.looked() is None:
        return ""
    if due_at <= clock.now:
        return f"We said {clock.by(due_at)}. {late_words(follow, clock)}"
    return f"By {clock.by(due_at)}"


def closed_step(review: Review, clock: Clock) -> Step:
    return Step(f"{review.by} finished with this {clock.at(review.at)}", "", DONE)


def messages_of(follow: Followed, clock: Clock) -> tuple[Message, ...]:
    """What staff left for the patient, the newest first."""
    return tuple(
        Message(str(review.by), clock.at(review.at), review.message)
        for review in reversed(follow.reviews)
        if review.message
    )


def due(follow: Followed) -> datetime | None:
    """The earliest moment that was promised for the gravest open flags."""
    gravest = [flag for flag in follow.open if flag.level == follow.level]
    return min((flag.due_at for flag in gravest if flag.due_at), default=None)


def late_words(follow: Followed, clock: Clock) -> str:
    """What is said of a time that has passed: sorry, the new time, and what else to do."""
    again = next_time(follow, clock)
    look = f" A nurse will look by {clock.by(again)}." if again else ""
    if follow.level is Level.EMERGENCY:
        return f"{LATE}{look} Do not wait for us."
    return f"{LATE}{look} If you cannot wait, call us."


def next_time(follow: Followed, clock: Clock) -> datetime | None:
    """The new time that was promised when the old one had passed, while it lies ahead."""
    gravest = [flag for flag in follow.open if flag.level == follow.level]
    times = [flag.moved_to for flag in gravest if flag.moved_to]
    return min((time for time in times if time > clock.now), default=None)


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]
