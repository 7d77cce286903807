"""No silence goes unnoticed, from our side: each day that asks for a log says so once.

`next_prompt_at` and `nudge_at` on the treatment say when to look; one indexed look each
finds every treatment whose moment has come. The outbox refuses a second message of the
same patient and date, so whatever runs twice still reminds once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse

from aftercare.messages import words
from aftercare.messages.links import link_to
from aftercare.messages.outbox import enqueue
from aftercare.models import (
    OutgoingMessage,
    Patient,
    Treatment,
)
from aftercare.reminders import (
    LATEST,
    Prompt,
    awake,
    next_prompt,
    nudge_moment,
    still_of_use,
)

from .locking import free_treatment
from .patient_ways import has_room, ways_to_remind, zone_of
from .stop_messages import stop_link

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 1000
PLANNED = ("prompted_for", "next_prompt_at", "nudge_at")


def send_reminders(at: datetime) -> int:
    """Ask everybody whose time has come by `at`; how many treatments were looked at."""
    return each_due("next_prompt_at", remind, at)


def send_nudges(at: datetime) -> int:
    """Ask once more where no log came; how many treatments were looked at."""
    return each_due("nudge_at", nudge, at)


def each_due(
    column: str, do: Callable[[Treatment, datetime], None], at: datetime
) -> int:
    """Do it for each treatment that is due and that nobody has in hand, each under its
    lock in a transaction.

    One that fails is reported and does not hold up the others.
    """
    done = 0
    due = Treatment.objects.filter(**{f"{column}__lte": at}).select_related("clinic")
    for found in list(due.order_by(column, "pk")[:MOST_AT_ONCE]):
        try:
            with transaction.atomic():
                treatment = free_treatment(found.clinic, found.pk)
                moment = getattr(treatment, column, None)
                if treatment is None or moment is None or moment > at:
                    continue
                do(treatment, at)
                treatment.save(update_fields=PLANNED)
                done += 1
        except Exception:
            logger.exception("The reminder of treatment %s failed.", found.pk)
    return done


def plan(treatment: Treatment) -> Prompt | None:
    """Put down when the next reminder goes out; the treatment is not saved here."""
    patient = treatment.patient
    prompt = next_prompt(
        performed_on=treatment.performed_on,
        after=treatment.prompted_for or treatment.performed_on,
        wanted=patient.remind_at or patient.clinic.remind_at,
        zone=zone_of(patient),
        key=patient.pk,
    )
    treatment.next_prompt_at = prompt.at if prompt else None
    return prompt


def remind(treatment: Treatment, at: datetime) -> None:
    """The reminder that is due, and when the next one is.

    One whose date has passed, or that would come at night, is left out; so is one for a
    date that was logged already.
    """
    prompt = plan(treatment) if is_followed(treatment) else None
    if prompt is None:
        treatment.next_prompt_at = treatment.nudge_at = None
        return
    if prompt.at > at:
        return
    zone = zone_of(treatment.patient)
    treatment.nudge_at = None
    if still_of_use(prompt, at, zone) and not has_log(treatment, prompt.date):
        send(words.REMINDER, treatment.patient, prompt.date, at)
        treatment.nudge_at = nudge_moment(at, zone)
    treatment.prompted_for = prompt.date
    plan(treatment)


def nudge(treatment: Treatment, at: datetime) -> None:
    """The one further message of a day, unless it was logged or cannot help any more.

    It waits until five hours after the reminder really left.
    """
    treatment.nudge_at = None
    day, zone = treatment.prompted_for, zone_of(treatment.patient)
    left = reminder_left_at(treatment.patient, day) if day else None
    if left is None or day is None or not is_followed(treatment):
        return
    moment = nudge_moment(left, zone)
    if moment is None or has_log(treatment, day):
        return
    if moment > at:
        treatment.nudge_at = moment
    elif at.astimezone(zone).date() == day and has_room(treatment.patient, at):
        send(words.NUDGE, treatment.patient, day, at)


def is_followed(treatment: Treatment) -> bool:
    """Whether anybody asks after this course."""
    return treatment.voided_at is None and treatment.left_at is None


def has_log(treatment: Treatment, day: date) -> bool:
    """Whether a log for a date has come and was not taken back."""
    return treatment.logs.filter(for_date=day, retraction__isnull=True).exists()


def reason(text: words.PatientText, patient: Patient, day: date) -> str:
    """Why a message leaves: one for each patient and date, whatever runs twice."""
    return f"{text.kind}:{patient.pk}:{day.isoformat()}"


def reminder_left_at(patient: Patient, day: date) -> datetime | None:
    """When a reminder really left the house, by the last way; None if none did."""
    sent = OutgoingMessage.objects.filter(
        once__startswith=reason(words.REMINDER, patient, day), sent_at__isnull=False
    )
    return sent.order_by("-sent_at").values_list("sent_at", flat=True).first()


def send(text: words.PatientText, patient: Patient, day: date, at: datetime) -> None:
    """Put one message for each way that the patient wants into the outbox.

    It expires in the evening of its date, so a late one never comes at night.
    """
    ends = awake(LATEST, day, zone_of(patient))
    if ends is None or ends <= at:
        return
    clinic = patient.clinic
    for way, to in ways_to_remind(patient):
        said = text.filled(
            way,
            patient.language,
            clinic=clinic.name,
            link=link_to(reverse("today")),
            stop=stop_link(patient),
        )
        enqueue(
            kind=text.kind,
            channel=way,
            to=to,
            subject=said.subject,
            body=said.body,
            once=f"{reason(text, patient, day)}:{way}",
            at=at,
            expires_at=ends + timedelta(minutes=1),
            clinic=clinic,
            patient=patient,
        )
