"""A record as a page to read or print: its parts, one after the other, as they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aftercare.models import Patient, Treatment
from aftercare.promise import zone_words

from .kinds import Audience
from .log_part import log_part
from .other_parts import (
    Event,
    asked_events,
    contact_events,
    flag_events,
    looked_events,
    person_rows,
    sent_events,
    treatment_rows,
)
from .reading import AT_ONCE
from .stamps import Stamp, stamp_in


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the page: its template and what that shows."""

    template: str
    facts: dict[str, Any]


def record_head(patient: Patient, audience: Audience, at: datetime) -> dict[str, Any]:
    """What stands above and around the parts."""
    return {
        "patient": patient,
        "for_staff": audience is Audience.STAFF,
        "made_at": stamp_in(patient.clinic.zoneinfo)(at),
        "zone": zone_words(patient.clinic.zoneinfo),
    }


def record_parts(patient: Patient, audience: Audience) -> Iterator[Part]:
    """Everything in the record that a person would read; docs/privacy.md says what not."""
    stamp = stamp_in(patient.clinic.zoneinfo)
    yield _rows("About you", person_rows(patient, stamp))
    treatments = patient.treatments.select_related("created_by", "clinic")
    for treatment in treatments.order_by("performed_at", "pk"):
        yield from _treatment(treatment, stamp)
    yield _events("Calls and messages", contact_events(patient, stamp, audience))
    yield _events("What we sent you", sent_events(patient, stamp))
    yield _events("Requests and copies", asked_events(patient, stamp))
    for events in looked_events(patient, stamp):
        yield _events("Who has looked", events)


def _treatment(treatment: Treatment, stamp: Stamp) -> Iterator[Part]:
    yield _rows(str(treatment), treatment_rows(treatment, stamp))
    logs = treatment.logs.with_fate().select_related(
        "advice",
        "entered_by",
        "corrects",
        "conflicts_with",
        "retraction__by_staff",
    )
    for log in logs.iterator(chunk_size=AT_ONCE):
        yield Part("record/log.html", {"log": log_part(log, stamp)})
    yield _events("What was noticed", flag_events(treatment, stamp))


def _rows(title: str, rows: tuple[tuple[str, str], ...]) -> Part:
    return Part("record/rows.html", {"title": title, "rows": rows})


def _events(title: str, events: tuple[Event, ...]) -> Part:
    return Part("record/events.html", {"title": title, "events": events})
