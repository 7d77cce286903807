"""Any key in an address, a query or a form, swapped for somebody else's: nothing happens."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from aftercare.models import Treatment
from aftercare.noting import about
from clinic.views import flag
from tests.builders import MONDAY

from .asking import FORM, asked_by_lead
from .harvest import harvest, parts_with_keys, shape
from .swapping import BY_HAND, Swaps, who
from .two_clinics import House, make_house
from .untouched import AUDIT, written

pytestmark = pytest.mark.django_db

TRIES = {
    "patient": 140,
    "desk": 60,
    "nurse": 60,
    "lead": 140,
    "owner": 60,
    "auditor": 40,
}


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


@pytest.fixture
def ours() -> House:
    return make_house("a")


@pytest.fixture
def theirs() -> House:
    return make_house("b")


# --- Whatever can be asked for -------------------------------------------------------------


@pytest.mark.parametrize("kind", TRIES)
def test_a_key_of_somebody_else_opens_nothing_and_changes_nothing(
    kind: str, ours: House, theirs: House
) -> None:
    """Every link and form of every page there is, whoever adds one."""
    assert Swaps(ours, theirs, kind).run(TRIES[kind]).wrong == []


def test_five_hundred_are_tried() -> None:
    assert sum(TRIES.values()) >= 500


@pytest.mark.parametrize("kind", BY_HAND)
def test_what_is_asked_of_ones_own_rows_is_done(
    kind: str, ours: House, theirs: House
) -> None:
    """Otherwise a swapped key would be refused for another reason."""
    person = who(ours, kind)
    for ask in BY_HAND[kind](ours):
        answer = person.asks(ask.method, ask.address, ask.body, FORM)
        done = {200, 303} if ask.method == "GET" else {303}
        if ask.path.endswith("/void/"):  # not while a flag is open
            done = {422}
        assert answer.status_code in done, ask


@pytest.mark.parametrize("kind", BY_HAND)
def test_pages_offer_what_is_known_to_be_asked(
    kind: str, ours: House, theirs: House
) -> None:
    """Links and forms are found, with their keys wherever they may be."""
    offered = harvest(who(ours, kind), ours, ours.first)
    paths = {shape(ask)[:2] for ask in offered}
    assert {shape(ask)[:2] for ask in BY_HAND[kind](ours)} <= paths
    assert min(parts_with_keys(offered)[part] for part in ("path", "form")) > 1


def test_a_page_that_forgets_whose_row_it_shows_is_noticed(
    ours: House, theirs: House, monkeypatch: pytest.MonkeyPatch, settings
) -> None:
    settings.ROW_LEVEL_SECURITY = False  # the second wall would hold

    def whoevers(request: HttpRequest, key: UUID) -> Treatment:
        found = get_object_or_404(Treatment, pk=key)
        about(request, found.patient_id, found.pk)
        return found

    monkeypatch.setattr(flag, "find_treatment", whoevers)
    assert Swaps(ours, theirs, "lead").run(140).wrong != []


# --- Steps, one by one ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "step", ["acknowledge", "contact", "snooze", "assign", "review"]
)
@pytest.mark.parametrize("whose", ["of another clinic", "of another patient"])
def test_a_step_on_nothing_but_foreign_flags_is_not_taken(
    step: str, whose: str, ours: House, theirs: House
) -> None:
    other = theirs.first if whose == "of another clinic" else ours.second
    ask = next(
        a for a in asked_by_lead(ours) if a.path.endswith(f"/{step}/") and a.form
    )
    form = ask.form | {"shown": [f"{other.flag}:{other.finding}"]}
    person = who(ours, "lead")
    person.browser()
    with written() as tables:
        answer = person.asks("POST", ask.path, replace(ask, form=form).body, FORM)
    assert answer.status_code == 422
    assert set(tables) <= {AUDIT}


def test_a_flag_is_given_to_nobody_of_another_clinic(
    ours: House, theirs: House
) -> None:
    ask = next(a for a in asked_by_lead(ours) if a.path.endswith("/assign/"))
    person = who(ours, "lead")
    person.browser()
    for stranger in (theirs.staff["nurse"], ours.staff["left"]):
        form = ask.form | {"to": str(stranger.pk)}
        with written() as tables:
            answer = person.asks("POST", ask.path, replace(ask, form=form).body, FORM)
        assert answer.status_code == 422
        assert set(tables) <= {AUDIT}


def test_a_new_patient_never_takes_the_place_of_another(
    ours: House, theirs: House
) -> None:
    """The key of the form becomes the patient's; one that exists is refused."""
    asked = (a for a in asked_by_lead(ours) if a.path.endswith("/treatments/new/"))
    ask = next(a for a in asked if "key" in a.form)
    person = who(ours, "lead")
    for taken in (theirs.first.patient, ours.second.patient, theirs.clinic):
        form = ask.form | {"key": str(taken.pk)}
        answer = person.asks("POST", ask.path, replace(ask, form=form).body, FORM)
        assert answer.status_code == (303 if taken == theirs.clinic else 422)
