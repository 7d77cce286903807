"""How a workload is measured: both sides in turns, the better half of the rounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import process_time

Call = Callable[[], object]
ROUNDS, ROUND_S = 9, 0.2


@dataclass(frozen=True, slots=True)
class Comparison:
    """Seconds of processor time per call, ours and the peer's.

    `at_most` is the ratio we want to stay under, None where none was set.
    """

    workload: str
    peer: str
    ours_s: float
    peer_s: float
    at_most: float | None = None

    @property
    def ratio(self) -> float:
        return self.ours_s / self.peer_s


def compare(
    workload: str, ours: Call, peer_name: str, peer: Call, at_most: float | None = None
) -> Comparison:
    """Measures both in turns; the first call of each is not counted."""
    ours()
    peer()
    rounds = [(_per_call(ours), _per_call(peer)) for _ in range(ROUNDS)]
    ours_s, peer_s = (
        median(sorted(side)[: ROUNDS // 2 + 1]) for side in zip(*rounds, strict=True)
    )
    return Comparison(workload, peer_name, ours_s, peer_s, at_most)


def _per_call(call: Call) -> float:
    calls, start = 0, process_time()
    while (used := process_time() - start) < ROUND_S:
        call()
        calls += 1
    return used / calls
