"""What must be true when the run is over: of messages, of days, of everything that waited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from aftercare.models import DayRecord, Flag, MessageKind, OutgoingMessage, Telling

from .book import AMBER, Rise
from .due import NEVER

if TYPE_CHECKING:
    from .building import Place
    from .house import House

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
QUIET_UNTIL, QUIET_FROM = time(8), time(21)
MOST_A_DAY = 2
BY_DAY = ("reminder", "nudge", "missed_call", "new_message")


def judge(house: House) -> None:
    """Writes every promise that was not kept into the book."""
    for place in house.places:
        check_viewed(house, place)
        check_book(house, place)
        check_early(house, place)
        check_days(house, place)
        check_gaps(house, place)
    check_patients_messages(house)
    check_messages(house)


def check_viewed(house: House, place: Place) -> None:
    """No flag goes unread."""
    for rise in judged(house, place):
        if rise.viewed_at is None:
            words = f"{rise.rule} of {rise.raised_at:%d %b %H:%M}, level {rise.level}"
            house.book.breaks("every flag is viewed", place.name, house.plan.end, words)


def check_book(house: House, place: Place) -> None:
    """Every flag of the record was followed: none escaped the simulation's own book."""
    followed = {rise.flag for rise in house.book.rises.values()}
    for flag in Flag.objects.filter(clinic=place.clinic):
        if flag.pk not in followed:
            words = f"{flag.rule} of {flag.opened_at:%d %b %H:%M}"
            house.book.breaks(
                "every flag is followed", place.name, flag.opened_at, words
            )


def judged(house: House, place: Place) -> Iterator[object]:
    """The rises of a place that are old enough to be judged."""
    for rise in house.book.rises.values():
        if rise.place is place and rise.raised_at < house.plan.judged_until:
            yield rise


def check_early(house: House, place: Place) -> None:
    """Nobody is told before the time: neither the backup nor the lead.

    A routine flag waits in the queue, and alerts nobody when it rises.
    """
    for telling in Telling.objects.filter(clinic=place.clinic, staff__isnull=False):
        rise = house.book.rises.get((telling.flag_id, telling.raised_at))
        if rise is None:
            continue
        if telling.at < earliest(rise, telling.rung) - timedelta(seconds=1):
            words = f"{telling.rung} of {rise.rule}"
            house.book.breaks("nobody is told too early", place.name, telling.at, words)


def earliest(rise: Rise, rung: str) -> datetime:
    """Before when a rung tells nobody; a routine flag has no first one."""
    if rung == "raised":
        return rise.raised_at if rise.level > AMBER else NEVER
    if rise.due_at is None:
        return rise.raised_at  # nothing can be promised: a lead hears of it at once
    if rung == "late":
        return rise.due_at
    return rise.place.calendar.quarter(rise.raised_at, rise.due_at) or rise.due_at


def check_days(house: House, place: Place) -> None:
    """Each day has its record, and it says how many flags were open."""
    records = {
        one.date: one for one in DayRecord.objects.filter(clinic=place.clinic.pk)
    }
    calendar, outages = place.calendar, house.plan.outages
    day = calendar.date_of(house.plan.start)
    while day < calendar.date_of(house.plan.end) - DAY:
        begins = calendar.moment(day + DAY, "00:00")
        record = records.get(day)
        if record is None:
            if outages.worker_back(begins) < begins + DAY:
                house.book.breaks("each day has a record", place.name, begins, f"{day}")
        elif record.open_flags != open_at(house, place, record.at):
            words = f"{day}: {record.open_flags} open flags"
            house.book.breaks("a day's record is true", place.name, record.at, words)
        day += DAY


def open_at(house: House, place: Place, at: datetime) -> int:
    """How many flags were open at a moment, by the simulation's own book."""
    opened = {
        rise.flag
        for rise in house.book.rises.values()
        if rise.place is place and rise.raised_at <= at
    }
    closed = house.book.closed
    return sum(flag not in closed or closed[flag] > at for flag in opened)


def check_gaps(house: House, place: Place) -> None:
    """A gap in cover is announced in the afternoon of the day before."""
    if not place.world.keeps_rota:
        return
    for day in sorted(house.plan.dates(place.world.empty)):
        if not place.calendar.spans(day) or day >= house.plan.end.date():
            continue
        noon = place.calendar.moment(day - DAY, "12:00")
        latest = house.plan.outages.worker_back(noon) + 4 * HOUR
        told = OutgoingMessage.objects.filter(
            clinic=place.clinic,
            kind=MessageKind.STAFF_NOTICE,
            created_at__range=(noon, latest),
        )
        if not told.exists():
            house.book.breaks("a gap is announced", place.name, noon, f"{day}")


def check_patients_messages(house: House) -> None:
    """Never at night, and never more than two a day by any way."""
    a_day: dict[tuple[UUID, str, date], int] = defaultdict(int)
    people = {
        one.treatment.patient_id: one
        for one in house.people
        if one.treatment is not None
    }
    for delivery in house.book.deliveries:
        if delivery.kind not in BY_DAY:
            continue
        person = people[delivery.to]
        local = delivery.at.astimezone(ZoneInfo(person.zone.key))
        a_day[delivery.to, delivery.channel, local.date()] += 1
        if not QUIET_UNTIL <= local.time() < QUIET_FROM:
            house.book.breaks(
                "no message at night", person.place.name, delivery.at, f"{local}"
            )
    for (to, channel, day), number in a_day.items():
        if number > MOST_A_DAY:
            place = people[to].place
            words = f"{number} by {channel}"
            when = place.calendar.moment(day, "12:00")
            house.book.breaks("two messages a day at most", place.name, when, words)


def check_messages(house: House) -> None:
    """Alerts leave at once, or soon after the way is open again; none is lost."""
    alerts = OutgoingMessage.objects.filter(
        clinic__in=[place.clinic.pk for place in house.places],
        kind=MessageKind.STAFF_URGENT,
        created_at__lt=house.plan.judged_until,
    ).select_related("clinic")
    for alert in alerts:
        name = alert.clinic.name
        at = alert.created_at
        if alert.sent_at is None:
            house.book.breaks("no alert is lost", name, at, f"{alert.gave_up_why}")
            continue
        if alert.sent_at > latest(house, alert.channel, at):
            words = f"left {alert.sent_at:%d %b %H:%M} by {alert.channel}"
            house.book.breaks("alerts leave at once", name, at, words)


def latest(house: House, channel: str, at: datetime) -> datetime:
    """By when a message put down at a moment must have left, as outages allow.

    What a nurse puts down within a minute is seen by the worker's next round, at its end.
    """
    outages = house.plan.outages
    at = -(-at.timestamp() // 60) * MINUTE + EPOCH
    for _ in range(4):
        at = outages.worker_back(at)
        if outage := outages.of(channel, at):
            at = outage.ends + 8 * MINUTE
    return at + 2 * MINUTE
