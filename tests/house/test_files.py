"""A file has one subject and a name that says it; nothing is left half done."""

import re
import subprocess

import pytest

from .programs import ROOT

# Words that name no subject, and Django's usual places for things without one.
NAMELESS = {"utils", "helpers", "common", "core", "misc", "signals", "admin", "tasks"}
LONGEST, LONGEST_TEST = 300, 450
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def tracked(*patterns):
    """Files that git knows or would, by pattern."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=True,
    )
    files = (ROOT / name for name in listed.stdout.splitlines())
    return [file for file in files if file.exists()]


CODE = [
    file for file in tracked("*.py", "*.css", "*.js") if "migrations" not in file.parts
]
TEXT = tracked("*.py", "*.css", "*.js", "*.html", "*.md", "*.toml", "script/*", ".ci/*")


def test_there_is_something_to_look_at():
    assert len(CODE) > 20


@pytest.mark.parametrize("file", CODE, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_file_is_short_enough_to_be_read(file):
    longest = LONGEST_TEST if ROOT / "tests" in file.parents else LONGEST
    lines = len(file.read_text("utf-8").splitlines())
    assert lines <= longest


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
