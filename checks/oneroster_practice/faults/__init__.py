"""Every fault by the code of its cause. A new fault goes into one of these modules, and nowhere else."""

from __future__ import annotations

from itertools import chain

from ..fault import HEALTHY, Fault, Problem, Side
from . import (
    access,
    accounts,
    address,
    between,
    consumers,
    data_classes,
    data_people,
    data_values,
    gradebook,
    migrate,
    network,
    oauth1,
    protocol,
    sharing,
    token,
    trace_classes,
    trace_grades,
    trace_people,
)

# In the order in which a run would meet them.
_MODULES = (
    address,
    network,
    token,
    access,
    between,
    oauth1,
    sharing,
    accounts,
    gradebook,
    protocol,
    data_values,
    data_people,
    data_classes,
    consumers,
    migrate,
    trace_people,
    trace_classes,
    trace_grades,
)

FAULTS: dict[str, Fault] = {
    fault.problem.code: fault
    for fault in chain.from_iterable(module.FAULTS for module in _MODULES)
    if fault.problem is not None
}


def problems() -> tuple[Problem, ...]:
    """Every problem that a practice district can have, in the order in which a run would meet them."""
    return tuple(fault.problem for fault in FAULTS.values() if fault.problem is not None)


def problems_alone() -> tuple[Problem, ...]:
    """Those of them that one district can have: all but those between the two sides of a move."""
    return tuple(problem for problem in problems() if not problem.pair)


def fault_of(code: str | None, side: Side | None = None) -> Fault:
    """The fault of a cause, the healthy one for None; KeyError for a cause that a district cannot show.

    Of one between the two sides of a move, what this `side` has of it.
    """
    fault = HEALTHY if code is None else FAULTS[code]
    return (fault.old or HEALTHY) if side == "old" else fault
