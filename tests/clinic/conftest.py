"""A clinic with its staff at their desks, on a Monday morning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from aftercare.models import Clinic, FollowUp, StaffMember, Treatment
from aftercare.services.enter_treatment import new_key
from aftercare.services.follow_up import Contact, log_contact
from aftercare.services.review_flags import Findings, Reviewed, review_flags
from aftercare.warning_signs.vocabulary import Outcome
from tests.builders import (
    MONDAY,
    fever,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
    shown_flags,
)
from tests.clock import Wall
from tests.signing_in import sign_in


@pytest.fixture
def clinic(db: None) -> Clinic:
    return make_clinic()


@pytest.fixture
def nurse(clinic: Clinic) -> StaffMember:
    return make_staff(clinic, "Priya Nair")


@pytest.fixture
def lead(clinic: Clinic) -> StaffMember:
    return make_staff(clinic, "Lena Hart", "is_clinical_lead")


@pytest.fixture
def desk(clinic: Clinic) -> StaffMember:
    return make_staff(clinic, "Sam Kerr", "is_front_desk")


@pytest.fixture
def treatment(nurse: StaffMember) -> Treatment:
    """Maya Okafor's, four days ago."""
    return make_treatment(nurse)


@pytest.fixture
def flagged(treatment: Treatment) -> Treatment:
    """Maya's, with a fever sent this morning."""
    send_log(treatment, fever())
    return treatment


@pytest.fixture
def sealed_at_once(db: None) -> None:
    """A seal is made at the commit, which a test that is rolled back never sees."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


SignIn = Callable[[StaffMember], Client]


@pytest.fixture
def signed_in(wall: Wall) -> SignIn:
    """A browser in which a staff member is signed in."""

    return lambda staff: sign_in(Client(), staff)


def at(name: str, treatment: Treatment, *more: object) -> str:
    """The address of a page about a treatment."""
    return reverse(name, args=[treatment.pk, *more])


def flag_page(client: Client, treatment: Treatment, **query: str) -> str:
    """The page of a flagged treatment."""
    return client.get(at("flag_detail", treatment), query).content.decode()


def named(
    by: StaffMember, name: str, *answers: dict[str, Any], at: datetime = MONDAY
) -> Treatment:
    """The treatment of a patient of that name, who sent one log."""
    treatment = make_treatment(by, make_patient(by, name))
    send_log(treatment, *answers, at=at)
    return treatment


def flags_of(treatment: Treatment) -> dict[UUID, UUID | None]:
    return shown_flags(treatment)


def spoke(
    treatment: Treatment, by: StaffMember, at: datetime, result: str = "spoke"
) -> FollowUp:
    """A contact on every open flag."""
    return log_contact(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=by,
        contact=Contact("phone", result),
        at=at,
    )


def newest_findings(treatment: Treatment) -> dict[UUID, UUID | None]:
    """The open flags, each with its newest evidence."""
    return {
        flag.pk: flag.findings.order_by("-at", "-id")
        .values_list("pk", flat=True)
        .first()
        for flag in treatment.flags.open()
    }


def shown(treatment: Treatment) -> list[str]:
    """The hidden values of a form as the page draws them now."""
    return [f"{flag}:{key or ''}" for flag, key in newest_findings(treatment).items()]


def closing(treatment: Treatment, **over: Any) -> dict[str, Any]:
    """A filled close form."""
    return {
        "shown": shown(treatment),
        "outcome": "advised",
        "note": "Spoke about glands and when to call.",
        "useful": "yes",
        "safety_net": "on",
    } | over


def close(treatment: Treatment, by: StaffMember, at: datetime, **over: Any) -> Reviewed:
    """A review of every open flag."""
    said: dict[str, Any] = {
        "outcome": Outcome.ADVISED,
        "note": "Spoke about it, all clear to her.",
        "useful": True,
        "safety_net": True,
    }
    return review_flags(
        treatment_id=treatment.pk,
        shown=newest_findings(treatment),
        by=by,
        findings=Findings(**(said | over)),
        at=at,
    )


NEW = "/treatments/new/"


def procedure(**over: Any) -> dict[str, Any]:
    """The part of the form about what was done, today at 8:30."""
    return {
        "type": "microneedling",
        "when": "today",
        "at_time": "08:30",
        "areas": ["full_face", "neck"],
        "practitioner": "Dr Lena Hart",
        "needle_depth_mm": "1.5",
        "sterile_single_use": "true",
        "risk_factors": ["none"],
        "agrees": "on",
    } | over


def person(**over: Any) -> dict[str, Any]:
    """The part of the form about a new patient."""
    return {
        "key": str(new_key()),
        "given_name": "Maya",
        "family_name": "Okafor",
        "birth_date_0": "14",
        "birth_date_1": "5",
        "birth_date_2": "1991",
        "phone": "07700 900318",
        "language": "en",
    } | over
