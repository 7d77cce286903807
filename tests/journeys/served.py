"""The server as `script/server` runs it, on a database of its own, to be killed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
WORKERS, THREADS = 2, 4
PATIENCE_S = 60

# A connection that broke off, or was refused while nobody listens.
CUT_OFF = (OSError, HTTPException)


class Server:
    """Gunicorn in a process group of its own.

    `up` is set while it listens; `said` are the last lines of what it wrote.
    """

    def __init__(self, database_url: str, application: str = "aftercare.wsgi") -> None:
        self.database_url = database_url
        self.application = application
        self.port = free_port()
        self.up = threading.Event()
        self.said: deque[str] = deque(maxlen=200)
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None

    @property
    def environment(self) -> dict[str, str]:
        """As in `script/server`, with nothing of this machine's own settings.

        But on PostgreSQL whether the second wall stands is as it is for the tests.
        """
        names = ["PATH", "HOME"]
        if self.database_url.startswith("postgres"):
            names.append("ROW_LEVEL_SECURITY")
        kept = {name: os.environ[name] for name in names if name in os.environ}
        told = {"DATABASE_URL": self.database_url, "ENV_FILE": os.devnull, "DEMO": "1"}
        return kept | told

    def manage(self, *arguments: str) -> None:
        """Run `manage.py` on the server's database."""
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
        )

    def start(self) -> None:
        """Start it, and come back when it listens."""
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", self.application),
                *("--workers", str(WORKERS), "--threads", str(THREADS)),
                *("--preload", "--no-control-socket"),
                *("--bind", f"127.0.0.1:{self.port}"),
            ],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, args=(self._process.stderr,))
        self._reader.start()
        if not self.up.wait(PATIENCE_S):
            raise RuntimeError("The server does not listen.")

    def _read(self, said: IO[str]) -> None:
        """Follow what the server says, until all of its processes have ended."""
        with said:
            for line in said:
                self.said.append(line)
                if "Listening at" in line:
                    self.up.set()

    def kill(self) -> None:
        """`kill -9` of every process of the server at once."""
        self.up.clear()
        if self._process is not None and self._reader is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._reader.join()
            self._process = None


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


class Answer(NamedTuple):
    status: int
    location: str
    page: str
    retry_after: str


class Browser:
    """A browser without scripts that keeps its cookies."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        return self._ask("POST", path, urlencode(fields))

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        """One request. Raises one of CUT_OFF where the answer did not come whole."""
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE_S)
        asked = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            asked["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, asked)
            answer = connection.getresponse()
            page = answer.read().decode()
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        headers = answer.headers
        return Answer(
            answer.status,
            headers.get("Location", ""),
            page,
            headers.get("Retry-After", ""),
        )


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)
    if found is None:
        raise LookupError(f"{name} is not on the page")
    return found[1]
