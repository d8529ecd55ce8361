"""`make fuzz`: runs against the hostile server for as long as asked, or one of them again with its trace."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.database import DirectoryBasedExampleDatabase
from hypothesis.errors import HypothesisException

from .batch import Figures, peak_mib, template
from .case import Case, drawn
from .found import FOUND
from .mutations import DRAWN, MUTATIONS
from .nearby import only_nearby
from .run import Ran, run_case
from .strategies import cases

DATABASE = Path(".hypothesis") / "fuzz"
# A run takes its time, and says so itself where it takes too much.
_UNHEALTHY = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
# Hypothesis draws so many cases before it begins anew; between two rounds the time is looked at.
_ROUND = 300
_SECONDS_OF_A_MINUTE = 60


class Wrong(AssertionError):
    """A case broke a rule."""


def main() -> int:
    """Run what the command line asks for; 1 when something was found, else 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long to look, 10 when not given")
    parser.add_argument("--seed", type=int, help="run the case of one seed again and print its trace")
    parser.add_argument(
        "--found", choices=sorted(FOUND), help="run a case of found.py again and print its trace"
    )
    parser.add_argument(
        "--without", action="append", default=[], metavar="KIND", help="leave out mutations that begin so"
    )
    asked = parser.parse_args()
    kinds = tuple(name for name in DRAWN if not name.startswith(tuple(asked.without)))
    with only_nearby():
        if asked.seed is not None:
            return _again(drawn(asked.seed, kinds))
        if asked.found is not None:
            return _again(FOUND[asked.found])
        return _look(asked.minutes * _SECONDS_OF_A_MINUTE, tuple(asked.without))


def _again(case: Case) -> int:
    ran = run_case(case, template())
    print(case)
    for evidence in ran.result.trace if ran.result else ():
        shown = f"{evidence.method} {evidence.url} {evidence.status} {evidence.elapsed_ms} ms {evidence.note}"
        print(ascii(f"  {shown} | {evidence.said} | {evidence.outline[:120]!r}"))
    for reported in ran.result.findings if ran.result else ():
        if reported.finding.cause:
            print(ascii(f"  {reported.finding.status} {reported.finding.check}: {reported.finding.cause}"))
    print("\n".join(ran.wrong) or "Nothing is wrong.")
    return 1 if ran.wrong else 0


def _look(seconds: float, without: tuple[str, ...]) -> int:
    began, figures, page = time.monotonic(), Figures(), template()
    peak = peak_mib()
    end = began + seconds
    last: list[Ran] = []

    @settings(
        max_examples=_ROUND,
        deadline=None,
        database=DirectoryBasedExampleDatabase(DATABASE),
        suppress_health_check=_UNHEALTHY,
        phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.target, Phase.shrink),
        print_blob=False,
    )
    @given(cases)
    def look(case: Case) -> None:
        # What was found is made smaller, however long that takes.
        if (time.monotonic() > end and not last) or any(step.kind.startswith(without) for step in case.steps):
            return
        ran = run_case(case, page)
        figures.add(ran)
        if ran.wrong:
            last[:] = [ran]
            raise Wrong("\n".join(ran.wrong))

    print(
        f"Looking for {seconds / _SECONDS_OF_A_MINUTE:g} minutes; cases that fail are kept in {DATABASE}.",
        flush=True,
    )
    while time.monotonic() < end:
        try:
            look()
        except (Wrong, HypothesisException, ExceptionGroup):
            break
    print(f"{figures}, in {(time.monotonic() - began) / _SECONDS_OF_A_MINUTE:.1f} minutes.")
    missing = sorted(set(MUTATIONS) - set(figures.mutations))
    print(f"Mutations that never came: {', '.join(missing) or 'none'}.")
    print(f"Memory grew by {peak_mib() - peak:.0f} MiB at most.")
    if not last:
        print("Nothing was found.")
        return 0
    print(f"Found, and shrunk to this:\n{last[0].case!r}")
    print("\n".join(last[0].wrong))
    print("Put it into tests/fuzz/found.py under a name that says what went wrong.")
    return 1


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        sys.exit(main())
