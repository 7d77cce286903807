"""Why a treatment is flagged: each reason with its rule and the answers it stands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from aftercare.models import DailyLog, Finding, Flag
from aftercare.models.answers import PICK_SEVERAL
from aftercare.showing.answers import answers_of
from aftercare.warning_signs.catalogue import BY_ID
from aftercare.warning_signs.findings import SAID_TOGETHER, said_once
from aftercare.warning_signs.vocabulary import Level

from .course import CourseRecord
from .deadlines import short_moment
from .own_words import Quote, pieces_of
from .timeline import about


@dataclass(frozen=True, slots=True)
class Evidence:
    """One finding behind a flag: which log, the answers, and what to know about it."""

    source: str
    reason: str
    answers: tuple[tuple[str, str], ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """The review that had closed the same sign before it came back."""

    by: str
    when: str
    outcome: str
    note: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One open flag in the words that the patient saw too; see the component `reasons`."""

    flag: UUID
    level: Level
    reason: str
    rule: str
    trigger: str
    look_at: str
    supported: bool
    newest: Evidence | None
    earlier: tuple[Evidence, ...]
    before: Before | None

    @property
    def earlier_words(self) -> str:
        """How many more findings there are."""
        count = len(self.earlier)
        return "1 earlier finding" if count == 1 else f"{count} earlier findings"


def reasons(course: CourseRecord) -> tuple[Reason, ...]:
    """The open flags worth saying, worst first."""
    if course.standing is None:
        return ()
    flags = course.standing.flags
    rules = {flag.rule for flag in flags}
    said_too = {SAID_TOGETHER[rule]: rule for rule in rules & SAID_TOGETHER.keys()}
    return tuple(
        _reason(course, flag, said_too.get(flag.rule, "")) for flag in said_once(flags)
    )


def _reason(course: CourseRecord, flag: Flag, said_too: str) -> Reason:
    found = [_evidence(course, one, flag) for one in course.findings_of(flag)]
    rule = BY_ID[flag.rule.partition(":")[0]]
    names = f"{flag.rule}, {said_too}" if said_too else flag.rule
    return Reason(
        flag=flag.pk,
        level=flag.urgency,
        reason=flag.reason,
        rule=f"{names}: {rule.name.lower()}. Protocol {flag.protocol}",
        trigger=rule.trigger,
        look_at=rule.clinic_text,
        supported=course.is_supported(flag),
        newest=found[0] if found else None,
        earlier=tuple(found[1:]),
        before=_before(course, flag),
    )


def _evidence(course: CourseRecord, finding: Finding, flag: Flag) -> Evidence:
    log = course.log(finding.log_id)
    items = tuple(filter(None, finding.items.split(",")))
    return Evidence(
        source=_source(course, finding, log),
        reason=finding.reason if finding.reason != flag.reason else "",
        answers=answers_behind(log, items) if log else (),
        labels=tuple(_labels(finding, log)),
    )


def answers_behind(log: DailyLog, items: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The answers of a log that a finding stands on: question and words.

    `items` are names of the rules' facts; the patient's own words are quoted elsewhere.
    """
    names = set(items)
    return tuple(
        (said.question, said.words)
        for said in answers_of(log)
        if said.field != "free_text"
        and any(_fact(one) in names for one in said.columns)
    )


def _fact(column: str) -> str:
    """The fact that a column belongs to: "node_size" is about `lymph_nodes`."""
    if column.startswith("node_"):
        return "lymph_nodes"
    if column.startswith("temperature_"):
        return "temperature_c"
    several = (
        name for name in ("signs", *PICK_SEVERAL) if column.startswith(f"{name}_")
    )
    return next(several, column)


def _source(course: CourseRecord, finding: Finding, log: DailyLog | None) -> str:
    """Which log it is and when it came, or that no log was needed."""
    when = short_moment(finding.at, course.at, course.clinic)
    if log is None:
        return f"Found {when}, from no log"
    sent = short_moment(log.submitted_at, course.at, course.clinic)
    by = f" by telephone, entered by {log.entered_by}" if log.entered_by else ""
    return f"Log for {about(log)}, sent {sent}{by}"


def _labels(finding: Finding, log: DailyLog | None) -> list[str]:
    """What a reader must know before trusting the evidence."""
    labels = []
    if finding.disagreement:
        labels.append(f"Answers disagree: {finding.disagreement}")
    if log is None:
        return labels
    if not log.sent_on_its_day:
        labels.append("Sent later, about an earlier day")
    if log.conflicts_with_id:
        labels.append("Sent a second time with other answers; both are kept")
    if hasattr(log, "corrected_by"):
        labels.append("Corrected since")
    if hasattr(log, "retraction"):
        labels.append("Taken back since")
    if log.unusable:
        labels.append(f"Could not be used: {log.unusable}")
    return labels


def _before(course: CourseRecord, flag: Flag) -> Before | None:
    old = next((one for one in course.flags if one.pk == flag.follows_id), None)
    if old is None or old.review is None:
        return None
    review = old.review
    return Before(
        by=review.by.name,
        when=short_moment(review.at, course.at, course.clinic),
        outcome=review.get_outcome_display().lower(),
        note=review.note,
    )


def quotes(course: CourseRecord) -> tuple[Quote, ...]:
    """What the patient wrote in the logs behind the open flags and since, newest first."""
    if course.standing is None:
        return ()
    flags = {flag.pk for flag in course.standing.flags}
    behind = {one.log_id for one in course.findings if one.flag_id in flags}
    opened = min(flag.opened_at for flag in course.standing.flags)
    return tuple(
        Quote(
            f"{about(log)}, {short_moment(log.submitted_at, course.at, course.clinic)}",
            pieces_of(log.free_text),
        )
        for log in reversed(course.logs)
        if log.free_text and (log.pk in behind or log.submitted_at >= opened)
    )
