"""Pages that are made from the code are made from today's code."""

import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from aftercare.warning_signs.catalogue import RULES
from aftercare.warning_signs.claims import CLAIMS
from aftercare.warning_signs.document import warning_signs_page
from aftercare.warning_signs.parameter_set import BY_CLASS, SINGLE
from aftercare.warning_signs.parameters import DEFAULTS
from aftercare.warning_signs.protocol import Protocol
from aftercare.warning_signs.sources import SOURCES

PAGE = warning_signs_page()


@pytest.fixture
def elsewhere(settings, tmp_path):
    """A project folder of its own, with the page as it was once."""
    settings.BASE_DIR = tmp_path
    file = tmp_path / "docs" / "warning-signs.md"
    file.parent.mkdir()
    file.write_text("Warning signs as they were once\n", "utf-8")
    return file


def test_the_page_of_warning_signs_is_current(capsys):
    call_command("write_docs", check=True)
    assert "is current" in capsys.readouterr().out


def test_a_stale_page_fails_the_check_and_is_left_alone(elsewhere):
    with pytest.raises(CommandError, match="is stale") as refused:
        call_command("write_docs", check=True)
    assert refused.value.returncode == 1
    assert elsewhere.read_text("utf-8") == "Warning signs as they were once\n"


def test_a_page_that_is_not_there_is_stale(elsewhere):
    elsewhere.unlink()
    with pytest.raises(CommandError, match="is stale"):
        call_command("write_docs", check=True)


def test_a_stale_page_is_written_anew(elsewhere, capsys):
    call_command("write_docs")
    assert elsewhere.read_text("utf-8") == PAGE
    assert "is written" in capsys.readouterr().out
    call_command("write_docs", check=True)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_on_the_page_with_all_its_words(rule):
    for words in (rule.trigger, rule.clinic_text, *map(rule.text_for, rule.levels)):
        assert words.replace("|", "\\|") in PAGE
    assert f"### {rule.id}: {rule.name}" in PAGE


@pytest.mark.parametrize("name", [*SINGLE, *BY_CLASS])
def test_a_parameter_is_on_the_page_with_its_value(name):
    row = re.search(rf"^\| {name} \| (.*) \|$", PAGE, re.MULTILINE)
    assert row, name
    if name in BY_CLASS:
        light = getattr(DEFAULTS.light, BY_CLASS[name].name)
        assert row[1].startswith(f"{light} | ")
    else:
        value = getattr(DEFAULTS, SINGLE[name].name)
        words = ", ".join(value) if isinstance(value, tuple) else str(value)
        assert row[1].startswith(words)


@pytest.mark.parametrize("number", range(1, 37))
def test_a_claim_of_the_seed_texts_is_on_the_page(number):
    assert f"\n| S{number:02} | " in PAGE


def test_there_are_thirty_six_claims_and_no_other():
    assert [claim.id for claim in CLAIMS] == [f"S{n:02}" for n in range(1, 37)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_what_a_rule_rests_on_is_listed(rule):
    known = {claim.id for claim in CLAIMS}
    assert set(rule.claims) <= known
    tags = {source.partition(" ")[0] for source in rule.sources} - {"section"}
    assert tags <= SOURCES.keys()


RULE_NAME = re.compile(r"\b[A-Z]{3,}(?:-[A-Z]+)+\b")


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_a_claim_lives_in_rules_that_exist(claim):
    named = set(RULE_NAME.findall(claim.where))
    assert named <= {rule.id for rule in RULES}


def test_sources_are_in_alphabetical_order():
    assert list(SOURCES) == sorted(SOURCES)


def test_every_link_on_the_page_has_its_heading():
    headings = {
        re.sub(r"[^\w\s-]", "", title.lower()).replace(" ", "-")
        for title in re.findall(r"^#+ (.*)$", PAGE, re.MULTILINE)
    }
    links = re.findall(r"\]\(#([^)]*)\)", PAGE)
    assert len(links) == len(RULES)
    assert set(links) <= headings


def test_every_row_of_a_table_has_as_many_cells_as_its_head():
    for block in re.findall(r"(?:^\|.*\|\n)+", PAGE, re.MULTILINE):
        widths = {
            len(re.findall(r"(?<!\\)\|", line)) for line in block.strip().split("\n")
        }
        assert len(widths) == 1, block


def test_an_unsigned_protocol_says_so_on_top():
    head = warning_signs_page(Protocol("trial/1")).split("\n## ")[0]
    assert "**Not signed.** Protocol `trial/1`" in head


def test_a_signed_protocol_names_who_signed_and_when():
    signed = Protocol("trial/2", "Dr A. Lead", date(2025, 6, 2))
    head = warning_signs_page(signed).split("\n## ")[0]
    assert "Protocol `trial/2`, approved by Dr A. Lead on 2025-06-02." in head
    assert "Not signed" not in head
