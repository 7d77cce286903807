"""Telling staff that something waits: by every way that leads to them, in neutral words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from aftercare.messages.channels import is_set_up
from aftercare.messages.links import link_to
from aftercare.messages.outbox import enqueue
from aftercare.messages.words import Text
from aftercare.models import Clinic, MessageChannel, StaffMember
from aftercare.promise.cover import Shift, backups, on_duty

LEADS, CARERS = (
    Q(is_clinical_lead=True),
    Q(is_clinician=True) | Q(is_clinical_lead=True),
)
OWNERS = Q(is_owner=True)


def tell(
    staff: Iterable[StaffMember], text: Text, *, reason: str, at: datetime
) -> None:
    """Put one message for each person and way into the outbox; once for a reason."""
    for person in staff:
        for way in MessageChannel:
            if to := address_of(person, way):
                tell_one(person, way, to, text, reason, at)


def tell_one(
    person: StaffMember,
    way: MessageChannel,
    to: str,
    text: Text,
    reason: str,
    at: datetime,
) -> None:
    clinic = person.clinic
    words = text.filled(way, clinic=clinic.name, link=link_to(reverse("queue")))
    enqueue(
        kind=text.kind,
        channel=way,
        to=to,
        subject=words.subject,
        body=words.body,
        once=f"{reason}:{person.pk}:{way}",
        at=at,
        clinic=clinic,
        staff=person,
    )


def address_of(person: StaffMember, way: MessageChannel) -> str:
    """Where a message reaches a person; empty where it cannot."""
    if way is MessageChannel.EMAIL:
        return person.login.email or ""
    return person.phone if is_set_up(way) else ""


def working(clinic: Clinic, wanted: Q) -> list[StaffMember]:
    """Those who have come in, have not left, and are `wanted`."""
    here = clinic.staffmembers.filter(
        wanted, joined_at__isnull=False, deactivated_at__isnull=True
    )
    return list(here.select_related("login", "clinic").order_by("name", "id"))


def shifts_at(clinic: Clinic, at: datetime) -> list[Shift]:
    """The rota of a moment."""
    running = clinic.dutys.filter(starts_at__lte=at, ends_at__gt=at)
    return [duty.shift() for duty in running]


def everyone_on_duty(clinic: Clinic, at: datetime) -> list[StaffMember]:
    """Those on duty and behind them; where the rota names nobody, all who may act."""
    shifts = shifts_at(clinic, at)
    named = on_duty(shifts, at) | backups(shifts, at)
    return working(clinic, CARERS & Q(pk__in=named)) or working(clinic, CARERS)


def duty_or_all(clinic: Clinic, at: datetime) -> list[StaffMember]:
    """Those on duty, without their backups; where the rota names nobody, all who may act."""
    return on_call(clinic, at) or working(clinic, CARERS)


def on_call(clinic: Clinic, at: datetime) -> list[StaffMember]:
    """Those whom the rota names as on duty; outside of opening hours often nobody."""
    return working(clinic, CARERS & Q(pk__in=on_duty(shifts_at(clinic, at), at)))


def behind_duty(clinic: Clinic, at: datetime) -> list[StaffMember]:
    """The backups of a moment; where the rota names none, the clinical leads."""
    named = backups(shifts_at(clinic, at), at)
    return working(clinic, CARERS & Q(pk__in=named)) or leads(clinic)


def leads(clinic: Clinic) -> list[StaffMember]:
    """The clinical leads; the owners where there is none."""
    return working(clinic, LEADS) or working(clinic, OWNERS)
