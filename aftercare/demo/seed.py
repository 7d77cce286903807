"""Fills the demo clinics through the services, so that rules, advice and audit are real."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from aftercare.models import Clinic, Login, StaffMember, Treatment
from aftercare.promise import Interval
from aftercare.services import audit
from aftercare.services.create_clinic import ClinicDetails, add_staff, create_clinic
from aftercare.services.follow_up import (
    Contact,
    acknowledge,
    log_contact,
    newest_evidence,
    snooze,
)
from aftercare.services.register_treatment import (
    PatientDetails,
    TreatmentDetails,
    register_patient,
    register_treatment,
)
from aftercare.services.review_flags import Findings, review_flags
from aftercare.services.silence import check_silence
from aftercare.services.submit_log import LogEntry, submit_log
from aftercare.warning_signs.treatment_words import Sterility
from aftercare.warning_signs.vocabulary import Outcome

from . import ashgrove, birchwood
from .clear import clear_demo
from .rota import keep_rota
from .story import Course, Did, Sent

SEEDED = "demo.seeded"
STALE = timedelta(hours=20)
WEEK = {day: (Interval(time(8, 0), time(20, 0)),) for day in range(6)} | {
    6: (Interval(time(9, 0), time(17, 0)),)
}
CLINICS = (
    (
        ashgrove,
        ClinicDetails(
            name="Ashgrove Clinic",
            zone="Europe/London",
            phone="020 7946 0311",
            emergency_number="999",
            out_of_hours_number="111",
            address="14 Ashgrove Row, London",
            weekly=WEEK,
            is_demo=True,
        ),
    ),
    (
        birchwood,
        ClinicDetails(
            name="Birchwood Skin",
            zone="Europe/London",
            phone="0117 496 0182",
            emergency_number="999",
            out_of_hours_number="111",
            address="3 Birchwood Lane, Bristol",
            weekly=WEEK,
            is_demo=True,
        ),
    ),
)


def seed_demo(now: datetime, *, fresh: bool = False) -> bool:
    """Make the demo clinics as of `now`; False when they are there and recent."""
    newest = Clinic.objects.filter(is_demo=True, auditentrys__verb=SEEDED)
    seeded_at = newest.order_by("-auditentrys__at").values_list(
        "auditentrys__at", flat=True
    )
    last = seeded_at.first()
    if last is not None and now - last < STALE and not fresh:
        return False
    with transaction.atomic():
        for story, details in CLINICS:
            clinic = Clinic.objects.filter(is_demo=True, name=details.name).first()
            if clinic is None:
                clinic = create_clinic(details=details, at=now - timedelta(days=200))
            clear_demo(clinic)
            people = hire(clinic, story.STAFF, now)
            keep_rota(clinic, people, story.ROTA, now)
            fill(clinic, people, story.COURSES, now)
            audit.record(SEEDED, by=None, clinic=clinic, at=now)
    return True


def hire(
    clinic: Clinic, staff: Mapping[str, tuple[str, ...]], now: datetime
) -> dict[str, StaffMember]:
    """The staff of a clinic by name."""
    return {
        name: add_staff(
            clinic=clinic,
            name=name,
            email=f"{name.lower().replace(' ', '.')}@{clinic.name.split()[0].lower()}.example",
            password=None,
            roles=roles,
            at=now - timedelta(days=190),
        )
        for name, roles in staff.items()
    }


def fill(
    clinic: Clinic,
    people: dict[str, StaffMember],
    courses: tuple[Course, ...],
    now: datetime,
) -> None:
    """One recovery after the other, then what silence has raised."""
    for course in courses:
        play(course, clinic, people, now)
    check_silence(now)
    deliver(clinic, now)


def deliver(clinic: Clinic, now: datetime) -> None:
    """What patients were told in the story reached them when it was told."""
    clinic.messages.filter(due_at__lte=now).update(
        sent_at=F("due_at"), to="", subject="", body=""
    )


def play(
    course: Course, clinic: Clinic, people: dict[str, StaffMember], now: datetime
) -> None:
    """Enter one recovery in the order in which it happened."""
    treatment = register(course, clinic, next(iter(people.values())), now)
    for moment in sorted(
        timeline(course, clinic.zoneinfo, now), key=lambda item: item.at
    ):
        if isinstance(moment.event, Sent):
            send(treatment, moment.event, moment.at)
        else:
            act(treatment, moment.event, people[moment.event.by], moment.at)


def register(
    course: Course, clinic: Clinic, by: StaffMember, now: datetime
) -> Treatment:
    """The patient, with a login to visit them by, and the treatment."""
    performed_at = performed(course, clinic.zoneinfo, now)
    entered_at = min(performed_at + timedelta(minutes=45), now - timedelta(hours=4))
    given, _, family = course.name.partition(" ")
    patient = register_patient(
        by=by,
        details=PatientDetails(given, family, course.born, course.phone),
        at=entered_at,
    )
    patient.login = Login.objects.create_login(None)
    patient.save(update_fields=["login"])
    details = TreatmentDetails(
        type=course.type,
        performed_at=performed_at,
        areas=course.areas,
        practitioner="Dr Lena Hart",
        needle_depth_mm=course.depth_mm,
        sterile_single_use=Sterility(course.sterile),
        risk_factors=frozenset(course.risks),
        more={"products": course.products} | course.more,
    )
    return register_treatment(by=by, patient=patient, details=details, at=entered_at)


def performed(course: Course, zone: ZoneInfo, now: datetime) -> datetime:
    """The treatment: at two in the afternoon, or some hours ago when it was today."""
    today = now.astimezone(zone).date()
    if course.day == 0:
        midnight = datetime.combine(today, time(0, 1), zone)
        return max(midnight.astimezone(UTC), now - timedelta(hours=5))
    day = today - timedelta(days=course.day)
    return datetime.combine(day, time(14, 0), zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Moment:
    """One event of a story at its time."""

    at: datetime
    event: Sent | Did


def timeline(course: Course, zone: ZoneInfo, now: datetime) -> Iterator[Moment]:
    """Every event that has happened by `now`."""
    today = now.astimezone(zone).date()
    sent = []
    for log in course.logs:
        if log.minutes_ago is not None:
            at = now - timedelta(minutes=log.minutes_ago)
        else:
            day = today + timedelta(days=log.day - course.day)
            clock = time.fromisoformat(log.clock)
            at = datetime.combine(day, clock, zone).astimezone(UTC)
        if at <= now:
            sent.append(Moment(at, log))
    newest = max((moment.at for moment in sent), default=now)
    yield from sent
    for step in course.staff:
        if step.minutes_ago is not None:
            yield Moment(now - timedelta(minutes=step.minutes_ago), step)
        else:
            yield Moment(newest + timedelta(minutes=step.after), step)


def send(treatment: Treatment, log: Sent, at: datetime) -> None:
    """The patient sends a log. Around midnight it belongs to the day it was sent on."""
    zone = treatment.clinic.zoneinfo
    today = at.astimezone(zone).date()
    answers = {
        k: v for k, v in log.answers.items() if k not in {"best_number", "best_time"}
    }
    submit_log(
        treatment_id=treatment.pk,
        by=treatment.patient,
        entry=LogEntry(
            key=uuid.uuid5(treatment.pk, f"{log.day}"),
            for_date=today,
            finished_on=today,
            finished_at=at,
            answers=answers,
            best_number=log.answers.get("best_number", ""),
        ),
        at=at,
    )


def act(treatment: Treatment, step: Did, by: StaffMember, at: datetime) -> None:
    """A staff member takes one step."""
    shown = {flag.pk: flag.newest_finding for flag in newest_evidence(treatment)}
    if step.what == "acknowledge":
        acknowledge(treatment_id=treatment.pk, shown=shown, by=by, at=at)
    elif step.what == "contact":
        contact = Contact("phone", step.result, step.words)
        log_contact(
            treatment_id=treatment.pk, shown=shown, by=by, contact=contact, at=at
        )
    elif step.what == "snooze":
        until = at + timedelta(hours=12)
        snooze(treatment_id=treatment.pk, shown=shown, by=by, until=until, at=at)
    else:
        findings = Findings(
            outcome=Outcome(step.outcome),
            note=step.words,
            useful=True,
            safety_net=True,
            message=step.message,
        )
        review_flags(
            treatment_id=treatment.pk, shown=shown, by=by, findings=findings, at=at
        )
