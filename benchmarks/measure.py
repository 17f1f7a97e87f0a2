"""What every benchmark is made of: a measured value with its limit, and a clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import process_time

RUNS = 3
MOST_QUERIES = 16
"""That a page may make, those for session, account and rights included; the tests hold every page
to the same number."""


@dataclass(frozen=True)
class Result:
    """A measured value and the most it may be."""

    name: str
    value: float
    limit: float
    detail: str

    @property
    def kept(self) -> bool:
        return self.value <= self.limit


def seconds(job: Callable[[], object], *, runs: int = RUNS) -> float:
    """The median processor time of a job, once it has run to warm up; other work on the machine
    does not count."""
    return seconds_of_each(job, runs=runs)[0]


def seconds_of_each(*jobs: Callable[[], object], runs: int = RUNS) -> tuple[float, ...]:
    """The median processor time of each job. They take turns, so that whatever slows the machine
    down for a while slows all of them."""
    times: list[list[float]] = [[] for _ in jobs]
    for job in jobs:
        job()
    for _ in range(runs):
        for job, taken in zip(jobs, times, strict=True):
            start = process_time()
            job()
            taken.append(process_time() - start)
    return tuple(median(taken) for taken in times)
