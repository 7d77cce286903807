"""What one shift hands over to the next, on one page to print or to read out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from aftercare.escalation import attempts
from aftercare.flag_life import State
from aftercare.level_words import words_of
from aftercare.models import Clinic, StaffMember
from aftercare.models.cover_reading import Cover
from aftercare.promise import OpeningHours, Span, clock_words, span_words
from aftercare.promise.cover import taking_over
from aftercare.reminders import silence_words
from aftercare.services.row_steps import facts_of
from aftercare.services.silent_patients import silent_patients
from aftercare.showing.undelivered import undelivered
from aftercare.warning_signs.vocabulary import Level

from .deadlines import promises, short_moment
from .queue import Row, in_order, rows_of
from .standing import Standing, read_standings

MISSED = 2
"""From how many missed logs on a silence is handed over."""

READERS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to hand over. `url` leads to it; `due` is empty where nothing is owed.

    `facts`: where it stands, in a few words each.
    """

    name: str
    url: str
    words: str
    facts: tuple[str, ...] = ()
    due: str = ""
    is_late: bool = False
    in_shift: bool = False


@dataclass(frozen=True, slots=True)
class LevelLines:
    """The open rows of one level."""

    level: Level
    word: str
    promise: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """Who takes over, from when until when. `names` is empty without a rota."""

    names: tuple[str, ...]
    when: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class HandoverPage:
    """The page. `drawn` is its moment: what came in after it has not been read."""

    drawn: str
    at: str
    shift: Shift
    levels: tuple[LevelLines, ...]
    due_in_shift: int
    snoozed: tuple[Line, ...]
    unreachable: tuple[Line, ...]
    silent: tuple[Line, ...]
    undelivered: tuple[Line, ...]
    readers: tuple[tuple[str, str], ...]

    @property
    def is_calm(self) -> bool:
        """Whether there is nothing to hand over."""
        parts = (self.levels, self.snoozed, self.silent, self.undelivered)
        return not any(parts)


def read_handover_page(staff: StaffMember, cover: Cover, at: datetime) -> HandoverPage:
    """The page of a clinic as one staff member sees it; a dozen queries."""
    clinic, hours = staff.clinic, staff.clinic.opening_hours()
    standings = read_standings(clinic, at, hours)
    rows = sorted(rows_of(staff, standings, at), key=in_order)
    shift = shift_of(cover, hours, at)
    awake = [row for row in rows if row.standing.state is not State.SNOOZED]
    levels = tuple(_levels(awake, clinic, shift, at))
    return HandoverPage(
        drawn=at.isoformat(),
        at=_day_and_time(at, clinic),
        shift=shift,
        levels=levels,
        due_in_shift=sum(one.in_shift for level in levels for one in level.lines),
        snoozed=tuple(
            _line(row, shift, at) for row in rows if row.standing.state is State.SNOOZED
        ),
        unreachable=tuple(_unreachable(rows, standings, clinic, at)),
        silent=tuple(_silent(clinic, at)),
        undelivered=tuple(_undelivered(clinic)),
        readers=_readers(clinic, at),
    )


def shift_of(cover: Cover, hours: OpeningHours, at: datetime) -> Shift:
    """The shift that takes over by the rota; else the opening that is on, or the next."""
    zone = cover.clinic.zoneinfo
    if next_up := taking_over(cover.shifts, at):
        names = tuple(sorted(cover.names[one.staff] for one in next_up))
        span = Span(next_up[0].starts, max(one.ends for one in next_up))
    else:
        names, opens = (), at if hours.is_open(at) else hours.next_opening(at)
        closes = hours.closing_time(opens) if opens else None
        if opens is None or closes is None:
            return Shift((), "", None)
        span = Span(opens, closes)
    return Shift(names, span_words(span, at, zone), span.closes)


def _levels(
    rows: Sequence[Row], clinic: Clinic, shift: Shift, at: datetime
) -> Iterator[LevelLines]:
    for level, promise in promises(clinic).items():
        lines = tuple(_line(row, shift, at) for row in rows if row.level is level)
        if lines:
            yield LevelLines(level, words_of(level).staff, promise, lines)


def _line(row: Row, shift: Shift, at: datetime) -> Line:
    """A row of the queue: why, and where it stands."""
    owner = f"{row.owner} looks after it" if row.owner else "No owner"
    day = f"Day {row.day}" if row.day >= 0 else "Before treatment"
    due_at = row.standing.due_at
    awake = row.standing.state is not State.SNOOZED
    return Line(
        name=row.name,
        url=row.url,
        words=row.why,
        facts=tuple(filter(None, (day, row.state, owner, row.told))),
        due=row.due,
        is_late=awake and row.standing.is_late(at),
        in_shift=bool(due_at and shift.until and due_at <= shift.until),
    )


def _unreachable(
    rows: Sequence[Row],
    standings: Sequence[Standing],
    clinic: Clinic,
    at: datetime,
) -> Iterator[Line]:
    """Those who were tried in vain since they were last reached."""
    tried = {standing.treatment.pk: _tried(standing) for standing in standings}
    for row in rows:
        count, last = tried[row.key]
        if last is None:
            continue
        attempts_ = "1 attempt" if count == 1 else f"{count} attempts"
        when = short_moment(last, at, clinic)
        more = ". A clinical lead must decide" if row.must_escalate else ""
        phone = f" Call {row.phone}." if row.phone else ""
        words = f"{attempts_} without an answer, the last {when}{more}.{phone}"
        yield Line(row.name, row.url, words)


def _tried(standing: Standing) -> tuple[int, datetime | None]:
    """The most attempts on one of its flags, and when the last one was."""
    ordered = sorted(standing.steps, key=lambda step: step.at)
    found = [attempts(facts_of(flag), ordered) for flag in standing.flags]
    most = max(found, key=len)
    return len(most), most[-1].at if most else None


def _silent(clinic: Clinic, at: datetime) -> Iterator[Line]:
    """Patients who have missed several logs, whoever should be asked first on top."""
    for one in silent_patients(clinic, at):
        if one.silence.missed >= MISSED:
            words = f"Missed {one.silence.missed} days. {silence_words(one.silence)}"
            yield Line(str(one.patient), patient_url(one.patient.pk), words)


def _undelivered(clinic: Clinic) -> Iterator[Line]:
    """What never reached a patient, by patient."""
    found: dict[UUID, list[str]] = {}
    for one in undelivered(clinic):
        if one.patient:
            found.setdefault(one.patient, []).append(one.words)
    names = _names(clinic, found)
    for key, words in found.items():
        yield Line(names[key], patient_url(key), " ".join(dict.fromkeys(words)))


def _names(clinic: Clinic, keys: Mapping[UUID, object]) -> dict[UUID, str]:
    if not keys:
        return {}
    return {one.pk: str(one) for one in clinic.patients.filter(pk__in=list(keys))}


def _readers(clinic: Clinic, at: datetime) -> tuple[tuple[str, str], ...]:
    """Who read it last, and when."""
    read = clinic.handovers.select_related("by").order_by("-at")[:READERS]
    return tuple((one.by.name, short_moment(one.at, at, clinic)) for one in read)


def _day_and_time(at: datetime, clinic: Clinic) -> str:
    local = at.astimezone(clinic.zoneinfo)
    return f"{local:%A} {local.day} {local:%B %Y}, {clock_words(local)}"


def patient_url(key: UUID) -> str:
    return reverse("patient_detail", args=[key])
