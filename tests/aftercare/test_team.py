"""Roles change, somebody leaves, somebody is back: and the clinic always has an owner."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aftercare.models import AuditEntry, StaffMember
from aftercare.services.follow_up import (
    Contact,
    NotPossible,
    acknowledge,
    assign,
    log_contact,
)
from aftercare.services.review_flags import Findings, review_flags
from aftercare.services.team import change_roles, deactivate, reactivate
from aftercare.warning_signs.vocabulary import Outcome
from tests.builders import (
    GLANDS,
    MONDAY,
    fever,
    make_clinic,
    make_staff,
    make_treatment,
    send_log,
    shown_flags,
)

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def owner(clinic):
    return make_staff(clinic, "Olu Ade", "is_owner")


@pytest.fixture
def nurse(clinic):
    return make_staff(clinic, "Priya Nair")


@pytest.fixture
def flagged(nurse):
    treatment = make_treatment(nurse)
    send_log(treatment, fever())
    return treatment


def roles(member, by, *given, seen=1):
    return change_roles(staff_id=member.pk, by=by, roles=given, seen=seen, at=LATER)


def leave(member, by, seen=1):
    return deactivate(staff_id=member.pk, by=by, seen=seen, at=LATER)


def back(member, by, seen=2):
    return reactivate(staff_id=member.pk, by=by, seen=seen, at=LATER)


def written(verb):
    return AuditEntry.objects.filter(verb=verb)


# --- Roles ----------------------------------------------------------------------------


def test_other_roles_are_given_noted_and_end_every_session(owner, nurse) -> None:
    roles(nurse, owner, "is_clinical_lead", "is_auditor")
    now = StaffMember.objects.select_related("login").get(pk=nurse.pk)
    assert (now.is_clinical_lead, now.is_auditor, now.is_clinician) == (
        True,
        True,
        False,
    )
    assert (now.version, now.login.generation) == (2, 1)
    entry = written("staff.roles_changed").get()
    assert (entry.staff_id, entry.object_id, entry.at) == (owner.pk, nurse.pk, LATER)


def test_the_same_roles_change_nothing(owner, nurse) -> None:
    roles(nurse, owner, "is_clinician")
    nurse.refresh_from_db()
    assert (nurse.version, nurse.login.generation) == (1, 0)
    assert not written("staff.roles_changed").exists()


def test_whoever_saw_older_roles_is_told_and_changes_nothing(owner, nurse) -> None:
    roles(nurse, owner, "is_auditor")
    with pytest.raises(NotPossible, match="changed this person meanwhile"):
        roles(nurse, owner, "is_front_desk", seen=1)
    nurse.refresh_from_db()
    assert nurse.is_auditor
    assert not nurse.is_front_desk


def test_the_last_owner_stays_one(owner, nurse) -> None:
    with pytest.raises(NotPossible, match="needs an owner"):
        roles(owner, owner, "is_clinician")
    make_staff(owner.clinic, "Lena Hart", "is_owner")
    roles(owner, owner, "is_clinician")
    owner.refresh_from_db()
    assert not owner.is_owner


def test_the_last_owner_may_be_a_clinician_as_well(owner) -> None:
    roles(owner, owner, "is_owner", "is_clinician")
    owner.refresh_from_db()
    assert owner.is_owner
    assert owner.is_clinician


@pytest.mark.parametrize("over", [{"joined_at": None}, {"deactivated_at": MONDAY}])
def test_an_owner_who_cannot_sign_in_does_not_count(owner, over) -> None:
    other = make_staff(owner.clinic, "Lena Hart", "is_owner")
    StaffMember.objects.filter(pk=other.pk).update(**over)
    with pytest.raises(NotPossible, match="needs an owner"):
        roles(owner, owner, "is_clinician")


def test_the_owner_of_another_clinic_does_not_count(owner) -> None:
    make_staff(make_clinic("Birchwood"), "Omar Said", "is_owner")
    with pytest.raises(NotPossible, match="needs an owner"):
        roles(owner, owner, "is_clinician")


def test_people_of_another_clinic_are_not_there(owner) -> None:
    other = make_staff(make_clinic("Birchwood"), "Omar Said")
    with pytest.raises(StaffMember.DoesNotExist):
        roles(other, owner, "is_auditor")


# --- Leaving --------------------------------------------------------------------------


def test_whoever_leaves_is_out_at_once(owner, nurse) -> None:
    assert leave(nurse, owner) == 0
    nurse.refresh_from_db()
    assert (nurse.deactivated_at, nurse.version) == (LATER, 2)
    assert nurse.login.generation == 1
    assert written("staff.deactivated").get().object_id == nurse.pk


def test_nobody_ends_their_own_access(owner) -> None:
    make_staff(owner.clinic, "Lena Hart", "is_owner")
    with pytest.raises(NotPossible, match="your own"):
        leave(owner, owner)


def test_of_two_owners_one_can_leave_and_then_no_other(owner) -> None:
    other = make_staff(owner.clinic, "Lena Hart", "is_owner")
    leave(other, owner)
    with pytest.raises(NotPossible, match="needs an owner"):
        leave(owner, other)


def test_nobody_leaves_twice(owner, nurse) -> None:
    leave(nurse, owner)
    with pytest.raises(NotPossible, match="had left already"):
        leave(nurse, owner, seen=2)


def test_what_they_looked_after_is_nobodys_and_says_so(owner, nurse, flagged) -> None:
    acknowledge(
        treatment_id=flagged.pk, shown=shown_flags(flagged), by=nurse, at=MONDAY
    )
    assert leave(nurse, owner) == 1
    step = flagged.follow_ups.get(kind="released")
    assert (step.by, step.at) == (owner, LATER)
    assert step.said == "Priya Nair no longer works here."
    assert set(step.flags.all()) == set(flagged.flags.open())
    entry = written("flag.released").get()
    assert (entry.patient_id, entry.object_id) == (flagged.patient_id, step.pk)


def test_what_they_were_given_is_nobodys(owner, nurse, flagged) -> None:
    other = make_staff(owner.clinic, "Ada Obi")
    assign(
        treatment_id=flagged.pk,
        shown=shown_flags(flagged),
        by=nurse,
        to=other,
        at=MONDAY,
    )
    assert leave(nurse, owner) == 0
    assert leave(other, owner) == 1


def test_what_they_passed_on_stays_with_the_colleague(owner, nurse, flagged) -> None:
    other = make_staff(owner.clinic, "Ada Obi")
    shown = shown_flags(flagged)
    acknowledge(treatment_id=flagged.pk, shown=shown, by=nurse, at=MONDAY)
    assign(treatment_id=flagged.pk, shown=shown, by=nurse, to=other, at=MONDAY)
    assert leave(nurse, owner) == 0
    assert not flagged.follow_ups.filter(kind="released").exists()


def test_what_was_closed_is_left_as_it_is(owner, nurse, flagged) -> None:
    shown = shown_flags(flagged)
    acknowledge(treatment_id=flagged.pk, shown=shown, by=nurse, at=MONDAY)
    log_contact(
        treatment_id=flagged.pk,
        shown=shown,
        by=nurse,
        contact=Contact("phone", "spoke"),
        at=MONDAY,
    )
    review_flags(
        treatment_id=flagged.pk,
        shown=shown,
        by=nurse,
        findings=Findings(Outcome.ADVISED, "Advised to rest today.", True, True),
        at=MONDAY,
    )
    assert leave(nurse, owner) == 0


def test_a_row_that_is_partly_closed_is_still_theirs(owner, nurse, flagged) -> None:
    fever_alone = shown_flags(flagged)
    acknowledge(treatment_id=flagged.pk, shown=fever_alone, by=nurse, at=MONDAY)
    send_log(flagged, GLANDS, at=MONDAY + timedelta(minutes=5))
    log_contact(
        treatment_id=flagged.pk,
        shown=fever_alone,
        by=nurse,
        contact=Contact("phone", "spoke"),
        at=MONDAY + timedelta(minutes=6),
    )
    review_flags(
        treatment_id=flagged.pk,
        shown=fever_alone,
        by=nurse,
        findings=Findings(Outcome.ADVISED, "Advised to rest today.", True, True),
        at=MONDAY + timedelta(minutes=7),
    )
    assert flagged.flags.open().exists()
    assert leave(nurse, owner) == 1


def test_nothing_is_given_to_somebody_who_left(owner, nurse, flagged) -> None:
    other = make_staff(owner.clinic, "Ada Obi")
    leave(other, owner)
    with pytest.raises(NotPossible, match="works here"):
        assign(
            treatment_id=flagged.pk,
            shown=shown_flags(flagged),
            by=nurse,
            to=other,
            at=LATER,
        )


def test_nothing_is_given_to_somebody_who_has_not_come_in_yet(
    owner, nurse, flagged
) -> None:
    invited = make_staff(owner.clinic, "Ada Obi")
    StaffMember.objects.filter(pk=invited.pk).update(joined_at=None)
    with pytest.raises(NotPossible, match="works here"):
        assign(
            treatment_id=flagged.pk,
            shown=shown_flags(flagged),
            by=nurse,
            to=invited,
            at=LATER,
        )


def test_whoever_left_a_moment_ago_takes_no_step(owner, nurse, flagged) -> None:
    shown = shown_flags(flagged)
    leave(nurse, owner)
    with pytest.raises(NotPossible, match="works here"):
        acknowledge(treatment_id=flagged.pk, shown=shown, by=nurse, at=LATER)


# --- Coming back ----------------------------------------------------------------------


def test_somebody_is_back_with_the_roles_they_had(owner, nurse) -> None:
    leave(nurse, owner)
    back(nurse, owner)
    nurse.refresh_from_db()
    assert nurse.deactivated_at is None
    assert nurse.is_clinician
    assert written("staff.reactivated").get().object_id == nurse.pk


def test_what_was_given_back_stays_nobodys(owner, nurse, flagged) -> None:
    acknowledge(
        treatment_id=flagged.pk, shown=shown_flags(flagged), by=nurse, at=MONDAY
    )
    leave(nurse, owner)
    back(nurse, owner)
    assert leave(nurse, owner, seen=3) == 0


def test_only_somebody_who_left_comes_back(owner, nurse) -> None:
    with pytest.raises(NotPossible, match="works here already"):
        back(nurse, owner, seen=1)


def test_whoever_never_came_in_needs_a_link(owner, nurse) -> None:
    StaffMember.objects.filter(pk=nurse.pk).update(joined_at=None)
    leave(nurse, owner)
    with pytest.raises(NotPossible, match="new link"):
        back(nurse, owner)
