"""HTTP: one session with its limits, its retries and its evidence, and the probe of a host.

It knows nothing of OneRoster and OAuth, and is the only room that knows the HTTP library, which is loaded
with the session. The way in:

- `Session.send` sends one request and gives an `Answer`, which holds a `Failure` where no whole answer came;
  `Session.retries` sends again what may pass, and gives the `TransientError`s that it overcame.
- `reach` opens a connection without a request, to tell the name, the port and TLS apart.
- `as_sent` is the address exactly as it is sent, for a signature over it.

What it needs of the engine is handed in: a `Redaction`, a listener of the evidence, a clock.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .address import UnsendableURL, as_sent
    from .answer import Answer
    from .failure import PHASE_WORDS, Failure, FailureKind, Phase
    from .logs import unlogged
    from .probe import Reached, reach
    from .redaction import Redaction
    from .resolver import Address, Resolver
    from .retry import Retries
    from .session import Session, UnsendableHeader
    from .transient import TransientError, TransientErrorKind

_HOMES = {
    "UnsendableURL": "address",
    "as_sent": "address",
    "Answer": "answer",
    "PHASE_WORDS": "failure",
    "Failure": "failure",
    "FailureKind": "failure",
    "Phase": "failure",
    "unlogged": "logs",
    "Reached": "probe",
    "reach": "probe",
    "Redaction": "redaction",
    "Address": "resolver",
    "Resolver": "resolver",
    "Retries": "retry",
    "Session": "session",
    "UnsendableHeader": "session",
    "TransientError": "transient",
    "TransientErrorKind": "transient",
}
__all__ = [
    "PHASE_WORDS",
    "Address",
    "Answer",
    "Failure",
    "FailureKind",
    "Phase",
    "Reached",
    "Redaction",
    "Resolver",
    "Retries",
    "Session",
    "TransientError",
    "TransientErrorKind",
    "UnsendableHeader",
    "UnsendableURL",
    "as_sent",
    "reach",
    "unlogged",
]


def __getattr__(name: str) -> object:
    """A name of this room, loaded when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
