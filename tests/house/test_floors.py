"""Every import points down: the contracts of pyproject.toml hold."""

import ast
import sys

import pytest

from .programs import ROOT, run_python

GROUND = [
    file
    for room in ("warning_signs", "promise")
    for file in (ROOT / "aftercare" / room).rglob("*.py")
]


def test_the_contracts_hold():
    done = run_python(
        "-c",
        "import sys; from importlinter.cli import lint_imports;"
        "sys.exit(lint_imports(no_cache=True))",
        PYTHONPATH=str(ROOT),
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("file", GROUND, ids=lambda file: file.stem)
def test_the_ground_floor_needs_only_python(file):
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        for name in names:
            own = name.startswith(("aftercare.warning_signs", "aftercare.promise"))
            assert own or name.partition(".")[0] in sys.stdlib_module_names, name


CLOCKS = {"now", "today", "utcnow", "time", "localdate", "monotonic"}


@pytest.mark.parametrize("file", GROUND, ids=lambda file: file.stem)
def test_the_ground_floor_reads_no_clock(file):
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "time", "timezone"}
    }
    assert not calls & CLOCKS
