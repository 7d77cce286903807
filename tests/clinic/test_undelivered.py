"""What never reached a patient is said to staff, until it is mended or of no account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from aftercare.messages.channel import NotDelivered
from aftercare.messages.outbox import cancel
from aftercare.models import AuditEntry, Invitation, OutgoingMessage
from aftercare.services.claim_messages import give_up_expired
from aftercare.showing.undelivered import undelivered, undelivered_to
from tests.aftercare.post import SMS, Clock, Letterbox, postman, put, raising
from tests.builders import MONDAY, make_clinic, make_patient, make_staff

pytestmark = pytest.mark.django_db

REFUSED = NotDelivered("mail: 550 5.1.1", permanent=True)
LINK = "We could not deliver the link: the address does not work."


@pytest.fixture
def maya(nurse):
    return make_patient(nurse, email="maya@mail.example")


def refuse(patient, at=MONDAY, **over) -> OutgoingMessage:
    """A message to her that no server takes."""
    message = put(clinic=patient.clinic, patient=patient, at=at, **over)
    box = Letterbox(raising(REFUSED))
    hands = postman(box, Clock(at), channels={message.channel: box})
    assert hands.send_batch().given_up == 1
    return message


def test_a_refused_address_is_told_with_the_number_to_call(signed_in, nurse, maya):
    refuse(maya)
    page = (
        signed_in(nurse).get(reverse("patient_detail", args=[maya.pk])).content.decode()
    )
    text = " ".join(page.split())
    assert f'{LINK} Call <a href="tel:07700900318">07700 900318</a>.' in text


def test_a_patient_without_a_number_is_told_of_all_the_same(signed_in, nurse):
    nobody = make_patient(nurse, phone="", email="maya@mail.example")
    refuse(nobody)
    page = (
        signed_in(nurse)
        .get(reverse("patient_detail", args=[nobody.pk]))
        .content.decode()
    )
    assert LINK in page
    assert "Call <a" not in page


def test_what_was_delivered_is_not_mentioned(maya):
    put(clinic=maya.clinic, patient=maya)
    postman(Letterbox(), Clock()).send_batch()
    put(clinic=maya.clinic, patient=maya, once="waiting")
    assert undelivered_to(maya) == ()


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"kind": "sign_in_code"}, "the code: the address does not work."),
        ({"kind": "nudge"}, "the reminder: the address does not work."),
        ({"kind": "new_message"}, "a message: the address does not work."),
        ({"channel": SMS, "to": "07700"}, "the link: the number does not work."),
    ],
)
def test_the_words_say_what_it_was_and_why(maya, over, words):
    refuse(maya, **over)
    assert undelivered_to(maya) == (f"We could not deliver {words}",)


def test_what_no_server_took_in_time_is_not_blamed_on_the_address(maya):
    put(clinic=maya.clinic, patient=maya)
    give_up_expired(MONDAY + timedelta(hours=72))
    assert undelivered_to(maya) == ("We could not deliver the link in time.",)


def test_a_new_try_hides_the_old_one_until_it_fails_too(maya):
    refuse(maya)
    again = MONDAY + timedelta(hours=1)
    put(clinic=maya.clinic, patient=maya, at=again, once="again")
    assert undelivered_to(maya) == ()
    OutgoingMessage.objects.filter(once="again").delete()
    refuse(maya, again)
    assert undelivered_to(maya) == (LINK,)


def test_the_same_link_by_another_way_is_enough(maya):
    put(clinic=maya.clinic, patient=maya)
    put(clinic=maya.clinic, patient=maya, channel=SMS, to="07700 900318")
    box, texts = Letterbox(raising(REFUSED)), Letterbox()
    postman(box, Clock(), channels={"email": box, SMS: texts}).send_batch()
    assert len(texts.taken) == 1
    assert undelivered_to(maya) == ()


def test_whoever_has_come_in_by_another_way_needs_no_link(maya):
    refuse(maya)
    Invitation.objects.create(
        clinic=maya.clinic,
        patient=maya,
        digest="0" * 64,
        created_at=MONDAY,
        expires_at=MONDAY + timedelta(days=7),
        used_at=MONDAY,
        accepted_at=MONDAY,
    )
    assert undelivered_to(maya) == ()


def test_what_was_taken_back_was_not_to_arrive(maya):
    message = put(clinic=maya.clinic, patient=maya)
    cancel(once=message.once, at=MONDAY)
    assert undelivered_to(maya) == ()


def test_a_clinic_hears_of_its_own_patients_only(maya, django_assert_num_queries):
    other = make_patient(make_staff(make_clinic("Birchwood Skin")))
    refuse(maya)
    refuse(other)
    with django_assert_num_queries(1):
        [found] = undelivered(maya.clinic)
    assert found.patient == maya.pk


# --- Dealing with it ------------------------------------------------------------------


def not_delivered(client) -> str:
    page = client.get(reverse("patients"), {"tab": "undelivered"})
    return " ".join(page.content.decode().split())


def settles(client, maya, drawn=MONDAY + timedelta(minutes=5)):
    address = reverse("not_delivered", args=[maya.pk])
    return client.post(address, {"drawn": drawn.isoformat() if drawn else "soon"})


def test_the_front_desk_finds_it_on_a_list_and_takes_it_off(signed_in, desk, maya):
    make_patient(desk, "Rosa Ibarra")
    refuse(maya)
    client = signed_in(desk)
    page = not_delivered(client)
    assert LINK in page
    assert "Rosa" not in page
    assert settles(client, maya).url == "/patients/?tab=undelivered"
    page = not_delivered(client)
    assert "Maya Okafor: dealt with." in page
    assert LINK not in page
    assert "Everything that we sent to patients arrived." in page
    message = OutgoingMessage.objects.get()
    assert (message.settled_by, message.last_error) == (desk, REFUSED.args[0])
    entry = AuditEntry.objects.get(verb="messages.settled")
    assert (entry.staff, entry.patient_id) == (desk, maya.pk)


def test_what_failed_since_the_page_was_drawn_stays(signed_in, desk, maya):
    refuse(maya, MONDAY + timedelta(hours=1))
    client = signed_in(desk)
    settles(client, maya)
    assert LINK in not_delivered(client)


def test_pressing_twice_or_without_a_moment_changes_nothing_more(signed_in, desk, maya):
    refuse(maya)
    client = signed_in(desk)
    settles(client, maya, drawn=None)
    assert LINK in not_delivered(client)
    for _ in range(2):
        settles(client, maya)
    assert AuditEntry.objects.filter(verb="messages.settled").count() == 1


def test_a_new_failure_after_that_is_news(signed_in, desk, maya):
    refuse(maya)
    client = signed_in(desk)
    settles(client, maya)
    refuse(maya, MONDAY + timedelta(hours=1), once="again")
    assert LINK in not_delivered(client)
