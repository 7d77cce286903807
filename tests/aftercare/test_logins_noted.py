"""Coming in, going, wrong passwords and new factors are rows of the audit."""

from __future__ import annotations

import pytest
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.test import Client

from aftercare.models import AuditEntry, StaffMember
from aftercare.noting import logins
from tests.aftercare.staff_login import (
    ANOTHER,
    PASSWORD,
    gives_code,
    gives_password,
    signs_in,
    with_password,
)
from tests.builders import make_clinic, make_staff
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse(nurse: StaffMember) -> StaffMember:
    return with_password(nurse)


def noted(*verbs: str) -> list[tuple[str, str]]:
    rows = AuditEntry.objects.filter(verb__in=verbs).order_by("at", "id")
    return list(rows.values_list("verb", "reason"))


def test_coming_in_and_going_are_noted(nurse, client):
    gives_password(client, nurse.login.email)
    assert noted("login.signed_in") == []  # not before the second factor
    signs_in(Client(), nurse)
    row = AuditEntry.objects.get(verb="login.signed_in")
    assert (row.staff, row.login, row.clinic) == (nurse, nurse.login, nurse.clinic)
    sign_in(client, nurse).post("/sign-out/")
    assert AuditEntry.objects.get(verb="login.signed_out").staff == nurse


def test_a_patient_who_signs_out_is_noted(maya, treatment):
    maya.post("/sign-out/")
    row = AuditEntry.objects.get(verb="login.signed_out")
    assert (row.patient, row.staff) == (treatment.patient, None)


def test_somebody_at_two_clinics_is_noted_at_both(nurse):
    there = make_staff(make_clinic("Birchwood Clinic"), "Priya Nair")
    StaffMember.objects.filter(pk=there.pk).update(login=nurse.login)
    signs_in(Client(), nurse)
    rows = AuditEntry.objects.filter(verb="login.signed_in")
    assert {row.clinic for row in rows} == {nurse.clinic, there.clinic}


def test_a_wrong_password_is_noted_without_saying_that_it_was_them(nurse, client):
    gives_password(client, nurse.login.email.upper(), "not the password at all")
    row = AuditEntry.objects.get(verb="login.refused")
    assert (row.object_id, row.reason, row.page) == (nurse.pk, "password", "sign_in")
    assert (row.staff, row.login) == (None, None)


def test_an_address_that_nobody_has_is_noted_nowhere(nurse, client):
    gives_password(client, "nobody@clinic.example", PASSWORD)
    assert noted("login.refused") == []


def test_the_clock_does_not_tell_whether_somebody_has_an_address(
    nurse, django_assert_num_queries
):
    """A wrong password is noted once the answer is sent: before, all cost the same."""
    with django_assert_num_queries(0):
        logins.was_refused(credentials={"email": nurse.login.email})
    logins.note_refused()
    assert noted("login.refused") == [("login.refused", "password")]
    logins.note_refused()
    assert len(noted("login.refused")) == 1


def test_a_wrong_code_is_noted(nurse, client):
    gives_password(client, nurse.login.email)
    gives_code(client, "000000")
    assert noted("login.refused") == [("login.refused", "code")]
    assert noted("login.signed_in") == []


@pytest.mark.django_db(transaction=True)
def test_a_new_password_and_new_factors_are_noted(nurse, client):
    signs_in(client, nurse)
    old = {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER}
    client.post("/account/password/", old)
    client.post("/account/recovery-codes/new/")
    assert noted("password.changed", "factor.renewed") == [
        ("password.changed", ""),
        ("factor.renewed", "recovery_codes"),
    ]
    app = Authenticator.objects.get(user_id=nurse.login.pk, type="totp")
    facts = {"user": nurse.login, "authenticator": app}
    factors.authenticator_added.send(sender=None, **facts)
    factors.authenticator_removed.send(sender=None, **facts)
    assert noted("factor.added", "factor.removed") == [
        ("factor.added", "totp"),
        ("factor.removed", "totp"),
    ]
