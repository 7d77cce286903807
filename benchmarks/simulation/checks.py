"""What must be true of every flag at its moments, looked at when the moment has come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from aftercare.models import (
    Flag,
    MessageChannel,
    MessageKind,
    MovedPromise,
    OutgoingMessage,
    Telling,
    Treatment,
)
from aftercare.showing.lead import lead_of
from clinic.queue import Tab, read_queue

from .book import Rise

if TYPE_CHECKING:
    from .building import Place
    from .house import House

A_WHILE = timedelta(minutes=2)
"""The worker of the simulation goes round once a minute."""

SECOND = timedelta(seconds=1)
EMERGENCY, URGENT = 4, 3


class Checks:
    """Follows each rise of a flag from its first moment until it is settled."""

    def __init__(self, house: House) -> None:
        self.house, self.book = house, house.book
        self.book.follow = self.follow

    @property
    def now(self) -> datetime:
        return self.house.agenda.now

    def later(self, when: datetime, check: Callable[[], None]) -> None:
        """Once a worker has had a while after a moment."""
        runs = self.house.plan.outages.worker_back(max(when, self.now))
        self.house.agenda.at(runs + A_WHILE, check)

    def breaks(self, promise: str, rise: Rise, words: str = "") -> None:
        said = (
            f"{rise.rule} at level {rise.level} of {rise.raised_at:%d %b %H:%M} {words}"
        )
        self.book.breaks(promise, rise.place.name, self.now, said)

    # --- ------------------------------------------------------------------------------

    def follow(self, rise: Rise) -> None:
        """Everything that will have to be true of it."""
        self.check_deadline(rise)
        if rise.level == EMERGENCY:
            self.later(self.now, lambda: self.check_everybody(rise))
        if rise.level == URGENT:
            self.later(self.now, lambda: self.check_duty(rise))
        if rise.due_at is None:
            self.later(self.now, lambda: self.check_somebody(rise))
            return
        quarter = rise.place.calendar.quarter(rise.raised_at, rise.due_at)
        if quarter is not None:
            self.later(quarter, lambda: self.check_backup(rise))
        due_at = rise.due_at
        self.house.agenda.at(due_at + A_WHILE, lambda: self.check_said(rise, due_at))
        self.later(due_at, lambda: self.check_late(rise, due_at))

    def check_deadline(self, rise: Rise) -> None:
        """As the specification says, counted by the minute; none only where none can be."""
        expected = rise.place.calendar.deadline(rise.level, rise.raised_at)
        if rise.due_at is None:
            if expected is not None:
                self.breaks("no flag without a deadline", rise)
        elif expected is None or rise.due_at > expected + SECOND:
            self.breaks("the deadline is the specified one", rise, f"not {expected}")

    def is_waiting(self, rise: Rise) -> Flag | None:
        """The flag, while nothing has kept the promise of this very rise."""
        flag = Flag.objects.select_related("clinic").get(
            clinic=rise.place.clinic, pk=rise.flag
        )
        current = flag.review_id is None and flag.raised_at == rise.raised_at
        kept = self.book.is_kept(rise, self.now)
        return flag if current and not kept else None

    def check_everybody(self, rise: Rise) -> None:
        """An emergency alerts everybody on duty, by every way that leads to them."""
        if self.is_waiting(rise) is None:
            return
        before, after = (
            self.named(rise.place, at) for at in (self.now - A_WHILE, self.now)
        )
        told = self.told(rise, "raised")
        for person in before & after:
            if person not in told or self.ways_to(person, rise) < set(MessageChannel):
                self.breaks("an emergency alerts everybody on duty", rise)

    def check_duty(self, rise: Rise) -> None:
        """An urgent flag alerts those on duty by every way, and nobody behind them.

        Where a turn or an opening ends just then, either answer is right.
        """
        if self.is_waiting(rise) is None:
            return
        told = self.told(rise, "raised")
        moments = self.now - A_WHILE, self.now
        if all(told != self.on_duty(rise.place, at) for at in moments):
            self.breaks("an urgent flag alerts those on duty", rise, str(told))
        ways = [self.ways_to(person, rise) for person in told if person]
        if any(way < set(MessageChannel) for way in ways):
            self.breaks("an urgent flag alerts those on duty", rise, "by every way")

    def on_duty(self, place: Place, at: datetime) -> set[UUID | None]:
        """Those on the rota; where it names nobody everybody, or when closed nobody."""
        named = {shift.staff.pk for shift in place.on_rota(at)}
        if named:
            return {*named}
        if place.calendar.is_open(at):
            return {person.pk for person in place.everybody}
        return {None}

    def named(self, place: Place, at: datetime) -> set[UUID]:
        """Those on the rota and behind it; everybody where it names nobody."""
        shifts = place.on_rota(at)
        people = {one for shift in shifts for one in (shift.staff, shift.backup) if one}
        return {person.pk for person in people or place.everybody}

    def told(self, rise: Rise, rung: str) -> set[UUID | None]:
        rows = Telling.objects.filter(
            clinic=rise.place.clinic,
            flag=rise.flag,
            raised_at=rise.raised_at,
            rung=rung,
        )
        return set(rows.values_list("staff", flat=True))

    def ways_to(self, person: UUID, rise: Rise) -> set[str]:
        """By which ways an alert was put down for somebody since a flag rose."""
        alerts = OutgoingMessage.objects.filter(
            clinic=rise.place.clinic,
            staff=person,
            kind=MessageKind.STAFF_URGENT,
            created_at__gte=rise.raised_at - SECOND,
        )
        return set(alerts.values_list("channel", flat=True))

    def check_somebody(self, rise: Rise) -> None:
        """Where nothing can be promised a lead hears of it at once."""
        if self.is_waiting(rise) and not self.ways_to(rise.place.lead.pk, rise):
            self.breaks("where nothing is promised a lead is told", rise)

    def check_backup(self, rise: Rise) -> None:
        """A quarter of the opening time is gone: whoever stands behind has been told."""
        if self.is_waiting(rise) is None:
            return
        told = self.told(rise, "quarter")
        behind = {one.pk for one in (rise.place.backup, rise.place.lead) if one}
        if not told & behind:
            self.breaks("the backup is told when a quarter is gone", rise, str(told))

    def check_said(self, rise: Rise, missed_at: datetime) -> None:
        """Row and page say that it is late, whether a worker runs or not."""
        if not self.book.is_kept(rise, missed_at) and self.is_waiting(rise):
            self.check_row(rise)
            self.check_patient(rise, None)

    def check_late(self, rise: Rise, missed_at: datetime) -> None:
        """Past the deadline: the lead knows, and the patient has a new time."""
        if self.book.is_kept(rise, missed_at):
            return
        flag = self.is_waiting(rise)
        if missed_at == rise.due_at:
            same = Flag.objects.filter(
                clinic=rise.place.clinic, pk=rise.flag, raised_at=rise.raised_at
            )
            rise.is_late = flag is not None or same.exists()
        moved = MovedPromise.objects.filter(
            clinic=rise.place.clinic, flag=rise.flag, missed_at=missed_at
        ).first()
        rise.has_moved = rise.has_moved or moved is not None
        if flag is None:
            return
        if rise.place.lead.pk not in self.told(rise, "late"):
            self.breaks("past the deadline the lead is told", rise)
        if moved is None:
            self.breaks("a missed deadline moves openly", rise, f"{missed_at}")
            return
        self.check_patient(rise, moved)
        if moved.next_at is not None:
            again = moved.next_at
            self.later(again, lambda: self.check_late(rise, again))

    def check_row(self, rise: Rise) -> None:
        """The row of the queue says that it is late."""
        queue = read_queue(rise.place.lead, self.now, Tab.TODO)
        rows = {row.key: row for group in queue.groups for row in group.rows}
        row = rows.get(rise.treatment)
        if row is None or not row.standing.is_late(self.now) or row.due_state != "late":
            self.breaks("the row of a missed deadline says late", rise)

    def check_patient(self, rise: Rise, moved: MovedPromise | None) -> None:
        """The patient's page says sorry, and by when a person will look now."""
        treatment = Treatment.objects.select_related("patient__clinic").get(
            clinic=rise.place.clinic, pk=rise.treatment
        )
        lead = lead_of(treatment.patient, self.now)
        if lead is None or lead.level != rise.level:
            return  # something graver leads the page, and is followed by itself
        said = " ".join(lead.lines)
        promised = moved is not None and moved.next_at is not None
        new = "A nurse will look by" in said or not promised
        called = "We tried to call you" in said or "Please call us back" in lead.title
        if not ("running late" in said and new) and not called:
            self.breaks("a late page says so, with a new time", rise, said)
