"""No flag goes unread: whoever must be told of one that waits is told, in time.

`next_rung_at` on the flag is the next moment at which somebody must be told if nobody
has looked; one indexed look finds every flag whose moment has come. Telling is written
down and put into the outbox in one transaction, once for each rung and person.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from aftercare.messages import words
from aftercare.models import Clinic, Flag, MovedPromise, StaffMember, Telling
from aftercare.models.follow_up import with_steps
from aftercare.promise import OpeningHours, promise
from aftercare.promise.ladder import Rung, Waiting, next_rung_at, rungs_due
from aftercare.pulse import AHEAD
from aftercare.warning_signs.vocabulary import Level

from . import audit
from .clocks import clock_stopped, is_reached, steps_on
from .locking import free_with_hours
from .tell_staff import behind_duty, duty_or_all, everyone_on_duty, leads, on_call, tell

logger = logging.getLogger(__name__)

AGAIN = timedelta(days=1)
"""How often the lead is reminded of a late flag when no opening lies ahead."""

MOST_AT_ONCE = 1000
FURTHEST_AHEAD = timedelta(days=1)
"""No clock that we write by is further ahead; so only an end of the index is looked at."""


@dataclass(frozen=True, slots=True)
class Climb:
    """One locked flag, with its clinic's hours, at one moment."""

    flag: Flag
    clinic: Clinic
    hours: OpeningHours
    at: datetime


def climb_ladder(at: datetime) -> int:
    """Tell whoever must be told by `at`; how many flags were looked at.

    One flag that cannot be dealt with is reported and does not hold up the others.
    """
    done = 0
    for flag in list(due_flags(at)):
        try:
            done += climb_flag(flag, at)
        except Exception:
            logger.exception("The ladder of flag %s failed.", flag.pk)
    return done


def due_flags(at: datetime) -> list[Flag]:
    due = Flag.objects.open().filter(is_due(at), next_rung_at__lte=at + FURTHEST_AHEAD)
    found = due.select_related("clinic").order_by("next_rung_at", "pk")
    return list(found[:MOST_AT_ONCE])


def is_due(at: datetime) -> Q:
    """Whose moment has come, or would have but for a clock ahead of ours.

    Whoever is told as soon as a flag is raised does not wait for such a clock's moment.
    """
    ahead = Q(raised_at__gt=at + AHEAD, next_rung_at__lte=F("raised_at"))
    return Q(next_rung_at__lte=at) | ahead


def climb_flag(found: Flag, at: datetime) -> int:
    """One flag, under its treatment's lock; 0 when somebody was faster, or has it in hand."""
    with transaction.atomic():
        free = free_with_hours(found.clinic, found.treatment_id)
        if free is None:
            return 0
        treatment, hours = free
        due = treatment.flags.open().filter(is_due(at), pk=found.pk)
        flag = with_steps(due).first()
        if flag is None:
            return 0
        climb = Climb(flag, treatment.clinic, hours, at)
        flag.next_rung_at = next_look(climb)
        flag.save(update_fields=["next_rung_at"])
    return 1


def next_look(climb: Climb) -> datetime | None:
    """Do what is due, and say when to look again; None when nothing more is owed."""
    if is_reached(climb.flag):
        return None
    if clock_stopped(climb.flag):
        return await_contact(climb)
    waiting = waiting_of(climb.flag, told_since(climb.flag, climb.flag.raised_at))
    targets = climb.clinic.targets
    moment = max(climb.at, climb.flag.raised_at)
    for rung in rungs_due(waiting, moment, climb.hours, targets):
        climb_rung(climb, rung)
    waiting = waiting_of(climb.flag, told_since(climb.flag, climb.flag.raised_at))
    following = next_rung_at(waiting, climb.hours, targets)
    return following or keep_moving(climb)


def waiting_of(flag: Flag, told: frozenset[Rung]) -> Waiting:
    return Waiting(Level(flag.level), flag.raised_at, flag.due_at, told)


def told_since(flag: Flag, raised_at: datetime) -> frozenset[Rung]:
    """The rungs that were climbed since the flag opened or rose."""
    told = flag.tellings.filter(raised_at=raised_at).values_list("rung", flat=True)
    return frozenset(Rung(rung) for rung in told)


