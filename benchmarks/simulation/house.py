"""One run: everything that lives in it, and the loop that lets it live."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from types import SimpleNamespace
from unittest import mock
from uuid import UUID

import time_machine
from django.test import override_settings

from aftercare.health import read_health
from aftercare.models import Flag, keys
from aftercare.pulse import Fault

from .agenda import Agenda
from .at_the_end import judge
from .book import Book
from .building import Place, build
from .checks import Checks
from .measure import judge_order
from .patients import Person
from .post import Phones
from .staff import Carer
from .worker import WorkerShift
from .worlds import Plan

NOTICED = timedelta(minutes=15)


class House:
    """One installation with all its clinics."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.agenda = Agenda(plan.start)
        self.book = Book()
        self.phones: Phones = {}
        self.people: list[Person] = []
        self.in_hand: set[UUID] = set()
        self.call_again: dict[UUID, datetime] = {}
        self.logs_end = plan.judged_until
        self.checks = Checks(self)
        self.places = [build(plan, world) for world in plan.worlds]
        self.by_clinic = {place.clinic.pk: place for place in self.places}
        for place in self.places:
            for member in place.everybody:
                Carer(self, place, member)
            for number, moment in enumerate(arrivals(plan, place)):
                Person(self, place, number, moment)
        self.worker = WorkerShift(self)
        for outage in plan.outages.worker:
            self.agenda.at(outage.starts + NOTICED, self.check_health)

    def notice_silence(self) -> None:
        """What the worker's noon checks raised is followed like everything else."""
        raised = Flag.objects.open().filter(
            clinic__in=list(self.by_clinic), rule__in=("MISSED", "NO-LOGS")
        )
        for flag in raised:
            self.book.notice(self.by_clinic[flag.clinic_id], [flag])

    def check_health(self) -> None:
        """When no worker runs, pages and the health address say so within 15 minutes."""
        now = self.agenda.now
        if self.plan.outages.of("worker", now) is None:
            return
        if Fault.WORKER not in read_health(now).faults:
            self.book.breaks("a dead worker is noticed", "the house", now, "")


def arrivals(plan: Plan, place: Place) -> Iterator[datetime]:
    """When patients are treated: at opening times, about so many a week."""
    world = place.world
    for _ in range(world.entered):
        before = timedelta(days=place.by.uniform(1, 6))
        yield (plan.start - before).replace(microsecond=0)
    open_days = sum(bool(hours) for hours in world.weekly.values())
    for number in range(plan.days):
        spans = place.calendar.spans(plan.first_day + timedelta(days=number))
        wanted = world.patients_a_week / open_days if spans else 0
        while place.by.random() < wanted:
            wanted -= 1
            opens, closes = place.by.choice(spans)
            moment = opens + (closes - opens) * place.by.random()
            if moment > plan.start:
                yield moment.replace(microsecond=0)


def simulate(plan: Plan) -> House:
    """Lets a plan happen; every promise that was not kept is in the book."""
    with clock_and_chance(plan) as traveller:
        house = House(plan)
        with complaints(house):
            house.agenda.run(plan.end, traveller.move_to)
            judge(house)
            judge_order(house)
    return house


@contextmanager
def clock_and_chance(plan: Plan) -> Iterator[time_machine.Traveller]:
    """The clock stands where the run is, and keys are drawn by the seed."""
    chance = SimpleNamespace(randbits=Random(plan.seed).getrandbits)  # noqa: S311
    ways = {"EMAIL_HOST": "simulated", "SMS_URL": "https://simulated.example/"}
    with (
        time_machine.travel(plan.start, tick=False) as traveller,
        mock.patch.object(keys, "secrets", chance),
        override_settings(MESSAGE_FOLDER="", **ways),
    ):
        yield traveller


@contextmanager
def complaints(house: House) -> Iterator[None]:
    """What the product reports as failed is a broken promise, not a line in a log."""
    logger = logging.getLogger("aftercare")
    handler = _Complaints(house)
    before, propagates = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.ERROR)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
        logger.propagate = propagates


class _Complaints(logging.Handler):
    def __init__(self, house: House) -> None:
        super().__init__(logging.ERROR)
        self.house = house

    def emit(self, record: logging.LogRecord) -> None:
        why = record.exc_info[1] if record.exc_info else ""
        self.house.book.breaks(
            "nothing fails",
            "the house",
            self.house.agenda.now,
            f"{record.getMessage()} {why!r}",
        )
