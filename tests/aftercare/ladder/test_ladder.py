"""No flag goes unread: whoever must be told of one that waits is told, once, in time."""

from __future__ import annotations

from unittest import mock

import pytest

from aftercare.models import (
    AuditEntry,
    MovedPromise,
    OutgoingMessage,
    StaffMember,
    Treatment,
)
from aftercare.services import ladder
from aftercare.services.follow_up import Contact, acknowledge, log_contact
from aftercare.services.ladder import climb_flag, climb_ladder
from aftercare.services.review_flags import Findings, review_flags
from aftercare.showing.lead import lead_of
from aftercare.warning_signs.vocabulary import Outcome
from tests.aftercare.ladder.telling import after, flag, letters, told
from tests.builders import (
    EMERGENCY,
    fever,
    make_treatment,
    send_log,
    shown_flags,
)

pytestmark = pytest.mark.django_db


# --- The ladder of an urgent flag -----------------------------------------------------


@pytest.mark.usefixtures("_rota", "lead")
def test_behind_those_on_duty_nobody_is_told_while_a_quarter_of_the_time_is_left(
    treatment: Treatment,
) -> None:
    send_log(treatment, fever())
    climb_ladder(after())
    assert flag().next_rung_at == after(minutes=30)
    assert climb_ladder(after(minutes=29)) == 0
    assert told() == [("raised", "Priya Nair")]


@pytest.mark.usefixtures("_rota", "lead")
def test_after_a_quarter_the_backup_is_told_and_past_it_the_lead(
    treatment: Treatment,
) -> None:
    send_log(treatment, fever())
    climb_ladder(after())
    assert climb_ladder(after(minutes=30)) == 1
    assert told() == [("raised", "Priya Nair"), ("quarter", "Sam Kerr")]
    assert flag().next_rung_at == after(hours=2)
    climb_ladder(after(hours=2))
    assert told()[2:] == [("late", "Lena Hart")]


@pytest.mark.usefixtures("_rota", "lead")
def test_each_is_told_once_however_often_the_ladder_is_climbed(
    treatment: Treatment,
) -> None:
    send_log(treatment, fever())
    for minute in range(0, 119, 5):
        climb_ladder(after(minutes=minute))
    assert told() == [("raised", "Priya Nair"), ("quarter", "Sam Kerr")]
    assert len(letters()) == 2


@pytest.mark.usefixtures("_rota")
def test_a_worker_that_was_away_catches_up_on_every_rung(
    treatment: Treatment, lead: StaffMember
) -> None:
    send_log(treatment, fever())
    climb_ladder(after(hours=5))
    assert told() == [
        ("late", "Lena Hart"),
        ("quarter", "Sam Kerr"),
        ("raised", "Priya Nair"),
    ]


@pytest.mark.usefixtures("_rota", "lead")
def test_past_the_deadline_the_patient_gets_a_new_time_and_the_old_one_stays(
    treatment: Treatment,
) -> None:
    send_log(treatment, fever())
    climb_ladder(after(hours=2, minutes=1))
    moved = MovedPromise.objects.get()
    assert (moved.missed_at, moved.next_at) == (
        after(hours=2),
        after(hours=4, minutes=1),
    )
    assert flag().due_at == after(hours=2)
    assert flag().next_rung_at == moved.next_at


@pytest.mark.usefixtures("_rota", "lead")
def test_a_new_time_that_passes_too_is_followed_by_another_and_the_lead_is_told_again(
    treatment: Treatment,
) -> None:
    send_log(treatment, fever())
    for hours in (0, 0.5, 2, 4, 6):
        climb_ladder(after(hours=hours))
    missed = [moved.missed_at for moved in MovedPromise.objects.order_by("missed_at")]
    assert missed == [after(hours=2), after(hours=4), after(hours=6)]
    assert len(letters()) == 5  # nurse and backup once, the lead three times
    assert told()[1:] == [("quarter", "Sam Kerr"), ("late", "Lena Hart")]


@pytest.mark.usefixtures("_rota", "lead")
def test_whoever_is_told_is_told_nothing_about_the_patient(
    treatment: Treatment,
) -> None:
    send_log(treatment, fever())
    climb_ladder(after(hours=2))
    for message in OutgoingMessage.objects.all():
        said = f"{message.subject} {message.body}".lower()
        assert "maya" not in said
        assert "fever" not in said
        assert "needs review" in said


# --- What stops it --------------------------------------------------------------------


@pytest.mark.usefixtures("_rota", "lead")
def test_an_acknowledged_flag_tells_nobody_until_a_contact_is_overdue(
    treatment: Treatment, nurse: StaffMember
) -> None:
    send_log(treatment, fever())
    acknowledge(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=nurse,
        at=after(minutes=10),
    )
    climb_ladder(after(minutes=30))
    assert told() == []
    assert flag().next_rung_at == after(hours=2, minutes=10)
    climb_ladder(after(hours=2, minutes=10))
    climb_ladder(after(hours=30))
    assert told() == [("late", "Lena Hart"), ("late", "Sam Kerr")]
    assert not MovedPromise.objects.exists()


