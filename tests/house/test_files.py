"""A file has one subject and a name that says it; nothing is left half done."""

import re

import pytest

from .programs import ROOT

# Words that name no subject, and Django's usual places for things without one.
NAMELESS = {"utils", "helpers", "common", "core", "misc", "signals", "admin", "tasks"}
LONGEST, LONGEST_TEST = 300, 500
UNFINISHED = re.compile(r"(#|//|/\*|<!--).*\b(TODO|FIXME|XXX|HACK)\b")


ROOMS = ("aftercare", "clinic", "tests", "benchmarks", "templates", "static", "docs")


def ours(*suffixes):
    """Every file in the rooms of the house that ends so."""
    return [
        file
        for room in ROOMS
        for file in sorted((ROOT / room).rglob("*"))
        if file.suffix in suffixes and "migrations" not in file.parts
    ]


CODE = ours(".py", ".css", ".js")
TEXT = [*ours(".py", ".css", ".js", ".html", ".md"), *(ROOT / "script").iterdir()]


def test_there_is_something_to_look_at():
    assert len(CODE) > 20


@pytest.mark.parametrize("file", CODE, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_file_is_short_enough_to_be_read(file):
    longest = LONGEST_TEST if ROOT / "tests" in file.parents else LONGEST
    assert len(file.read_text("utf-8").splitlines()) <= longest


def test_every_module_has_a_name_that_says_something():
    parts = {
        part for file in CODE for part in (*file.relative_to(ROOT).parts, file.stem)
    }
    assert parts & NAMELESS == set()


def test_nothing_is_left_for_later():
    found = {
        str(file.relative_to(ROOT))
        for file in TEXT
        if UNFINISHED.search(file.read_text("utf-8"))
    }
    assert found <= {"tests/house/test_files.py"}
