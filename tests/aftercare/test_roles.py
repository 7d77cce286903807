"""Every role and every right, written out by hand: what the table in the code must say."""

from __future__ import annotations

from itertools import combinations

import pytest

from aftercare.models import StaffMember
from aftercare.permissions import ROLE_MAY, May, may

ROLES = ("is_owner", "is_clinical_lead", "is_clinician", "is_front_desk", "is_auditor")

# One row per right: owner, clinical lead, clinician, front desk, auditor.
TABLE = """
SEE_QUEUE         yes  yes  yes  yes  -
READ_CLINICAL     yes  yes  yes  -    -
ACKNOWLEDGE       -    yes  yes  -    -
CONTACT           -    yes  yes  yes  -
REVIEW            -    yes  yes  -    -
REVIEW_EMERGENCY  -    yes  -    -    -
REGISTER          yes  yes  yes  yes  -
ENTER_LOG         -    yes  yes  -    -
VOID              -    yes  yes  -    -
ROTA              yes  yes  -    -    -
MANAGE_TEAM       yes  -    -    -    -
CHANGE_SETTINGS   yes  -    -    -    -
EXPORT            yes  yes  -    -    -
EXPORT_ALL        yes  -    -    -    -
ERASE             yes  -    -    -    -
READ_AUDIT        yes  yes  -    -    yes
READ_OWN_AUDIT    yes  yes  yes  -    yes
"""
TRUTH = {
    (role, right): said == "yes"
    for right, *row in (line.split() for line in TABLE.strip().splitlines())
    for role, said in zip(ROLES, row, strict=True)
}


def member(*roles: str) -> StaffMember:
    return StaffMember(**dict.fromkeys(roles, True))


def test_every_role_and_every_right_is_in_the_table() -> None:
    assert {role for role, _ in TRUTH} == set(ROLE_MAY)
    assert {right for _, right in TRUTH} == set(May.__members__)


@pytest.mark.parametrize(("role", "right"), TRUTH)
def test_a_role_may_what_the_table_says(role: str, right: str) -> None:
    assert may(member(role), May[right]) is TRUTH[role, right]


def test_without_a_role_nobody_may_anything() -> None:
    assert not any(may(member(), right) for right in May)


@pytest.mark.parametrize("roles", combinations(ROLES, 2))
def test_two_roles_may_what_either_may(roles: tuple[str, str]) -> None:
    for right in May:
        either = any(TRUTH[role, right.name] for role in roles)
        assert may(member(*roles), right) is either
