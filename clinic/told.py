"""What the patient has been told, as it was shown, and what they asked for."""

from __future__ import annotations

from dataclasses import dataclass

from aftercare.models import AdviceGiven
from aftercare.warning_signs.vocabulary import Level

from .course import CourseRecord
from .deadlines import short_moment
from .timeline import advice_words


@dataclass(frozen=True, slots=True)
class Told:
    """What the patient was told after one log, as it was shown."""

    when: str
    kind: str
    level: Level
    title: str
    action: str
    promised: str
    rest: tuple[tuple[str, str], ...]


def told(course: CourseRecord) -> tuple[Told, ...]:
    """The advice of every log, newest first."""
    return tuple(_told(course, advice) for advice in reversed(course.advice))


def _told(course: CourseRecord, advice: AdviceGiven) -> Told:
    promised = advice.promised_at
    return Told(
        when=short_moment(advice.shown_at, course.at, course.clinic),
        kind=advice_words(advice.level),
        level=Level(advice.level),
        title=advice.title,
        action=advice.action,
        rest=tuple((name, words) for name, words in _rest(advice) if words),
        promised=short_moment(promised, advice.shown_at, course.clinic)
        if promised
        else "",
    )


def _rest(advice: AdviceGiven) -> tuple[tuple[str, str], ...]:
    """The other parts of the page, each under its heading."""
    return (
        ("Why", advice.why),
        ("What it can mean", advice.meaning),
        ("If nobody answers", advice.backup),
        ("Do", advice.do),
        ("Do not", advice.do_not),
        ("Expected", advice.expected),
        ("Keep an eye on", advice.watch),
        ("Emergency signs", advice.emergency_signs),
    )


def looked(course: CourseRecord) -> str:
    """Who the patient's page says has looked at all of the open flags, and when."""
    if course.standing is None:
        return ""
    steps = [
        s for s in course.standing.steps if s.kind in {"acknowledged", "contacted"}
    ]
    first = [
        next((s for s in steps if flag.pk in s.flags and s.at >= flag.raised_at), None)
        for flag in course.standing.flags
    ]
    seen = [step for step in first if step is not None]
    if len(seen) < len(first):
        return ""
    last = max(seen, key=lambda step: step.at)
    return f"{last.by} looked {short_moment(last.at, course.at, course.clinic)}"


def call_requests(course: CourseRecord) -> tuple[str, ...]:
    """What the patient asked about being called: after a log, or with one."""
    asked = []
    for request in course.call_requests:
        best = request.get_best_time_display().lower() if request.best_time else ""
        when = short_moment(request.at, course.at, course.clinic)
        asked.append(_call_words(when, request.number, best))
    for log in course.logs:
        if log.best_number or log.best_time:
            best = log.get_best_time_display().lower() if log.best_time else ""
            when = short_moment(log.submitted_at, course.at, course.clinic)
            asked.append(_call_words(when, log.best_number, best))
    return tuple(asked)


def _call_words(when: str, number: str, best: str) -> str:
    on, time = (f" on {number}" if number else ""), (f", {best}" if best else "")
    return f"Asked {when} to be called{on}{time}"
