"""A patient with a row in every table that can hang on one, each with their words in it."""

from __future__ import annotations

import uuid
from datetime import timedelta

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from aftercare.models import (
    DailyLog,
    ErasureRequest,
    Export,
    Flag,
    Invitation,
    MovedPromise,
    OutgoingMessage,
    SupportChange,
    Telling,
)
from tests.builders import MONDAY
from tests.signing_in import sign_in

from .two_clinics import House, Record


def complete(house: House, record: Record) -> Record:
    """Add what the story of two clinics leaves out."""
    _of_flags(house, record)
    _of_messages(house, record)
    _of_rights(house, record)
    _of_login(record)
    return record


def _of_flags(house: House, record: Record) -> None:
    flag = Flag.objects.get(pk=record.flag)
    log = DailyLog.objects.get(pk=record.keys["log"])
    SupportChange.objects.create(
        clinic=house.clinic, flag=flag, supported=False, log=log, at=MONDAY
    )
    Telling.objects.create(
        clinic=house.clinic,
        flag=flag,
        raised_at=flag.raised_at,
        rung="raised",
        staff=house.staff["nurse"],
        at=MONDAY,
    )
    MovedPromise.objects.create(
        clinic=house.clinic,
        flag=flag,
        missed_at=MONDAY,
        at=MONDAY,
        next_at=MONDAY + timedelta(hours=1),
    )


def _of_messages(house: House, record: Record) -> None:
    if not record.patient.invitations.exists():
        Invitation.objects.create(
            clinic=house.clinic,
            patient=record.patient,
            digest=uuid.uuid4().hex * 2,
            created_at=MONDAY,
            created_by=house.staff["nurse"],
            expires_at=MONDAY + timedelta(days=7),
        )
    OutgoingMessage.objects.create(
        clinic=house.clinic,
        patient=record.patient,
        kind="invitation",
        channel="email",
        once=f"invitation:{uuid.uuid4()}",
        to=f"{record.name}@mail.example",
        subject="Your daily check is ready",
        body=f"Hello {record.name}",
        created_at=MONDAY,
        due_at=MONDAY,
        expires_at=MONDAY + timedelta(days=3),
    )


def _of_rights(house: House, record: Record) -> None:
    ErasureRequest.objects.create(
        clinic=house.clinic,
        patient=record.patient,
        asked_at=MONDAY - timedelta(days=3),
        answered_at=MONDAY,
        answered_by=house.staff["owner"],
        answer="keep",
        words=f"We must keep this: {record.clinical}",
    )
    Export.objects.create(
        clinic=house.clinic,
        patient=record.patient,
        by_staff=house.staff["lead"],
        what="record",
        at=MONDAY,
        reason=f"{record.name} moves away: {record.clinical}",
    )


def _of_login(record: Record) -> None:
    """What the sign-in library may keep of a login, and a session on a device."""
    login = record.patient.login
    client = sign_in(Client(), record.patient)
    session = client.session
    session["note"] = record.clinical
    session.save()
    UserSession.objects.update_or_create(
        session_key=session.session_key,
        defaults={
            "user": login,
            "ip": "192.0.2.1",
            "user_agent": f"{record.clinical} browser",
        },
    )
    address = EmailAddress.objects.create(user=login, email=login.email)
    EmailConfirmation.create(address).save()
    Authenticator.objects.create(
        user=login, type=Authenticator.Type.TOTP, data={"secret": record.clinical}
    )
