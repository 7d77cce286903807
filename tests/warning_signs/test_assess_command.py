"""`manage.py assess`: streams, exit status, parameters."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

MANAGE = Path(__file__).parents[2] / "manage.py"
GOOD = json.dumps(
    {
        "id": "good",
        "procedure": {"type": "microneedling"},
        "logs": [{"day": 2, "pain": 6, "hives": "local"}],
    }
)


class Program:
    """The command as its user sees it: bytes in, answers out, an exit status."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        self.encoding = "utf-8"

    def run(self, *arguments: str, feed: bytes = b"") -> tuple[int, str]:
        """Exit status and output."""
        output = io.BytesIO()
        stdout = io.TextIOWrapper(output, encoding=self.encoding)
        self.monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(feed)))
        self.monkeypatch.setattr("sys.stdout", stdout)
        status = 0
        try:
            call_command("assess", *arguments)
        except SystemExit as ended:
            status = int(ended.code or 0)
        stdout.flush()
        return status, output.getvalue().decode()


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Program:
    return Program(monkeypatch)


def answers(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_one_answer_a_line_in_order_and_errors_do_not_stop_it(program: Program) -> None:
    lines = [
        GOOD,
        "{",
        GOOD.replace("good", "ünïcode"),
        '{"id": "odd", "colour": 1}',
        "",
    ]
    status, output = program.run(feed="\n".join(lines).encode() + b"\n\xff\n")

    assert [line.get("id") for line in answers(output)] == [
        "good", None, "ünïcode", "odd", None,
    ]  # fmt: skip
    assert ["error" in line for line in answers(output)] == [
        False, True, False, True, True,
    ]  # fmt: skip
    assert status == 1


def test_a_refused_log_is_no_failed_line(program: Program) -> None:
    status, output = program.run(feed=GOOD.replace('"pain": 6', '"pain": 66').encode())
    (answered,) = answers(output)
    assert len(answered["rejected"]) == 1
    assert status == 0


def test_it_reads_a_file(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "courses.jsonl"
    file.write_text(GOOD)
    status, output = program.run(str(file))
    assert [line["highest"] for line in answers(output)] == ["PROMPT"]
    assert status == 0


def test_words_beyond_ascii_are_escaped_where_the_output_cannot_show_them(
    program: Program,
) -> None:
    feed = GOOD.replace('"pain": 6', '"temperature_c": 38.2').encode()
    assert "38.2 °C" in program.run(feed=feed)[1]
    program.encoding = "ascii"
    assert "38.2 \\u00b0C" in program.run(feed=feed)[1]


def test_a_clinics_parameters_can_be_rehearsed(
    program: Program, tmp_path: Path
) -> None:
    file = tmp_path / "parameters.json"
    file.write_text('{"PAIN_SEVERE": 6, "PAIN_MOD_UNTIL": {"STANDARD": 1}}')
    (answered,) = answers(program.run("--protocol", str(file), feed=GOOD.encode())[1])
    rules = {item["rule"]: item["level"] for item in answered["raised"][0]["results"]}
    assert rules["PAIN-SEVERE"] == "URGENT"
    assert rules["PAIN-PERSIST"] == "PROMPT"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"FEVERISH": 38}', "unknown parameter: FEVERISH"),
        ('{"FEVER": 50}', "FEVER must be from 37.0 to 40.0, not 50"),
        ('{"FEVER": NaN}', "FEVER must be a number"),
        ("{", "is not valid JSON"),
        ("[]", "is an object"),
        ("\xff", "is not valid JSON"),
    ],
)
def test_parameters_that_cannot_be_used_end_with_two(
    program: Program, tmp_path: Path, text: str, message: str
) -> None:
    file = tmp_path / "parameters.json"
    file.write_text(text, "latin-1")
    with pytest.raises(CommandError, match=message) as refused:
        program.run("--protocol", str(file), feed=GOOD.encode())
    assert refused.value.returncode == 2


def test_a_file_that_cannot_be_read_ends_with_two(
    program: Program, tmp_path: Path
) -> None:
    missing = str(tmp_path / "missing")
    for arguments in ([missing], ["--protocol", missing]):
        with pytest.raises(CommandError, match="missing") as refused:
            program.run(*arguments)
        assert refused.value.returncode == 2


def test_an_answer_comes_before_the_next_line_and_without_any_database() -> None:
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere"}
    with subprocess.Popen(
        [sys.executable, str(MANAGE), "assess", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | nowhere,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(GOOD.encode() + b"\n")
        process.stdin.flush()
        first = json.loads(process.stdout.readline())
        process.stdin.close()
    assert (first["id"], process.returncode) == ("good", 0)


def test_the_exit_status_is_that_of_the_program(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            str(MANAGE),
            "assess",
            "--protocol",
            str(tmp_path / "missing"),
        ],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"missing" in done.stderr
