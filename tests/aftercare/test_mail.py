"""Mail, to a real server: polite, refusing, hanging, half gone, and back again."""

from __future__ import annotations

import socket
from contextlib import ExitStack

import pytest
from django.core.mail import EmailMessage

from aftercare.messages.backend import OutboxBackend
from aftercare.messages.channel import ChannelDown, NotDelivered
from aftercare.messages.deadline import within
from aftercare.messages.smtp import SmtpChannel
from aftercare.models import OutgoingMessage
from aftercare.services.claim_messages import LEASE
from tests.aftercare.post import ADDRESS, Clock, postman, put
from tests.aftercare.sinks import MailSink, half_gone, hang, heard, scripted

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    """A mail server that takes everything."""
    settings.EMAIL_TIMEOUT = 5
    with MailSink().open() as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.SITE_HOST = "aftercare.example.org"
        settings.DEFAULT_FROM_EMAIL = "no-reply@aftercare.example.org"
        yield sink


@pytest.fixture
def way(server):
    channel = SmtpChannel()
    yield channel
    channel.close()


@pytest.fixture
def rude(settings):
    """A mail server that does as a script says."""
    with ExitStack() as stack:

        def opened(script):
            port = stack.enter_context(scripted(script))
            settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
            settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
            settings.EMAIL_TIMEOUT = 0.2
            return SmtpChannel()

        yield opened


def failure(channel, message) -> NotDelivered:
    with pytest.raises(NotDelivered) as failed:
        channel.send(message)
    words = failed.value.words
    assert ADDRESS not in words
    assert "maya" not in words
    return failed.value


# --- A server that works ----------------------------------------------------------------


def test_a_mail_arrives_once_with_the_key_of_its_row_for_an_id(server, way):
    message = put(subject="Ashgrove Clinic: your daily check", body="Opén the link.")
    postman(way, Clock()).send_batch()
    [mail] = server.mails
    assert mail["Message-ID"] == f"<{message.pk}@aftercare.example.org>"
    assert mail["To"] == ADDRESS
    assert mail["From"] == "no-reply@aftercare.example.org"
    assert mail["Subject"] == "Ashgrove Clinic: your daily check"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_payload(decode=True).decode().strip() == "Opén the link."
    assert server.ids == [f"<{message.pk}@aftercare.example.org>"]


def test_many_go_over_one_connection(server, way, monkeypatch):
    opened = []
    connect = way.server.connection_class.connect
    monkeypatch.setattr(
        way.server.connection_class,
        "connect",
        lambda *args: opened.append(1) or connect(*args),
    )
    for _ in range(5):
        put()
    postman(way, Clock()).send_batch()
    assert (len(server.mails), len(opened)) == (5, 1)


def test_a_connection_that_the_server_has_closed_is_opened_anew(server, way):
    way.send(put())
    way.server.connection.sock.shutdown(socket.SHUT_RDWR)
    way.send(put())
    assert len(server.mails) == 2


def die(*_):
    raise SystemExit


def test_the_worker_dies_before_it_marks_and_the_mail_has_the_same_id(server, way):
    put()
    clock = Clock()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("aftercare.services.send_messages.mark_sent", die)
        with pytest.raises(SystemExit):
            postman(way, clock).send_batch()
    clock.now += LEASE
    hands = postman(way, clock)
    hands.send_batch()
    hands.send_batch()
    assert len(server.ids) == 2
    assert len(set(server.ids)) == 1


