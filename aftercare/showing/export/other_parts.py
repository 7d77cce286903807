"""What stands in a record besides the logs: person, treatments, signs, calls, messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from aftercare.languages import Language
from aftercare.level_words import words_of
from aftercare.models import (
    CallRequest,
    Channel,
    ContactResult,
    Flag,
    FollowUp,
    FollowUpKind,
    MessageKind,
    Patient,
    Review,
    Treatment,
)
from aftercare.showing.call_times import in_words
from aftercare.showing.who_looked import Looked, who_looked
from aftercare.warning_signs.treatment_words import RiskFactor

from .kinds import Audience
from .stamps import Stamp

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at a moment, with what was said."""

    at: datetime
    when: str
    words: str
    details: tuple[str, ...] = ()


def person_rows(patient: Patient, stamp: Stamp) -> tuple[Row, ...]:
    """Who the patient is, as the clinic knows them."""
    remind = "the clinic's usual time"
    if patient.remind_at is not None:
        remind = f"{patient.remind_at:%H:%M}"
    rows = (
        ("Name", str(patient)),
        ("Date of birth", f"{patient.birth_date.day} {patient.birth_date:%B %Y}"),
        ("Telephone", patient.phone),
        ("E-mail", patient.email),
        ("Time zone", patient.zone or f"{patient.clinic.zone}, as the clinic"),
        ("Reminders", f"{patient.get_remind_by_display()}; {remind}"),
        ("Language of messages", Language(patient.language).in_english),
        ("At the clinic since", stamp(patient.created_at)),
    )
    return tuple(row for row in rows if row[1])


def treatment_rows(treatment: Treatment, stamp: Stamp) -> tuple[Row, ...]:
    """The record of a treatment; what was not noted is left out."""
    depth = treatment.needle_depth_mm
    risks = [one.label for one in RiskFactor if one in treatment.risk_factors]
    left, voided = treatment.left_at, treatment.voided_at
    rows = (
        ("What", treatment.get_type_display()),
        ("When", stamp(treatment.performed_at)),
        ("Where on the skin", treatment.areas),
        ("Done by", treatment.practitioner),
        ("Place", treatment.get_setting_display()),
        ("Depth", f"{depth.normalize():f} mm" if depth is not None else ""),
        ("Sterile, single use", treatment.get_sterile_single_use_display()),
        ("Device", treatment.device),
        ("Serial number", treatment.device_serial),
        ("Lot", treatment.cartridge_lot),
        ("Products", treatment.products),
        ("Added", treatment.adjuncts),
        ("Known about you", ", ".join([*risks, treatment.other_risks]).strip(", ")),
        (
            "You agreed to logs",
            stamp(treatment.agreed_at) if treatment.agreed_at else "",
        ),
        ("You left the course", stamp(left) if left else ""),
        ("Entered by", str(treatment.created_by)),
        (
            "Entered by mistake",
            f"{treatment.void_reason} ({stamp(voided)})" if voided else "",
        ),
    )
    return tuple(row for row in rows if row[1])


def flag_events(treatment: Treatment, stamp: Stamp) -> tuple[Event, ...]:
    """Each sign that a person had to look at, and how that ended."""
    flags = treatment.flags.select_related("review__by").order_by("opened_at", "pk")
    return tuple(_flag(flag, stamp) for flag in flags)


def _flag(flag: Flag, stamp: Stamp) -> Event:
    details = [f"How soon: {words_of(flag.level).patient}. Day {flag.day}."]
    if flag.due_at:
        details.append(f"A person was to look by {stamp(flag.due_at)}.")
    if flag.review:
        end = flag.review
        details.append(
            f"Closed {stamp(end.at)} by {end.by}: {end.get_outcome_display()}."
        )
    else:
        details.append("Still open.")
    return Event(flag.opened_at, stamp(flag.opened_at), flag.reason, tuple(details))


def contact_events(
    patient: Patient, stamp: Stamp, audience: Audience
) -> tuple[Event, ...]:
    """Calls asked for, calls made, and messages left, in the order of time."""
    found = [
        *_asked(patient, stamp),
        *_contacts(patient, stamp, audience),
        *_messages(patient, stamp, audience),
    ]
    return tuple(sorted(found, key=lambda event: event.at))


