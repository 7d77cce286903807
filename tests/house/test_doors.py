"""The doors of the house: plain sh, ready to run, and named truthfully in the README."""

import os
import re
import subprocess

import pytest

from .programs import ROOT

DOORS = sorted((ROOT / "script").iterdir())


def test_every_door_is_there():
    names = {door.name for door in DOORS}
    assert names == {"setup", "server", "test", "check", "fix", "bench"}


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_a_door_can_be_run(door):
    assert os.access(door, os.X_OK)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_a_door_is_plain_sh_and_stops_at_the_first_failure(door):
    lines = door.read_text().splitlines()
    assert lines[0] == "#!/bin/sh"
    assert lines[1].startswith("# "), "it says what it is for"
    assert "set -eu" in lines
    subprocess.run(["sh", "-n", door], check=True)


def test_the_integration_script_is_bash():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True)


@pytest.mark.parametrize("paper", ["README.md", "docs/operations.md"])
def test_a_paper_names_only_doors_and_files_that_exist(paper):
    text = (ROOT / paper).read_text("utf-8")
    doors = set(re.findall(r"script/\w+", text))
    links = set(re.findall(r"\]\((?!https?:|#)([^)#]+)", text))
    assert doors
    base = (ROOT / paper).parent
    missing = {door for door in doors if not (ROOT / door).exists()}
    missing |= {link for link in links if not (base / link).exists()}
    assert missing == set()


def test_every_setting_that_is_read_is_in_the_example():
    files = ("environment", "settings", "message_settings")
    settings = "".join(
        (ROOT / f"aftercare/{name}.py").read_text("utf-8") for name in files
    )
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', settings))
    example = (ROOT / ".env.example").read_text("utf-8")
    # These belong to the doors and are never set by hand.
    assert read - {"DEMO", "DEBUG", "SERVING", "JOIN_STATIC"} == set(
        re.findall(r"^(\w+)=", example, flags=re.MULTILINE)
    ) | set(re.findall(r"\b(ALLOW_SQLITE)=1", example))
