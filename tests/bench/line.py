"""One line of the bench: a figure, its goal, and whether it is met."""

from __future__ import annotations


def line(name: str, figure: float, goal: float, made_of: str) -> str:
    """The line for a ratio that should be at most its goal."""
    met = "met" if figure <= goal else "NOT met"
    return f"{name}: {figure:.2f} times (goal at most {goal:g}: {met})\n  {made_of}"
