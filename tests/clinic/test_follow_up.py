"""Acknowledge, contact, assign, snooze: each from the page, kept when refused."""

from datetime import timedelta

from django.urls import reverse

from aftercare.models import FollowUp
from tests.builders import EMERGENCY, send_log
from tests.clinic.conftest import at, flag_page, shown, spoke

NOTE = "She feels better and has no fever now."


def test_one_click_acknowledges_and_leads_back_to_the_page(nurse, flagged, signed_in):
    client = signed_in(nurse)
    answer = client.post(at("acknowledge", flagged), {"shown": shown(flagged)})
    assert answer.status_code == 303
    assert answer.headers["Location"] == at("flag_detail", flagged)
    page = flag_page(client, flagged)
    assert "Acknowledged" in page
    assert "Priya Nair" in page
    assert at("acknowledge", flagged) not in page


def test_acknowledging_can_be_undone_for_ten_seconds(nurse, flagged, signed_in, wall):
    client = signed_in(nurse)
    client.post(at("acknowledge", flagged), {"shown": shown(flagged)})
    step = FollowUp.objects.get()
    wall.forward(seconds=9)
    undo = at("undo_acknowledge", flagged, step.pk)
    assert f'action="{undo}" data-gone-in="1"' in flag_page(client, flagged)
    assert client.post(undo).status_code == 303
    step.refresh_from_db()
    assert step.undone_by == nurse
    assert at("acknowledge", flagged) in flag_page(client, flagged)


def test_after_ten_seconds_there_is_nothing_to_undo(nurse, flagged, signed_in, wall):
    client = signed_in(nurse)
    client.post(at("acknowledge", flagged), {"shown": shown(flagged)})
    undo = at("undo_acknowledge", flagged, FollowUp.objects.get().pk)
    wall.forward(seconds=11)
    assert undo not in flag_page(client, flagged)
    page = client.post(undo, follow=True).content.decode()
    assert "It is too late to undo this." in page
    assert FollowUp.objects.get().undone_at is None


def test_nobody_undoes_a_colleagues_acknowledgement(nurse, lead, flagged, signed_in):
    signed_in(nurse).post(at("acknowledge", flagged), {"shown": shown(flagged)})
    undo = at("undo_acknowledge", flagged, FollowUp.objects.get().pk)
    client = signed_in(lead)
    assert undo not in flag_page(client, flagged)
    client.post(undo)
    assert FollowUp.objects.get().undone_at is None


def test_a_form_without_flags_is_sent_back(nurse, flagged, signed_in):
    for sent in ({}, {"shown": "nonsense"}, {"shown": ["not-a-key:neither"]}):
        answer = signed_in(nurse).post(at("acknowledge", flagged), sent)
        assert answer.status_code == 422
        assert "Open the flag again from the queue." in answer.content.decode()
    assert not FollowUp.objects.exists()


def contact(treatment, **over):
    said = {"channel": "phone", "result": "spoke", "said": NOTE}
    return {"shown": shown(treatment)} | said | over


def test_after_speaking_closing_is_offered(nurse, flagged, signed_in):
    client = signed_in(nurse)
    answer = client.post(at("log_contact", flagged), contact(flagged))
    assert answer.headers["Location"].endswith("?open=close#close")
    step = FollowUp.objects.get()
    assert (step.channel, step.result, step.said) == ("phone", "spoke", NOTE)
    assert 'id="close" open' in flag_page(client, flagged, open="close")


def test_after_no_answer_closing_is_not_offered(nurse, flagged, signed_in):
    answer = signed_in(nurse).post(
        at("log_contact", flagged), contact(flagged, result="no_answer")
    )
    assert answer.headers["Location"] == at("flag_detail", flagged)


def test_a_contact_without_result_keeps_what_was_typed(nurse, flagged, signed_in):
    answer = signed_in(nurse).post(
        at("log_contact", flagged), contact(flagged, result="")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error:" in page
    assert "Choose what happened." in page
    assert NOTE in page
    assert 'id="contact" open' in page
    assert not FollowUp.objects.exists()


def test_the_front_desk_logs_an_attempt_without_seeing_why(desk, flagged, signed_in):
    client = signed_in(desk)
    page = client.get(at("log_contact", flagged)).content.decode()
    assert "Maya Okafor" in page
    assert "A check needs review." in page
    for word in ("temperature", "fever", "38.2"):
        assert word not in page.lower()
    sent = {"shown": [f"{flag.pk}:" for flag in flagged.flags.open()]}
    answer = client.post(
        at("log_contact", flagged), contact(flagged, result="no_answer") | sent
    )
    assert answer.headers["Location"] == reverse("queue")
    assert FollowUp.objects.get().by == desk


def test_the_front_desks_errors_stay_on_its_own_page(desk, flagged, signed_in):
    answer = signed_in(desk).post(
        at("log_contact", flagged), contact(flagged, result="")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose what happened." in page
    assert NOTE in page
    assert "temperature" not in page.lower()


def test_for_a_clinician_the_contact_page_is_the_flag(nurse, flagged, signed_in):
    answer = signed_in(nurse).get(at("log_contact", flagged))
    assert (
        answer.headers["Location"]
        == at("flag_detail", flagged) + "?open=contact#contact"
    )


def test_a_row_is_given_to_a_colleague(nurse, lead, flagged, signed_in):
    client = signed_in(nurse)
    client.post(at("assign", flagged), {"shown": shown(flagged), "to": str(lead.pk)})
    assert FollowUp.objects.get().assigned_to == lead
    assert "Lena Hart" in flag_page(client, flagged)


def test_only_colleagues_who_may_act_can_be_chosen(nurse, desk, flagged, signed_in):
    client = signed_in(nurse)
    assert f'value="{desk.pk}"' not in flag_page(client, flagged)
    answer = client.post(
        at("assign", flagged), {"shown": shown(flagged), "to": str(desk.pk)}
    )
    assert answer.status_code == 422
    assert not FollowUp.objects.exists()


def test_snoozing_is_offered_only_after_a_contact(nurse, flagged, signed_in, wall):
    client = signed_in(nurse)
    assert at("snooze", flagged) not in flag_page(client, flagged)
    spoke(flagged, nurse, wall.now)
    assert at("snooze", flagged) in flag_page(client, flagged)


def test_a_row_is_snoozed_for_two_hours(nurse, flagged, signed_in, wall):
    spoke(flagged, nurse, wall.now)
    wall.forward(minutes=1)
    client = signed_in(nurse)
    client.post(at("snooze", flagged), {"shown": shown(flagged), "until": "2h"})
    step = FollowUp.objects.get(kind="snoozed")
    assert step.snoozed_until == wall.now + timedelta(hours=2)
    assert "Until 11:01am" in flag_page(client, flagged)


def test_snoozing_without_a_contact_is_refused_beside_the_form(
    nurse, flagged, signed_in
):
    answer = signed_in(nurse).post(
        at("snooze", flagged), {"shown": shown(flagged), "until": "2h"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Log a contact first." in page
    assert 'id="snooze" open' in page


def test_an_emergency_cannot_be_snoozed(nurse, treatment, signed_in, wall):
    send_log(treatment, EMERGENCY)
    spoke(treatment, nurse, wall.now)
    client = signed_in(nurse)
    assert at("snooze", treatment) not in flag_page(client, treatment)
    answer = client.post(
        at("snooze", treatment), {"shown": shown(treatment), "until": "1h"}
    )
    assert "An emergency cannot be snoozed." in answer.content.decode()
