"""Text messages, to a real gateway: as settings describe it, and whatever it answers."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from aftercare.messages.channel import ChannelDown, NotDelivered
from aftercare.messages.channels import is_set_up
from aftercare.messages.folder import FolderChannel
from aftercare.messages.links import link_to
from aftercare.messages.sms import SmsChannel
from aftercare.messages.smtp import SmtpChannel
from aftercare.messages.ways_out import NotSetUp, channels
from tests.aftercare.post import EMAIL, SECRET, SMS, Clock, postman, put
from tests.aftercare.sinks import RequestSink, hang, scripted

pytestmark = pytest.mark.django_db

NUMBER = "07700 900318"


@pytest.fixture
def gateway(settings):
    settings.MESSAGE_FOLDER, settings.EMAIL_HOST = "", "mail.example.org"
    settings.SMS_AUTHORIZATION, settings.SMS_TIMEOUT = "Bearer let-us-in", 5
    with RequestSink().open() as sink:
        settings.SMS_URL = sink.url
        yield sink


def text(**over):
    return put(**({"channel": SMS, "to": NUMBER} | over))


def failure(message) -> NotDelivered:
    with pytest.raises(NotDelivered) as failed:
        channels()[SMS].send(message)
    assert NUMBER not in failed.value.words
    return failed.value


def test_a_text_message_arrives_once_with_its_key(gateway):
    message = text(body="Open the link. £5")
    ways = {EMAIL: channels()[EMAIL], SMS: channels()[SMS]}
    hands = postman(ways[EMAIL], Clock(), channels=ways)
    assert hands.send_batch().sent == 1
    [(method, headers, body)] = gateway.requests
    assert method == "POST"
    assert json.loads(body) == {
        "to": NUMBER,
        "text": "Open the link. £5",
        "reference": str(message.pk),
    }
    assert headers["Authorization"] == "Bearer let-us-in"
    assert headers["Idempotency-Key"] == str(message.pk)
    assert headers["Content-Type"] == "application/json"


def test_a_gateway_may_want_a_form(gateway, settings):
    settings.SMS_METHOD, settings.SMS_FORMAT = "PUT", "form"
    settings.SMS_FIELDS = {"from": "Aftercare", "n": "{to}", "m": "{body} {{}}"}
    settings.SMS_AUTHORIZATION = ""
    channels()[SMS].send(text(body="a & b = {to}"))
    [(method, headers, body)] = gateway.requests
    assert method == "PUT"
    assert parse_qs(body) == {
        "from": ["Aftercare"],
        "n": [NUMBER],
        "m": ["a & b = {to} {}"],
    }
    assert "Authorization" not in headers
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize("status", [400, 410, 422])
def test_a_number_that_is_refused_is_given_up(gateway, status):
    gateway.status = status
    failed = failure(text())
    assert failed.permanent
    assert failed.words == f"gateway: HTTP {status}"


@pytest.mark.parametrize("status", [401, 403, 404, 408, 429, 500, 503])
def test_a_gateway_that_is_in_trouble_is_a_closed_way(gateway, status):
    gateway.status = status
    failed = failure(text())
    assert isinstance(failed, ChannelDown)
    assert not failed.permanent


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_does_not_pass_for_sent(gateway, status):
    gateway.status, gateway.headers = status, {"Location": gateway.url}
    assert isinstance(failure(text()), ChannelDown)
    assert len(gateway.requests) == 1


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (hang, "gateway: TimeoutError"),
        (lambda caller: caller.recv(4096), "gateway: RemoteDisconnected"),
        (lambda caller: caller.sendall(b"nonsense\r\n\r\n"), "gateway: "),
    ],
)
def test_a_rude_gateway_is_a_closed_way(gateway, settings, script, words):
    with scripted(script) as port:
        settings.SMS_URL, settings.SMS_TIMEOUT = f"http://127.0.0.1:{port}/", 0.2
        failed = failure(text())
    assert isinstance(failed, ChannelDown)
    assert failed.words.startswith(words)


def test_no_gateway_at_the_address_is_a_closed_way(gateway, settings):
    with scripted(hang) as port:
        settings.SMS_URL = f"http://127.0.0.1:{port}/"
    assert failure(text()).words == "gateway: ConnectionRefusedError"


# --- Which ways there are -----------------------------------------------------------------


def test_settings_open_the_ways(gateway, settings):
    assert isinstance(channels()[EMAIL], SmtpChannel)
    assert isinstance(channels()[SMS], SmsChannel)
    settings.EMAIL_HOST = settings.SMS_URL = ""
    assert not is_set_up(EMAIL)
    assert not is_set_up(SMS)


def test_what_waits_for_a_way_that_nobody_opened_keeps_waiting():
    message = text()
    hands = postman(NotSetUp(), Clock(), channels={SMS: NotSetUp()})
    assert hands.send_batch().failed == 1
    message.refresh_from_db()
    assert (message.gave_up_at, message.last_error) == (None, "not set up")


def test_a_folder_takes_everything_and_only_its_owner_reads_it(settings, tmp_path):
    settings.MESSAGE_FOLDER = str(tmp_path / "var" / "messages")
    message = text()
    assert is_set_up(SMS)
    hands = postman(channels()[SMS], Clock(), channels=channels())
    put()
    hands.send_batch()
    folder = Path(settings.MESSAGE_FOLDER)
    assert len(list(folder.iterdir())) == 2
    file = folder / f"{message.pk}.txt"
    assert SECRET in file.read_text("utf-8")
    assert f"To: {NUMBER}" in file.read_text("utf-8")
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_the_same_message_twice_is_one_file(tmp_path):
    message = text()
    FolderChannel(tmp_path).send(message)
    FolderChannel(tmp_path).send(message)
    assert [file.name for file in tmp_path.iterdir()] == [f"{message.pk}.txt"]


def test_a_folder_that_cannot_be_written_is_a_closed_way(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ChannelDown):
        FolderChannel(tmp_path / "file").send(text())


def test_a_link_is_a_whole_address(settings):
    settings.SITE_URL = "https://aftercare.example.org"
    assert link_to("/i/abc/") == "https://aftercare.example.org/i/abc/"
