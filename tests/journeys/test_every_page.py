"""Every page in every state: no barrier, nothing cut off, small, and help one tap away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from unittest.mock import Mock

import pytest
from django.db import OperationalError
from django.test import Client

from aftercare.warning_signs.vocabulary import Level
from tests import signing_in

from .account_pages import account_states, entrance_states, lost_states
from .conftest import sign_in
from .duty_pages import duty_states
from .entry_pages import coming_in_states, let_in_states
from .inspection import Inspector
from .pages import State, patient_states, problem_states, public_states, staff_states
from .team_pages import joining_states, setting_up_states
from .town import HOURS, NOW, Town, desks, recoveries, street

THUMB, POINTER = 44, 24
FLAGGED = (Level.PROMPT, Level.URGENT, Level.EMERGENCY)
NAMES_A_TIME = re.compile(r"\bby (\w+, )?\d+(:\d\d)?(am|pm)\b")
SAYS_THERE_IS_NONE = re.compile("We cannot say when|A nurse will look when .* opens")
IF_THAT_FAILS = re.compile("Cannot (reach us|get through|call)\\?")


@pytest.fixture
def town(wall, transactional_db) -> Town:
    """Everybody, on a Monday morning at twenty past nine."""
    town = Town()
    street(town)
    recoveries(town)
    desks(town)
    wall.now = NOW
    return town


@pytest.fixture
def walk(town, new_page, live_server, browser_problems, subtests):
    """Opens state after state in one browser, and hands each to an inspection."""

    def through(
        states: Callable[[Town], Iterator[State]],
        inspect: Callable[[Inspector, State], list[str]],
        **options,
    ) -> None:
        page, who = new_page(**options), None
        inspector = Inspector(page, live_server.url)
        for state in states(town):
            with subtests.test(state.name):
                if state.who and state.who != who:
                    who = state.who
                    sign_in(page, who, live_server.url)
                page.goto(state.path)
                if state.then:
                    state.then(page)
                found = inspect(inspector, state) + browser_problems
                assert not found, "\n".join(found)
            browser_problems.clear()

    return through


def on_a_phone(inspector: Inspector, state: State) -> list[str]:
    """What is asked of every page at 390 × 844, for patients and staff alike."""
    found = inspector.answered() if state.blank else []
    found += inspector.errors_untold() if state.has_errors else []
    inspector.unfold()
    found += inspector.barriers()
    found += inspector.sideways(320, 390, 720)
    found += inspector.enlarged()
    found += inspector.small_targets(THUMB)
    return found


def on_a_patients_phone(inspector: Inspector, state: State) -> list[str]:
    return [
        *inspector.heavy(),
        *inspector.without_help(),
        *on_a_phone(inspector, state),
    ]


def on_a_desk(inspector: Inspector, state: State) -> list[str]:
    inspector.unfold()
    found = inspector.barriers() + inspector.overflowing()
    least = POINTER if state.who and hasattr(state.who, "is_front_desk") else THUMB
    return found + inspector.small_targets(least)


def test_patients_pages_on_a_phone(walk):
    walk(patient_states, on_a_patients_phone)


def test_patients_pages_on_a_desk(walk, settings):
    settings.DEMO = True
    walk(patient_states, on_a_desk, desk=True)


def test_public_pages_on_a_phone(walk, settings):
    settings.DEMO = True
    walk(public_states, on_a_patients_phone)


def test_public_pages_on_a_desk(walk, settings):
    settings.DEMO = True
    walk(public_states, on_a_desk, desk=True)


def test_staff_pages_on_a_phone(walk):
    walk(staff_states, on_a_phone)


def test_staff_pages_on_a_desk(walk, settings):
    settings.DEMO = True
    walk(staff_states, on_a_desk, desk=True)


def test_pages_of_a_login_on_a_phone(walk):
    walk(entrance_states, on_a_phone)
    walk(account_states, on_a_phone)


def test_pages_of_a_login_on_a_desk(walk):
    walk(entrance_states, on_a_desk, desk=True)
    walk(account_states, on_a_desk, desk=True)


def test_what_was_typed_by_somebody_signed_out_comes_back_on_a_phone(walk):
    walk(lost_states, on_a_patients_phone)


def test_pages_on_the_way_in_on_a_phone(walk):
    walk(coming_in_states, on_a_phone)
    walk(let_in_states, on_a_phone)


def test_pages_on_the_way_in_on_a_desk(walk):
    walk(coming_in_states, on_a_desk, desk=True)
    walk(let_in_states, on_a_desk, desk=True)


def test_pages_that_set_a_clinic_up_on_a_phone(walk):
    walk(joining_states, on_a_phone)
    walk(setting_up_states, on_a_phone)


def test_pages_that_set_a_clinic_up_on_a_desk(walk):
    walk(joining_states, on_a_desk, desk=True)
    walk(setting_up_states, on_a_desk, desk=True)


def test_pages_of_a_shift_on_a_phone(walk):
    walk(duty_states, on_a_phone)


def test_pages_of_a_shift_on_a_desk(walk):
    walk(duty_states, on_a_desk, desk=True)


def test_problem_pages_on_a_phone(walk, monkeypatch):
    for fault in (RuntimeError(), OperationalError()):
        fail = Mock(side_effect=fault)
        monkeypatch.setattr("aftercare.views.public.opening_words", fail)
        monkeypatch.setattr("aftercare.views.log.submit_log", fail)
        walk(problem_states, on_a_patients_phone)


def test_a_flagged_page_names_a_time_or_says_there_is_none_and_another_way(
    wall, transactional_db, subtests
):
    town = Town()
    street(town)
    for hours, level in product(HOURS, FLAGGED):
        name = f"{hours}, {level.name}"
        with subtests.test(name):
            said = advice_of(town, name)
            promised = SAYS_THERE_IS_NONE if hours == "no hours" else NAMES_A_TIME
            assert promised.search(said)
            assert IF_THAT_FAILS.search(said)
            assert "care--ok" not in said


def advice_of(town: Town, name: str) -> str:
    """The page that a patient reads after a log."""
    phone = signing_in.sign_in(Client(), town.patients[name])
    return phone.get(f"/advice/{town.logs[name].pk}/").content.decode()
