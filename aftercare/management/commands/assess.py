"""The rules from the command line: courses in, what they raise out (JSON Lines)."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from aftercare.warning_signs.course_json import answer_line
from aftercare.warning_signs.parameter_set import read_parameters
from aftercare.warning_signs.parameters import DEFAULTS, ParameterError, Parameters

UNUSABLE = 2


class Command(BaseCommand):
    """Judge one course a line, in constant memory; needs no database.

    Exit status: 0, or 1 if any line failed, or 2 if the input or the parameters file
    cannot be used.
    """

    help = "Apply the warning-sign rules to courses, one a line (JSON Lines)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", metavar="FILE", help="courses; default: standard input"
        )
        parser.add_argument(
            "--protocol",
            metavar="FILE",
            help='parameters as JSON, {"NAME": value}, instead of the shipped ones',
        )

    def handle(self, *args: Any, **options: Any) -> None:
        parameters = parameters_from(options["protocol"])
        failed = False
        with lines_of(options["file"]) as lines:
            for line in lines:
                if line.strip():
                    answer = answer_line(line, parameters)
                    failed = failed or "error" in answer
                    self.stdout.write(as_json(answer))
                    self.stdout.flush()
        if failed:
            sys.exit(1)


def parameters_from(path: str | None) -> Parameters:
    """The shipped parameters with those of a file in place."""
    if path is None:
        return DEFAULTS
    try:
        text = Path(path).read_text("utf-8")
        return read_parameters(json.loads(text, parse_float=Decimal))
    except (OSError, ParameterError) as error:
        raise CommandError(f"{path}: {error}", returncode=UNUSABLE) from error
    except (ValueError, RecursionError) as error:
        message = f"{path} is not valid JSON: {error}"
        raise CommandError(message, returncode=UNUSABLE) from error


@contextmanager
def lines_of(path: str | None) -> Iterator[BinaryIO]:
    """The input, read line by line."""
    if path is None or path == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(path).open("rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise CommandError(f"{path}: {error}", returncode=UNUSABLE) from error
    with file:
        yield file


def as_json(answer: dict[str, Any]) -> str:
    """One line; beyond ASCII as it is where the output can show it."""
    text = json.dumps(answer, ensure_ascii=False)
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return json.dumps(answer)
    return text