def climb_rung(climb: Climb, rung: Rung) -> None:
    """Tell those whom a rung is for; a missed deadline also gets a new honest time."""
    note(climb, rung, climb.flag.raised_at, whom(climb, rung))
    if rung is Rung.LATE and climb.flag.due_at is not None:
        move_promise(climb, climb.flag.due_at)


def whom(climb: Climb, rung: Rung) -> list[StaffMember]:
    """Whom a rung is for at this moment."""
    if rung is Rung.LATE:
        return leads(climb.clinic)
    if rung is Rung.QUARTER:
        return behind_duty(climb.clinic, climb.at)
    if climb.flag.level == Level.EMERGENCY:
        return everyone_on_duty(climb.clinic, climb.at)
    if climb.hours.is_open(climb.at):
        return duty_or_all(climb.clinic, climb.at)
    return on_call(climb.clinic, climb.at)


def note(
    climb: Climb, rung: Rung, since: datetime, staff: list[StaffMember], again: str = ""
) -> None:
    """Write down who is told, and put the messages into the outbox.

    What one log raised is one message to each, however many flags it was.
    """
    flag, at = climb.flag, climb.at
    told: list[StaffMember | None] = [*staff] or [None]
    Telling.objects.bulk_create(
        [
            Telling(
                clinic=climb.clinic,
                flag=flag,
                raised_at=since,
                rung=rung,
                staff=person,
                at=max(at, since),
            )
            for person in told
        ],
        ignore_conflicts=True,
    )
    reason = f"{rung}:{flag.treatment_id}:{since.timestamp():.6f}{again}"
    tell(staff, words.STAFF_URGENT, reason=reason, at=at)
    audit.record(
        f"flag.told_{rung}",
        by=None,
        clinic=climb.clinic,
        at=at,
        patient_id=flag.treatment.patient_id,
        object_id=flag.pk,
    )


def move_promise(climb: Climb, missed_at: datetime) -> datetime | None:
    """Give the patient a new honest time for a deadline that nobody kept."""
    made = promise(Level(climb.flag.level), climb.at, climb.hours, climb.clinic.targets)
    moved, _ = MovedPromise.objects.get_or_create(
        clinic=climb.clinic,
        flag=climb.flag,
        missed_at=missed_at,
        defaults={"at": climb.at, "next_at": made.due_at},
    )
    return moved.next_at


def keep_moving(climb: Climb) -> datetime | None:
    """The ladder is climbed and nobody has looked: the lead hears of it again and again."""
    last = climb.flag.moved_promises.order_by("-missed_at").first()
    if last is None or last.next_at is None:
        if last is None or last.at < climb.at:  # else they were told just now
            tell_again(climb, climb.at)
        return climb.at + AGAIN  # nothing can be promised: they hear of it every day
    if last.next_at > climb.at:
        return last.next_at
    tell_again(climb, last.next_at)
    return move_promise(climb, last.next_at) or climb.at + AGAIN


def tell_again(climb: Climb, since: datetime) -> None:
    """The leads hear of a flag that they were told of before, or that is promised nothing."""
    again = f":{since.timestamp():.6f}"
    note(climb, Rung.LATE, climb.flag.raised_at, leads(climb.clinic), again)


def await_contact(climb: Climb) -> datetime | None:
    """Taken on, but nobody has reached the patient: after another full target it is New again.

    The backup and the lead are told then, once for each acknowledgement or attempt. A
    clinical lead who was asked for has the same time.
    """
    flag = climb.flag
    since = max(steps_on(flag))
    due = contact_due(climb, since)
    if due > climb.at:
        return due
    if Rung.LATE not in told_since(flag, since):
        staff = {person.pk: person for person in behind_duty(climb.clinic, climb.at)}
        staff |= {person.pk: person for person in leads(climb.clinic)}
        note(climb, Rung.LATE, since, list(staff.values()))
    return climb.at + AGAIN


def contact_due(climb: Climb, since: datetime) -> datetime:
    """By when contact is owed; where nothing could be promised, once it opens again."""
    made = promise(Level(climb.flag.level), since, climb.hours, climb.clinic.targets)
    if made.due_at is not None:
        return made.due_at
    if climb.hours.is_open(climb.at):
        return climb.at
    return climb.hours.next_opening(climb.at) or climb.at + AGAIN
