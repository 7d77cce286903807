"""Junk once to every address and to some forms; `script/bench fuzz` sends ten thousand."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.builders import MONDAY

from .fuzz import Fuzz
from .routes import ROUTES
from .two_clinics import make_house

pytestmark = pytest.mark.django_db

FORMS = 60


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


@pytest.mark.parametrize("kind", ["visitor", "patient", "lead", "owner"])
def test_junk_is_answered_and_never_a_fault_of_ours(kind: str) -> None:
    found = Fuzz(make_house("a"), kind).run(len(ROUTES) + FORMS)
    assert found.wrong == []
    assert found.reached >= set(ROUTES)
    assert min(found.answered) < 300, "some of it is taken"
    assert any(400 <= status < 500 for status in found.answered)
