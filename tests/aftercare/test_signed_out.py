"""Signed out in the middle of it: what was typed comes back, to be sent again."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from aftercare import sessions
from aftercare.models import DailyLog, Treatment
from tests.signing_in import sign_in

HERE = {"Host": "testserver"}
OURS = HERE | {"Origin": "http://testserver"}
ANSWERS = {
    "overall_change": "better",
    "pain": "1",
    "redness": "none",
    "swelling": "none",
    "signs": "none",
    "free_text": 'It "itches" <a bit>',
}


def fields_of(page: str, form: int = -1) -> dict[str, str]:
    """The hidden fields of a page's form, as a browser would send them."""
    inputs = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page)
    pairs = (
        (re.search(r'name="([^"]+)"', one), re.search(r'value="([^"]*)"', one))
        for one in inputs
    )
    return {name[1]: html.unescape(value[1]) for name, value in pairs if name and value}


@pytest.fixture
def log_page(treatment: Treatment) -> str:
    return f"/log/{treatment.pk}/"


def form_on(client: Client, path: str) -> dict[str, str]:
    """The form of a page with its token and the log's own key, and the answers in it."""
    return fields_of(client.get(path).content.decode()) | ANSWERS


def test_a_log_outlives_a_session_that_has_ended(maya, treatment, log_page, wall):
    """Without a script: sign in beside it, come back, press "Send again"."""
    phone = Client(enforce_csrf_checks=True)
    sign_in(phone, treatment.patient)
    filled = form_on(phone, log_page)
    sessions.end_all_sessions(treatment.patient.login)

    kept = phone.post(log_page, filled, headers=OURS)
    page = kept.content.decode()
    assert kept.status_code == 403
    assert "You are signed out" in page
    assert "Your answers are still here" in page
    assert 'href="/sign-in/" target="_blank"' in page
    assert not DailyLog.objects.exists()

    still_out = phone.post(log_page, fields_of(page), headers=OURS)
    assert "You are signed out" in still_out.content.decode(), "as often as one likes"

    sign_in(phone, treatment.patient)
    answer = phone.post(log_page, fields_of(page), headers=OURS)
    assert answer.status_code == 303
    assert DailyLog.objects.get().free_text == ANSWERS["free_text"]


def test_a_new_sign_in_changes_the_token_and_the_answers_are_kept(
    treatment, log_page, wall
):
    """Signing in changes the token of every form that was open before."""
    phone = Client(enforce_csrf_checks=True)
    sign_in(phone, treatment.patient)
    filled = form_on(phone, log_page)
    phone.cookies["csrftoken"] = "another" + "x" * 25

    kept = phone.post(log_page, filled, headers=OURS)
    page = kept.content.decode()
    assert kept.status_code == 403
    assert "Not sent yet" in page
    assert not DailyLog.objects.exists()

    again = phone.post(log_page, fields_of(page), headers=OURS)
    assert again.status_code == 303
    assert DailyLog.objects.get().free_text == ANSWERS["free_text"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_gets_no_button_for_its_own_answers(
    headers, treatment, log_page, wall
):
    for phone in (
        Client(enforce_csrf_checks=True),
        sign_in(Client(enforce_csrf_checks=True), treatment.patient),
    ):
        answer = phone.post(log_page, ANSWERS, headers=HERE | headers)
        assert answer.status_code == 403
        assert "itches" not in answer.content.decode()


def test_a_browser_may_vouch_in_either_way(treatment, log_page, wall):
    phone = sign_in(Client(enforce_csrf_checks=True), treatment.patient)
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = phone.post(log_page, ANSWERS, headers=headers)
    assert "Not sent yet" in answer.content.decode()


def test_where_nothing_was_typed_the_way_leads_to_the_sign_in(client, log_page, wall):
    assert client.post(log_page).url == f"/sign-in/?next={log_page}"
    assert client.get(log_page).url == f"/sign-in/?next={log_page}"


@pytest.mark.parametrize("secret", ["password", "new_password1", "code", "credential"])
def test_no_secret_is_put_into_a_page(secret, client, db):
    answer = client.post("/account/password/", {secret: "a secret thing", "more": "1"})
    assert answer.status_code == 302
    assert "a secret thing" not in answer.content.decode()
