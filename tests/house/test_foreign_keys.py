"""Any key in an address, a query or a form, swapped for somebody else's: nothing happens."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone

from aftercare.models import Clinic, Treatment
from tests.builders import MONDAY

from .asking import FORM, Ask, asked_at_desk, asked_by_lead, asked_by_patient
from .people import Person, patient, staff
from .test_access import leaked
from .two_clinics import House, make_house
from .untouched import AUDIT, crossings, rows_of, tenant_models, written

pytestmark = pytest.mark.django_db

TRIES = {"patient": 180, "desk": 80, "lead": 240}
ASKED = {
    "patient": lambda house: asked_by_patient(house.first),
    "desk": asked_at_desk,
    "lead": asked_by_lead,
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


def keys_of(house: House) -> list[UUID]:
    """The keys of every row of a clinic."""
    tables = [model._base_manager for model in tenant_models()]
    mine = [rows.filter(clinic=house.clinic) for rows in tables]
    return [key for rows in mine for key in rows.values_list("pk", flat=True)]


def keys_of_second(house: House) -> list[UUID]:
    """The keys of what a clinic's other patient has."""
    second = house.second
    logs = second.treatment.logs.values_list("pk", flat=True)
    flags = second.treatment.flags.values_list("pk", flat=True)
    return [*second.keys.values(), *logs, *flags, second.flag, second.finding]


def who(house: House, kind: str) -> Person:
    if kind == "patient":
        return patient(house, house.first, at_home=True)
    return staff(house, kind, at_home=True)


@pytest.mark.parametrize("kind", TRIES)
def test_what_is_asked_of_ones_own_rows_is_done(
    kind: str, ours: House, theirs: House
) -> None:
    """Otherwise a swapped key would be refused for another reason."""
    person = who(ours, kind)
    for ask in ASKED[kind](ours):
        answer = person.asks(ask.method, ask.address, ask.body, FORM)
        done = {200, 303} if ask.method == "GET" else {303}
        if ask.path.endswith("/void/"):  # not while a flag is open
            done = {422}
        assert answer.status_code in done, ask


@pytest.mark.parametrize("kind", TRIES)
def test_a_key_of_somebody_else_opens_nothing_and_changes_nothing(
    kind: str, ours: House, theirs: House
) -> None:
    person, by = who(ours, kind), Random(f"seed of the {kind}")
    person.browser()
    asks = [ask for ask in ASKED[kind](ours) if ask.keys]
    abroad, next_door = keys_of(theirs), keys_of_second(ours)
    foreign = (ours.words | theirs.words) - person.sees
    elsewhere, second = (theirs.clinic, None), (ours.clinic, ours.second.treatment)
    before = {part: rows_of(*part) for part in (elsewhere, second)}
    wrong: list[str] = []
    for number in range(TRIES[kind]):
        # Staff may open the other patient of their clinic, but never mix the two.
        near = number % 4 == 0
        ask = by.choice(asks).swapping(next_door if near else abroad, by)
        strange = not near or kind == "patient"
        safe = (
            [elsewhere, second] if strange or ask.swapped == {"form"} else [elsewhere]
        )
        kept = {part: before[part] for part in safe}
        said = outcome(person, ask, foreign, kept, strange=strange)
        wrong += [f"{ask}: {one}" for one in sorted(said)]
    assert wrong == []


def outcome(
    person: Person,
    ask: Ask,
    foreign: set[str],
    kept: dict[tuple[Clinic, Treatment | None], list[str]],
    *,
    strange: bool,
) -> set[str]:
    """What is wrong with the answer to one request, which is undone again.

    `kept` are the rows, by clinic and treatment, that it must leave as they were.
    """
    browser = person.browser()
    with written() as tables, transaction.atomic():
        answer = browser.generic(ask.method, ask.address, ask.body, FORM)
        said = set(leaked(answer, foreign))
        if set(tables) - {AUDIT}:
            said |= {f"crosses: {one}" for one in crossings()}
        if tables and any(rows_of(*part) != rows for part, rows in kept.items()):
            said.add("changed somebody else's rows")
        transaction.set_rollback(True)
    if strange and "path" in ask.swapped:
        if answer.status_code != 404 or tables:
            said.add(f"{answer.status_code}, wrote {tables}")
    elif ask.method == "GET" and set(tables) - {AUDIT}:
        said.add(f"wrote {tables}")
    return said


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
