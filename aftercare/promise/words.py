"""Times in words: for patients on the clinic's clock, for staff as time left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from aftercare.warning_signs.opening import When

from .target import Promise

NOON = 12
WEEK = 7
HALF_A_YEAR = 183


def when(
    promise: Promise,
    clinic_zone: ZoneInfo,
    *,
    now: datetime | None = None,
    patient_zone: ZoneInfo | None = None,
) -> When:
    """The promise as the advice says it, read at `now` (by default, when it was made)."""
    now = now or promise.at

    def words(moment: datetime | None) -> str:
        if moment is None:
            return ""
        return moment_words(moment, now, clinic_zone, patient_zone=patient_zone)

    return When(
        state=promise.state,
        due=words(promise.due_at),
        opens=words(promise.opens_at),
        closes=words(promise.closes_at),
    )


def moment_words(
    moment: datetime,
    now: datetime,
    clinic_zone: ZoneInfo,
    *,
    patient_zone: ZoneInfo | None = None,
) -> str:
    """A moment on the clinic's clock: "10:14am", "tomorrow, 6pm", "Tuesday, 6pm".

    From a week on the date is named. The zone is named where the patient's clock shows
    another time.
    """
    local = moment.astimezone(clinic_zone)
    day = day_words(moment, now, clinic_zone)
    text = clock_words(local) if day == "today" else f"{day}, {clock_words(local)}"
    theirs = moment.astimezone(patient_zone or clinic_zone)
    if theirs.utcoffset() != local.utcoffset():
        text += f" ({zone_words(clinic_zone)})"
    return text


def day_words(moment: datetime, now: datetime, clinic_zone: ZoneInfo) -> str:
    """The day of a moment, seen from `now`: "today", "tomorrow", "Tuesday 3 June"."""
    day = moment.astimezone(clinic_zone).date()
    away = (day - now.astimezone(clinic_zone).date()).days
    if near := {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(away):
        return near
    if 0 < away < WEEK:
        return f"{day:%A}"
    year = f" {day.year}" if abs(away) > HALF_A_YEAR else ""
    return f"{day:%A} {day.day} {day:%B}{year}"


def clock_words(local: datetime) -> str:
    """A clock time: "8am", "10:14am", "midday"; minutes only where there are any."""
    afternoon, hour = divmod(local.hour, NOON)
    if local.minute == hour == 0:
        return "midday" if afternoon else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{hour or NOON}{minutes}{'pm' if afternoon else 'am'}"


def zone_words(zone: ZoneInfo) -> str:
    """A zone by its city: "London time"."""
    return zone.key.rpartition("/")[2].replace("_", " ") + " time"


def time_left(due_at: datetime, now: datetime) -> str:
    """How staff read a deadline: "1 h 42 min left", "18 min late", "due now"."""
    minutes = int((due_at.astimezone(UTC) - now.astimezone(UTC)) / timedelta(minutes=1))
    if minutes == 0:
        return "due now"
    return f"{_span_words(abs(minutes))} {'left' if minutes > 0 else 'late'}"


def _span_words(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    days, odd_hours = divmod(hours, 24)
    if days:
        parts = [f"{days} {'day' if days == 1 else 'days'}"]
        parts += [f"{odd_hours} h"] if odd_hours else []
    else:
        parts = [f"{hours} h"] if hours else []
        parts += [f"{rest} min"] if rest else []
    return " ".join(parts)
