"""Every verb of the audit is said in plain words, for staff and for patients."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from aftercare.audit_words import REASONS, VERBS, WORDS, Kind, page_words, words_of
from aftercare.models.follow_up import FollowUpKind
from aftercare.promise.ladder import Rung
from aftercare.services import audit
from tests.builders import MONDAY, make_clinic

ROOT = Path(__file__).parents[2]
WRITERS = [
    file
    for room in ("aftercare/services", "aftercare/noting", "aftercare/demo")
    for file in (ROOT / room).rglob("*.py")
]
VERB = re.compile(r"[a-z_]+\.[a-z_]+")
NO_VERBS = re.compile(r"(aftercare|allauth|django|clinic)\.|.*\.(html|txt|py)$")


def verbs_in(source: str) -> set[str]:
    """Every whole text that is built like a verb."""
    nodes = list(ast.walk(ast.parse(source)))
    parts = {
        id(one)
        for node in nodes
        if isinstance(node, ast.JoinedStr)
        for one in node.values
    }
    return {
        node.value
        for node in nodes
        if id(node) not in parts
        and isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and VERB.fullmatch(node.value)
        and not NO_VERBS.match(node.value)
    }


@pytest.mark.parametrize("file", WRITERS, ids=lambda file: file.stem)
def test_a_verb_in_the_code_has_words(file: Path) -> None:
    assert verbs_in(file.read_text("utf-8")) <= set(WORDS)


def test_verbs_are_found_where_they_stand() -> None:
    source = 'audit.record("flag.seen", by=by)\nnote("x" if y else "log.lost")'
    assert verbs_in(source) == {"flag.seen", "log.lost"}


def test_verbs_that_are_put_together_have_words() -> None:
    kinds = {f"flag.{kind}" for kind in FollowUpKind}
    rungs = {f"flag.told_{rung}" for rung in Rung}
    exports = {f"{what}.exported" for what in ("record", "clinic", "audit")}
    assert kinds | rungs | exports <= set(WORDS)


def test_each_verb_is_of_one_kind() -> None:
    assert sum(map(len, VERBS.values())) == len(WORDS)
    assert set(VERBS) == set(Kind)
    assert set(VERBS[Kind.READ]) == audit.READS


@pytest.mark.parametrize("words", [*WORDS.values(), *REASONS.values()])
def test_words_are_words(words: str) -> None:
    assert re.fullmatch(r"[A-Za-z' -]+", words)


def test_a_reason_stands_behind_and_the_unknown_is_still_read() -> None:
    assert words_of("login.refused", "code").endswith("(wrong code)")
    assert words_of("some.new_thing", "why") == "some new thing (why)"
    assert page_words("patient_detail") == "patient's page"
    assert page_words("some_new_page") == "some new page"
    assert page_words("") == ""


@pytest.mark.django_db
def test_a_verb_without_words_fails_the_test_that_writes_it() -> None:
    facts = {"by": None, "clinic": make_clinic(), "at": MONDAY}
    with pytest.raises(AssertionError, match="say it in words"):
        audit.record("flag.lost", **facts)
    with pytest.raises(AssertionError, match="has no words"):
        audit.record("audit.exported", reason="boredom", **facts)
