"""Several change the team at once: there is always an owner, and no row has a former one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aftercare.models import Invitation, Login, StaffMember
from aftercare.services import clinic_settings as settings
from aftercare.services.follow_up import NotPossible, acknowledge, assign
from aftercare.services.invite_staff import Invitee, invite_staff, resend_link
from aftercare.services.join import join_with_password
from aftercare.services.team import change_roles, deactivate
from tests.aftercare.test_at_once import at_once
from tests.builders import (
    MONDAY,
    fever,
    make_clinic,
    make_staff,
    make_treatment,
    send_log,
    shown_flags,
)

pytestmark = pytest.mark.django_db(transaction=True)

LATER = MONDAY + timedelta(hours=1)
PASSWORD = "correct horse battery staple"


@pytest.fixture
def owners():
    clinic = make_clinic()
    return [make_staff(clinic, name, "is_owner") for name in ("Olu Ade", "Lena Hart")]


def told(results) -> list[str]:
    return [one.message for one in results if isinstance(one, NotPossible)]


def working_owners() -> int:
    return StaffMember.objects.filter(is_owner=True, deactivated_at=None).count()


def test_two_owners_who_end_each_others_access_leave_one(owners) -> None:
    one, other = owners

    def ends(by, member):
        return lambda: deactivate(staff_id=member.pk, by=by, seen=1, at=LATER)

    results = at_once(ends(one, other), ends(other, one))
    assert told(results) == [
        "A clinic needs an owner. Make somebody else an owner first."
    ]
    assert working_owners() == 1


def test_two_owners_who_step_down_at_once_leave_one(owners) -> None:
    def steps_down(member):
        return lambda: change_roles(
            staff_id=member.pk, by=member, roles=["is_clinician"], seen=1, at=LATER
        )

    results = at_once(*[steps_down(one) for one in owners])
    assert len(told(results)) == 1
    assert working_owners() == 1


def test_of_two_who_change_the_same_person_one_is_told(owners) -> None:
    nurse = make_staff(owners[0].clinic, "Priya Nair")

    def gives(by, role):
        return lambda: change_roles(
            staff_id=nurse.pk, by=by, roles=[role], seen=1, at=LATER
        )

    results = at_once(gives(owners[0], "is_auditor"), gives(owners[1], "is_front_desk"))
    assert told(results) == [
        "Somebody changed this person meanwhile. Please look again."
    ]
    nurse.refresh_from_db()
    assert nurse.version == 2


@pytest.mark.parametrize("turn", range(4))
def test_nobody_who_left_looks_after_a_row(owners, turn) -> None:
    """Acknowledging, being given a row, and leaving, all at the same moment."""
    olu, _ = owners
    nurse, ada = (make_staff(olu.clinic, name) for name in ("Priya Nair", "Ada Obi"))
    flagged = [make_treatment(ada), make_treatment(ada)]
    for treatment in flagged:
        send_log(treatment, fever())
    first, second = flagged
    shown = {one.pk: shown_flags(one) for one in flagged}
    results = at_once(
        lambda: acknowledge(
            treatment_id=first.pk, shown=shown[first.pk], by=nurse, at=MONDAY
        ),
        lambda: assign(
            treatment_id=second.pk, shown=shown[second.pk], by=ada, to=nurse, at=MONDAY
        ),
        lambda: deactivate(staff_id=nurse.pk, by=olu, seen=1, at=LATER),
        lambda: send_log(first, fever("38.6"), at=LATER),
    )
    refused = [one for one in results if isinstance(one, Exception)]
    assert len(told(refused)) == len(refused)
    for treatment in flagged:
        kinds = [
            step.kind
            for step in treatment.follow_ups.order_by("at", "pk")
            if nurse.pk in {step.by_id, step.assigned_to_id}
        ]
        released = treatment.follow_ups.filter(kind="released").count()
        assert released == bool(kinds)


def test_a_link_that_is_pressed_twice_at_once_lets_one_password_in(owners) -> None:
    token = invited(owners[0])

    def joins(password):
        return lambda: join_with_password(token=token, password=password, at=LATER)

    passwords = [f"{PASSWORD} {number}" for number in range(4)]
    results = at_once(*[joins(one) for one in passwords])
    assert len(told(results)) == 3
    winner = next(n for n, one in enumerate(results) if isinstance(one, StaffMember))
    ada = Login.objects.get(email="ada@clinic.example")
    assert ada.check_password(passwords[winner])


def invited(owner) -> str:
    tokens: list[str] = []

    def keep(token: str) -> str:
        tokens.append(token)
        return token

    ada = Invitee("Ada Obi", "ada@clinic.example", frozenset({"is_clinician"}))
    invite_staff(by=owner, invitee=ada, at=MONDAY, link_to=keep)
    return tokens[0]


def test_one_address_that_is_invited_twice_at_once_is_one_person(owners) -> None:
    ada = Invitee("Ada Obi", "ada@clinic.example", frozenset({"is_clinician"}))

    def invites(by):
        return lambda: invite_staff(by=by, invitee=ada, at=MONDAY, link_to=str)

    results = at_once(*[invites(by) for by in owners * 2])
    assert len(told(results)) == 3
    assert StaffMember.objects.filter(name="Ada Obi").count() == 1
    assert Login.objects.filter(email="ada@clinic.example").count() == 1


def test_of_links_that_are_sent_at_once_one_works(owners) -> None:
    invited(owners[0])
    ada = StaffMember.objects.get(name="Ada Obi")

    def sends(by):
        return lambda: resend_link(staff_id=ada.pk, by=by, at=LATER, link_to=str)

    results = at_once(*[sends(by) for by in owners * 2])
    assert not [one for one in results if isinstance(one, Exception)]
    assert Invitation.objects.filter(used_at=None, revoked_at=None).count() == 1


def test_of_four_who_save_the_settings_at_once_three_are_told(owners) -> None:
    clinic = owners[0].clinic

    def saves(by, months):
        return lambda: settings.change_retention(by=by, months=months, seen=1, at=LATER)

    results = at_once(*[saves(owners[n % 2], 12 + n) for n in range(4)])
    assert len(told(results)) == 3
    clinic.refresh_from_db()
    assert clinic.version == 2
