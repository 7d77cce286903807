"""What docs/security.md says is shown by a test, is shown by one that exists."""

from __future__ import annotations

import ast
import re

import pytest

from .programs import ROOT

PAPER = (ROOT / "docs/security.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAPER)))
ROWS = re.findall(r"^\| (V\d[^|]*) \| ([^|]+) \| ([^|]+) \|$", PAPER, re.MULTILINE)
SAYS_WHY = re.compile(
    r"reason: |gap: |see V|above|\]\(|`(tests/house/routes\.py|ROLE_MAY)`"
)


def names_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.ClassDef)
    return {node.name for node in ast.walk(tree) if isinstance(node, kinds)}


def test_there_are_requirements_with_tests() -> None:
    assert len(ROWS) > 60
    assert len(NAMED) > 50


@pytest.mark.parametrize("file", sorted({file for file, _ in NAMED}))
def test_a_test_that_is_named_exists(file: str) -> None:
    assert {name for where, name in NAMED if where == file} - names_in(file) == set()


def test_every_requirement_has_a_test_or_says_why_not() -> None:
    bare = [
        row[0] for row in ROWS if "::" not in row[2] and not SAYS_WHY.search(row[2])
    ]
    assert bare == []


def test_requirements_stand_in_their_order() -> None:
    first = [tuple(map(int, re.findall(r"\d+", row[0])[:2])) for row in ROWS]
    assert first == sorted(first)


def test_what_is_linked_exists() -> None:
    links = set(re.findall(r"\]\((?!https?:|#)([^)#]+)", PAPER))
    assert {one for one in links if not (ROOT / "docs" / one).exists()} == set()
