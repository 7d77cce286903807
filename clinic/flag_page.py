"""Everything about one flagged treatment, put together for one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from aftercare.flag_life import UNDO_ACKNOWLEDGEMENT, RowState, State
from aftercare.models import (
    REACHED,
    Clinic,
    FollowUpKind,
    Review,
    StaffMember,
    Treatment,
)
from aftercare.permissions import May, may
from aftercare.plots import Series
from aftercare.promise import OpeningHours
from aftercare.showing.recovery import BY_NAME, plots_of, plotted_items
from aftercare.warning_signs.vocabulary import Level

from .closed import ClosedRow, closed_row
from .colleagues import Names, carers, leads, working
from .course import CourseRecord, read_course
from .deadlines import due_state, due_words, short_moment
from .evidence import Before, Reason, quotes, reasons
from .medical import day_words, medical_notes, procedure_words
from .own_words import Quote
from .standing import Standing, state_words
from .timeline import Day, timeline
from .told import Told, call_requests, looked, told
from .waited import told_last


@dataclass(frozen=True, slots=True)
class Head:
    """Who it is about, how bad, and how much time is left; no level when all is closed."""

    name: str
    born: str
    phone: str
    procedure: str
    day: str
    level: Level | None
    state: str
    is_new: bool
    due: str
    due_state: str
    owner: str
    told: str


@dataclass(frozen=True, slots=True)
class Undo:
    """An acknowledgement that can be taken back for some more seconds."""

    step: UUID
    seconds: int


@dataclass(frozen=True, slots=True)
class FlagPage:
    """One treatment on the desk. Without open flags `standing` is None."""

    treatment: UUID
    patient: UUID
    head: Head
    reasons: tuple[Reason, ...]
    quotes: tuple[Quote, ...]
    told: tuple[Told, ...]
    told_of_looking: str
    calls: tuple[str, ...]
    series: tuple[Series, ...]
    notes: tuple[tuple[str, str], ...]
    timeline: tuple[Day, ...]
    shown: tuple[tuple[UUID, UUID | None], ...]
    standing: RowState | None
    was_reached: bool
    has_emergency: bool
    opening: tuple[datetime, str] | None
    colleagues: Names
    leads: Names
    must_escalate: bool
    can_acknowledge: bool
    undo: Undo | None
    last_review: ClosedRow | None

    @property
    def back_again(self) -> tuple[Before, ...]:
        """The reviews that had closed signs which are open again, each once."""
        found = (reason.before for reason in self.reasons)
        return tuple(dict.fromkeys(before for before in found if before))

    @property
    def next_step(self) -> str:
        """What is to be done now: the button that stands out."""
        if self.must_escalate:
            return "escalate"
        if self.can_acknowledge:
            return "acknowledge"
        return "close" if self.was_reached else "contact"

    @property
    def can_snooze(self) -> bool:
        """Only after a contact, and never an emergency."""
        contacted = self.standing is not None and self.standing.contacted
        return contacted and not self.has_emergency and not self.must_escalate


def read_flag_page(staff: StaffMember, treatment: Treatment, at: datetime) -> FlagPage:
    """The page of a treatment as a staff member sees it at a moment."""
    course = read_course(treatment, staff.clinic, at)
    standing = course.standing
    state = standing.state if standing else None
    people = working(staff.clinic)
    return FlagPage(
        treatment=treatment.pk,
        patient=treatment.patient_id,
        head=_head(course),
        reasons=reasons(course),
        quotes=quotes(course),
        told=told(course),
        told_of_looking=looked(course),
        calls=call_requests(course),
        series=series_of(course),
        notes=medical_notes(treatment),
        timeline=timeline(course),
        shown=tuple(
            (flag.pk, course.newest_finding(flag))
            for flag in (standing.flags if standing else ())
        ),
        standing=state,
        was_reached=_was_reached(course),
        has_emergency=bool(state and state.level is Level.EMERGENCY),
        opening=_opening(course.hours, staff.clinic, at),
        colleagues=carers(people),
        leads=leads(people, staff),
        must_escalate=must_escalate(staff, standing),
        can_acknowledge=can_acknowledge(staff, state, people),
        undo=_undo(course, staff),
        last_review=_last_review(course) if standing is None else None,
    )


def _head(course: CourseRecord) -> Head:
    patient, at = course.treatment.patient, course.at
    state = course.standing.state if course.standing else None
    return Head(
        name=str(patient),
        born=f"{patient.birth_date.day} {patient.birth_date:%B %Y}",
        phone=patient.phone,
        procedure=procedure_words(course.treatment),
        day=day_words(course.today),
        level=state.level if state else None,
        state=state_words(course.standing) if course.standing else "Closed",
        is_new=state is not None and state.state.waits,
        due=due_words(state, at, course.clinic) if state else "",
        due_state=due_state(state, at) if state else "",
        owner=state.owner if state else "",
        told=told_last(course),
    )


def can_acknowledge(
    staff: StaffMember, state: RowState | None, people: Sequence[StaffMember]
) -> bool:
    """Whether there is something to look at; what was escalated waits for a lead."""
    if state is None or not state.state.waits:
        return False
    if state.state is State.NEW or may(staff, May.REVIEW_EMERGENCY):
        return True
    return not any(one.is_clinical_lead for one in people)


def must_escalate(staff: StaffMember, standing: Standing | None) -> bool:
    """Whether escalating is all that this staff member can do; a lead goes on."""
    out_of_reach = standing is not None and standing.must_escalate
    return out_of_reach and not may(staff, May.REVIEW_EMERGENCY)


def next_opening(clinic: Clinic, at: datetime) -> tuple[datetime, str] | None:
    """The clinic's next opening, as a moment and in words; one query."""
    return _opening(clinic.opening_hours(), clinic, at)


def _opening(
    hours: OpeningHours, clinic: Clinic, at: datetime
) -> tuple[datetime, str] | None:
    opens = hours.next_opening(at)
    return (opens, short_moment(opens, at, clinic)) if opens else None


def series_of(course: CourseRecord) -> tuple[Series, ...]:
    """The plots of every log, first those that show what an open flag stands on."""
    flags = {flag.pk for flag in course.standing.flags} if course.standing else set()
    items = {
        item
        for finding in course.findings
        if finding.flag_id in flags
        for item in finding.items.split(",")
    }
    first = {BY_NAME[name].title for name in plotted_items(items)}
    plots = plots_of(course.treatment, course.logs_that_count, course.today, staff=True)
    return tuple(sorted(plots, key=lambda plot: plot.title not in first))


def _was_reached(course: CourseRecord) -> bool:
    """Whether a contact since the flags opened allows closing them."""
    if course.standing is None:
        return False
    opened = max(flag.opened_at for flag in course.standing.flags)
    return any(
        step.result in REACHED and step.undone_at is None and step.at >= opened
        for step in course.follow_ups
    )


def _undo(course: CourseRecord, staff: StaffMember) -> Undo | None:
    """One's own acknowledgement while it can still be taken back."""
    for step in reversed(course.follow_ups):
        left = step.at + UNDO_ACKNOWLEDGEMENT - course.at
        own = step.kind == FollowUpKind.ACKNOWLEDGED and step.by_id == staff.pk
        if own and step.undone_at is None and left >= timedelta():
            return Undo(step.pk, ceil(left.total_seconds()))
    return None


def _last_review(course: CourseRecord) -> ClosedRow | None:
    review: Review | None = course.last_review
    if review is None:
        return None
    review.treatment = course.treatment
    return closed_row(review, course.clinic, course.at)
