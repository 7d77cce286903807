"""Every query says whose rows it wants: a table is never asked as a whole.

Rows are reached through the person signed in (`request.staff.clinic.patients`). Where a
query starts from a table with clinics in it, it names the clinic or the row of the query
around it; the few that do neither are listed here, each with its reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from .programs import ROOT

MANAGERS = {"objects", "_base_manager", "_default_manager"}
ADDS = {"create", "bulk_create"}
"""What is added names its clinic, or the database refuses it."""

WITHOUT_CLINIC = {
    model.__name__
    for model in apps.get_models()
    if model.__name__ != "Clinic"
    and not any(field.column == "clinic_id" for field in model._meta.concrete_fields)
}

ON_PURPOSE = {
    # For the whole house, by the clock or on the command line.
    "aftercare/services/silence.py: check_silence": "every treatment that is due",
    "aftercare/services/silent_course.py: lock_due": "some that are due, by their keys",
    "aftercare/services/remind.py: each_due": "every treatment that is due",
    "aftercare/services/ladder.py: due_flags": "every flag that is due",
    "aftercare/services/record_days.py: record_days": "every clinic has its day",
    "aftercare/services/warn_of_gaps.py: warn_of_gaps": "every clinic with a rota",
    "aftercare/services/retention.py: erase_by_itself": "every clinic that said how long",
    "aftercare/services/claim_messages.py: waiting": "the outbox of the house",
    "aftercare/models/undelivered.py: unsent_alerts": "the outbox of the house; a moment",
    "aftercare/health.py: oldest_waiting": "the outbox of the house; a moment, no row",
    "aftercare/models/audit_reading.py: heads": "the audit of every clinic is verified",
    "aftercare/management/commands/verify_audit.py: clinic_named": "as an operator says",
    "aftercare/management/commands/reassess.py: clinic_of": "as an operator says",
    "aftercare/management/commands/erase_due.py: Command.handle": "as an operator says",
    "aftercare/management/commands/erase_patient.py: Command.handle": "by their key",
    "aftercare/management/commands/erased.py: Command.handle": "after a restored backup",
    # The demo, whose clinics are made up and belong to nobody.
    "aftercare/demo/clear.py: clear_demo": "tables of one clinic, by the way to it",
    "aftercare/demo/seed.py: seed_demo": "the demo's clinics",
    "aftercare/demo/visit.py: demo_clinics": "everybody there is to be",
    "aftercare/demo/visit.py: demo_person": "somebody of a demo clinic",
    # Nobody is signed in yet: a secret or an address says who it is.
    "aftercare/services/tokens.py: find_invitation": "by the digest of its token",
    "aftercare/services/come_in.py: links": "asked on for one, by its key or token",
    "aftercare/services/come_in.py: who_came_in": "by the key in their session",
    "aftercare/services/join.py: _links": "asked on for one, by its token",
    "aftercare/services/stop_messages.py: _patient_of": "by a link that we signed",
    "aftercare/services/way_back.py: readers_of": "by an address",
    "aftercare/services/way_back.py: check_birth_date": "those found by their address",
    "aftercare/services/way_back.py: choices": "those found by their address",
    "aftercare/services/audit.py: record_refused": "at each clinic with the address",
    "aftercare/services/create_clinic.py: new_owner_links": "by an address",
    # Rows of a row that is in hand already.
    "aftercare/services/silence.py: put_down_next": "treatments that we locked",
    "aftercare/services/silent_course.py: hours_of": "the clinics of those",
    "aftercare/services/silent_course.py: _sent": "by the treatments that we locked",
    "aftercare/services/silent_course.py: _found": "by the treatments that we locked",
    "aftercare/services/silent_course.py: _flags": "by the treatments that we locked",
    "aftercare/services/tokens.py: hold": "locks a person",
    "aftercare/services/tokens.py: spend": "a link that was found by its token",
    "aftercare/services/tokens.py: count_wrong_try": "a link that was found by its token",
    "aftercare/services/come_in.py: prove": "a link that was found by its token",
    "aftercare/services/join.py: _taken": "a link that was found by its token",
    "aftercare/services/patient_login.py: give_login": "locks a patient",
    "aftercare/services/erase_patient.py: _remove_all": "rows by the way to the patient",
    "aftercare/services/erase_patient.py: _messages_to": "by the address of the patient",
    "aftercare/showing/who_looked.py: who_looked": "entries about one patient",
    "aftercare/services/erase_patient.py: _refuse_while_open": "of a patient",
    "aftercare/models/of_patient.py: Belonging.rows": "of a patient, table by table",
    "aftercare/showing/export/reading.py: rows_of": "of some patients, table by table",
    "aftercare/showing/export/reading.py: _links": "of some patients, table by table",
    "aftercare/services/remind.py: reminder_left_at": "by the reason of one message",
    "aftercare/messages/outbox.py: cancel": "by the reason of one message",
}


def code() -> list[Path]:
    rooms = [*ROOT.glob("aftercare/**/*.py"), *ROOT.glob("clinic/**/*.py")]
    return sorted(file for file in rooms if "migrations" not in file.parts)


Around = dict[ast.AST, ast.AST]


def whole_tables(source: str) -> Iterator[str]:
    """The functions that ask a whole table, each once for every time it does."""
    tree = ast.parse(source)
    around = {
        child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in MANAGERS
            and not is_without_clinic(node.value)
            and not is_about_somebody(node, around)
        ):
            yield place_of(node, around)


def is_about_somebody(node: ast.AST, around: Around) -> bool:
    """Whether the query says whose rows it wants, or everything made of it does."""
    *chained, last = links(node, around)
    if any(isinstance(one, ast.Call) and says_whose(one) for one in (*chained, last)):
        return True
    kept = around[last]
    if not (isinstance(kept, ast.Assign) and isinstance(kept.targets[0], ast.Name)):
        return False
    uses = [
        one
        for one in ast.walk(function_of(node, around))
        if isinstance(one, ast.Name)
        and one.id == kept.targets[0].id
        and isinstance(one.ctx, ast.Load)
    ]
    return bool(uses) and all(is_about_somebody(one, around) for one in uses)


def is_without_clinic(model: ast.expr) -> bool:
    return isinstance(model, ast.Name) and model.id in WITHOUT_CLINIC


def links(node: ast.AST, around: Around) -> Iterator[ast.AST]:
    """What is chained to a manager: `.filter`, its call, `.order_by`, and so on."""
    yield node
    while isinstance(above := around[node], ast.Attribute | ast.Call):
        if isinstance(above, ast.Call) and above.func is not node:
            return  # handed to somebody else
        yield above
        node = above


def says_whose(call: ast.Call) -> bool:
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    return method in ADDS or any(
        re.search(r"(^|__)clinic(_id)?$", keyword.arg or "")
        or ast.unparse(keyword.value).startswith("OuterRef(")
        or (keyword.arg == "pk" and ast.unparse(keyword.value).endswith(".clinic_id"))
        for keyword in call.keywords
    )


def function_of(node: ast.AST, around: Around) -> ast.AST:
    while node in around and not isinstance(node, ast.FunctionDef):
        node = around[node]
    return node


def place_of(node: ast.AST, around: Around) -> str:
    """The function, or class and method, that something stands in."""
    names = []
    while node in around:
        node = around[node]
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.append(node.name)
    return ".".join(reversed(names)) or "the module"


def found() -> set[str]:
    return {
        f"{file.relative_to(ROOT)}: {place}"
        for file in code()
        for place in whole_tables(file.read_text("utf-8"))
    }


def test_only_these_ask_a_whole_table() -> None:
    assert found() == set(ON_PURPOSE)


@pytest.mark.parametrize("room", ["aftercare/views", "aftercare/forms", "clinic"])
def test_a_page_never_does(room: str) -> None:
    assert [place for place in ON_PURPOSE if place.startswith(room)] == []


@pytest.mark.parametrize(
    ("query", "noticed"),
    [
        ("Patient.objects.all()", True),
        ("Patient.objects.get(pk=key)", True),
        ("Flag.objects.open().order_by('at')", True),
        ("model._base_manager.count()", True),
        ("people.objects.filter(pk=clinic)", True),
        ("Patient.objects.filter(pk__in=Flag.objects.filter(clinic=x))", True),
        ("Clinic.objects.get(pk=key)", True),
        ("Clinic.objects.get(pk=by.clinic_id)", False),
        ("Patient.objects.filter(clinic=by.clinic).first()", False),
        ("Flag.through.objects.filter(flag__clinic=clinic)", False),
        ("Flag.objects.open().filter(treatment=OuterRef('pk'))", False),
        ("Patient.objects.create(**columns)", False),
        ("Login.objects.all()", False),
        ("clinic.patients.all()", False),
    ],
)
def test_what_is_noticed(query: str, noticed: bool) -> None:
    source = f"def page(request):\n    return {query}"
    assert list(whole_tables(source)) == (["page"] if noticed else [])


@pytest.mark.parametrize(
    ("uses", "noticed"),
    [
        ("return rows.get(clinic=clinic, pk=key)", False),
        ("return rows.filter(clinic=clinic) | rows.filter(pk=key)", True),
        ("return rows", True),
        ("return list(rows.order_by('pk'))", True),
    ],
)
def test_a_query_that_is_kept_must_say_it_wherever_it_is_used(
    uses: str, noticed: bool
) -> None:
    kept = "rows = Patient.objects.select_for_update()"
    source = f"def page(request):\n    {kept}\n    {uses}"
    assert list(whole_tables(source)) == (["page"] if noticed else [])


# --- Nothing is set for longer than a transaction -----------------------------------------

PLAIN_SET = re.compile(
    r"\bSET\s+(?:SESSION\s+)?(?:ROLE|AUTHORIZATION|aftercare\.)|\bSET\s+SESSION\b"
    r"|set_config\([^)]*,\s*false\s*\)",
    re.IGNORECASE,
)


def test_no_setting_of_the_database_outlives_a_transaction() -> None:
    assert [file for file in code() if PLAIN_SET.search(file.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE aftercare_web",
        "SET SESSION ROLE aftercare_web",
        "set session authorization x",
        "SET aftercare.clinic = 'x'",
        "SELECT set_config('aftercare.clinic', %s, false)",
    ],
)
def test_one_that_does_is_noticed(statement: str) -> None:
    assert PLAIN_SET.search(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SET LOCAL ROLE aftercare_web",
        "UPDATE x SET kind = 'role'",
        "SELECT set_config('aftercare.clinic', %s, true)",
    ],
)
def test_one_that_does_not_is_let_pass(statement: str) -> None:
    assert not PLAIN_SET.search(statement)
