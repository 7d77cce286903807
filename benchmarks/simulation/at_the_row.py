"""What is done at the page of one row: read, take on, call, close, or give to a lead."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from aftercare.models import FollowUp, StaffMember, Treatment
from aftercare.services.escalate import escalate
from aftercare.services.follow_up import (
    Contact,
    NotPossible,
    acknowledge,
    log_contact,
    snooze,
)
from aftercare.services.review_flags import Findings, review_flags
from aftercare.warning_signs.vocabulary import Outcome
from clinic.flag_page import FlagPage, read_flag_page

if TYPE_CHECKING:
    from .staff import Carer

READING, WRITING = 2.0, 3.0
ANSWERS, LEFT_MESSAGE = 0.7, 0.85
AGAIN = timedelta(minutes=50)
LOOKS_TOMORROW = 0.1
MOST_STEPS = 8


class AtTheRow:
    """One sitting of one person at one row; each step is a form of its page."""

    def __init__(self, carer: Carer, treatment: UUID) -> None:
        self.carer, self.key = carer, treatment
        self.house, self.book = carer.house, carer.house.book
        self.steps = 0
        self.called = False
        self.house.in_hand.add(treatment)

    def open(self) -> None:
        """The page is opened: from this moment its flags have been viewed by a person."""
        page = self.read()
        if page.standing is None or self.steps >= MOST_STEPS:
            self.leave()
            return
        self.steps += 1
        self.book.viewed((flag for flag, _ in page.shown), self.carer.now)
        self.then(READING, partial(self.act, page))

    def read(self) -> FlagPage:
        clinic = self.carer.place.clinic
        treatment = Treatment.objects.select_related("patient", "clinic").get(
            clinic=clinic, pk=self.key
        )
        return read_flag_page(self.carer.me, treatment, self.carer.now)

    def then(self, minutes: float, event: object) -> None:
        self.house.agenda.after(self.carer.minutes(minutes), event)  # type: ignore[arg-type]

    def leave(self) -> None:
        self.carer.is_done(self.key)

    def act(self, page: FlagPage) -> None:
        """Do what the page, as it lies before them, makes stand out."""
        try:
            getattr(self, page.next_step)(page)
        except NotPossible as why:
            self.refused(why)

    def refused(self, why: NotPossible) -> None:
        """Somebody was faster, or news came in: they come back to it later."""
        self.book.counts[f"refused: {why.message}"] += 1
        self.call_later()

    # --- The steps, by the names that the page has for them ---------------------------

    def acknowledge(self, page: FlagPage) -> None:
        step = acknowledge(**self.form(page))
        self.note(step, "acknowledged")
        self.then(1, partial(self.contact, page))

    def contact(self, page: FlagPage) -> None:
        """The call takes its time; what came of it is written down at its end."""
        if self.called:
            self.call_later()
            return
        self.called = True
        self.then(self.carer.place.world.contact, partial(self.after_call, page))

    def after_call(self, page: FlagPage) -> None:
        lot = self.carer.by.random()
        result = "no_answer"
        if lot < ANSWERS:
            result = "spoke"
        elif lot < LEFT_MESSAGE:
            result = "left_message"
        channel = "phone" if self.carer.by.random() < ANSWERS else "text"
        try:
            step = log_contact(**self.form(page), contact=Contact(channel, result))
        except NotPossible as why:
            self.refused(why)
            return
        self.note(step, "contacted")
        if result != "spoke":
            self.call_later()
        elif self.carer.by.random() < LOOKS_TOMORROW:
            self.then(1, self.set_aside)
        else:
            self.then(WRITING, self.open)

    def call_later(self) -> None:
        self.house.call_again[self.key] = self.carer.now + AGAIN
        self.leave()

    def set_aside(self) -> None:
        """They will feel again tonight: the row sleeps until tomorrow."""
        page = self.read()
        until = self.carer.now + timedelta(hours=20)
        try:
            if page.standing is not None and page.can_snooze:
                snooze(**self.form(page), until=until)
                self.book.counts["snoozed"] += 1
        except NotPossible as why:
            self.refused(why)
            return
        self.house.call_again[self.key] = until
        self.leave()

    def close(self, page: FlagPage) -> None:
        """Closed with a message; an emergency is given to a lead by whoever is none."""
        if page.has_emergency and not self.carer.is_lead:
            self.escalate(page)
            return
        findings = Findings(Outcome.ADVISED, "Spoke, advised.", True, True)
        reviewed = review_flags(**self.form(page), findings=findings)
        closed = [flag.pk for flag in reviewed.closed]
        self.book.close(self.carer.place, closed, self.carer.now)
        self.house.call_again.pop(self.key, None)
        self.leave()

    def escalate(self, page: FlagPage) -> None:
        """Nobody answers, or it is beyond me: a clinical lead is asked for."""
        if not page.leads:
            self.call_later()
            return
        to = StaffMember.objects.get(
            clinic=self.carer.place.clinic, pk=page.leads[0][0]
        )
        escalate(**self.form(page), to=to)
        self.book.counts["escalated"] += 1
        self.leave()

    # --- ------------------------------------------------------------------------------

    def form(self, page: FlagPage) -> dict[str, object]:
        """What every form of the page carries: the flags as they were shown."""
        return {
            "treatment_id": self.key,
            "shown": dict(page.shown),
            "by": self.carer.me,
            "at": self.carer.now,
        }

    def note(self, step: FollowUp, kind: str) -> None:
        flags = step.flags.values_list("pk", flat=True)
        self.book.stepped(flags, kind, self.carer.now)
