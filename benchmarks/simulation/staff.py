"""A member of staff: at the desk in their turns, a phone in the pocket at all times.

They look at the queue as the page shows it, take the top row, and do what the page of
that row makes stand out, until nothing waits for them.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from aftercare.flag_life import State
from aftercare.models import MessageKind, StaffMember
from clinic.queue import Row, Tab, arranged, rows_of
from clinic.standing import read_standings

from .at_the_row import AtTheRow

if TYPE_CHECKING:
    from .building import Place, Shift
    from .house import House

WAKES, SLEEPS = time(7), time(22, 30)
AT_WORK, AWAY = timedelta(minutes=4), timedelta(minutes=40)
SITTING = timedelta(minutes=30)
"""For how long somebody who was told away from the desk looks after it."""

TOLD_ROWS = 3


class Carer:
    """One of the clinic's people and what they are doing just now."""

    def __init__(self, house: House, place: Place, me: StaffMember) -> None:
        self.house, self.place, self.me = house, place, me
        self.by = Random(f"{house.plan.seed}:{place.name}:{me.name}")  # noqa: S311
        self.is_busy = False
        self.rows_left = 0
        self.sits_until = house.agenda.now
        self.mine = [one for one in place.shifts if one.staff.pk == me.pk]
        house.phones[me.pk] = self.told
        for shift in self.mine:
            if shift.comes:
                house.agenda.at(shift.starts + self.minutes(4), self.begin)

    # --- Where they are ---------------------------------------------------------------

    @property
    def now(self) -> datetime:
        return self.house.agenda.now

    def minutes(self, usually: float) -> timedelta:
        """About so many, seldom none and seldom many more."""
        return timedelta(minutes=usually * (0.3 + self.by.expovariate(1.4)))

    def shift(self) -> Shift | None:
        return next((one for one in self.mine if one.holds(self.now)), None)

    def is_at_desk(self) -> bool:
        shift = self.shift()
        return (shift is not None and shift.comes) or self.now < self.sits_until

    def is_ill(self) -> bool:
        """Whoever does not come has the phone off for that day."""
        today = self.place.calendar.date_of(self.now)
        return any(
            not one.comes and self.place.calendar.date_of(one.starts) == today
            for one in self.mine
        )

    # --- The phone --------------------------------------------------------------------

    def told(self, kind: str) -> None:
        """A message arrives, and is read when it can be."""
        if kind in {MessageKind.STAFF_URGENT, MessageKind.STAFF_NOTICE}:
            self.house.agenda.at(self.reads_at(), self.read)

    def reads_at(self) -> datetime:
        """At work within minutes; in the evening within the hour; never asleep."""
        if self.is_at_desk() or self.is_in_the_house():
            return self.now + AT_WORK * self.by.expovariate(1)
        zone = self.place.calendar.zone
        local = self.now.astimezone(zone)
        wait = AWAY * self.by.expovariate(1)
        if self.is_ill() or local.time() >= SLEEPS:
            local += timedelta(days=1)
        elif local.time() >= WAKES:
            return self.now + wait
        return self.place.calendar.moment(local.date(), str(WAKES)) + wait

    def is_in_the_house(self) -> bool:
        """Leads and doctors treat patients while the clinic is open."""
        works_here = self.me.pk in {
            one.pk for one in (self.place.lead, self.place.backup) if one
        }
        here = works_here and self.place.calendar.is_open(self.now)
        return here and not self.is_ill()

    def read(self) -> None:
        """They read that something waits, and look, wherever they are."""
        if self.is_ill():
            self.house.agenda.after(timedelta(hours=12), self.read)
        elif self.is_busy:  # they finish what they are at, and look then
            self.house.agenda.after(AT_WORK, self.read)
        else:
            self.sits_until = max(self.sits_until, self.now + SITTING)
            self.rows_left = TOLD_ROWS
            self.look()

    # --- The queue --------------------------------------------------------------------

    def begin(self) -> None:
        """A turn begins. Whoever is on duty looks again and again until it ends."""
        if not self.is_busy:
            self.rows_left = self.place.world.rows
            self.look()
        shift = self.shift()
        if shift is not None:
            pause = self.minutes(self.place.world.pause)
            if self.now + pause < shift.ends:
                self.house.agenda.after(pause, self.begin)

    def look(self) -> None:
        """One look at the queue; the first row that wants something of me is taken."""
        self.is_busy = False
        if not self.rows_left or not self.is_at_desk():
            return
        row = self.next_row()
        if row is not None:
            self.is_busy = True
            self.rows_left -= 1
            AtTheRow(self, row.key).open()

    def next_row(self) -> Row | None:
        """From the top of "To do"; then whoever did not answer, from "Waiting"."""
        if not self.house.book.open_at(self.place):
            return None  # an empty queue need not be drawn
        clinic = self.place.clinic
        standings = read_standings(clinic, self.now, clinic.opening_hours())
        rows = rows_of(self.me, standings, self.now)
        for tab in (Tab.TODO, Tab.WAITING):
            for row in self.in_order(arranged(rows, tab, self.me.pk)):
                if self.is_for_me(row):
                    return row
        return None

    def in_order(self, rows: list[Row]) -> list[Row]:
        """As the page has them; the control begins at the bottom."""
        return rows[::-1] if self.house.plan.without == "order" else rows

    def is_for_me(self, row: Row) -> bool:
        """Whether I can do anything about a row now, and no colleague is at it."""
        if row.key in self.house.in_hand:
            return False
        if row.must_escalate and not self.is_lead:
            return True
        if row.standing.state is State.ESCALATED:
            return self.is_lead
        if row.is_new:
            return True
        return self.house.call_again.get(row.key, self.now) <= self.now

    @property
    def is_lead(self) -> bool:
        return self.me.is_clinical_lead

    def is_done(self, treatment: UUID) -> None:
        """A row is put down; the next look follows at once."""
        self.house.in_hand.discard(treatment)
        self.look()
