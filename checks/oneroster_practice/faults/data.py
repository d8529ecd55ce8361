"""Faults of the data: what one is made of, and all of them in the order of their section."""

from __future__ import annotations

from ..fault import Fault, Problem, RosterRules
from ..planting import Plant

# How often a fault is there when nobody chooses: enough to be counted, few enough to be found one by one.
COUNT = 3


def data_fault(code: str, title: str, plant: Plant, *, count: int = COUNT, last_year: bool = False) -> Fault:
    """A fault that is there `count` times unless another number is chosen."""
    problem = Problem(code, title, count=count, full_depth=True)
    return Fault(problem=problem, roster=RosterRules(plant=plant, last_year=last_year))
