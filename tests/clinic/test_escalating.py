"""Out of reach: the page leads to a clinical lead, and says who was told of what waited."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from aftercare.models import Duty, FollowUp
from aftercare.services.follow_up import Contact, acknowledge, log_contact
from aftercare.services.ladder import climb_ladder
from clinic.queue import Tab, read_queue
from tests.aftercare.pages import words
from tests.builders import EMERGENCY, MONDAY, fever, make_staff, send_log, shown_flags
from tests.clinic.conftest import at, flag_page, shown, spoke

IN_VAIN = ("phone", "text", "phone")


@pytest.fixture
def silent(nurse, lead, flagged, wall):
    """Maya, whom nobody has reached in three attempts."""
    for channel in IN_VAIN:
        log_contact(
            treatment_id=flagged.pk,
            shown=shown_flags(flagged),
            by=nurse,
            contact=Contact(channel, "no_answer"),
            at=wall.forward(minutes=5),
        )
    return flagged


def sent(treatment, to):
    return {"shown": shown(treatment), "to": str(to.pk)}


def attempt(treatment, result="no_answer"):
    return {"shown": shown(treatment), "channel": "phone", "result": result}


# --- Escalating -------------------------------------------------------------------------


def test_three_attempts_in_vain_bring_the_row_back_to_what_is_to_do(
    nurse, silent, wall
):
    [group] = read_queue(nurse, wall.now, Tab.TODO).groups
    [row] = group.rows
    assert (row.state, row.is_new) == ("Out of reach", True)
    assert read_queue(nurse, wall.now, Tab.WAITING).groups == ()


def test_the_page_offers_escalating_and_no_further_attempt(nurse, silent, signed_in):
    page = flag_page(signed_in(nurse), silent)
    assert 'data-key="e">Escalate' in page
    assert "Three attempts without an answer" in page
    form = page.split('id="contact"')[1].split("</details>")[0]
    assert "They called" in form
    assert "No answer" not in form


def test_one_more_attempt_is_refused_and_what_was_said_is_kept(
    nurse, silent, signed_in
):
    note = "Rang twice, went to voicemail."
    answer = signed_in(nurse).post(
        at("log_contact", silent), attempt(silent) | {"said": note}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Three attempts without an answer. Escalate to a clinical lead now." in page
    assert note in page
    assert FollowUp.objects.count() == len(IN_VAIN)


def test_that_they_called_is_taken(nurse, silent, signed_in):
    answer = signed_in(nurse).post(
        at("log_contact", silent), attempt(silent, "they_called")
    )
    assert answer.status_code == 303


def test_escalating_leads_back_to_the_page_which_names_the_lead(
    nurse, lead, silent, signed_in
):
    client = signed_in(nurse)
    answer = client.post(at("escalate", silent), sent(silent, lead), follow=True)
    said = words(answer)
    assert "Lena Hart has been told." in said
    assert "Priya Nair escalated it to Lena Hart, who was told at once" in said
    assert "Escalated" in said


def test_it_can_be_escalated_before_anybody_has_called(nurse, lead, flagged, signed_in):
    client = signed_in(nurse)
    assert 'data-key="e"' in flag_page(client, flagged)
    client.post(at("escalate", flagged), sent(flagged, lead))
    assert FollowUp.objects.get().assigned_to == lead


def test_a_lead_may_try_again_or_close_and_escalates_to_nobody_when_alone(
    lead, silent, signed_in
):
    client = signed_in(lead)
    page = flag_page(client, silent)
    assert 'data-key="e"' not in page
    assert "No answer" in page.split('id="contact"')[1].split("</details>")[0]
    assert client.post(at("log_contact", silent), attempt(silent)).status_code == 303


def test_a_lead_can_ask_another_lead(lead, clinic, silent, signed_in):
    other = make_staff(clinic, "Ada Obi", "is_clinical_lead")
    client = signed_in(lead)
    assert "Ada Obi" in flag_page(client, silent).split('id="escalate"')[1]
    client.post(at("escalate", silent), sent(silent, other))
    assert FollowUp.objects.get(kind="escalated").assigned_to == other


def test_where_there_is_no_lead_the_owner_can_be_asked(
    nurse, clinic, flagged, signed_in
):
    owner = make_staff(clinic, "Olu Bankole", "is_owner")
    client = signed_in(nurse)
    assert "Olu Bankole" in flag_page(client, flagged).split('id="escalate"')[1]
    client.post(at("escalate", flagged), sent(flagged, owner))
    assert FollowUp.objects.get().assigned_to == owner


@pytest.mark.parametrize("to", ["", "nobody", "0197a0b2-0000-7000-8000-000000000000"])
def test_escalating_to_nobody_is_sent_back(nurse, lead, silent, signed_in, to):
    answer = signed_in(nurse).post(
        at("escalate", silent), {"shown": shown(silent), "to": to}
    )
    assert answer.status_code == 422
    assert 'id="escalate" open' in answer.content.decode()
    assert not FollowUp.objects.filter(kind="escalated").exists()


def test_the_front_desk_escalates_from_its_own_page(desk, lead, silent, signed_in):
    client = signed_in(desk)
    page = client.get(at("log_contact", silent)).content.decode()
    assert "A clinical lead must decide what happens next." in page
    answer = client.post(at("log_contact", silent), attempt(silent))
    assert answer.status_code == 422
    assert "Escalate to a clinical lead now" in answer.content.decode()
    answer = client.post(at("escalate", silent), {"shown": shown(silent), "to": ""})
    assert answer.status_code == 422
    assert "Choose a clinical lead." in answer.content.decode()
    answer = client.post(at("escalate", silent), sent(silent, lead))
    assert answer.headers["Location"] == reverse("queue")


def test_before_that_the_front_desk_is_not_asked_to(desk, flagged, signed_in):
    page = signed_in(desk).get(at("log_contact", flagged)).content.decode()
    assert "must decide" not in page


def test_what_was_escalated_waits_for_a_lead_to_look(
    nurse, lead, flagged, signed_in, wall
):
    signed_in(nurse).post(at("escalate", flagged), sent(flagged, lead))
    take = at("acknowledge", flagged)
    assert take not in flag_page(signed_in(nurse), flagged)
    client = signed_in(lead)
    page = flag_page(client, flagged)
    assert '<span class="pill pill--new">Escalated</span>' in page
    assert take in page
    wall.forward(minutes=1)
    client.post(take, {"shown": shown(flagged)})
    assert "Acknowledged" in flag_page(client, flagged)


def test_without_any_lead_whoever_cares_looks(nurse, clinic, flagged, signed_in):
    owner = make_staff(clinic, "Olu Bankole", "is_owner")
    client = signed_in(nurse)
    client.post(at("escalate", flagged), sent(flagged, owner))
    assert at("acknowledge", flagged) in flag_page(client, flagged)


# --- What was told ----------------------------------------------------------------------


@pytest.fixture
def backup(clinic, nurse):
    """Priya is on duty, and Sam Kerr behind her."""
    person = make_staff(clinic, "Sam Kerr")
    Duty.objects.create(
        clinic=clinic,
        staff=nurse,
        backup=person,
        starts_at=MONDAY - timedelta(hours=1),
        ends_at=MONDAY + timedelta(hours=9),
    )
    return person


def timeline_of(page):
    return " ".join(page.split('id="timeline-title"')[1].split())


def test_a_late_row_says_that_the_backup_was_told_and_then_the_lead(
    nurse, lead, backup, flagged, wall
):
    climb_ladder(wall.forward(minutes=30))
    [group] = read_queue(nurse, wall.now, Tab.TODO).groups
    assert group.rows[0].told == "Backup told"
    climb_ladder(wall.forward(hours=2))
    [group] = read_queue(nurse, wall.now, Tab.TODO).groups
    [row] = group.rows
    assert (row.told, row.due, row.due_state) == (
        "Lead told",
        "30 min late",
        "late",
    )


def test_the_page_names_who_was_told_and_what_the_patient_reads(
    nurse, lead, backup, flagged, signed_in, wall
):
    climb_ladder(wall.forward(minutes=30))
    climb_ladder(wall.forward(hours=1, minutes=30))
    page = flag_page(signed_in(nurse), flagged)
    assert '<span class="told-last">Clinical lead told: Lena Hart</span>' in page
    said = timeline_of(page)
    assert "Backup told: Sam Kerr" in said
    assert "Clinical lead told: Lena Hart" in said
    assert "Patient told a new time: by 1pm" in said
    assert said.count("Backup told") == 1


def test_somebody_who_looked_ends_the_waiting_and_the_timeline_keeps_it(
    nurse, lead, backup, flagged, signed_in, wall
):
    climb_ladder(wall.forward(minutes=30))
    spoke(flagged, nurse, wall.forward(minutes=1))
    [group] = read_queue(nurse, wall.now, Tab.WAITING).groups
    assert group.rows[0].told == ""
    page = flag_page(signed_in(nurse), flagged)
    assert "told-last" not in page.split('id="flag"')[1]
    assert "Backup told: Sam Kerr" in timeline_of(page)


def test_acknowledged_and_not_called_is_new_again_and_says_who_was_told(
    nurse, lead, backup, flagged, signed_in, wall
):
    acknowledge(
        treatment_id=flagged.pk, shown=shown_flags(flagged), by=nurse, at=wall.now
    )
    climb_ladder(wall.forward(hours=2, minutes=1))
    page = flag_page(signed_in(nurse), flagged)
    assert "Nobody called in time. Told: Lena Hart, Sam Kerr" in timeline_of(page)
    assert "Nobody called in time. Told: Lena Hart, Sam Kerr" in page.split("<h1")[0]


def test_where_there_was_nobody_to_tell_it_says_so(
    nurse, lead, treatment, signed_in, wall
):
    send_log(treatment, EMERGENCY, at=MONDAY + timedelta(hours=12))
    nurse.is_clinician, nurse.is_owner = False, True
    nurse.save()
    wall.forward(hours=12)
    for person in (lead, nurse):
        person.is_clinical_lead = False
        person.is_auditor = True
        person.save()
    climb_ladder(wall.now)
    [group] = read_queue(nurse, wall.now, Tab.TODO).groups
    assert group.rows[0].told == "Nobody on call"
    assert "Nobody was on call" in timeline_of(flag_page(signed_in(nurse), treatment))


def test_an_alert_is_named_on_the_page_and_adds_no_word_to_the_row(
    nurse, lead, backup, flagged, signed_in, wall
):
    climb_ladder(wall.now)
    [group] = read_queue(nurse, wall.now, Tab.TODO).groups
    assert group.rows[0].told == ""
    page = flag_page(signed_in(nurse), flagged)
    assert '<span class="told-last">Alerted: Priya Nair</span>' in page
    assert "Alerted: Priya Nair" in timeline_of(page)


def test_a_worker_that_comes_back_late_leaves_the_highest_rung_on_top(
    nurse, lead, backup, flagged, signed_in, wall
):
    climb_ladder(wall.forward(hours=3))
    page = flag_page(signed_in(nurse), flagged)
    assert '<span class="told-last">Clinical lead told: Lena Hart</span>' in page
    said = timeline_of(page)
    rungs = ["Clinical lead told", "Backup told", "Alerted: Priya Nair"]
    assert sorted(rungs, key=said.index) == rungs


def test_nobody_on_call_is_said_of_a_closed_clinic_alone(
    nurse, lead, treatment, signed_in, wall
):
    send_log(treatment, fever(), at=wall.forward(hours=12))
    climb_ladder(wall.now)
    [group] = read_queue(nurse, wall.now, Tab.TODO).groups
    assert group.rows[0].told == "Nobody on call"
    page = flag_page(signed_in(nurse), treatment)
    assert '<span class="told-last">Nobody was on call</span>' in page


def test_where_nobody_may_act_in_opening_hours_there_is_nobody_to_alert(
    nurse, flagged, signed_in, wall
):
    nurse.is_clinician, nurse.is_owner, nurse.is_auditor = False, True, True
    nurse.save()
    climb_ladder(wall.now)
    [group] = read_queue(nurse, wall.now, Tab.TODO).groups
    assert group.rows[0].told == "Nobody to alert"
    page = flag_page(signed_in(nurse), flagged)
    assert "There was nobody to alert" in timeline_of(page)
    assert "on call" not in page.split("<h1")[0] + timeline_of(page)


def test_a_row_that_somebody_was_alerted_to_does_not_say_nobody(
    nurse, lead, treatment, wall
):
    send_log(treatment, fever(), at=wall.forward(hours=12))
    climb_ladder(wall.now)
    pus = {"signs_pus": True, "discharge_pus": True}
    send_log(treatment, pus, at=wall.forward(hours=11, minutes=35))
    climb_ladder(wall.now)
    [group] = read_queue(nurse, wall.now, Tab.TODO).groups
    [row] = group.rows
    assert (len(row.flags), row.told) == (2, "")


def test_a_clinic_that_never_opens_again_promises_the_patient_nothing(
    nurse, lead, flagged, signed_in, wall, clinic
):
    climb_ladder(wall.forward(hours=1))
    for days in range(20):
        clinic.openings.create(date=(MONDAY + timedelta(days=days)).date())
    climb_ladder(wall.forward(hours=1, minutes=1))
    page = flag_page(signed_in(nurse), flagged)
    assert "Patient told that we are late, and no new time" in timeline_of(page)
