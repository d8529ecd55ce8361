"""Every fault by the code of its cause."""

from __future__ import annotations

from ..fault import HEALTHY, Fault
from . import access, accounts, address, network, oauth1, protocol, sharing, token

_EVERY = (
    *address.FAULTS,
    *network.FAULTS,
    *token.FAULTS,
    *access.FAULTS,
    *oauth1.FAULTS,
    *sharing.FAULTS,
    *accounts.FAULTS,
    *protocol.FAULTS,
)

FAULTS: dict[str, Fault] = {fault.problem.code: fault for fault in _EVERY if fault.problem is not None}


def fault(code: str | None) -> Fault:
    """The fault of a cause, the healthy one for None; KeyError for a cause that a district cannot show."""
    return HEALTHY if code is None else FAULTS[code]
