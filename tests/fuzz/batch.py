"""Many runs, and the figures of all of them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from .case import Case, drawn
from .mutations import DRAWN
from .outputs import rendered
from .pages import written
from .run import Ran, run_case

# A batch may raise the most memory that this process ever had by this much; a broken bound takes gigabytes.
GROWTH_MIB = 400


@dataclass
class Figures:
    """What was seen: runs, answers, mutations and causes."""

    runs: int = 0
    answers: int = 0
    mutations: Counter[str] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def add(self, ran: Ran) -> None:
        """Count a run."""
        self.runs += 1
        self.answers += len(ran.heard)
        self.mutations += ran.mutations
        self.causes.update(ran.causes)
        self.seconds += ran.seconds

    def __str__(self) -> str:
        return (
            f"{self.runs:,} runs, {self.answers:,} answers, {self.mutations.total():,} mutations "
            f"of {len(self.mutations)} kinds, {len(self.causes)} distinct causes, "
            f"{1000 * self.seconds / max(1, self.runs):.0f} ms a run"
        )


@cache
def template() -> frozenset[tuple[str, str]]:
    """The elements and attributes of which the HTML reports of an honest district are made, healthy or broken."""
    bases = (None, "access.token-rejected", "sharing.rostering-off", "sharing.gradebook-off", "year.no-terms")
    cases = [Case((), base=base, share=("rostering", "gradebook")) for base in bases]
    # With its charts, and records that are not in order.
    cases += [Case((), base=base, share=("rostering",), full=True) for base in (None, "data.duplicate-email")]
    found: set[tuple[str, str]] = set()
    for case in cases:
        result = run_case(case, frozenset()).result
        assert result is not None
        found |= written(rendered(result)["html"])
    return frozenset(found)


def run_seeds(seeds: Iterable[int], kinds: Sequence[str] = DRAWN) -> tuple[Figures, dict[int, list[str]]]:
    """Run the cases of some seeds; their figures, and what is wrong by seed."""
    figures, wrong = Figures(), {}
    page = template()
    for seed in seeds:
        ran = run_case(drawn(seed, kinds), page)
        figures.add(ran)
        if ran.wrong:
            wrong[seed] = ran.wrong
    return figures, wrong


def peak_mib() -> float:
    """The most memory that this process ever had, in MiB; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
