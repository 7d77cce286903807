"""Who may open what: every address × everybody, with nothing leaked and nothing changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.urls import get_resolver, path, reverse
from django.utils import timezone

from aftercare.views import public
from tests.builders import MONDAY

from .people import WHO, Person, everybody, whole
from .routes import DEMO_ONLY, ROUTES, Route, addresses, filled, names_a_row
from .two_clinics import House, make_house
from .untouched import AUDIT, crossings, record_now, written

pytestmark = pytest.mark.django_db

METHODS = ("GET", "POST")
REFUSED = {403, 404, 405}
OPENED = {200, 302, 303, 422}
BY_SCRIPT = re.compile(
    rb"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|javascript:",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


@pytest.fixture
def ours() -> House:
    return make_house("a")


@pytest.fixture
def theirs() -> House:
    return make_house("b")


# --- The table ------------------------------------------------------------------------


def test_every_address_says_whom_it_is_for() -> None:
    assert set(addresses(get_resolver().url_patterns)) == set(ROUTES)


def test_a_new_address_is_noticed() -> None:
    new = [*get_resolver().url_patterns, path("new/", public.landing)]
    assert set(addresses(new)) - set(ROUTES) == {"new/"}


def test_everybody_is_asked(ours: House, theirs: House) -> None:
    assert sorted(WHO) == sorted(name for name, _ in everybody(ours, theirs))


# --- Everybody × every address --------------------------------------------------------


@pytest.mark.parametrize("who", WHO)
def test_each_address_opens_to_those_it_is_for_and_to_nobody_else(
    who: str, ours: House, theirs: House
) -> None:
    person = dict(everybody(ours, theirs))[who]
    foreign = (ours.words | theirs.words) - person.sees
    if not person.at_home:
        foreign |= {str(key) for key in ours.first.keys.values()}
    person.browser()  # signing in writes when it was
    wrong: list[str] = []
    for place, route in ROUTES.items():
        for method in METHODS:
            with written() as tables:
                answer = person.asks(method, filled(place, ours.first.keys))
            said = {
                *misjudged(person, place, route, method, answer),
                *left_traces(person, route, method, answer, tables),
                *leaked(answer, foreign - told_by(route, ours)),
                *unsafe(answer),
            }
            wrong += [f"{method} {place}: {one}" for one in sorted(said)]
    assert wrong == []


def told_by(route: Route, house: House) -> set[str]:
    """What an address tells everybody who knows it."""
    return {house.word} if route.names_clinic else set()


def misjudged(
    person: Person, place: str, route: Route, method: str, answer: HttpResponse
) -> Iterator[str]:
    """Whether it opened as the table says."""
    status = answer.status_code
    first = f"{reverse('sign_in')}?next="
    to_sign_in = status == 302 and answer["Location"].startswith(first)
    turned_away = person.kind == "visitor" and person.kind not in route.may
    if to_sign_in != (turned_away and route.may != DEMO_ONLY):
        yield "the way to sign in is shown to the wrong person"
    if not to_sign_in and status not in fitting(person, place, route, method):
        yield f"{status}"


def fitting(person: Person, place: str, route: Route, method: str) -> set[int]:
    """The statuses that fit; a row of somebody else is not there, rather than refused."""
    somebody_elses = names_a_row(place) and not person.at_home
    if person.kind not in route.may:
        return REFUSED
    if method in route.methods:
        return {404} if somebody_elses else OPENED
    return {404, 405} if somebody_elses else {405}


def left_traces(
    person: Person, route: Route, method: str, answer: HttpResponse, tables: list[str]
) -> Iterator[str]:
    """What was written by a request that must not write: any but an accepted POST."""
    accepted = answer.status_code in OPENED and person.kind in route.may
    if accepted and method == "POST":
        return
    noted = {AUDIT} if accepted else set()
    yield from (f"wrote {table}" for table in sorted(set(tables) - noted))


def leaked(answer: HttpResponse, foreign: set[str]) -> Iterator[str]:
    """Words and keys in the answer that this person must not see."""
    sent = whole(answer).decode()
    if answer.status_code in {302, 303} and "next=" not in answer["Location"]:
        sent += answer["Location"]
    yield from (f"shows {word}" for word in sorted(foreign) if word in sent)


def unsafe(answer: HttpResponse) -> Iterator[str]:
    """What the answer lacks to be kept by nobody and to run nothing but our own files."""
    policy = answer.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        yield "has a weak content policy"
    if answer.get("X-Content-Type-Options") != "nosniff":
        yield "may be sniffed"
    if answer.get("Cache-Control") not in {
        "no-store",
        "max-age=0, no-cache, no-store, must-revalidate, private",
    }:
        yield f"may be stored: {answer.get('Cache-Control')}"
    if found := BY_SCRIPT.search(whole(answer)):
        yield f"has style or script in the page: {found[0]!r}"


# --- The form's token -----------------------------------------------------------------


def test_nothing_is_taken_without_the_token_of_a_form(
    ours: House, theirs: House
) -> None:
    """403 for everybody who is invited, whatever the address."""
    people = [one for name, one in everybody(ours, theirs) if not names_other(name)]
    for person in people:
        person.browser()  # signing in writes when it was
    before, taken = record_now(), []
    for place, route in ROUTES.items():
        address = filled(place, ours.first.keys)
        for person in people:
            if "POST" not in route.methods or person.kind not in route.may:
                continue
            answer = person.browser(enforce_csrf_checks=True).post(address)
            if answer.status_code != 403 or list(
                leaked(answer, ours.words - person.sees)
            ):
                taken.append(f"{person.kind}: {place} {answer.status_code}")
    assert taken == []
    assert record_now() == before


def names_other(who: str) -> bool:
    return "another" in who


# --- The demo -------------------------------------------------------------------------


def test_in_the_demo_nobody_becomes_a_real_person(
    ours: House, theirs: House, settings
) -> None:
    settings.DEMO = True
    for who, person in everybody(ours, theirs):
        for somebody in (ours.first.patient, *ours.staff.values()):
            address = reverse("demo_become", args=[somebody.pk])
            assert person.asks("POST", address).status_code == 404, who
        answer = person.asks("GET", reverse("demo"))
        assert answer.status_code == 200, who
        foreign = (ours.words | theirs.words) - person.sees
        assert list(leaked(answer, foreign)) == [], who


# --- The tests themselves can fail ------------------------------------------------------


@pytest.mark.parametrize("who", ["the patient", "the lead", "the desk"])
def test_what_stands_in_a_record_is_shown_to_those_whom_it_is_for(
    who: str, ours: House, theirs: House
) -> None:
    """Otherwise there would be nothing to leak."""
    person = dict(everybody(ours, theirs))[who]
    open_to = [place for place, route in ROUTES.items() if person.kind in route.may]
    answers = (person.asks("GET", filled(one, ours.first.keys)) for one in open_to)
    seen = b"".join(whole(answer) for answer in answers).decode()
    # Of the other patient no page was asked for but the lists that they are in.
    elsewhere = {ours.second.clinical, ours.second.internal}
    assert {word for word in person.sees if word not in seen} <= elsewhere


def test_a_change_and_a_crossing_are_noticed(ours: House, theirs: House) -> None:
    before = record_now()
    assert crossings() == []
    with written() as tables:
        ours.first.treatment.logs.update(clinic=theirs.clinic)
    assert tables == ["aftercare_dailylog"]
    assert record_now() != before
    assert "DailyLog.treatment by clinic" in crossings()
