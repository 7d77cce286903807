"""A colleague is invited by e-mail, comes in by the link once, and in no other way."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError

from aftercare.models import AuditEntry, Invitation, Login, OutgoingMessage, StaffMember
from aftercare.people import staff_of
from aftercare.services import invite_staff as inviting
from aftercare.services.follow_up import NotPossible
from aftercare.services.invite_staff import (
    Invitee,
    invite_staff,
    resend_link,
    revoke_link,
)
from aftercare.services.join import join_with_login, join_with_password, open_link
from aftercare.services.team import deactivate
from aftercare.services.tokens import Standing
from tests.builders import MONDAY, make_clinic, make_staff

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=1)
PASSWORD = "correct horse battery staple"
ADA = Invitee("Ada Obi", "Ada@Clinic.example ", frozenset({"is_clinician"}))


@pytest.fixture
def owner():
    return make_staff(make_clinic(), "Olu Ade", "is_owner")


def invite(owner, invitee=ADA, at=MONDAY) -> StaffMember:
    return invite_staff(by=owner, invitee=invitee, at=at, link_to=str)


def resend(member, owner, at=MONDAY) -> StaffMember:
    return resend_link(staff_id=member.pk, by=owner, at=at, link_to=str)


def revoke(member, owner, at=LATER) -> StaffMember:
    return revoke_link(staff_id=member.pk, by=owner, at=at)


def token_of(member: StaffMember) -> str:
    """The token in the mail that waits."""
    waiting = OutgoingMessage.objects.filter(staff=member, gave_up_at=None)
    found = re.search(r"^[\w-]{43}$", waiting.get().body, re.MULTILINE)
    assert found
    return found[0]


def come_in(member, at=LATER) -> StaffMember:
    return join_with_password(token=token_of(member), password=PASSWORD, at=at)


def verbs() -> list[str]:
    written = AuditEntry.objects.filter(verb__startswith="staff.")
    names = list(written.order_by("pk").values_list("verb", flat=True))
    return [name for name in names if name != "staff.added"]


# --- Inviting -------------------------------------------------------------------------


def test_somebody_is_invited_by_a_mail_that_says_nothing_but_that(owner) -> None:
    member = invite(owner)
    assert (member.name, member.is_clinician, member.is_owner) == (
        "Ada Obi",
        True,
        False,
    )
    mail = OutgoingMessage.objects.get()
    assert (mail.to, mail.clinic, mail.staff) == (
        "ada@clinic.example",
        owner.clinic,
        member,
    )
    assert mail.subject == "Ashgrove Clinic: your account is ready"
    entry = AuditEntry.objects.get(verb="staff.invited")
    assert (entry.staff_id, entry.object_id) == (owner.pk, member.pk)


def test_whoever_is_only_invited_cannot_come_in(owner) -> None:
    member = invite(owner)
    assert not member.login.has_usable_password()
    assert staff_of(member.login) is None


def test_without_a_role_nobody_is_invited(owner) -> None:
    with pytest.raises(NotPossible, match="one role"):
        invite(owner, Invitee("Ada Obi", "ada@clinic.example", frozenset()))
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize("is_in", [False, True])
def test_nobody_is_invited_twice(owner, is_in) -> None:
    member = invite(owner)
    if is_in:
        come_in(member)
    said = "works here already" if is_in else "is invited already"
    with pytest.raises(NotPossible, match=said):
        invite(owner)


def test_of_two_at_once_one_is_told(owner, monkeypatch) -> None:
    def taken(*_):
        raise IntegrityError

    monkeypatch.setattr(inviting, "add_member", taken)
    with pytest.raises(NotPossible, match="a moment ago"):
        invite(owner)


def test_whoever_worked_here_is_let_in_again_instead(owner) -> None:
    member = come_in(invite(owner))
    deactivate(staff_id=member.pk, by=owner, seen=member.version, at=LATER)
    with pytest.raises(NotPossible, match="worked here before"):
        invite(owner)


def test_whose_link_was_taken_back_can_be_invited_anew_with_another_name(
    owner,
) -> None:
    member = invite(owner)
    revoke_link(staff_id=member.pk, by=owner, at=MONDAY)
    again = invite(
        owner, Invitee("Ada Obi-Hart", "ada@clinic.example", frozenset({"is_auditor"}))
    )
    assert again.pk == member.pk
    again.refresh_from_db()
    assert (again.name, again.is_auditor, again.is_clinician) == (
        "Ada Obi-Hart",
        True,
        False,
    )
    assert again.deactivated_at is None


# --- Another link, or none ------------------------------------------------------------


def test_a_new_link_makes_the_old_one_and_its_mail_dead(owner) -> None:
    member = invite(owner)
    first = token_of(member)
    resend(member, owner, at=LATER)
    second = token_of(member)
    assert open_link(first, LATER).standing is Standing.REVOKED
    assert open_link(second, LATER).standing is Standing.OPEN
    assert verbs() == ["staff.invited", "staff.link_sent"]


def test_a_link_that_was_taken_back_lets_nobody_in(owner) -> None:
    member = invite(owner)
    token = token_of(member)
    revoke_link(staff_id=member.pk, by=owner, at=LATER)
    member.refresh_from_db()
    assert member.deactivated_at == LATER
    assert not OutgoingMessage.objects.filter(gave_up_at=None).exists()
    with pytest.raises(NotPossible, match="no longer works"):
        join_with_password(token=token, password=PASSWORD, at=LATER)


def test_taking_a_link_back_twice_is_once(owner) -> None:
    member = invite(owner)
    revoke_link(staff_id=member.pk, by=owner, at=LATER)
    revoke_link(staff_id=member.pk, by=owner, at=LATER)
    assert verbs() == ["staff.invited", "staff.link_revoked"]


def test_a_new_link_after_one_was_taken_back_lets_them_in(owner) -> None:
    member = invite(owner)
    revoke_link(staff_id=member.pk, by=owner, at=MONDAY)
    resend(member, owner)
    assert come_in(member).deactivated_at is None


@pytest.mark.parametrize("step", [resend, revoke])
def test_whoever_is_in_needs_no_link(owner, step) -> None:
    member = come_in(invite(owner))
    with pytest.raises(NotPossible, match="has come in already"):
        step(member, owner)


def test_people_of_another_clinic_are_not_there(owner) -> None:
    other = make_staff(make_clinic("Birchwood"), "Omar Said", "is_owner")
    member = invite(owner)
    with pytest.raises(StaffMember.DoesNotExist):
        resend(member, other)


# --- Coming in ------------------------------------------------------------------------


def test_somebody_comes_in_with_a_first_password(owner) -> None:
    member = come_in(invite(owner))
    login = Login.objects.get(email="ada@clinic.example")
    assert login.check_password(PASSWORD)
    assert staff_of(login) == member
    address = EmailAddress.objects.get(user=login)
    assert (address.email, address.verified, address.primary) == (
        "ada@clinic.example",
        True,
        True,
    )
    assert verbs() == ["staff.invited", "staff.joined"]
    link = Invitation.objects.get()
    assert link.used_at == link.accepted_at == LATER


def test_a_link_works_once(owner) -> None:
    member = invite(owner)
    token = token_of(member)
    come_in(member)
    with pytest.raises(NotPossible, match="used already"):
        join_with_password(token=token, password="another one altogether", at=LATER)
    assert Login.objects.get(pk=member.login_id).check_password(PASSWORD)


def test_a_link_dies_after_seven_days(owner) -> None:
    member = invite(owner)
    week = MONDAY + timedelta(days=7)
    assert open_link(token_of(member), week).standing is Standing.EXPIRED
    with pytest.raises(NotPossible, match="too old"):
        come_in(member, at=week)
    assert come_in(member, at=week - timedelta(seconds=1)).joined_at


def test_a_made_up_link_is_none(owner) -> None:
    assert open_link("x" * 43, MONDAY) is None
    with pytest.raises(NotPossible, match="no longer works"):
        join_with_password(token="x" * 43, password=PASSWORD, at=MONDAY)


def test_whoever_leaves_before_coming_in_stays_out(owner) -> None:
    member = invite(owner)
    token = token_of(member)
    deactivate(staff_id=member.pk, by=owner, seen=1, at=MONDAY)
    assert open_link(token, LATER).standing is Standing.REVOKED


# --- With a login of another clinic ---------------------------------------------------


@pytest.fixture
def elsewhere(owner) -> StaffMember:
    """Ada, who works at another clinic already."""
    other = make_staff(make_clinic("Birchwood"), "Omar Said", "is_owner")
    return come_in(invite(other))


def test_whoever_has_a_login_keeps_it(owner, elsewhere) -> None:
    member = invite(owner)
    assert member.login_id == elsewhere.login_id
    assert open_link(token_of(member), LATER).has_login
    with pytest.raises(NotPossible, match="Sign in with it first"):
        join_with_password(
            token=token_of(member), password="another one altogether", at=LATER
        )
    joined = join_with_login(token=token_of(member), login=elsewhere.login, at=LATER)
    assert joined.clinic_id == owner.clinic_id
    assert elsewhere.login.check_password(PASSWORD)
    assert EmailAddress.objects.count() == 1


def test_a_link_is_of_no_use_to_another_login(owner, elsewhere) -> None:
    member = invite(owner)
    with pytest.raises(NotPossible, match="another e-mail address"):
        join_with_login(token=token_of(member), login=owner.login, at=LATER)
    assert open_link(token_of(member), LATER).standing is Standing.OPEN
