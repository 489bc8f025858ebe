"""Timing a piece of work: the wall clock, and beside it this process' own time, which a busy machine does not move."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time


@dataclass(frozen=True)
class Taken:
    """Medians in ms: all of it, and of that our own processor."""

    wall: float
    processor: float


def timed(work: Callable[[], object], *, times: int, warm: int = 1) -> Taken:
    """Do the work ``warm`` times unwatched, for what is made once, and then ``times`` times."""
    for _ in range(warm):
        work()
    wall, processor = [], []
    for _ in range(times):
        begun, worked = perf_counter(), process_time()
        work()
        wall.append(1_000 * (perf_counter() - begun))
        processor.append(1_000 * (process_time() - worked))
    return Taken(median(wall), median(processor))
