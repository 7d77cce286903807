"""How a worker is told to stop, and how it sleeps until then."""

from __future__ import annotations

import os
import select
import signal

SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Stop:
    """Asked for by SIGTERM, by Ctrl-C, or by the end of the process that started us.

    A byte in a pipe wakes the sleeper. An `Event` of the threading module has a lock
    that a signal handler could wait for until the end of days.
    """

    def __init__(self, parent: int | None = None) -> None:
        self.parent = parent
        self.asked = False
        self.reading, self.writing = os.pipe()
        os.set_blocking(self.writing, False)

    def listen(self) -> None:
        """From now on the signals ask, even where a shell had them ignored."""
        for number in SIGNALS:
            signal.signal(number, self.ask)

    def ask(self, *_: object) -> None:
        """Stop after what is in hand."""
        self.asked = True
        os.write(self.writing, b".")

    def __call__(self) -> bool:
        """Whether to stop."""
        orphaned = self.parent is not None and os.getppid() != self.parent
        return self.asked or orphaned

    def sleep(self, seconds: float) -> None:
        """Until the time is over, or we are asked."""
        select.select([self.reading], [], [], seconds)
