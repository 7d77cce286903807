"""The team's pages: who works here, how somebody comes and goes, and what is told."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from aftercare.models import OutgoingMessage, StaffMember
from aftercare.services.follow_up import acknowledge
from aftercare.services.team import change_roles
from tests.builders import MONDAY, fever, make_clinic, make_staff, shown_flags
from tests.clinic.conftest import named

TEAM = "/team/"


@pytest.fixture
def owner(clinic):
    return make_staff(clinic, "Olu Ade", "is_owner")


@pytest.fixture
def olu(owner, signed_in):
    return signed_in(owner)


def invite(olu, **over):
    sent = {"name": "Ada Obi", "email": "ada@clinic.example", "roles": ["is_clinician"]}
    return olu.post(TEAM, sent | over)


def page(olu, path=TEAM) -> str:
    return " ".join(olu.get(path).content.decode().split())


def row(olu, name: str) -> str:
    """The line of somebody in the list."""
    rows = re.findall(r"<tr>.*?</tr>", page(olu))
    return next(one for one in rows if name in one)


def at(name: str, member: StaffMember) -> str:
    return reverse(name, args=[member.pk])


def step(olu, name: str, member: StaffMember, **over):
    return olu.post(at(name, member), {"version": member.version} | over)


def member(name: str) -> StaffMember:
    return StaffMember.objects.get(name=name)


# --- The list -------------------------------------------------------------------------


def test_everybody_is_listed_with_roles_and_state(olu, owner, nurse) -> None:
    assert "Clinician" in row(olu, "Priya Nair")
    assert "No second factor yet" in row(olu, "Priya Nair")
    mine = row(olu, "Olu Ade")
    assert "(you)" in mine
    assert "Active" in mine


NO_MAIL = "The last e-mail to this address was refused."
NO_TEXT = "The last text message to their phone was refused."


def alert(to: StaffMember, when=MONDAY, channel="email", **over):
    """A message to somebody of the team that left, or was given up."""
    if "sent_at" not in over:
        over = {"gave_up_at": when, "gave_up_why": "refused"} | over
    return to.clinic.messages.create(
        staff=to,
        kind="staff_urgent",
        channel=channel,
        once=str(uuid4()),
        created_at=when,
        due_at=when,
        expires_at=when + timedelta(days=3),
        **over,
    )


def test_an_address_that_refuses_alerts_stands_beside_its_member(olu, nurse) -> None:
    alert(nurse)
    assert NO_MAIL in row(olu, "Priya Nair")
    assert NO_TEXT not in page(olu)
    assert NO_MAIL not in row(olu, "Olu Ade")


def test_until_a_message_is_taken_the_same_way(olu, owner, nurse) -> None:
    later = MONDAY + timedelta(hours=1)
    alert(nurse)
    alert(nurse, channel="sms")
    alert(nurse, MONDAY - timedelta(hours=1), sent_at=MONDAY - timedelta(minutes=9))
    alert(owner, later, sent_at=later)
    alert(nurse, later, channel="sms", sent_at=later)
    assert NO_MAIL in row(olu, "Priya Nair")
    assert NO_TEXT not in page(olu)
    alert(nurse, later, sent_at=later)
    assert NO_MAIL not in page(olu)


def test_what_only_expired_or_went_to_whoever_left_says_nothing(olu, nurse) -> None:
    alert(nurse, gave_up_why="expired")
    assert NO_MAIL not in page(olu)
    alert(nurse)
    StaffMember.objects.filter(pk=nurse.pk).update(deactivated_at=MONDAY)
    assert NO_MAIL not in page(olu)


def test_the_roles_are_explained_and_shown_as_a_table(olu) -> None:
    shown = page(olu)
    assert "closes every flag, emergencies too" in shown
    line = re.search(r"<th scope=\"row\">Close emergencies</th>(.*?)</tr>", shown)
    assert re.findall(r"yes|no\b", line[1]) == ["no", "yes", "no", "no", "no"]
    queue = re.search(r"<th scope=\"row\">See the queue</th>(.*?)</tr>", shown)
    assert re.findall(r"names only|yes|no\b", queue[1]) == [
        "yes",
        "yes",
        "yes",
        "names only",
        "no",
    ]


def test_people_of_another_clinic_are_not_listed(olu, db) -> None:
    make_staff(make_clinic("Birchwood"), "Omar Said")
    assert "Omar Said" not in page(olu)


# --- Coming ---------------------------------------------------------------------------


def test_somebody_is_invited_and_waits(olu, wall) -> None:
    answer = invite(olu)
    assert (answer.status_code, answer.url) == (303, TEAM)
    assert "A link is on its way to ada@clinic.example." in page(olu)
    assert OutgoingMessage.objects.get().to == "ada@clinic.example"
    assert "Invited" in row(olu, "Ada Obi")
    assert "The link works until Mon 8 June 9am." in row(olu, "Ada Obi")


def test_an_invitation_that_lacks_something_comes_back(olu, nurse) -> None:
    answer = olu.post(TEAM, {"name": "Ada Obi"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Enter the e-mail address." in shown
    assert "Tick at least one role." in shown
    assert 'value="Ada Obi"' in shown


def test_who_is_here_already_is_told_beside_the_address(olu, nurse) -> None:
    answer = invite(olu, email=nurse.login.email.upper())
    assert answer.status_code == 422
    assert "Priya Nair works here already" in answer.content.decode()


def test_a_link_that_nobody_used_expires_and_is_sent_again(
    olu, owner, wall, signed_in
) -> None:
    invite(olu)
    wall.forward(days=7)
    assert "Link expired" in row(olu, "Ada Obi")
    answer = step(olu, "send_link", member("Ada Obi"))
    assert answer.status_code == 303
    assert "Invited" in row(olu, "Ada Obi")


def test_a_link_is_taken_back(olu) -> None:
    invite(olu)
    assert step(olu, "take_back_link", member("Ada Obi")).status_code == 303
    assert "Link taken back" in row(olu, "Ada Obi")
    shown = page(olu, at("colleague", member("Ada Obi")))
    assert "lets Ada Obi in after all" in shown


def test_whoever_is_in_gets_no_link(olu, nurse) -> None:
    answer = step(olu, "send_link", nurse)
    assert answer.status_code == 422
    assert "Priya Nair has come in already." in answer.content.decode()


# --- Roles ----------------------------------------------------------------------------


def test_roles_are_changed(olu, nurse) -> None:
    sent = {"roles": ["is_clinician", "is_clinical_lead"]}
    answer = step(olu, "colleague", nurse, **sent)
    assert answer.status_code == 303
    assert "Clinical lead, Clinician" in row(olu, "Priya Nair")


def test_whoever_gets_other_roles_is_signed_out(olu, nurse, signed_in) -> None:
    theirs = signed_in(nurse)
    assert theirs.get("/queue/").status_code == 200
    step(olu, "colleague", nurse, roles=["is_front_desk"])
    assert theirs.get("/queue/").status_code == 302


def test_a_change_that_somebody_made_meanwhile_is_told_and_nothing_is_lost(
    olu, owner, nurse
) -> None:
    change_roles(
        staff_id=nurse.pk,
        by=owner,
        roles=["is_auditor"],
        seen=1,
        at=nurse.created_at + timedelta(days=1),
    )
    answer = step(olu, "colleague", nurse, roles=["is_front_desk"])
    assert answer.status_code == 422
    shown = " ".join(answer.content.decode().split())
    assert "Somebody changed this person meanwhile." in shown
    assert re.search(r'value="is_front_desk"[^>]* checked', shown)
    assert 'name="version" value="2"' in shown


def test_the_last_owner_cannot_stop_being_one(olu, owner) -> None:
    answer = step(olu, "colleague", owner, roles=["is_clinician"])
    assert answer.status_code == 422
    assert "A clinic needs an owner." in answer.content.decode()


# --- Going, and coming back -----------------------------------------------------------


def test_somebody_leaves_and_is_signed_out_at_once(
    olu, nurse, flagged, signed_in
) -> None:
    theirs = signed_in(nurse)
    theirs.get("/queue/")
    acknowledge(
        treatment_id=flagged.pk,
        shown=shown_flags(flagged),
        by=nurse,
        at=flagged.performed_at + timedelta(days=4, hours=1),
    )
    assert step(olu, "deactivate", nurse).status_code == 303
    assert "The flags of 1 patient are back in the queue" in page(olu)
    assert "Left" in row(olu, "Priya Nair")
    assert theirs.get("/queue/").status_code == 302
    story = olu.get(f"/queue/{flagged.pk}/").content.decode()
    assert "Nobody looks after it now" in story
    assert "Priya Nair no longer works here." in story


def test_who_looked_after_nothing_leaves_nothing(olu, nurse) -> None:
    step(olu, "deactivate", nurse)
    assert "They looked after no flags." in page(olu)


def test_the_flags_of_several_patients_are_counted(olu, nurse, flagged, wall) -> None:
    other = named(nurse, "Rosa Ilic", fever())
    for treatment in (flagged, other):
        acknowledge(
            treatment_id=treatment.pk,
            shown=shown_flags(treatment),
            by=nurse,
            at=wall.now,
        )
    step(olu, "deactivate", nurse)
    assert "The flags of 2 patients are back" in page(olu)


def test_nobody_ends_their_own_access(olu, owner) -> None:
    assert "End the access" not in page(olu, at("colleague", owner))
    answer = step(olu, "deactivate", owner)
    assert answer.status_code == 422
    assert "You cannot end your own access." in answer.content.decode()


def test_somebody_is_back(olu, nurse) -> None:
    step(olu, "deactivate", nurse)
    assert step(olu, "reactivate", member("Priya Nair")).status_code == 303
    assert "No second factor yet" in row(olu, "Priya Nair")


def test_a_step_without_what_was_shown_is_sent_back(olu, nurse) -> None:
    assert olu.post(at("deactivate", nurse)).status_code == 422
    assert member("Priya Nair").deactivated_at is None


# --- Whom it is for -------------------------------------------------------------------


@pytest.mark.parametrize(
    "role", ["is_clinical_lead", "is_clinician", "is_front_desk", "is_auditor"]
)
def test_only_an_owner_changes_the_team(role, clinic, nurse, signed_in) -> None:
    olu = signed_in(make_staff(clinic, "Robin Lee", role))
    assert olu.get(TEAM).status_code == 403
    assert invite(olu).status_code == 403
    assert step(olu, "colleague", nurse, roles=["is_owner"]).status_code == 403
    assert step(olu, "deactivate", nurse).status_code == 403
    assert StaffMember.objects.filter(name="Ada Obi").count() == 0


def test_a_colleague_of_another_clinic_is_not_there(olu, db) -> None:
    other = make_staff(make_clinic("Birchwood"), "Omar Said")
    assert olu.get(at("colleague", other)).status_code == 404
    for name in ("colleague", "deactivate", "reactivate", "send_link"):
        sent = {"version": 1, "roles": ["is_auditor"]}
        assert olu.post(at(name, other), sent).status_code == 404
    other.refresh_from_db()
    assert other.version == 1


def test_the_menu_leads_owners_to_team_and_settings(olu, nurse, signed_in) -> None:
    assert 'href="/team/"' in page(olu, "/queue/")
    assert 'href="/settings/clinic/"' in page(olu, "/queue/")
    assert 'href="/team/"' not in page(signed_in(nurse), "/queue/")
