"""How a patient is reached: by which ways, on which clock, and how often on one day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from aftercare.messages.channels import is_set_up
from aftercare.models import MessageChannel, MessageKind, Patient, RemindBy

WAYS = {
    RemindBy.EMAIL: (MessageChannel.EMAIL,),
    RemindBy.SMS: (MessageChannel.SMS,),
    RemindBy.BOTH: (MessageChannel.SMS, MessageChannel.EMAIL),
    RemindBy.NONE: (),
}

ONE_OF = (MessageKind.NUDGE, MessageKind.NEW_MESSAGE, MessageKind.MISSED_CALL)


def ways_to_remind(patient: Patient) -> list[tuple[MessageChannel, str]]:
    """The ways a patient chose, with addresses; one that works where that one does not.

    Nobody is reminded by both who did not ask for it: a text message where there is a
    number, else an e-mail.
    """
    open_ways = {
        way: to
        for way, to in (
            (MessageChannel.SMS, patient.phone),
            (MessageChannel.EMAIL, patient.email),
        )
        if to and is_set_up(way)
    }
    if patient.remind_by == RemindBy.NONE:
        return []
    chosen = WAYS.get(RemindBy(patient.remind_by), ())
    wanted = [(way, open_ways[way]) for way in chosen if way in open_ways]
    return wanted or list(open_ways.items())[:1]


def zone_of(patient: Patient) -> ZoneInfo:
    """Where the patient is, or else the clinic."""
    return ZoneInfo(patient.zone) if patient.zone else patient.clinic.zoneinfo


def has_room(patient: Patient, at: datetime) -> bool:
    """Whether one more message may go to them on this date: two a day are the most.

    One of them is the reminder. So there is one nudge, or one word of a call or an answer.
    """
    zone = zone_of(patient)
    midnight = datetime.combine(at.astimezone(zone).date(), time(), zone)
    on_the_day = patient.outgoing.filter(
        clinic=patient.clinic_id,
        kind__in=ONE_OF,
        gave_up_at__isnull=True,
        due_at__gte=midnight,
        due_at__lt=midnight + timedelta(days=1),
    )
    return not on_the_day.exists()
