"""Closing: what it needs, who may, two at once, and taking it back."""

import pytest
from django.urls import reverse

from aftercare.models import Review
from aftercare.services.review_flags import undo_review
from tests.builders import EMERGENCY, GLANDS, fever, send_log
from tests.clinic.conftest import at, close, closing, flag_page, shown, spoke

NOTE = "She feels better and has no fever now."


@pytest.fixture
def contacted(flagged, nurse, wall):
    spoke(flagged, nurse, wall.now)
    wall.forward(minutes=5)
    return flagged


def test_closing_needs_a_contact(nurse, flagged, signed_in):
    answer = signed_in(nurse).post(at("review", flagged), closing(flagged, note=NOTE))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Log a contact first: spoke, they called, or seen." in page
    assert NOTE in page
    assert 'id="close" open' in page


def test_no_answer_is_not_a_contact_that_closes(nurse, flagged, signed_in, wall):
    spoke(flagged, nurse, wall.now, "no_answer")
    answer = signed_in(nurse).post(at("review", flagged), closing(flagged))
    assert "Log a contact first" in answer.content.decode()


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        ({"outcome": ""}, "Choose how it ended."),
        ({"note": ""}, "Write a note for the record."),
        ({"note": "too short"}, "Write at least 10 characters."),
        ({"note": "         x         "}, "Write at least 10 characters."),
        ({"useful": ""}, "Say whether this flag was useful."),
        ({"safety_net": ""}, "Tick this once you have told the patient."),
    ],
)
def test_closing_needs_every_part(left_out, words, nurse, contacted, signed_in):
    answer = signed_in(nurse).post(
        at("review", contacted), closing(contacted, **left_out)
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert contacted.flags.open().exists()


def test_a_closed_row_says_by_whom_and_how_and_leaves_the_queue(
    nurse, contacted, signed_in
):
    client = signed_in(nurse)
    sent = closing(contacted, message="Please rest and call us if it comes back.")
    answer = client.post(at("review", contacted), sent)
    assert answer.status_code == 303
    review = Review.objects.get()
    assert (review.outcome, review.useful, review.safety_net) == ("advised", True, True)
    page = client.get(at("flag_detail", contacted)).content.decode()
    assert "Closed by Priya Nair, 9:05am: advised." in page
    assert "Please rest and call us if it comes back." in page
    assert "Nothing needs you." in page


def test_sent_by_mistake_needs_no_contact(nurse, flagged, signed_in):
    sent = closing(flagged, outcome="sent_by_mistake", safety_net="")
    assert signed_in(nurse).post(at("review", flagged), sent).status_code == 303
    assert not flagged.flags.open().exists()


def test_two_staff_closing_at_once_one_wins_and_the_other_is_told_by_whom(
    nurse, lead, contacted, signed_in, wall
):
    sent = closing(contacted, note="What the second one had typed.")
    wall.forward(hours=1, minutes=37)
    close(contacted, nurse, wall.now)
    wall.forward(minutes=1)
    answer = signed_in(lead).post(at("review", contacted), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Priya Nair already closed this at 10:42am." in page
    assert "What the second one had typed." in page
    assert Review.objects.count() == 1


def test_a_flag_that_got_new_evidence_meanwhile_stays_open(
    nurse, contacted, signed_in, wall
):
    sent = closing(contacted)
    send_log(contacted, fever("39.1"), at=wall.forward(minutes=1))
    answer = signed_in(nurse).post(at("review", contacted), sent)
    page = answer.content.decode()
    assert "New evidence arrived while you were writing." in page
    assert contacted.flags.open().exists()
    # Sent again, now that the page shows the new evidence, it closes.
    [value] = shown(contacted)
    assert value in page


def test_a_flag_that_arrived_meanwhile_stays_open_and_the_author_is_told(
    nurse, contacted, signed_in, wall
):
    sent = closing(contacted)
    send_log(contacted, GLANDS, at=wall.forward(minutes=1))
    client = signed_in(nurse)
    # The glands say nothing about the fever, whose evidence is as it was shown.
    page = client.post(at("review", contacted), sent, follow=True).content.decode()
    assert "Closed 1 flag." in page
    assert "stays open. It arrived while you were writing." in page or (
        "stay open. It arrived while you were writing." in page
    )
    assert not contacted.flags.open().filter(rule="FEVER").exists()
    assert contacted.flags.open().exists()


def test_a_clinician_closes_all_but_the_emergency_and_is_told_so(
    nurse, treatment, signed_in, wall
):
    send_log(treatment, EMERGENCY, fever())
    spoke(treatment, nurse, wall.now)
    wall.forward(minutes=5)
    client = signed_in(nurse)
    page = client.post(at("review", treatment), closing(treatment), follow=True)
    words = page.content.decode()
    assert "1 flag stays open. An emergency is closed by a clinical lead." in words
    assert [flag.rule for flag in treatment.flags.open()] == ["BREATHING"]


def test_a_clinical_lead_closes_an_emergency(lead, treatment, signed_in, wall):
    send_log(treatment, EMERGENCY)
    spoke(treatment, lead, wall.now)
    wall.forward(minutes=5)
    signed_in(lead).post(at("review", treatment), closing(treatment))
    assert not treatment.flags.open().exists()


def test_only_a_lead_may_close_who_was_not_reached_and_needs_a_plan(
    nurse, lead, flagged, signed_in
):
    assert 'value="not_reached"' not in flag_page(signed_in(nurse), flagged)
    sent = closing(flagged, outcome="not_reached", safety_net="")
    assert signed_in(nurse).post(at("review", flagged), sent).status_code == 422
    client = signed_in(lead)
    assert (
        "Write the plan for this patient."
        in client.post(at("review", flagged), sent).content.decode()
    )
    sent["plan"] = "Letter today, her doctor tomorrow."
    assert client.post(at("review", flagged), sent).status_code == 303
    assert Review.objects.get().plan == "Letter today, her doctor tomorrow."


def test_a_closing_can_be_undone_for_ten_minutes(nurse, contacted, signed_in, wall):
    review = close(contacted, nurse, wall.now).review
    undo = at("undo_review", contacted, review.pk)
    client = signed_in(nurse)
    wall.forward(minutes=9)
    assert undo in flag_page(client, contacted)
    assert undo in client.get(reverse("closed_flags")).content.decode()
    client.post(undo)
    assert contacted.flags.open().exists()
    page = flag_page(client, contacted)
    assert "Priya Nair closed: advised" in page
    assert "Priya Nair undid the closing" in page


def test_after_ten_minutes_a_closing_stands(nurse, contacted, signed_in, wall):
    review = close(contacted, nurse, wall.now).review
    undo = at("undo_review", contacted, review.pk)
    client = signed_in(nurse)
    wall.forward(minutes=11)
    assert undo not in flag_page(client, contacted)
    assert undo not in client.get(reverse("closed_flags")).content.decode()
    page = client.post(undo, follow=True).content.decode()
    assert "It is too late to undo this." in page
    assert not contacted.flags.open().exists()


def test_an_undone_closing_is_not_in_the_list(nurse, contacted, signed_in, wall):
    review = close(contacted, nurse, wall.now).review
    undo_review(treatment_id=contacted.pk, review_id=review.pk, by=nurse, at=wall.now)
    page = signed_in(nurse).get(reverse("closed_flags")).content.decode()
    assert "Nothing has been closed yet." in page
