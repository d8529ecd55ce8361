"""Two thousand seeded runs against the hostile server; `python -m tests.fuzz --seed N` runs one of them again."""

from __future__ import annotations

import pytest

from .batch import GROWTH_MIB, peak_mib, run_seeds, template

TESTS, RUNS = 40, 50


@pytest.mark.parametrize("batch", range(TESTS))
def test_seeded_runs(batch: int) -> None:
    template()
    before = peak_mib()
    figures, wrong = run_seeds(range(batch * RUNS, (batch + 1) * RUNS))
    assert not wrong, "\n".join(f"seed {seed}: {line}" for seed, lines in wrong.items() for line in lines)
    assert peak_mib() - before < GROWTH_MIB
    assert figures.runs == RUNS
    assert figures.answers > RUNS
    assert figures.mutations.total() > RUNS
