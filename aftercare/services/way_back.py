"""The way back in for patients: a code by e-mail, then the date of birth.

An address may belong to several patients, of several clinics: the birth date tells which.
Whether anybody has it is told to nobody: each address gets the same words for the same
work. What was asked and tried is kept in the session, on the server.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.crypto import constant_time_compare, salted_hmac

from aftercare.languages import Language
from aftercare.messages import words
from aftercare.messages.outbox import cancel, enqueue
from aftercare.models import MOST_TRIES, Login, MessageChannel, Patient
from aftercare.models.keys import uuid7

from . import audit
from .patient_login import give_login
from .way_back_state import (
    CODE_LASTS,
    FORGOTTEN_AFTER,
    WAY_BACK,
    Step,
    held,
    new_state,
    state_of,
    step_of,
)

CODE_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of an answer: where it leads, and how often one may still try."""

    step: Step
    tries_left: int = 0
    patient: Patient | None = None


# --- The code -------------------------------------------------------------------------


def ask_for_code(session: SessionBase, address: str, at: datetime) -> None:
    """Send a code to an address; the one before is of no more use.

    Where nobody reads it the message is taken back as soon as it is written: the same
    queries and the same writing, so that the time taken tells nothing either.
    """
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    salt, once = secrets.token_hex(16), f"sign_in_code:{uuid7()}"
    with transaction.atomic():
        people = readers_of(address)
        send(address, code, people, once, at)
        cancel(once=f"{once}:read" if people else once, at=at)
    digest, keys = digest_of(salt, code), [str(one.pk) for one in people]
    session[WAY_BACK] = new_state(address, keys, salt, digest, at)
    session.set_expiry(FORGOTTEN_AFTER)


def readers_of(address: str) -> list[Patient]:
    """The patients with this address; none where it belongs to a login of staff."""
    is_staff = Login.objects.filter(email=address).exists()
    same = Patient.objects.filter(Exact(Lower("email"), address))
    found = list(same.select_related("clinic"))
    return [] if is_staff else found


def send(
    address: str, code: str, people: Sequence[Patient], once: str, at: datetime
) -> None:
    """One message for everybody with this address."""
    clinics = {one.clinic for one in people}
    clinic = clinics.pop() if len(clinics) == 1 else None
    language = language_of(people)
    text = words.SIGN_IN_CODE.filled(
        MessageChannel.EMAIL,
        language,
        clinic=clinic.name if clinic else words.IN[language].your_clinic,
        code=code,
        minutes=str(CODE_LASTS.seconds // 60),
    )
    enqueue(
        kind=words.SIGN_IN_CODE.kind,
        channel=MessageChannel.EMAIL,
        to=address,
        subject=text.subject,
        body=text.body,
        once=once,
        at=at,
        expires_at=at + CODE_LASTS,
        clinic=clinic,
        patient=people[0] if len(people) == 1 else None,
    )


def language_of(people: Sequence[Patient]) -> Language:
    """The one that all of them chose, or else English."""
    chosen = {Language(one.language) for one in people}
    return chosen.pop() if len(chosen) == 1 else Language.ENGLISH


def digest_of(salt: str, code: str) -> str:
    """What the session keeps of a code: of no use without our key."""
    return salted_hmac(
        f"aftercare.{WAY_BACK}", salt + code, algorithm="sha256"
    ).hexdigest()


def check_code(session: SessionBase, typed: str, at: datetime) -> Tried:
    """Whether this is the code that was sent."""
    with held(session) as state:
        step = step_of(state, at)
        if step is not Step.CODE:
            return Tried(step)
        if constant_time_compare(digest_of(state["salt"], typed), state["digest"]):
            state["proven"] = True
            return Tried(Step.BIRTH_DATE)
        state["wrong_codes"] += 1
        return Tried(step_of(state, at), MOST_TRIES - state["wrong_codes"])


# --- The birth date -------------------------------------------------------------------


def check_birth_date(session: SessionBase, birth_date: date, at: datetime) -> Tried:
    """Whether one of those with the address was born on this day."""
    with held(session) as state:
        step = step_of(state, at)
        if step is not Step.BIRTH_DATE:
            return Tried(step)
        people = list(
            Patient.objects.filter(pk__in=state["people"]).select_related("clinic")
        )
        fits = [one for one in people if one.birth_date == birth_date]
        if len(fits) == 1:
            return come_back(fits[0], at)
        if fits:
            state["fits"] = [str(one.pk) for one in fits]
            return Tried(Step.WHO)
        state["wrong_dates"] += 1
        for one in people:
            note("sign_in.wrong_birth_date", one, None, at)
        return Tried(step_of(state, at), MOST_TRIES - state["wrong_dates"])


def choices(session: SessionBase, at: datetime) -> list[Patient]:
    """Those among whom somebody chooses: same address, same birth date."""
    state = state_of(session)
    if step_of(state, at) is not Step.WHO:
        return []
    found = Patient.objects.filter(pk__in=state["fits"]).select_related("clinic")
    return list(found.order_by("given_name", "clinic__name", "pk"))


def choose(session: SessionBase, patient_id: UUID, at: datetime) -> Patient | None:
    """The one who was chosen; None for anybody who was not to be chosen."""
    with transaction.atomic():
        found = next(
            (one for one in choices(session, at) if one.pk == patient_id), None
        )
        return come_back(found, at).patient if found else None


def come_back(patient: Patient, at: datetime) -> Tried:
    """The patient is who they say."""
    give_login(patient)
    note("patient.came_back", patient, patient, at)
    return Tried(Step.OVER, patient=patient)


def note(verb: str, patient: Patient, by: Patient | None, at: datetime) -> None:
    audit.record(
        verb,
        by=by,
        clinic=patient.clinic,
        at=at,
        patient_id=patient.pk,
        object_id=patient.pk,
    )
