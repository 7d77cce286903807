"""How a workload is measured: both sides in turns, the better half of the rounds.

What counts is processor time, ours and that of our session in PostgreSQL, where it runs
on this machine: it is steadier than a clock on a machine that does other things as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

Call = Callable[[], object]
ROUNDS, ROUND_S = 9, 0.2
UNITS = {"ms": 1e3, "s": 1.0, "MB": 1e-6}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one call costs, ours and the peer's: seconds, or bytes where `unit` is MB.

    `at_most` is the ratio we want to stay under, None where none was set.
    """

    workload: str
    peer: str
    ours: float
    theirs: float
    at_most: float | None = None
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs

    @property
    def is_over(self) -> bool:
        return self.at_most is not None and self.ratio > self.at_most

    def shown(self, amount: float) -> str:
        return f"{amount * UNITS[self.unit]:.3f} {self.unit}"


def compare(
    workload: str, ours: Call, peer_name: str, peer: Call, at_most: float | None = None
) -> Comparison:
    """Measures both in turns; the first call of each is not counted."""
    ours()
    peer()
    rounds = [(_per_call(ours), _per_call(peer)) for _ in range(ROUNDS)]
    ours_s, peer_s = (better_half(side) for side in zip(*rounds, strict=True))
    return Comparison(workload, peer_name, ours_s, peer_s, at_most)


def compare_once(
    workload: str,
    ours: Call,
    peer_name: str,
    peer: Call,
    at_most: float | None = None,
    unit: str = "s",
) -> Comparison:
    """The same for what may take seconds: three rounds of one call each."""
    rounds = [(seconds(ours), seconds(peer)) for _ in range(3)]
    ours_s, peer_s = (better_half(side) for side in zip(*rounds, strict=True))
    return Comparison(workload, peer_name, ours_s, peer_s, at_most, unit)


def better_half(times: Sequence[float]) -> float:
    """Whatever else the machine did made the others slower."""
    return median(sorted(times)[: len(times) // 2 + 1])


def seconds(call: Call) -> float:
    """Processor time of one call."""
    start = spent()
    call()
    return spent() - start


def by_the_clock(call: Call) -> float:
    """Seconds on the wall, for what is done in many processes."""
    start = perf_counter()
    call()
    return perf_counter() - start


def spent() -> float:
    """Seconds of processor time so far, ours and that of our session in the database."""
    return process_time() + _of_the_database()


def _of_the_database() -> float:
    from django.db import connection  # noqa: PLC0415  needs settings

    if connection.vendor == "postgresql" and connection.connection is not None:
        process = connection.connection.info.backend_pid
        with suppress(OSError):  # on another machine, or of another kind
            return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9
    return 0.0


def _per_call(call: Call) -> float:
    call()  # a session that was just opened plans its queries first
    calls, start = 0, spent()
    while (used := spent() - start) < ROUND_S:
        call()
        calls += 1
    return used / calls
