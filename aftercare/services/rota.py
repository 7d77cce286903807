"""Who is on duty, and who stands behind them: put on the rota, and taken off it.

A turn is typed on the clinic's clock; each week of a series has its own moments, so that
it begins at the same time on the wall after the clocks have changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from aftercare.models import Duty, StaffMember
from aftercare.models.cover_reading import who_works
from aftercare.promise import Span, span_words
from aftercare.promise.cover import turn

from . import audit
from .follow_up import NotPossible

MOST_WEEKS = 26
WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Turn:
    """One person on duty on a date, from one time on the clinic's clock to another."""

    staff: UUID
    backup: UUID | None
    day: date
    starts: time
    ends: time


def put_on_duty(
    *, by: StaffMember, turn: Turn, weeks: int = 1, at: datetime
) -> list[Duty]:
    """Put somebody on the rota, for one week or several: all of it, or nothing.

    Several people may be on duty at once; the same person only once.
    """
    spans = spans_of(by, turn, weeks)
    if spans[0].closes <= at:
        raise NotPossible("This time is over. Enter one that is still to come.")
    with transaction.atomic():
        staff = hold_carers(by, turn)
        refuse_twice(staff, spans, at, by.clinic.zoneinfo)
        duties = Duty.objects.bulk_create(
            Duty(
                clinic=by.clinic,
                staff=staff,
                backup_id=turn.backup,
                starts_at=span.opens,
                ends_at=span.closes,
            )
            for span in spans
        )
        audit.record(
            "rota.put_on",
            by=by,
            clinic=by.clinic,
            at=at,
            object_id=duties[0].pk,
            reason=WEEKLY if weeks > 1 else "",
        )
    return duties


def take_off_duty(
    *, by: StaffMember, duty_id: UUID, following: bool = False, at: datetime
) -> int:
    """Take a turn off the rota, or it and the weeks that follow; how many that were.

    A turn that runs ends now; one that is over stays in the record.
    """
    with transaction.atomic():
        duties = by.clinic.dutys.select_for_update(of=("self",)).order_by("pk")
        first = duties.select_related("staff").get(pk=duty_id)
        if first.ends_at <= at:
            raise NotPossible("This duty is over. It stays in the record.")
        zone = by.clinic.zoneinfo
        ahead = [first, *(series_after(first, zone) if following else ())]
        for duty in ahead:
            end_or_remove(duty, at)
        audit.record(
            "rota.taken_off",
            by=by,
            clinic=by.clinic,
            at=at,
            object_id=duty_id,
            reason=WEEKLY if len(ahead) > 1 else "",
        )
    return len(ahead)


def spans_of(by: StaffMember, asked: Turn, weeks: int) -> list[Span]:
    """The moments of each week."""
    if not 1 <= weeks <= MOST_WEEKS:
        raise NotPossible(f"Repeat it for {MOST_WEEKS} weeks at most.")
    days = (asked.day + timedelta(weeks=number) for number in range(weeks))
    zone = by.clinic.zoneinfo
    try:
        return [turn(day, asked.starts, asked.ends, zone) for day in days]
    except ValueError as problem:
        raise NotPossible(str(problem)) from problem


def hold_carers(by: StaffMember, asked: Turn) -> StaffMember:
    """Who is on duty; both rows are locked, so nobody leaves or is put on meanwhile."""
    if asked.backup == asked.staff:
        raise NotPossible(
            "Nobody is their own backup. Choose somebody else, or nobody."
        )
    keys = {key for key in (asked.staff, asked.backup) if key}
    people = by.clinic.staffmembers.filter(who_works(), pk__in=keys).order_by("pk")
    held = {one.pk: one for one in people.select_for_update(no_key=True)}
    if len(held) < len(keys):
        raise NotPossible("Choose somebody who works here and looks after flags.")
    return held[asked.staff]


def refuse_twice(
    staff: StaffMember, spans: Sequence[Span], at: datetime, zone: ZoneInfo
) -> None:
    """Refuse a turn while the same person has another one."""
    others = staff.duties.filter(
        starts_at__lt=spans[-1].closes, ends_at__gt=spans[0].opens
    )
    for duty in others.order_by("starts_at"):
        for span in spans:
            if duty.starts_at < span.closes and duty.ends_at > span.opens:
                when = span_words(Span(duty.starts_at, duty.ends_at), at, zone)
                raise NotPossible(f"{staff} is on duty then already: {when}.")


def series_after(first: Duty, zone: ZoneInfo) -> list[Duty]:
    """The later turns of the same person at the same times of the same weekday."""
    later = first.staff.duties.filter(starts_at__gt=first.starts_at).order_by("pk")
    wanted = on_the_wall(first, zone)
    return [
        duty
        for duty in later.select_for_update(of=("self",))
        if on_the_wall(duty, zone) == wanted
    ]


def on_the_wall(duty: Duty, zone: ZoneInfo) -> tuple[int, time, time]:
    """Weekday and times of a turn on the clinic's clock."""
    starts, ends = duty.starts_at.astimezone(zone), duty.ends_at.astimezone(zone)
    return starts.weekday(), starts.time(), ends.time()


def end_or_remove(duty: Duty, at: datetime) -> None:
    if duty.starts_at < at:
        duty.ends_at = at
        duty.save(update_fields=["ends_at"])
    else:
        duty.delete()
