"""What no browser sends, byte by byte, to the server as it is run: refused, and it lives."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.journeys.served import Server

HELLO = b"GET /help/ HTTP/1.1\r\nHost: localhost\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
POST = b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\n" + FORM
END = b"Connection: close\r\n\r\n"
PATIENCE_S = 30


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Without a table in its database: none of this may come so far as to ask it."""
    folder: Path = tmp_path_factory.mktemp("raw")
    served = Server(f"sqlite:///{folder / 'empty.sqlite3'}")
    served.start()
    yield served
    served.kill()


def open_to(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_S)


def say(server: Server, *parts: bytes) -> bytes:
    """The answer to some bytes; empty where the connection was closed without one."""
    with open_to(server) as there:
        try:
            for part in parts:
                there.sendall(part)
            there.shutdown(socket.SHUT_WR)
        except OSError:  # closed while we were speaking
            pass
        return heard(there)


def heard(there: socket.socket) -> bytes:
    said = b""
    try:
        while more := there.recv(65536):
            said += more
    except ConnectionError:
        pass
    return said


def status(answer: bytes) -> int:
    found = re.match(rb"HTTP/1\.[01] (\d+)", answer)
    return int(found[1]) if found else 0


def lives(server: Server) -> bool:
    """It answers, and no worker had to be ended or started again."""
    trouble = [line for line in server.said if "TIMEOUT" in line or "SIGKILL" in line]
    return status(say(server, HELLO, END)) == 200 and not trouble


REFUSED = {
    "no request": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "another host": b"GET /help/ HTTP/1.1\r\nHost: evil.example\r\n" + END,
    "two hosts": HELLO + b"Host: evil.example\r\n" + END,
    "ten thousand headers": HELLO + b"X-A: b\r\n" * 10_000 + END,
    "a header without end": HELLO + b"X-A: " + b"a" * 100_000 + b"\r\n" + END,
    "an address without end": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + END,
    "a NUL in a header": HELLO + b"X-A: a\0b\r\n" + END,
    "a space before a colon": HELLO + b"X-A : b\r\n" + END,
    "a folded header": HELLO + b"X-A: b\r\n c\r\n" + END,
    "an odd method": b"G\x00T /help/ HTTP/1.1\r\nHost: localhost\r\n" + END,
    "an odd version": b"GET /help/ HTTP/9.9\r\nHost: localhost\r\n" + END,
    "a length below nothing": POST + b"Content-Length: -1\r\n" + END,
    "a length that is none": POST + b"Content-Length: 1e3\r\n" + END,
    "two lengths": POST + b"Content-Length: 3\r\nContent-Length: 5\r\n" + END + b"a=1",
    "a length and pieces": POST
    + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"
    + END
    + b"0\r\n\r\nGET /queue/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "an odd encoding": POST + b"Transfer-Encoding: xchunked\r\n" + END + b"0\r\n\r\n",
    "a piece of no length": POST
    + b"Transfer-Encoding: chunked\r\n"
    + END
    + b"zz\r\na=1",
    "a body larger than any form": POST
    + b"Content-Length: 3000000\r\n"
    + END
    + b"a" * 3_000_000,
    "a length of a terabyte": POST + b"Content-Length: 1099511627776\r\n" + END + b"a",
    "a thousand fields": POST + b"Content-Length: 4000\r\n" + END + b"a=1&" * 1000,
    "a NUL in a form": POST + b"Content-Length: 5\r\n" + END + b"a=%00",
    "bytes that are no text": POST + b"Content-Length: 5\r\n" + END + b"a=\xff\xfe.",
    "bytes that are no address": b"GET /help/?q=\xff\xfe HTTP/1.1\r\nHost: localhost\r\n"
    + END,
    "half a letter": b"GET /help/%ed%a0%80 HTTP/1.1\r\nHost: localhost\r\n" + END,
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_so_many_words(
    name: str, server: Server
) -> None:
    """By a 4xx, or by hanging up on whoever does not stop talking; with one answer only."""
    answer = say(server, REFUSED[name])
    assert status(answer) in {0, *range(400, 500), 501}, answer[:200]
    assert status(answer) or len(REFUSED[name]) > 50_000
    assert len(re.findall(rb"HTTP/1\.[01] \d{3} ", answer)) <= 1
    assert b"evil" not in answer
    assert b"Traceback" not in answer
    assert lives(server)


def test_a_body_that_stops_short_is_refused(server: Server) -> None:
    answer = say(server, POST, b"Content-Length: 500\r\n", END, b"a=1&b")
    assert status(answer) in {0, 400, 403}
    assert lives(server)


def test_those_who_speak_slowly_do_not_keep_others_waiting(server: Server) -> None:
    """Three who never finish, each at another place; everybody else is answered."""
    begun = (HELLO, POST + b"Content-Length: 500\r\n\r\na=1", b"GET /he")
    with ExitStack() as stack:
        for words in begun:
            stack.enter_context(open_to(server)).sendall(words)
        time.sleep(0.1)
        before = time.monotonic()
        for _ in range(8):
            assert status(say(server, HELLO, END)) == 200
        assert time.monotonic() - before < PATIENCE_S / 2
    assert lives(server)


def test_two_requests_in_one_go_are_two_requests(server: Server) -> None:
    """The second is not taken for a part of the first."""
    body = b"Content-Length: 3\r\n\r\na=1"
    answer = say(server, POST, body, HELLO, END)
    assert [int(one) for one in re.findall(rb"HTTP/1\.1 (\d+)", answer)] in (
        [403],
        [403, 200],
    )
