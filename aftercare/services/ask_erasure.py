"""A patient asks to be deleted, may take it back, and is answered by the clinic."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from aftercare.messages.links import link_to
from aftercare.messages.outbox import enqueue
from aftercare.messages.words import STAFF_NOTICE
from aftercare.models import (
    Clinic,
    ErasureAnswer,
    ErasureRequest,
    MessageChannel,
    Patient,
    StaffMember,
)

from . import audit
from .follow_up import NotPossible
from .tell_staff import OWNERS, address_of, working


def ask_for_erasure(*, by: Patient, at: datetime) -> ErasureRequest:
    """Ask the clinic to delete the record. Asked twice, it is one request."""
    with transaction.atomic():
        patient = _locked(by.clinic, by.pk)
        asked = patient.erasure_requests.filter(answered_at__isnull=True).first()
        if asked is not None:
            return asked
        asked = ErasureRequest.objects.create(
            clinic=by.clinic, patient=patient, asked_at=at
        )
        _record("erasure.asked", by, asked, at)
        _tell_owners(asked, at)
    return asked


def take_back_request(*, by: Patient, at: datetime) -> None:
    """The patient would rather stay; harmless where nothing was asked."""
    with transaction.atomic():
        patient = _locked(by.clinic, by.pk)
        asked = patient.erasure_requests.filter(answered_at__isnull=True).first()
        if asked is None:
            return
        asked.answered_at, asked.answer = at, ErasureAnswer.WITHDRAWN
        asked.save(update_fields=["answered_at", "answer"])
        _record("erasure.withdrawn", by, asked, at)


def keep_record(
    *, patient_id: UUID, by: StaffMember, words: str, at: datetime
) -> ErasureRequest:
    """The clinic must keep the record, and tells the patient why.

    Raises `NotPossible` where nothing is asked any more; `Patient.DoesNotExist` for a
    patient of somebody else.
    """
    with transaction.atomic():
        patient = _locked(by.clinic, patient_id)
        asked = patient.erasure_requests.filter(answered_at__isnull=True).first()
        if asked is None:
            raise NotPossible("The patient does not ask for this any more.")
        asked.answered_at, asked.answered_by = at, by
        asked.answer, asked.words = ErasureAnswer.KEEP, words
        asked.save(update_fields=["answered_at", "answered_by", "answer", "words"])
        _record("erasure.refused", by, asked, at)
    return asked


def _locked(clinic: Clinic, patient_id: UUID) -> Patient:
    """The patient, so that two answers to one request wait for each other."""
    patients = Patient.objects.select_for_update(of=("self",))
    return patients.get(clinic=clinic, pk=patient_id)


def _tell_owners(asked: ErasureRequest, at: datetime) -> None:
    """By e-mail, in neutral words: a month passes quickly."""
    clinic, way = asked.clinic, MessageChannel.EMAIL
    words = STAFF_NOTICE.filled(
        way, clinic=clinic.name, link=link_to(reverse("patients"))
    )
    for owner in working(clinic, OWNERS):
        if to := address_of(owner, way):
            enqueue(
                kind=STAFF_NOTICE.kind,
                channel=way,
                to=to,
                subject=words.subject,
                body=words.body,
                once=f"erasure:{asked.pk}:{owner.pk}",
                at=at,
                clinic=clinic,
                staff=owner,
            )


def _record(
    verb: str, by: Patient | StaffMember, asked: ErasureRequest, at: datetime
) -> None:
    audit.record(
        verb,
        by=by,
        clinic=asked.clinic,
        at=at,
        patient_id=asked.patient_id,
        object_id=asked.pk,
    )
