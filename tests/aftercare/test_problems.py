"""When the request or the house is at fault: a clear page, and no answer lost."""

import html
import sqlite3
from unittest.mock import Mock

import psycopg2
import pytest
from django.db import (
    DatabaseError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
    transaction,
)
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from aftercare import problems

AWAY = OperationalError("server closed the connection unexpectedly")


def page(request):
    if request.POST.get("away"):
        raise AWAY
    if request.POST.get("broken"):
        raise RuntimeError(request.POST["broken"])
    return HttpResponse("fine")


page.login_required = False
urlpatterns = [path("page", page)]
handler400 = "aftercare.problems.bad_request"
handler500 = "aftercare.problems.server_error"

FORM = "application/x-www-form-urlencoded"

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def test_a_page_that_works_is_kept_by_nobody(client):
    response = client.get("/page")
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert "camera=()" in response["Permissions-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_an_outage_is_a_503_that_keeps_every_answer(client):
    answers = {"away": "1", "note": 'sore "glands" <b>', "signs": ["glands", "unwell"]}
    response = client.post("/page", answers)
    text = html.unescape(response.content.decode())
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert 'name="note" value="sore "glands" <b>"' in text
    assert 'name="signs" value="glands"' in text
    assert 'name="signs" value="unwell"' in text
    assert "Try again" in text
    assert "<b>" not in response.content.decode()


def test_an_outage_before_the_page_is_the_same(client, monkeypatch):
    def away(self, request):
        raise AWAY

    monkeypatch.setattr("aftercare.people.PersonMiddleware.__call__", away)
    response = client.post("/page", {"note": "sore glands"})
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "sore glands" in response.content.decode()


def test_answers_from_another_site_get_no_button(monkeypatch):
    def away(self, request):
        raise AWAY

    monkeypatch.setattr("aftercare.people.PersonMiddleware.__call__", away)
    strict = Client(raise_request_exception=False, enforce_csrf_checks=True)
    response = strict.post("/page", {"note": "not what the patient typed"})
    assert response.status_code == 503
    assert "not what the patient typed" not in response.content.decode()


def test_a_password_is_never_shown_again(client):
    response = client.post("/page", {"away": "1", "password": "a long secret one"})
    assert response.status_code == 503
    assert "a long secret one" not in response.content.decode()


def test_a_fault_of_ours_keeps_the_answers_too(client):
    response = client.post("/page", {"broken": "my note"})
    assert response.status_code == 500
    assert "my note" in response.content.decode()
    assert "Traceback" not in response.content.decode()


@pytest.mark.parametrize(
    "posted", [{"away": "1"}, {"broken": "x"}, {"note": "a\0b"}], ids=[503, 500, 400]
)
def test_every_problem_page_names_the_emergency_number(client, posted):
    text = client.post("/page", posted).content.decode()
    assert "Call your emergency number now" in text


@override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=5)
def test_more_fields_than_any_form_has_are_refused(client):
    response = client.post("/page", {f"field{n}": "x" for n in range(6)})
    assert response.status_code == 413
    assert "too long to send" in response.content.decode()


def test_a_huge_post_is_refused(client):
    response = client.post("/page", {"note": "x" * 300_000})
    assert response.status_code == 413


@pytest.mark.parametrize(
    "body",
    [b"note=%FF%FE", b"note=caf\xe9", b"note=a%00b", b"note=a\x00b"],
    ids=["escaped bytes", "raw bytes", "escaped NUL", "raw NUL"],
)
def test_what_is_not_text_is_refused(client, body):
    response = client.post("/page", body, content_type=FORM)
    assert response.status_code == 400
    assert "could not read" in response.content.decode()


@pytest.mark.parametrize("query", ["q=%00", "q=%FF"])
def test_an_address_that_is_not_text_is_refused(client, query):
    assert client.get(f"/page?{query}").status_code == 400


def test_a_percent_sign_in_a_text_is_only_a_percent_sign(client):
    """Multipart bodies are not escaped, so nothing in them is an escape."""
    assert client.post("/page", {"note": "100%FF sure %00"}).status_code == 200


def test_a_form_without_its_boundary_is_refused(client):
    response = client.post("/page", b"x", content_type="multipart/form-data")
    assert response.status_code == 400


def test_files_are_not_taken(client):
    kind = "multipart/form-data; boundary=x"
    part = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nf\r\n--x--'
    assert client.post("/page", part, content_type=kind).status_code == 413


def _sqlite_error(code):
    error = OperationalError("from the driver")
    error.__cause__ = sqlite3.OperationalError()
    error.__cause__.sqlite_errorcode = code
    return error


def _cut_off(code, *, closed=None):
    """A plain error of psycopg2, about a connection where `closed` says more of it."""
    cursor = closed if closed is None else Mock(**{"connection.closed": closed})
    error = DatabaseError("server closed the connection unexpectedly")
    said = {"pgcode": code, "cursor": cursor}
    error.__cause__ = type("CutOff", (psycopg2.DatabaseError,), said)()
    return error


def test_a_connection_that_broke_off_is_an_outage_whatever_the_driver_calls_it():
    assert problems.is_outage(_cut_off("08006"))
    assert problems.is_outage(_cut_off("57P01", closed=0))
    assert problems.is_outage(_cut_off(None, closed=2))
    assert problems.is_outage(_cut_off(None))
    assert not problems.is_outage(_cut_off(None, closed=0))
    assert not problems.is_outage(_cut_off("23505", closed=0))
    assert not problems.is_outage(DatabaseError("Save did not affect any rows."))
    refused = IntegrityError()
    refused.__cause__ = psycopg2.IntegrityError()
    assert not problems.is_outage(refused)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite is a file")
def test_a_database_that_may_only_be_read_for_now_is_an_outage():
    """A standby that was promoted too late, or a guard over the last of the room."""

    def write() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
            cursor.execute("DELETE FROM django_session")

    with pytest.raises(DatabaseError) as refused:
        write()
    assert problems.is_outage(refused.value)
    assert problems.is_full(refused.value), "what is there can still be read"


def test_what_counts_as_an_outage():
    assert problems.is_outage(AWAY)
    assert problems.is_outage(InterfaceError("connection already closed"))
    assert problems.is_outage(_sqlite_error(sqlite3.SQLITE_BUSY))
    assert problems.is_outage(_sqlite_error(sqlite3.SQLITE_FULL))
    assert not problems.is_outage(_sqlite_error(sqlite3.SQLITE_ERROR))
    assert not problems.is_outage(RuntimeError())
    assert not problems.is_outage(None)
