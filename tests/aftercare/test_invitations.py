"""A patient's link: made and sent, opened, spent, proven, taken back."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from aftercare.models import (
    MOST_TRIES,
    AuditEntry,
    Invitation,
    Login,
    MessageChannel,
    OutgoingMessage,
    Patient,
    StaffMember,
)
from aftercare.services.come_in import (
    open_invitation,
    open_started,
    prove,
    start,
    who_came_in,
)
from aftercare.services.invite import invite_patient, revoke_invitation, ways_to
from aftercare.services.tokens import LINK_LASTS, Standing, find_invitation, issue
from tests.builders import MONDAY, make_patient, make_staff, make_treatment

from .links import BORN, link_for

LATER = MONDAY + timedelta(hours=1)
WEEK = MONDAY + LINK_LASTS
WRONG = date(1991, 4, 15)
EMAIL, SMS = MessageChannel.EMAIL, MessageChannel.SMS


@pytest.fixture
def maya(nurse: StaffMember) -> Patient:
    patient = make_patient(nurse, email="maya@mail.example")
    make_treatment(nurse, patient)
    return patient


def verbs(patient: Patient) -> list[str]:
    found = AuditEntry.objects.filter(patient=patient).exclude(verb="log.submitted")
    return list(found.order_by("at", "id").values_list("verb", flat=True))[2:]


def started(patient: Patient, by: StaffMember) -> uuid.UUID:
    """A link whose button was pressed."""
    key = start(link_for(patient, by), MONDAY)
    assert key is not None
    return key


# --- Making and sending ---------------------------------------------------------------


def test_the_record_keeps_a_digest_and_never_the_token(maya, nurse) -> None:
    token = link_for(maya, nurse)
    row = Invitation.objects.get()
    assert len(token) == 43
    assert token not in str(Invitation.objects.values())
    assert (row.patient, row.created_by, row.expires_at) == (maya, nurse, WEEK)
    assert find_invitation(token) == row


def test_no_two_tokens_are_alike(maya, nurse) -> None:
    assert len({link_for(maya, nurse) for _ in range(20)}) == 20


def test_a_link_goes_by_each_way_that_is_asked_for_and_known(maya, nurse) -> None:
    invited = invite_patient(patient=maya, by=nurse, at=MONDAY, channels=[SMS, EMAIL])
    assert invited.sent_by == (EMAIL, SMS)
    sent = OutgoingMessage.objects.order_by("channel")
    assert [one.to for one in sent] == ["maya@mail.example", "07700 900318"]
    assert all(invited.token in one.body for one in sent)
    assert invited.token not in "".join(one.subject for one in sent)
    assert {one.patient for one in sent} == {maya}


def test_without_an_address_nothing_is_sent(nurse) -> None:
    patient = make_patient(nurse)
    invited = invite_patient(patient=patient, by=nurse, at=MONDAY, channels=[EMAIL])
    assert invited.sent_by == ()
    assert not OutgoingMessage.objects.exists()


def test_only_ways_that_are_set_up_and_known_are_offered(maya, nurse, settings) -> None:
    settings.MESSAGE_FOLDER, settings.EMAIL_HOST, settings.SMS_URL = "", "", ""
    assert ways_to(maya) == ()
    settings.EMAIL_HOST = "mail.example"
    assert ways_to(maya) == (EMAIL,)
    assert ways_to(make_patient(nurse)) == ()


def test_a_new_link_takes_back_the_one_before_and_its_message(maya, nurse) -> None:
    first = link_for(maya, nurse, channels=[EMAIL])
    second = link_for(maya, nurse, LATER, channels=[EMAIL])
    assert open_invitation(first, LATER).standing is Standing.REVOKED
    assert open_invitation(second, LATER).standing is Standing.OPEN
    before, now = OutgoingMessage.objects.order_by("created_at")
    assert before.gave_up_at == LATER
    assert (now.gave_up_at, second in now.body) == (None, True)


def test_a_link_whose_button_was_pressed_is_taken_back_too(maya, nurse) -> None:
    key = started(maya, nurse)
    link_for(maya, nurse, LATER)
    proof = prove(invitation_id=key, birth_date=BORN, at=LATER)
    assert (proof.standing, proof.patient) == (Standing.REVOKED, None)


def test_whoever_has_come_in_stays_in_when_a_new_link_is_made(maya, nurse) -> None:
    key = started(maya, nurse)
    prove(invitation_id=key, birth_date=BORN, at=MONDAY)
    link_for(maya, nurse, LATER)
    assert Invitation.objects.get(pk=key).revoked_at is None


def test_a_link_can_be_taken_back(maya, nurse) -> None:
    token = link_for(maya, nurse, channels=[EMAIL])
    assert revoke_invitation(patient=maya, by=nurse, at=LATER) == 1
    assert open_invitation(token, LATER).standing is Standing.REVOKED
    assert start(token, LATER) is None
    assert OutgoingMessage.objects.get().gave_up_at == LATER
    assert verbs(maya) == ["invitation.made", "invitation.revoked"]


def test_taking_back_what_is_not_there_leaves_no_trace(maya, nurse) -> None:
    assert revoke_invitation(patient=maya, by=nurse, at=LATER) == 0
    assert verbs(maya) == []


# --- Opening --------------------------------------------------------------------------


def test_opening_writes_nothing(maya, nurse, django_assert_num_queries) -> None:
    token = link_for(maya, nurse)
    before = list(Invitation.objects.values()), AuditEntry.objects.count()
    with django_assert_num_queries(1):
        opened = open_invitation(token, LATER)
    assert (opened.patient_id, opened.standing) == (maya.pk, Standing.OPEN)
    assert (list(Invitation.objects.values()), AuditEntry.objects.count()) == before


def test_a_link_that_nobody_made_opens_nothing(maya, nurse) -> None:
    token = link_for(maya, nurse)
    assert open_invitation(token[:-1], MONDAY) is None
    assert open_invitation("", MONDAY) is None
    assert start("x" * 43, MONDAY) is None


def test_a_link_for_staff_lets_no_patient_in(nurse) -> None:
    colleague = make_staff(nurse.clinic, "Sam Kerr")
    invitation, token = issue(colleague, by=nurse, at=MONDAY)
    assert find_invitation(token) == invitation
    assert open_invitation(token, MONDAY) is None
    assert start(token, MONDAY) is None
    assert open_started(invitation.pk, MONDAY) is None
    proof = prove(invitation_id=invitation.pk, birth_date=BORN, at=MONDAY)
    assert proof.patient is None


@pytest.mark.parametrize(
    ("after", "standing"),
    [
        (LINK_LASTS - timedelta(seconds=1), Standing.OPEN),
        (LINK_LASTS, Standing.EXPIRED),
    ],
)
def test_a_link_lasts_seven_days(maya, nurse, after, standing) -> None:
    token = link_for(maya, nurse)
    assert open_invitation(token, MONDAY + after).standing is standing
    assert (start(token, MONDAY + after) is None) == (standing is Standing.EXPIRED)


# --- The button and the birth date ----------------------------------------------------


def test_the_button_spends_the_link(maya, nurse) -> None:
    token = link_for(maya, nurse)
    key = start(token, LATER)
    assert Invitation.objects.get(pk=key).used_at == LATER
    assert open_invitation(token, LATER).standing is Standing.USED
    assert start(token, LATER) is None
    assert open_started(key, LATER).standing is Standing.OPEN


def test_the_right_birth_date_lets_the_patient_in(maya, nurse) -> None:
    key = started(maya, nurse)
    proof = prove(invitation_id=key, birth_date=BORN, at=LATER)
    assert proof.patient == maya
    assert Invitation.objects.get(pk=key).accepted_at == LATER
    login = Patient.objects.get(pk=maya.pk).login
    assert (login.email, login.has_usable_password()) == (None, False)
    assert verbs(maya) == ["invitation.made", "invitation.started", "patient.came_in"]
    entry = AuditEntry.objects.get(verb="patient.came_in")
    assert (entry.login, entry.object_id) == (login, key)
    assert who_came_in(maya.pk) == maya


def test_a_second_proof_lets_nobody_in(maya, nurse) -> None:
    key = started(maya, nurse)
    prove(invitation_id=key, birth_date=BORN, at=LATER)
    again = prove(invitation_id=key, birth_date=BORN, at=LATER)
    assert (again.standing, again.patient) == (Standing.USED, None)
    assert open_started(key, LATER).standing is Standing.USED


def test_a_patient_keeps_the_login_of_the_first_time(maya, nurse) -> None:
    for at in (MONDAY, LATER):
        key = start(link_for(maya, nurse, at), at)
        prove(invitation_id=key, birth_date=BORN, at=at)
    assert Login.objects.filter(patients=maya).count() == 1
    assert Login.objects.filter(email=None).count() == 1


def test_who_has_not_come_in_is_not_known(maya) -> None:
    assert who_came_in(maya.pk) is None


def test_wrong_birth_dates_are_counted_and_the_fifth_locks_for_good(
    maya, nurse
) -> None:
    key = started(maya, nurse)
    left = [
        prove(invitation_id=key, birth_date=WRONG, at=LATER).tries_left
        for _ in range(MOST_TRIES)
    ]
    assert left == [4, 3, 2, 1, 0]
    right = prove(invitation_id=key, birth_date=BORN, at=LATER)
    assert (right.standing, right.patient) == (Standing.LOCKED, None)
    assert open_started(key, WEEK).standing is Standing.LOCKED
    assert verbs(maya)[2:] == ["invitation.wrong_birth_date"] * MOST_TRIES
    assert "1991" not in str(list(AuditEntry.objects.values()))


def test_a_new_link_after_a_locked_one_has_five_tries(maya, nurse) -> None:
    key = started(maya, nurse)
    for _ in range(MOST_TRIES):
        prove(invitation_id=key, birth_date=WRONG, at=LATER)
    again = start(link_for(maya, nurse, LATER), LATER)
    assert prove(invitation_id=again, birth_date=BORN, at=LATER).patient == maya


def test_the_birth_date_is_not_asked_after_the_seven_days(maya, nurse) -> None:
    key = started(maya, nurse)
    assert open_started(key, WEEK).standing is Standing.EXPIRED
    proof = prove(invitation_id=key, birth_date=BORN, at=WEEK)
    assert (proof.standing, proof.patient) == (Standing.EXPIRED, None)


def test_a_link_that_is_gone_lets_nobody_in(db) -> None:
    nothing = uuid.uuid4()
    assert open_started(nothing, MONDAY) is None
    proof = prove(invitation_id=nothing, birth_date=BORN, at=MONDAY)
    assert (proof.standing, proof.patient) == (Standing.REVOKED, None)