# --- A server that refuses ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "permanent", "words"),
    [
        ("550 5.1.1 <maya@mail.example> unknown", True, "550 5.1.1"),
        ("553 no such mailbox", True, "553"),
        ("452 4.2.2 mailbox of maya is full", False, "452 4.2.2"),
        ("451 greylisted", False, "451"),
        # Our own name or account, which somebody can put right.
        ("550 5.7.1 relaying for maya@mail.example denied", False, "550 5.7.1"),
    ],
)
def test_a_refused_recipient_is_about_that_message(
    server, way, answer, permanent, words
):
    server.answer = lambda _: answer
    failed = failure(way, put())
    assert failed.permanent is permanent
    assert failed.words == f"mail: SMTPRecipientsRefused {words}"
    assert not isinstance(failed, ChannelDown)
    server.answer = lambda _: None
    way.send(put())
    assert len(server.mails) == 1


@pytest.mark.parametrize(
    ("answer", "permanent"), [("554 5.6.0 content", True), ("452 4.3.1 full", False)]
)
def test_a_refused_text_is_about_that_message(server, way, answer, permanent):
    server.on_data = lambda _: answer
    failed = failure(way, put())
    assert failed.permanent is permanent
    assert not isinstance(failed, ChannelDown)


def test_a_server_that_is_closing_is_a_closed_way(server, way):
    server.on_data = lambda _: "421 4.3.2 closing"
    assert isinstance(failure(way, put()), ChannelDown)


def test_an_address_that_is_none_is_given_up(server, way):
    failed = failure(way, put(to="Maya <maya@@mail.example>, other@mail.example"))
    assert failed.permanent
    assert server.mails == []


def test_a_password_that_is_wrong_is_our_affair_and_not_the_message(server, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "us", "wrong"
    assert isinstance(failure(SmtpChannel(), put()), ChannelDown)


# --- A server that is rude -----------------------------------------------------------------


def test_no_server_is_a_closed_way(settings):
    with scripted(hang) as port:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_USE_TLS = False
    failed = failure(SmtpChannel(), put())
    assert isinstance(failed, ChannelDown)
    assert failed.words == "mail: ConnectionRefusedError"


def test_a_server_that_says_nothing_is_left_after_the_timeout(rude):
    failed = failure(rude(hang), put())
    assert isinstance(failed, ChannelDown)


def test_a_server_that_hangs_up_is_a_closed_way(rude):
    assert isinstance(failure(rude(lambda caller: None), put()), ChannelDown)


def test_a_server_that_is_not_there_to_take_mail(rude):
    way = rude(lambda caller: caller.sendall(b"554 5.3.2 no service here\r\n"))
    assert isinstance(failure(way, put()), ChannelDown)


def test_a_server_that_is_gone_before_it_says_that_it_took_it(rude):
    clock, message = Clock(), put()
    postman(rude(half_gone), clock).send_batch()
    row = OutgoingMessage.objects.get()
    assert row.pk == message.pk
    assert (row.sent_at, row.tries) == (None, 1)
    assert row.last_error == "mail: SMTPServerDisconnected"


def drip(caller):
    """One letter after the other, so that no timeout of a socket ever comes."""
    while heard(caller) is None:
        caller.sendall(b"2")


def test_a_server_that_drips_is_left_when_the_time_is_over(rude, monkeypatch):
    monkeypatch.setattr("aftercare.messages.smtp.LONGEST_S", 0.3)
    assert isinstance(failure(rude(drip), put()), ChannelDown)


def wait_for_ever():
    while True:
        """Waits for its own end."""


def test_a_deadline_leaves_no_alarm_behind():
    with pytest.raises(TimeoutError), within(0.01):
        wait_for_ever()
    with within(60):
        """In time."""


# --- Mails of Django ---------------------------------------------------------------------


def test_mails_of_django_go_into_the_outbox():
    mail = EmailMessage(
        "[aftercare]\n Reset", "Open the link.", to=["a@b.example"], bcc=["c@d.example"]
    )
    assert OutboxBackend().send_messages([mail]) == 1
    first, second = OutgoingMessage.objects.order_by("to")
    assert (first.to, second.to) == ("a@b.example", "c@d.example")
    assert (first.kind, first.clinic, first.body) == ("account", None, "Open the link.")
    assert first.subject == "[aftercare] Reset"
