"""The paper on privacy names every table of a record, and everything that stays."""

from __future__ import annotations

import re

import pytest

from aftercare.models.of_patient import GOES_WITH_THE_PATIENT, STAYS
from aftercare.showing.export.kinds import FOR_STAFF, NAMES

from .programs import ROOT

PRIVACY = (ROOT / "docs/privacy.md").read_text("utf-8")
FORMAT = (ROOT / "docs/record-format.md").read_text("utf-8")
PAGE = (ROOT / "templates/public/privacy.html").read_text("utf-8")
LINKS = {"aftercare.FollowUp_flags", "aftercare.Review_shown"}


@pytest.mark.parametrize("label", sorted((GOES_WITH_THE_PATIENT - LINKS) | set(STAYS)))
def test_a_table_of_a_record_is_in_the_paper(label: str) -> None:
    assert f"`{label.partition('.')[2]}`" in PRIVACY


@pytest.mark.parametrize("name", sorted(NAMES.values()))
def test_a_member_of_the_file_is_described(name: str) -> None:
    assert re.search(rf"`{name}`", FORMAT)


def test_what_patients_do_not_take_by_themselves_is_named() -> None:
    for label, columns in FOR_STAFF.items():
        for column in columns:
            assert f"`{label.partition('.')[2]}.{column}`" in PRIVACY


def test_paper_and_page_agree_on_how_long_backups_are_kept() -> None:
    days = re.search(r"keep none for longer than (\d+) days", PRIVACY)
    assert days
    asked = (ROOT / "templates/patient/my_data_delete.html").read_text("utf-8")
    assert f"after {days[1]} days at most" in PAGE
    assert f"after {days[1]} days at most" in asked


def test_links_of_the_papers_lead_somewhere() -> None:
    for text in (PRIVACY, FORMAT):
        for link in re.findall(r"\]\(([^)#]+)\)", text):
            assert (ROOT / "docs" / link).exists(), link
