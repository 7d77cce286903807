"""A patient's record is erased: every row of theirs, in one transaction, for good.

What stays is the audit, which knows them by a key alone, and one row that says when and
why they were erased.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from aftercare.messages.forgetting import forget_files
from aftercare.models import (
    Clinic,
    Erasure,
    Flag,
    Login,
    OutgoingMessage,
    Patient,
    StaffMember,
)
from aftercare.models.of_patient import of_login, of_patient
from aftercare.warning_signs.vocabulary import Level

from . import audit
from .follow_up import NotPossible
from .locking import locked_record

LONGEST_REASON = 200


def erase_patient(
    *,
    clinic: Clinic,
    patient_id: UUID,
    reason: str,
    at: datetime,
    by: StaffMember | None = None,
    not_from: Level | None = Level.URGENT,
) -> Erasure:
    """Erase a patient of the clinic. `by` is None where a command or the clock did it.

    Raises `NotPossible`, in a sentence, while a flag of level `not_from` or above is
    open (None: whatever is open), or where the reason, which is kept, names the patient.
    `Patient.DoesNotExist` for one who is not there.
    """
    sessions = _sessions_of(clinic, patient_id)
    try:
        with transaction.atomic():
            patient, _ = locked_record(clinic, patient_id)
            _refuse_while_open(patient, not_from)
            _refuse_reason(patient, reason)
            addresses = {patient.email, patient.email.lower(), patient.phone} - {""}
            messages = list(_messages_to(patient, addresses))
            erasure = Erasure.objects.create(
                clinic=clinic,
                patient=patient.pk,
                at=at,
                by_staff=by,
                reason=reason,
                rows=_remove_all(patient, sessions, messages),
            )
            audit.record(
                "patient.erased",
                by=by,
                clinic=clinic,
                at=at,
                patient_id=patient_id,
                object_id=erasure.pk,
            )
            transaction.on_commit(
                lambda: forget_files(messages, addresses), robust=True
            )
    except IntegrityError as error:
        raise NotPossible(
            "Something was added to this record meanwhile. Nothing was erased. Try again."
        ) from error
    return erasure


def _refuse_while_open(patient: Patient, not_from: Level | None) -> None:
    """A warning that nobody has dealt with must not vanish."""
    if not_from is None:
        return
    urgent = Flag.objects.open().filter(treatment__patient=patient, level__gte=not_from)
    if urgent.exists():
        raise NotPossible("A flag that needs a person is open. Close it first.")


def _refuse_reason(patient: Patient, reason: str) -> None:
    """The reason outlives the record, so that it must not say whose it was."""
    if len(reason) > LONGEST_REASON:
        raise NotPossible(f"Use {LONGEST_REASON} letters or fewer for the reason.")
    said = set(re.findall(r"\w+", reason.casefold()))
    names = f"{patient.given_name} {patient.family_name}".casefold()
    written = (patient.email.casefold(), patient.phone)
    if said & set(re.findall(r"\w+", names)) or any(
        one and one in reason.casefold() for one in written
    ):
        raise NotPossible("Leave the name out of the reason: the reason is kept.")


def _remove_all(patient: Patient, sessions: list[str], messages: list[UUID]) -> int:
    """Every row of the patient, and of their login where nobody else signs in with it."""
    login = patient.login
    # A code goes to an address, which several may share: it is nobody's in particular.
    removed = _remove(OutgoingMessage.objects.filter(pk__in=messages))
    removed += sum(_remove(one.rows(patient.pk)) for one in of_patient())
    removed += _remove(Session.objects.filter(pk__in=sessions))
    if login is None or _is_somebody_else(login):
        return removed
    return removed + sum(_remove(one.rows(login.pk)) for one in of_login())


def _messages_to(patient: Patient, addresses: set[str]) -> QuerySet[Any]:
    """The keys of every message to the patient, codes for their address included."""
    to_address = Q(patient=None, staff=None, to__in=addresses)
    found = OutgoingMessage.objects.filter(Q(patient=patient) | to_address)
    return found.values_list("pk", flat=True)


def _is_somebody_else(login: Login) -> bool:
    """Whether another person signs in with it; asked after the patient is gone."""
    return login.patients.exists() or login.staff_members.exists()


def _remove(rows: QuerySet[Any]) -> int:
    """Delete past Django's own guards: it would refuse rows that the audit names."""
    count: int | None = rows._raw_delete(rows.db)  # noqa: SLF001  there is no public way
    return count or 0  # None where no row could be meant


def _sessions_of(clinic: Clinic, patient_id: UUID) -> list[str]:
    """The sessions that name the patient: signed in, or on the way back in.

    Each has to be opened, so this is done before anything is locked.
    """
    found = clinic.patients.filter(pk=patient_id).values_list("login", flat=True)
    wanted = [str(key) for key in (patient_id, *found) if key is not None]
    emails = clinic.patients.filter(pk=patient_id).values_list("email", flat=True)
    return [one.pk for one in _every_session() if _names(one, wanted, *emails)]


def _every_session() -> Iterable[Session]:
    return Session.objects.iterator(chunk_size=500)


def _names(session: Session, keys: list[str], email: str = "") -> bool:
    """Whether it has one of the keys in it, or is nobody's and has the address in it."""
    kept = session.get_decoded()
    words = json.dumps(kept).casefold()
    if any(key in words for key in keys):
        return True
    return bool(email) and email.casefold() in words and SESSION_KEY not in kept
