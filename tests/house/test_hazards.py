"""Every hazard names tests that exist."""

import re

import pytest

from .programs import ROOT

LOG = (ROOT / "docs/clinical-safety/hazard-log.md").read_text("utf-8")
HAZARDS = dict(
    re.findall(r"^## (H\d+ [^\n]+)\n(.*?)(?=^## |\Z)", LOG, re.MULTILINE | re.DOTALL)
)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_there_is_a_hazard_log():
    assert len(HAZARDS) >= 7


@pytest.mark.parametrize("hazard", HAZARDS)
def test_a_hazard_has_tests(hazard):
    assert NAMED.findall(HAZARDS[hazard])


@pytest.mark.parametrize("hazard", HAZARDS)
def test_the_tests_of_a_hazard_exist(hazard):
    missing = [
        f"{file}::{name}"
        for file, name in NAMED.findall(HAZARDS[hazard])
        if not (ROOT / file).exists()
        or f"def {name}(" not in (ROOT / file).read_text("utf-8")
    ]
    assert missing == []
