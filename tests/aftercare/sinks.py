"""Real servers to send to, on this machine: one that takes mail, one that takes requests,
and one that follows a script, however rude."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.journeys.served import free_port

Script = Callable[[socket.socket], object]


@dataclass
class MailSink:
    """Takes every mail, unless `answer` has something else to say to a recipient."""

    answer: Callable[[str], str | None] = lambda _: None
    on_data: Callable[[Message], str | None] = lambda _: None
    mails: list[Message] = field(default_factory=list)
    port: int = field(default_factory=free_port)

    async def handle_RCPT(  # noqa: N802  the library's name
        self, server: SMTP, session: Session, envelope: Envelope, to: str, options: Any
    ) -> str:
        refusal = self.answer(to)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  the library's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        mail = message_from_bytes(envelope.content or b"")
        self.mails.append(mail)
        return self.on_data(mail) or "250 Taken"

    @contextmanager
    def open(self) -> Iterator[MailSink]:
        controller = Controller(self, hostname="127.0.0.1", port=self.port)
        controller.start()
        try:
            yield self
        finally:
            controller.stop()

    @property
    def ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.mails]


@dataclass
class RequestSink:
    """Takes every request and answers as `status` says."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    port: int = 0

    @contextmanager
    def open(self) -> Iterator[RequestSink]:
        sink = self

        class Handler(BaseHTTPRequestHandler):
            def take(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                body = self.rfile.read(length).decode()
                sink.requests.append((self.command, dict(self.headers), body))
                self.send_response(sink.status)
                for name, value in sink.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_POST = do_PUT = do_GET = take  # noqa: N815  the library's names

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=[0.02])
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/send"


@contextmanager
def scripted(script: Script) -> Iterator[int]:
    """A server that does as the script says with each caller; its port.

    A caller is hung up on when the script has come to its end, at the latest with us.
    """
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.02)

        def serve() -> None:
            while not over.is_set():
                try:
                    caller, _ = server.accept()
                except TimeoutError:
                    continue
                with caller:
                    caller.settimeout(0.02)
                    play(caller)

        def play(caller: socket.socket) -> None:
            try:
                script(caller)
            except OSError:
                """The caller has hung up first."""

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            over.set()
            thread.join()


def hang(caller: socket.socket) -> None:
    """Says nothing until the caller has had enough."""
    while heard(caller) != b"":
        """It still waits."""


def heard(caller: socket.socket) -> bytes | None:
    """What the caller said: nothing yet is None, and having hung up is empty."""
    try:
        return caller.recv(4096)
    except TimeoutError:
        return None
    except OSError:
        return b""


def half_gone(caller):
    """Takes the mail and is gone before it says so."""
    caller.sendall(b"220 hello\r\n")
    while (said := heard(caller)) != b"":
        if said is None:
            continue
        if re.match(rb"EHLO|MAIL|RCPT|RSET", said):
            caller.sendall(b"250 OK\r\n")
        elif said.startswith(b"DATA"):
            caller.sendall(b"354 go on\r\n")
        else:
            return
