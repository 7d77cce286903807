"""Row by row: behind the wall of one clinic the rows of another do not exist.

Nothing here asks for a clinic: it is as if every WHERE had been forgotten. Every table
with a clinic is tried, whoever adds it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, models, transaction

from aftercare.models import Clinic, Login
from aftercare.second_wall import CLINIC, ROLE
from aftercare.second_wall.building import erect
from aftercare.second_wall.standing import raise_wall, step_out
from tests.builders import MONDAY

from .two_clinics import House, make_house

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="only PostgreSQL has a second wall"
    ),
]

Model = type[models.Model]

WITH_CLINIC: list[Model] = [
    model
    for model in apps.get_models(include_auto_created=True)
    if any(field.column == "clinic_id" for field in model._meta.concrete_fields)
]
LINKS: list[Model] = [
    model
    for model in apps.get_app_config("aftercare").get_models(include_auto_created=True)
    if model._meta.auto_created
]


@dataclass(frozen=True, slots=True)
class Town:
    """Two clinics with a row of everything, which a request may do anything with."""

    ours: House
    theirs: House


@pytest.fixture
def town(settings) -> Iterator[Town]:
    """All rights are given, so that only the policies hold; undone at the end."""
    settings.ROW_LEVEL_SECURITY = True
    with transaction.atomic():
        erect(connection)
        built = Town(make_house("a"), make_house("b"))
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {ROLE}")
        for model in WITH_CLINIC:
            for house in (built.ours, built.theirs):
                if not number(model, f"clinic_id = '{house.clinic.pk}'"):
                    add_bare_row(model, house)
        yield built
        transaction.set_rollback(True)


def run(sql: str, *values: object) -> int:
    """The rows that a statement was about."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.rowcount


def number(model: Model, where: str = "true") -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {model._meta.db_table} WHERE {where}")
        return cursor.fetchone()[0]