def _asked(patient: Patient, stamp: Stamp) -> Iterator[Event]:
    asked = CallRequest.objects.filter(
        clinic=patient.clinic_id, treatment__patient=patient
    )
    for one in asked:
        best = f" Best time: {in_words(one.best_time)}." if one.best_time else ""
        words = f"You asked us to call you on {one.number}.{best}"
        yield Event(one.at, stamp(one.at), words)


def _contacts(patient: Patient, stamp: Stamp, audience: Audience) -> Iterator[Event]:
    steps = FollowUp.objects.filter(
        clinic=patient.clinic_id,
        treatment__patient=patient,
        kind=FollowUpKind.CONTACTED,
    ).select_related("by")
    for one in steps:
        how = f"{Channel(one.channel).label}. {ContactResult(one.result).label}."
        note = (one.said,) if one.said and audience is Audience.STAFF else ()
        yield Event(one.at, stamp(one.at), f"{one.by}: {how}", note)


def _messages(patient: Patient, stamp: Stamp, audience: Audience) -> Iterator[Event]:
    """What staff left for the patient when they closed a flag."""
    reviews = Review.objects.filter(
        clinic=patient.clinic_id, treatment__patient=patient
    ).select_related("by")
    for one in reviews:
        notes = [one.note, one.plan] if audience is Audience.STAFF else []
        undone = ["Taken back later."] if one.undone_at else []
        message = [f"A message for you: {one.message}"] if one.message else []
        words = f"{one.by} closed what was open: {one.get_outcome_display()}."
        details = (*message, *filter(None, notes), *undone)
        yield Event(one.at, stamp(one.at), words, details)


def sent_events(patient: Patient, stamp: Stamp) -> tuple[Event, ...]:
    """Every message that left the house for the patient, and every link."""
    links = [
        Event(
            one.created_at,
            stamp(one.created_at),
            "A link to your pages was made.",
            (f"It was used {stamp(one.used_at)}.",) if one.used_at else (),
        )
        for one in patient.invitations.all()
    ]
    kinds = {kind: kind.replace("_", " ") for kind in MessageKind}
    sent = [
        Event(
            one.created_at,
            stamp(one.created_at),
            f"A message by {one.channel}: {kinds[MessageKind(one.kind)]}.",
            (f"It went out {stamp(one.sent_at)}.",) if one.sent_at else (),
        )
        for one in patient.outgoing.all()
    ]
    return tuple(sorted(links + sent, key=lambda event: event.at))


def asked_events(patient: Patient, stamp: Stamp) -> tuple[Event, ...]:
    """Requests to be deleted with their answers, and what staff took out of the house."""
    requests = [
        Event(
            one.asked_at,
            stamp(one.asked_at),
            "You asked us to delete your record.",
            (_answer(one, stamp),),
        )
        for one in patient.erasure_requests.select_related("answered_by")
    ]
    exports = [
        Event(
            one.at,
            stamp(one.at),
            f"{one.by_staff} made a copy of your record.",
            (f"The reason: {one.reason}",),
        )
        for one in patient.exports.select_related("by_staff")
    ]
    return tuple(sorted(requests + exports, key=lambda event: event.at))


def looked_events(patient: Patient, stamp: Stamp) -> Iterator[tuple[Event, ...]]:
    """Who looked at the record, the newest first, some days at a time."""
    after = None
    while True:
        page = who_looked(patient, after)
        yield tuple(Event(one.at, stamp(one.at), _line(one)) for one in page.lines)
        if page.next is None:
            return
        after = page.next


def _line(one: Looked) -> str:
    role = f", {one.role}," if one.role else ""
    return f"{one.who}{role} {one.what}."


def _answer(request: object, stamp: Stamp) -> str:
    answered = request.answered_at
    if answered is None:
        return "Not answered yet."
    if request.answered_by is None:
        return f"You took this back {stamp(answered)}."
    return f"{request.answered_by} answered {stamp(answered)}: {request.words}"
