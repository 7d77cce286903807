"""Every page that shows a record and everything that is done leaves its row in the audit.

Worked out from the table of addresses and from the pages themselves, so a page that is
added later is held to it too.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from aftercare.models import AuditEntry
from aftercare.noting import pages
from aftercare.services import audit
from tests.builders import MONDAY

from .asking import Ask, asked_by_lead
from .audited import asked, match_of, missing
from .harvest import harvest, own_keys
from .routes import ROUTES, filled
from .swapping import who
from .two_clinics import House, make_house

pytestmark = pytest.mark.django_db

KINDS = ("patient", "desk", "nurse", "lead", "owner", "auditor")


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


@pytest.fixture
def house() -> House:
    return make_house("a")


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_somebody_does_leaves_its_row(kind: str, house: House) -> None:
    """Every link and every filled form of every page that they may open."""
    person = who(house, kind)
    wrong = {
        f"{ask.method} {ask.path}: {one}"
        for ask in harvest(person, house, house.first)
        for one in missing(ask, person, house, asked(person, ask))
    }
    assert sorted(wrong) == []


@pytest.mark.parametrize("kind", ["desk", "nurse", "lead", "owner"])
def test_a_page_about_a_row_says_whose_record_was_read(kind: str, house: House) -> None:
    person, keys, read = who(house, kind), own_keys(house, house.first), set()
    for place, route in ROUTES.items():
        about = {"<uuid:patient>", "<uuid:treatment>"} & set(place.split("/"))
        if not about or kind not in route.may or "GET" not in route.methods:
            continue
        left = asked(person, Ask("GET", filled(place, keys)))
        for row in left.reads:
            assert row.verb == audit.OF_PATIENT
            assert row.patient_id == house.first.patient.pk
            assert row.object_id in {house.first.patient.pk, house.first.treatment.pk}
            read.add(place)
    assert read


def test_lists_are_noted_without_a_patient(house: House) -> None:
    person = who(house, "lead")
    for path in ("/queue/", "/patients/", "/closed/"):
        [row] = asked(person, Ask("GET", path)).rows
        assert (row.verb, row.patient_id) == (audit.OF_LIST, None)


# --- These tests can fail -----------------------------------------------------------------


def test_a_page_that_nobody_notes_is_noticed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "note", lambda *_, **__: None)
    ask, person = Ask("GET", "/queue/"), who(house, "lead")
    assert list(missing(ask, person, house, asked(person, ask)))


def test_a_verb_that_writes_no_row_is_noticed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = who(house, "lead")
    asks = asked_by_lead(house)
    ask = next(one for one in asks if one.path.endswith("/contact/") and one.form)
    assert asked(person, ask).deeds
    monkeypatch.setattr(audit, "record", lambda *_, **__: None)
    assert list(missing(ask, person, house, asked(person, ask)))


def test_a_page_that_is_wrong_about_showing_no_record_is_noticed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask, person = Ask("GET", "/patients/"), who(house, "lead")
    view = match_of(ask).func
    monkeypatch.setattr(view, "no_record", True, raising=False)
    assert list(missing(ask, person, house, asked(person, ask)))


def test_a_row_of_another_page_is_noticed(house: House) -> None:
    ask, person = Ask("GET", "/queue/"), who(house, "lead")
    left = asked(person, ask)
    entry = AuditEntry(**{**row_of(left.rows[0]), "page": "elsewhere"})
    assert list(missing(ask, person, house, replace(left, rows=(entry,))))


def row_of(entry: AuditEntry) -> dict[str, object]:
    return {
        field.attname: getattr(entry, field.attname) for field in entry._meta.fields
    }