@pytest.mark.usefixtures("_rota", "lead")
def test_a_contact_ends_the_ladder_until_new_evidence_starts_another(
    treatment: Treatment, nurse: StaffMember
) -> None:
    send_log(treatment, fever())
    log_contact(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=nurse,
        contact=Contact("phone", "spoke"),
        at=after(minutes=10),
    )
    climb_ladder(after(minutes=30))
    assert told() == []
    assert flag().next_rung_at is None
    send_log(treatment, fever("39.0"), at=after(hours=1))
    climb_ladder(after(hours=1))
    climb_ladder(after(hours=1, minutes=30))
    assert told() == [("raised", "Priya Nair"), ("quarter", "Sam Kerr")]


@pytest.mark.usefixtures("_rota", "lead")
def test_an_attempt_without_an_answer_is_not_the_end_of_it(
    treatment: Treatment, nurse: StaffMember
) -> None:
    send_log(treatment, fever())
    for minutes in (10, 40):
        log_contact(
            treatment_id=treatment.pk,
            shown=shown_flags(treatment),
            by=nurse,
            contact=Contact("phone", "no_answer"),
            at=after(minutes=minutes),
        )
    climb_ladder(after(minutes=45))
    assert told() == []
    assert flag().next_rung_at == after(hours=2, minutes=40)
    climb_ladder(after(hours=2, minutes=40))
    assert told() == [("late", "Lena Hart"), ("late", "Sam Kerr")]
    log_contact(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=nurse,
        contact=Contact("phone", "spoke"),
        at=after(hours=3),
    )
    climb_ladder(after(hours=30))
    assert flag().next_rung_at is None
    assert len(told()) == 2


@pytest.mark.usefixtures("_rota", "lead")
def test_a_closed_flag_tells_nobody(treatment: Treatment, nurse: StaffMember) -> None:
    send_log(treatment, fever())
    shown = shown_flags(treatment)
    log_contact(
        treatment_id=treatment.pk,
        shown=shown,
        by=nurse,
        contact=Contact("phone", "spoke"),
        at=after(minutes=1),
    )
    closing = Findings(
        Outcome.ADVISED, "Spoke, all is well.", useful=True, safety_net=True
    )
    review_flags(
        treatment_id=treatment.pk,
        shown=shown,
        by=nurse,
        findings=closing,
        at=after(minutes=2),
    )
    assert climb_ladder(after(hours=9)) == 0
    assert told() == []


@pytest.mark.usefixtures("_rota")
def test_a_flag_that_another_worker_took_is_left_alone(treatment: Treatment) -> None:
    send_log(treatment, fever())
    found = flag()
    climb_ladder(after())
    assert climb_flag(found, after()) == 0
    assert len(told()) == 1


# --- One transaction, one failure -----------------------------------------------------


@pytest.mark.usefixtures("_rota", "lead")
def test_one_flag_that_fails_is_reported_and_does_not_hold_up_the_others(
    treatment: Treatment, nurse: StaffMember, caplog: pytest.LogCaptureFixture
) -> None:
    send_log(treatment, fever())
    send_log(make_treatment(nurse), fever(), at=after(minutes=1))
    real = ladder.note

    def fails_once(*args: object, **options: object) -> None:
        noting.side_effect = real
        raise ZeroDivisionError

    with mock.patch.object(ladder, "note", side_effect=fails_once) as noting:
        assert climb_ladder(after(minutes=1)) == 1
    assert "The ladder of flag" in caplog.text
    assert len(told()) == len(letters()) == 1
    assert climb_ladder(after(minutes=1)) == 1
    assert len(told()) == len(letters()) == 2


@pytest.mark.usefixtures("_rota")
def test_every_telling_stands_in_the_audit(treatment: Treatment) -> None:
    send_log(treatment, fever())
    climb_ladder(after(minutes=30))
    entry = AuditEntry.objects.get(verb="flag.told_quarter")
    assert (entry.object_id, entry.patient_id) == (flag().pk, treatment.patient_id)


# --- What the patient reads -----------------------------------------------------------


@pytest.mark.usefixtures("_rota", "lead")
def test_the_patient_reads_the_time_that_passed_and_the_new_one(
    treatment: Treatment,
) -> None:
    send_log(treatment, fever())
    climb_ladder(after(hours=2, minutes=30))
    lead = lead_of(treatment.patient, after(hours=3))
    assert lead is not None
    assert "We said 11am." in lead.lines
    assert (
        "We are running late. We are sorry. A nurse will look by 1:30pm. "
        "If you cannot wait, call us." in lead.lines
    )


@pytest.mark.usefixtures("_rota", "lead")
def test_a_new_time_that_has_passed_is_not_said_any_more(treatment: Treatment) -> None:
    send_log(treatment, fever())
    climb_ladder(after(hours=2))
    lead = lead_of(treatment.patient, after(hours=5))
    assert lead is not None
    assert (
        "We are running late. We are sorry. If you cannot wait, call us." in lead.lines
    )


@pytest.mark.usefixtures("_rota", "lead")
def test_in_an_emergency_the_new_time_never_tells_the_patient_to_wait(
    treatment: Treatment,
) -> None:
    send_log(treatment, EMERGENCY)
    climb_ladder(after(minutes=15))
    lead = lead_of(treatment.patient, after(minutes=16))
    assert lead is not None
    assert any(line.endswith("Do not wait for us.") for line in lead.lines)
