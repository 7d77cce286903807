"""The second wall is built by itself, repaired, and missed where it does not stand."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from aftercare import apps, checks
from aftercare.second_wall import ROLE, plan
from aftercare.second_wall.building import NotBuilt, erect, gaps
from aftercare.second_wall.plan import Policy, Table

from .programs import PRODUCTION, manage

on_the_database = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="only PostgreSQL has a second wall"
    ),
]


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def built() -> None:
    erect(connection)


@pytest.mark.usefixtures("built")
class TestOnTheDatabase:
    pytestmark = on_the_database

    def test_it_stands(self) -> None:
        assert gaps(connection) == []

    def test_building_it_again_changes_nothing(self) -> None:
        with CaptureQueriesContext(connection) as asked:
            erect(connection)
        words = {one["sql"].split()[0] for one in asked}
        assert words <= {"SELECT", "SAVEPOINT", "RELEASE"}

    @pytest.mark.parametrize(
        ("damage", "gap"),
        [
            ("DROP POLICY own_clinic ON aftercare_patient", "policies are not ours"),
            (
                "ALTER TABLE aftercare_flag DISABLE ROW LEVEL SECURITY",
                "row-level security is off",
            ),
            (
                f"CREATE POLICY more ON aftercare_flag TO {ROLE} USING (true)",
                "policies are not ours",
            ),
            (f"GRANT DELETE ON aftercare_dailylog TO {ROLE}", "DELETE"),
            (f"GRANT SELECT ON django_migrations TO {ROLE}", "django_migrations"),
            (f"REVOKE SELECT ON aftercare_login FROM {ROLE}", "too little"),
        ],
    )
    def test_damage_is_said_and_mended(self, damage: str, gap: str) -> None:
        run(damage)
        [said] = gaps(connection)
        assert gap in said
        erect(connection)
        assert gaps(connection) == []

    def test_a_table_that_is_not_there_is_said(self, monkeypatch) -> None:
        more = Table("aftercare_attic", frozenset(), (Policy("own_clinic", "ALL"),))
        planned = [*plan.planned(), more]
        monkeypatch.setattr("aftercare.second_wall.building.planned", lambda: planned)
        assert gaps(connection) == ["aftercare_attic: there is no such table"]

    @pytest.mark.parametrize(
        ("damage", "gap"),
        [
            (f"ALTER ROLE {ROLE} LOGIN", "can sign in"),
            (f"ALTER ROLE {ROLE} BYPASSRLS", "passes policies"),
            ("REVOKE USAGE ON SCHEMA public FROM PUBLIC", "schema"),
        ],
    )
    def test_a_role_that_would_not_be_held_is_said(self, damage: str, gap: str) -> None:
        run(f"REVOKE USAGE ON SCHEMA public FROM {ROLE}", damage)
        [said] = gaps(connection)
        assert gap in said

    def test_a_schema_that_is_closed_to_all_is_opened_to_requests(self) -> None:
        run("REVOKE USAGE ON SCHEMA public FROM PUBLIC")
        erect(connection)
        assert gaps(connection) == []

    def test_a_role_that_may_not_build_is_told_what_to_do(self) -> None:
        run(
            "CREATE ROLE zq_somebody NOLOGIN",
            "GRANT USAGE ON SCHEMA public TO zq_somebody",
        )
        with transaction.atomic():
            run("SET LOCAL ROLE zq_somebody")
            assert gaps(connection) == [f"the connecting role is no member of {ROLE}"]
            with pytest.raises(NotBuilt, match=f"CREATE ROLE {ROLE} NOLOGIN; GRANT"):
                erect(connection)
            transaction.set_rollback(True)

    def test_tables_of_somebody_else_are_said(self) -> None:
        run("CREATE ROLE zq_somebody NOLOGIN", f"GRANT {ROLE} TO zq_somebody")
        with transaction.atomic():
            run("SET LOCAL ROLE zq_somebody")
            said = gaps(connection)
            transaction.set_rollback(True)
        assert "aftercare_patient: the connecting role does not own it" in said

    def test_migrating_builds_it(self) -> None:
        run("DROP POLICY own_clinic ON aftercare_patient")
        apps.build_the_second_wall(using="default")
        assert gaps(connection) == []

    def test_the_check_asks_the_database_that_it_is_told_of(self, settings) -> None:
        settings.ROW_LEVEL_SECURITY = True
        assert checks.the_second_wall_stands(databases=["default"]) == []
        run("ALTER TABLE aftercare_flag DISABLE ROW LEVEL SECURITY")
        [error] = checks.the_second_wall_stands(databases=["default"])
        assert error.id == "aftercare.E005"
        assert "does not stand: aftercare_flag: row-level security is off." in error.msg
        assert checks.the_second_wall_stands(databases=None) == []

    def test_the_check_says_it_in_one_sentence(self, settings) -> None:
        settings.ROW_LEVEL_SECURITY = True
        run(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {ROLE}")
        [error] = checks.the_second_wall_stands(databases=["default"])
        assert error.msg.endswith(f", and {len(gaps(connection)) - 1} more.")

    def test_nothing_is_asked_of_it_while_it_is_switched_off(self, settings) -> None:
        settings.ROW_LEVEL_SECURITY = False
        run("ALTER TABLE aftercare_flag DISABLE ROW LEVEL SECURITY")
        assert checks.the_second_wall_stands(databases=["default"]) == []


# --- Where there is no PostgreSQL ----------------------------------------------------------


@pytest.mark.parametrize(
    ("switched_on", "uses_sqlite", "found"),
    [(True, True, ["aftercare.E004"]), (True, False, []), (False, True, [])],
)
def test_sqlite_has_none(settings, switched_on, uses_sqlite, found) -> None:
    settings.ROW_LEVEL_SECURITY, settings.USES_SQLITE = switched_on, uses_sqlite
    said = checks.only_postgresql_has_a_second_wall()
    assert [one.id for one in said] == found


def test_a_production_start_on_sqlite_refuses_the_setting() -> None:
    sqlite = {"DATABASE_URL": "sqlite:///x.sqlite3", "ALLOW_SQLITE": "1"}
    done = manage("check", **(PRODUCTION | sqlite | {"ROW_LEVEL_SECURITY": "1"}))
    assert done.returncode == 1
    assert done.stderr.startswith("aftercare: ROW_LEVEL_SECURITY=1 needs PostgreSQL")


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="about other databases")
def test_migrating_another_database_builds_nothing() -> None:
    apps.build_the_second_wall(using="default")
    call_command("check")
