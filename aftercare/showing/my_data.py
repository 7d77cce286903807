"""What a patient may do with their record: copies, who looked, deletion, leaving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aftercare.models import ErasureRequest, Patient

from .course import treatments_of
from .followed import followed
from .lead import Lead, lead
from .moments import Clock, date_words


@dataclass(frozen=True, slots=True)
class MyData:
    """The page of a patient's data.

    `left` is the day on which they left, if nothing of theirs is checked on any more;
    `asked` that on which they asked to be deleted; `answer` the clinic's last answer.
    """

    lead: Lead | None
    checks: bool
    left: str
    asked: str
    answer: str
    answered: str
    keeps_months: int | None


def my_data(patient: Patient, clock: Clock) -> MyData:
    """Six queries at most."""
    treatments = treatments_of(patient)
    left = [one.left_at for one in treatments if one.left_at is not None]
    requests = list(patient.erasure_requests.order_by("asked_at", "pk"))
    last = requests[-1] if requests else None
    refused = last if last and last.words else None
    return MyData(
        lead=lead(followed(patient), patient.clinic, clock),
        checks=any(one.left_at is None for one in treatments),
        left=day_of(max(left), clock) if left else "",
        asked=_asked(last, clock),
        answer=refused.words if refused else "",
        answered=_answered(refused, clock),
        keeps_months=patient.clinic.retention_months,
    )


def day_of(moment: datetime, clock: Clock) -> str:
    """The day of a moment at the clinic: "Monday 1 June"."""
    return date_words(moment.astimezone(clock.zone).date())


def _asked(last: ErasureRequest | None, clock: Clock) -> str:
    if last is None or last.answered_at is not None:
        return ""
    return day_of(last.asked_at, clock)


def _answered(refused: ErasureRequest | None, clock: Clock) -> str:
    at = refused.answered_at if refused else None
    return day_of(at, clock) if at else ""
