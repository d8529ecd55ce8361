"""One line of the bench: a figure, its goal, and whether it is met. BENCHMARKS.md has a row for each name."""

from __future__ import annotations

from enum import StrEnum


class Name(StrEnum):
    """The lines that the bench prints, in their order."""

    HELP = "--help against a bare interpreter"
    SCREEN = "First usable screen against a bare Textual app"
    QUICK_RUN = "Healthy quick run against its waiting and start-up"
    MANY = "1,000 profiles at once, each 100 ms away"
    MANY_MEMORY = "Peak memory of 1,000 profiles at once"
    FULL_READ = "Full read of 1.04 million records against a bare reader"
    FULL_READ_MEMORY = "Peak memory of a full read of 1.04 million records above one of 20,000"
    LARGEST_MEMORY = "Peak memory of a full read of 8.9 million records above one of 1.04 million"
    MOVE = "Both sides of a move against one full read"
    DECODERS = "Decoding and judging a record"
    REFERENCES = "References of 878,000 enrollments"
    TRACE = "Requests of one trace where filters are followed"
    RIGHT_CAUSES = "Right root cause first"


_DECIMALS = {"times": 2, "seconds": 1}


def line(name: Name, figure: float, goal: float, made_of: str, unit: str = "times") -> str:
    """The line for a figure that should be at most its goal, and below it what it is made of."""
    met = "met" if figure <= goal else "NOT met"
    return f"{name}: {figure:.{_DECIMALS.get(unit, 0)}f} {unit} (goal at most {goal:g}: {met})\n  {made_of}"


def spread(values: list[float]) -> str:
    """The lowest and the highest of some seconds."""
    return f"{min(values):.2f} to {max(values):.2f}"
