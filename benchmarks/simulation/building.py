"""A world becomes rows, by the services that people use: clinic, staff, rota, patients."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from aftercare.models import Clinic, StaffMember
from aftercare.promise import Interval
from aftercare.services.create_clinic import (
    ClinicDetails,
    add_staff,
    close_on,
    create_clinic,
)
from aftercare.services.rota import Turn, put_on_duty

from .calendars import Calendar
from .worlds import Plan, World

BEFORE = timedelta(days=10)
LEADS = ("is_clinical_lead", "is_owner", "is_clinician")
CARERS = ("is_clinician",)


@dataclass(frozen=True)
class Shift:
    """A turn on the rota, or hours at the desk where no rota is kept.

    `comes` is whether the nurse turns up; the rota does not know.
    """

    staff: StaffMember
    backup: StaffMember | None
    starts: datetime
    ends: datetime
    comes: bool
    on_rota: bool

    def holds(self, at: datetime) -> bool:
        return self.starts <= at < self.ends


@dataclass(eq=False)
class Place:
    """One clinic of the run: its world, its rows, who is there when."""

    world: World
    clinic: Clinic
    calendar: Calendar
    nurses: list[StaffMember]
    lead: StaffMember
    backup: StaffMember | None
    by: Random
    shifts: list[Shift] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.world.name

    @property
    def everybody(self) -> list[StaffMember]:
        found = {one.pk: one for one in (*self.nurses, self.lead, self.backup) if one}
        return list(found.values())

    def on_rota(self, at: datetime) -> list[Shift]:
        return [one for one in self.shifts if one.on_rota and one.holds(at)]


def build(plan: Plan, world: World) -> Place:
    """The clinic with its hours, holidays, people and the rota of the whole run."""
    begins = plan.start - BEFORE
    closed = plan.dates(world.closed)
    clinic = opened(world, begins)
    close_on(clinic=clinic, days=sorted(closed))
    lead = employ(clinic, "Lead", LEADS, begins)
    nurses = [
        employ(clinic, f"Nurse {number + 1}", CARERS, begins)
        for number in range(world.nurses)
    ]
    place = Place(
        world=world,
        clinic=clinic,
        calendar=Calendar(ZoneInfo(world.zone), world.weekly, closed),
        nurses=nurses or [lead],
        lead=lead,
        backup=employ(clinic, "Doctor", CARERS, begins) if world.has_backup else None,
        by=Random(f"{plan.seed}:{world.name}"),  # noqa: S311  made-up days, no secrets
    )
    place.shifts = list(shifts_of(place, plan))
    return place


def opened(world: World, at: datetime) -> Clinic:
    """The clinic with its ordinary week."""
    weekly = {
        day: tuple(
            Interval(time.fromisoformat(opens), time.fromisoformat(closes))
            for opens, closes in hours
        )
        for day, hours in world.weekly.items()
    }
    details = ClinicDetails(
        name=f"{world.name} Clinic",
        zone=world.zone,
        phone="020 7946 0311",
        emergency_number="999",
        out_of_hours_number="111",
        weekly=weekly,
    )
    return create_clinic(details=details, at=at)


def employ(
    clinic: Clinic, name: str, roles: tuple[str, ...], at: datetime
) -> StaffMember:
    """A member of staff with an address and a telephone for alerts."""
    address = f"{name}@{clinic.name}.example".lower().replace(" ", "-")
    member = add_staff(
        clinic=clinic, name=name, email=address, password=None, roles=roles, at=at
    )
    member.phone = "07700 900100"
    member.save(update_fields=["phone"])
    return member


def shifts_of(place: Place, plan: Plan) -> Iterator[Shift]:
    """Who is at the desk for each opening; put on the rota where one is kept."""
    world, turn = place.world, 0
    days = (plan.end - plan.start).days + 2
    empty = plan.dates(world.empty)
    for number in range(-1, days):
        day = plan.first_day + timedelta(days=number)
        if day in empty:
            continue
        for opens, closes in place.calendar.spans(day):
            for staff in at_the_desk(place, turn):
                comes = place.by.random() >= world.absence
                if world.keeps_rota:
                    enter(place, plan, staff, day, (opens, closes))
                yield Shift(staff, place.backup, opens, closes, comes, world.keeps_rota)
            turn += 1


def at_the_desk(place: Place, turn: int) -> list[StaffMember]:
    nurses = place.nurses
    number = min(place.world.at_once, len(nurses))
    return [nurses[(turn * number + one) % len(nurses)] for one in range(number)]


def enter(
    place: Place,
    plan: Plan,
    staff: StaffMember,
    day: date,
    span: tuple[datetime, datetime],
) -> None:
    """One turn on the clinic's rota."""
    zone = place.calendar.zone
    starts, ends = (moment.astimezone(zone).time() for moment in span)
    backup = place.backup.pk if place.backup else None
    put_on_duty(
        by=place.lead,
        turn=Turn(staff.pk, backup, day, starts, ends),
        at=plan.start - BEFORE,
    )
