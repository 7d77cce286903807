"""Mail servers that do not work, each in a way of its own, by real connections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from tests.aftercare.sinks import MailSink, half_gone, hang, scripted
from tests.journeys.served import free_port


def phases(
    sink: MailSink, wait: Callable[[float], object]
) -> dict[str, Callable[[], AbstractContextManager[int]]]:
    """Each way of not working; `wait` lets so many seconds pass on our clock."""

    def slowly(_: object) -> None:
        wait(20)

    return {
        "is gone": gone,
        "hangs": lambda: scripted(hang),
        "hangs up after the text": lambda: scripted(half_gone),
        "puts everybody off (451)": lambda: answering(sink, "451 4.7.1 later"),
        "refuses us (550 5.7.1)": lambda: answering(sink, "550 5.7.1 not you"),
        "is closing (421)": lambda: scripted(lambda one: one.sendall(b"421 bye\r\n")),
        "takes no mail (554)": lambda: scripted(lambda one: one.sendall(b"554 no\r\n")),
        "takes 20 s for each": lambda: slow(sink, slowly),
    }


@contextmanager
def gone() -> Iterator[int]:
    yield free_port()


@contextmanager
def answering(sink: MailSink, words: str) -> Iterator[int]:
    before, sink.answer = sink.answer, lambda _: words
    with sink.open():
        yield sink.port
    sink.answer = before


@contextmanager
def slow(sink: MailSink, slowly: Callable[[object], None]) -> Iterator[int]:
    sink.on_data = slowly
    with sink.open():
        yield sink.port
    sink.on_data = lambda _: None
