"""One worker to a SQLite file: two would only wait for each other."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PATIENCE_S = 3
STEP_S = 0.2


class AnotherWorker(Exception):
    """Somebody has it already."""


@contextmanager
def only_one(database: Path, sleep: Callable[[float], None]) -> Iterator[None]:
    """Holds the lock beside the database; it goes with us, however we are killed.

    A worker that is on its way out is waited for.
    """
    with Path(f"{database}.worker").open("a") as file:
        for _ in range(round(PATIENCE_S / STEP_S)):
            if _locked(file):
                break
            sleep(STEP_S)
        else:
            raise AnotherWorker
        yield


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
