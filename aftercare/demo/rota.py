"""Who is on duty at a demo clinic in the coming two weeks, at its opening hours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from aftercare.models import Clinic, StaffMember
from aftercare.promise import Span
from aftercare.services.rota import Turn, put_on_duty

Rota = Mapping[int, tuple[str, str]]
"""For each weekday (0 is Monday) who is on duty, and who stands behind them."""

WEEKS = 2


def keep_rota(
    clinic: Clinic, people: Mapping[str, StaffMember], rota: Rota, now: datetime
) -> None:
    """Put everybody on, from today; a turn that is over by now begins in a week."""
    hours = clinic.opening_hours()
    keeper = next(
        one for one in people.values() if one.is_owner or one.is_clinical_lead
    )
    for number in range(7):
        day = hours.local_date(now) + timedelta(days=number)
        if day.weekday() not in rota:
            continue
        staff, backup = (people[one] for one in rota[day.weekday()])
        for opening in hours.spans_on(day):
            over = opening.closes <= now
            opens, closes = wall(opening, clinic)
            first = day + timedelta(weeks=1) if over else day
            turn = Turn(staff.pk, backup.pk, first, opens.time(), closes.time())
            put_on_duty(by=keeper, turn=turn, weeks=WEEKS - over, at=now)


def wall(span: Span, clinic: Clinic) -> Span:
    """A span on the clinic's clock."""
    return Span(*(moment.astimezone(clinic.zoneinfo) for moment in span))