def add_bare_row(model: Model, house: House) -> None:
    """A row with a key and a clinic alone, in a table that no longer minds."""
    table, key = without_triggers(model), model._meta.pk.column
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.CheckConstraint):
            run(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {constraint.name}")
    for field in model._meta.concrete_fields:
        if field.column not in {key, "clinic_id"}:
            run(f'ALTER TABLE {table} ALTER "{field.column}" DROP NOT NULL')
    run(
        f"INSERT INTO {table} ({key}, clinic_id) VALUES (%s, %s)",
        str(uuid.uuid4()),
        str(house.clinic.pk),
    )


def without_triggers(model: Model) -> str:
    """The name of a table in which nothing but the policies says no."""
    run(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")
    return model._meta.db_table


def of(house: House) -> str:
    return f"clinic_id = '{house.clinic.pk}'"


def refused(sql: str, *values: object) -> str:
    """What the database says to a statement that it does not run."""
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        run(sql, *values)
    return str(error.value)


# --- Tables with a clinic -----------------------------------------------------------------


def test_all_rows_are_the_rows_of_ones_own_clinic(town: Town) -> None:
    there = {
        model: (number(model, of(town.ours)), number(model)) for model in WITH_CLINIC
    }
    assert all(0 < mine < everything for mine, everything in there.values())
    with raise_wall(town.ours.clinic.pk):
        seen = {
            model: (model._base_manager.count(), number(model, of(town.theirs)))
            for model in WITH_CLINIC
        }
    assert seen == {model: (mine, 0) for model, (mine, _) in there.items()}
    assert {model: number(model) for model in WITH_CLINIC} == {
        model: everything for model, (_, everything) in there.items()
    }


def test_no_row_of_another_clinic_can_be_changed_or_removed(town: Town) -> None:
    wrong = []
    for model in WITH_CLINIC:
        table = without_triggers(model)
        with raise_wall(town.ours.clinic.pk):
            touched = run(f"UPDATE {table} SET clinic_id = clinic_id") - number(model)
            touched += run(
                f"UPDATE {table} SET clinic_id = clinic_id WHERE {of(town.theirs)}"
            )
            touched += run(f"DELETE FROM {table} WHERE {of(town.theirs)}")
        wrong += [table] if touched else []
    assert wrong == []


def test_no_row_can_be_given_to_another_clinic(town: Town) -> None:
    """The policy is asked before anything else that such a row lacks."""
    clinic = str(town.theirs.clinic.pk)
    wrong = []
    for model in WITH_CLINIC:
        table = without_triggers(model)
        keys = {model._meta.pk.column: str(uuid.uuid4())} | {"clinic_id": clinic}
        added = f"INSERT INTO {table} ({', '.join(keys)}) VALUES %s"
        moved = f"UPDATE {table} SET clinic_id = %s"
        with raise_wall(town.ours.clinic.pk):
            said = refused(added, tuple(keys.values())), refused(moved, clinic)
        wrong += [(table, one) for one in said if "row-level security" not in one]
    assert wrong == []


@pytest.mark.parametrize("clinic", ["", None])
def test_without_a_clinic_there_are_no_rows(town: Town, clinic: str | None) -> None:
    with transaction.atomic():
        run("SELECT set_config('role', %s, true)", ROLE)
        if clinic is not None:
            run("SELECT set_config(%s, %s, true)", CLINIC, clinic)
        found = {one.__name__: number(one) for one in [*WITH_CLINIC, *LINKS]}
        transaction.set_rollback(True)
    assert set(found.values()) == {0}


# --- Tables without one -------------------------------------------------------------------


@pytest.mark.parametrize("model", LINKS, ids=lambda one: one.__name__)
def test_a_link_belongs_to_the_clinic_of_what_it_links(
    model: Model, town: Town
) -> None:
    table = model._meta.db_table
    first, second = (
        field for field in model._meta.fields if isinstance(field, models.ForeignKey)
    )
    links = model._base_manager.order_by("pk")
    mine, theirs = (
        list(links.filter(**{f"{first.name}__clinic": house.clinic}))
        for house in (town.ours, town.theirs)
    )
    assert mine
    assert theirs
    added = f"INSERT INTO {table} ({first.column}, {second.column}) VALUES (%s, %s)"
    with raise_wall(town.ours.clinic.pk):
        assert list(links) == mine
        assert run(f"DELETE FROM {table} WHERE id = %s", theirs[0].pk) == 0
        for one, other in ((mine[0], theirs[0]), (theirs[0], mine[0])):
            ends = first.value_from_object(one), second.value_from_object(other)
            assert "row-level security" in refused(added, *map(str, ends))


def test_a_clinic_sees_and_changes_itself_alone(town: Town) -> None:
    with raise_wall(town.ours.clinic.pk):
        assert list(Clinic.objects.all()) == [town.ours.clinic]
        assert Clinic.objects.update(address="2 Elm Road") == 1
    town.theirs.clinic.refresh_from_db()
    assert town.theirs.clinic.address != "2 Elm Road"


def test_a_login_is_seen_with_the_people_behind_it(town: Town) -> None:
    people = [
        *town.ours.staff.values(),
        *(record.patient for record in town.ours.records),
    ]
    with raise_wall(town.ours.clinic.pk):
        assert set(Login.objects.all()) == {person.login for person in people}
        assert Login.objects.update(is_active=True) == len(people)
        Login.objects.create_login("new@clinic.example")  # of nobody yet
        assert not Login.objects.filter(email="new@clinic.example").exists()


def test_sessions_and_second_factors_are_seen_with_their_login(town: Town) -> None:
    mine, theirs = (house.staff["lead"].login for house in (town.ours, town.theirs))
    for number, login in enumerate((mine, theirs)):
        key = f"{number}" * 32
        Session.objects.create(session_key=key, expire_date=MONDAY, session_data="")
        UserSession.objects.create(user=login, session_key=key, ip="::1", user_agent="")
        Authenticator.objects.create(user=login, type="totp", data={})
    Session.objects.create(session_key="2" * 32, expire_date=MONDAY, session_data="")
    with raise_wall(town.ours.clinic.pk):
        assert [one.user for one in Authenticator.objects.all()] == [mine]
        assert [one.user for one in UserSession.objects.all()] == [mine]
        assert [one.pk for one in Session.objects.all()] == ["0" * 32]
        assert Session.objects.all().delete()[0] == 1


def test_a_step_out_of_the_wall_ends_with_its_block(town: Town) -> None:
    def seen() -> int:
        return Clinic.objects.count()

    with raise_wall(town.ours.clinic.pk):
        with step_out():
            assert seen() == 2
        assert seen() == 1
        with suppress(DatabaseError), step_out():
            run("SELECT nonsense")
        assert seen() == 1
    with step_out():
        assert seen() == 2


# --- Rights -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT FROM account_emailaddress",
        "INSERT INTO django_session DEFAULT VALUES",
        "UPDATE mfa_authenticator SET data = '{}'",
        "SELECT FROM django_migrations",
        "UPDATE aftercare_auditentry SET verb = ''",
        "DELETE FROM aftercare_auditentry",
        "INSERT INTO aftercare_auditseal DEFAULT VALUES",
        "TRUNCATE aftercare_patient CASCADE",
        "CREATE TABLE another ()",
    ],
)
def test_what_no_page_needs_is_out_of_reach(statement: str, town: Town) -> None:
    erect(connection)
    with raise_wall(town.ours.clinic.pk):
        assert "permission denied" in refused(statement)
