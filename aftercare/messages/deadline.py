"""An end to waiting, whatever the other side does.

The timeout of a socket counts from the last byte: a server that sends one now and then
would hold a worker for ever.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST_S = 60


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """TimeoutError inside when the time is over; a worker sends in its main thread.

    In any other thread, which no signal reaches, only the timeout of the socket counts.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _too_late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _too_late(*_: object) -> None:
    raise TimeoutError
