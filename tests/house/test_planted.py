"""Script that somebody typed into a form is text on every page, and no file reckons with it."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from tests.builders import MONDAY

from .asking import FORM
from .people import whole
from .planted import MARK, PAYLOAD, comes_out, plant
from .swapping import asks_of, who
from .two_clinics import House, make_house

pytestmark = pytest.mark.django_db

KINDS = ("patient", "lead", "owner")


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


@pytest.fixture
def house() -> House:
    return make_house("a")


def test_it_can_be_put_into_every_text_of_patient_and_staff(house: House) -> None:
    planted = plant(house)
    assert {
        "Patient.given_name",
        "StaffMember.name",
        "Clinic.name",
        "DailyLog.free_text",
        "Treatment.products",
    } <= planted | sealed(house)


def sealed(house: House) -> set[str]:
    """What was refused, since the row may not be changed: it would hold what was sent."""
    return {"DailyLog.free_text"}


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_shown_and_never_run(kind: str, house: House) -> None:
    plant(house)
    person, wrong, shown = who(house, kind), list[str](), 0
    for ask in asks_of(house, kind):
        browser = person.browser(raise_request_exception=False)
        with transaction.atomic():
            answer = browser.generic(ask.method, ask.address, ask.body, FORM)
            whole(answer)
            transaction.set_rollback(True)
        shown += MARK in whole(answer).decode()
        said = sorted(set(comes_out(answer)))
        wrong += [f"{ask.method} {ask.path}: {one}" for one in said]
        wrong += (
            [f"{ask.path}: {answer.status_code}"] if answer.status_code > 499 else []
        )
    assert wrong == []
    assert shown > 3, "it is on these pages"


def test_what_is_run_or_reckoned_with_would_be_found() -> None:
    page = HttpResponse(f"<p>{PAYLOAD}</p><a href=' javascript:x'>")
    assert len(set(comes_out(page))) >= 4
    table = HttpResponse("a,=1+1\n-3,'=1", content_type="text/csv")
    assert list(comes_out(table)) == ["=1+1"]
