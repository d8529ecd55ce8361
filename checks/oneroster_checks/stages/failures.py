"""What a failure of the network means: its cause in the catalogue and the facts that its sentences need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..evidence import Evidence
from ..finding import FactDict
from ..urls import Place
from .model import Outcome, failed, known

if TYPE_CHECKING:
    from ..http.answer import Failure


def cause_of(failure: Failure) -> str:
    """The cause of the catalogue behind a failure."""
    return failure.cause


def facts_of(failure: Failure, evidence: Evidence, place: Place) -> FactDict:
    """The facts of a failure at a host and port."""
    return known(
        {
            "host": place.host,
            "port": place.port,
            "detail": failure.detail,
            "phase": failure.phase,
            "seconds": round(evidence.elapsed_ms / 1000, 1),
            **failure.facts,
        }
    )


def failed_by(
    failure: Failure, evidence: Evidence, place: Place, *more: Evidence, field: str = ""
) -> Outcome:
    """The outcome of a check whose request got no answer; `field` is the field that holds the address."""
    facts = facts_of(failure, evidence, place)
    return failed(cause_of(failure), *more, evidence, **facts, **known({"field": field}))
