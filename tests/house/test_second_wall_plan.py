"""What the second wall is to be, read off the models: no database is asked."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from aftercare.second_wall.plan import RIGHTS, THROUGH, planned
from aftercare.second_wall.standing import behind_wall, raise_wall, step_out

PLAN = {table.name: table for table in planned()}
OURS = "nullif(current_setting('aftercare.clinic', true), '')::uuid"


def words(table: str) -> list[str]:
    return [f"{policy.name} {policy.words()}" for policy in PLAN[table].policies]


def test_every_table_of_a_clinic_is_held_to_it() -> None:
    with_clinic = {
        model._meta.db_table
        for model in apps.get_models()
        if any(field.column == "clinic_id" for field in model._meta.concrete_fields)
    }
    rows = f"clinic_id = {OURS}"
    policy = f"own_clinic FOR ALL TO aftercare_web USING ({rows}) WITH CHECK ({rows})"
    assert len(with_clinic) > 20
    assert {table for table in PLAN if words(table) == [policy]} == with_clinic


def test_a_link_is_added_only_where_both_its_ends_are_in_reach() -> None:
    [policy] = PLAN["aftercare_followup_flags"].policies
    assert policy.using == (
        "EXISTS (SELECT FROM aftercare_followup AS there "
        "WHERE there.id = aftercare_followup_flags.followup_id)"
    )
    assert policy.check == (
        f"{policy.using} AND EXISTS (SELECT FROM aftercare_flag AS there "
        "WHERE there.id = aftercare_followup_flags.flag_id)"
    )


def test_a_login_is_in_reach_with_the_people_behind_it() -> None:
    new, read, write = words("aftercare_login")
    assert new == "new FOR INSERT TO aftercare_web WITH CHECK (true)"
    for people in ("aftercare_patient", "aftercare_staffmember"):
        asked = f"FROM {people} AS there WHERE there.login_id = aftercare_login.id"
        assert asked in read
        assert asked in write


def test_nothing_is_planned_beyond_the_tables_that_pages_need() -> None:
    others = {
        table
        for table in PLAN
        if not table.startswith("aftercare_") and PLAN[table].policies
    }
    assert others == {apps.get_model(label)._meta.db_table for label in THROUGH}


@pytest.mark.parametrize("label", RIGHTS)
def test_an_exception_is_about_a_table_that_there_is(label: str) -> None:
    assert apps.get_model(label)._meta.db_table in PLAN


@pytest.mark.parametrize("table", ["auditentry", "auditseal", "audithead"])
def test_the_audit_is_at_most_added_to(table: str) -> None:
    assert PLAN[f"aftercare_{table}"].rights <= {"SELECT", "INSERT"}


def test_no_record_can_be_deleted_behind_the_wall() -> None:
    """Hours and the rota are replaced, devices are signed out."""
    deletable = {name for name, table in PLAN.items() if "DELETE" in table.rights}
    assert deletable <= {
        "aftercare_duty",
        "aftercare_opening",
        "django_session",
        "usersessions_usersession",
    }


def test_while_it_is_switched_off_nothing_happens(monkeypatch) -> None:
    monkeypatch.setattr(settings, "ROW_LEVEL_SECURITY", False)
    clinic = apps.get_model("aftercare", "Clinic")().pk
    answer = HttpResponse()
    with raise_wall(clinic), step_out():
        asked = RequestFactory().get("/")
        assert behind_wall(lambda request: answer, asked, clinic) is answer
