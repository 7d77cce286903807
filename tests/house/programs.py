"""Runs the project's own programs as an operator would, in an environment of their own."""

from __future__ import annotations

import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PRODUCTION = {
    "ENV": "production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP",
    "ALLOWED_HOSTS": "aftercare.example.org",
    "SITE_URL": "https://aftercare.example.org",
    "EMAIL_HOST": "mail.example.org",
    "DATABASE_URL": "postgres://nobody@localhost/never-asked",
}


def modules() -> Iterator[str]:
    """The names of all modules of ours."""
    for house in ("aftercare", "clinic"):
        for found in pkgutil.walk_packages([str(ROOT / house)], f"{house}."):
            yield found.name


def run_python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs `python arguments…` at the root, with nothing set but what is given."""
    bare = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=bare | environment,
        text=True,
        capture_output=True,
        check=False,
    )


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs `manage.py arguments…`."""
    return run_python("manage.py", *arguments, **environment)
