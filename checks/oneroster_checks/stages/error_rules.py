"""How a refusal is judged: of a sourcedId that does not exist, and of a stranger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..finding import FactDict
from ..standard.errors import in_standard_form
from .context import RunContext
from .model import Outcome, known, passed, skipped, warned

if TYPE_CHECKING:
    from ..client.reading import Reading
    from ..http.answer import Answer

# What a server, or what is in front of it, says to any request while it is busy, or of the token alone.
_OF_NO_RECORD = frozenset({401, 403, 408, 429, 502, 503, 504})


def judged_unknown(reading: Reading, path: str) -> Outcome:
    """The outcome for the answer to a request for a record of a collection that does not exist."""
    from ..client.reading import Kind

    answer = reading.answer
    if answer.status is None:
        return skipped("the request got no answer", answer.evidence)
    if answer.status in _OF_NO_RECORD or reading.kind in (
        Kind.REDIRECT,
        Kind.LOGIN_PAGE,
        Kind.MAINTENANCE,
        Kind.THROTTLED,
    ):
        return skipped(f"the request with an unknown sourcedId failed ({reading.kind})", answer.evidence)
    facts: FactDict = {"path": f"{path}/{{sourcedId}}", "status": answer.status}
    if answer.status < 400:
        detail = "a status of success for a sourcedId that does not exist"
        return warned("error.shape", answer.evidence, **facts | {"detail": detail})
    if not in_standard_form(answer.document):
        return warned("error.shape", answer.evidence, **known({**facts, "detail": _what(answer)}))
    return passed(answer.evidence)


def _what(answer: Answer) -> str:
    return "it has no body" if answer.content.is_blank else ""


def refuses_stranger(run: RunContext, reading: Reading) -> bool:
    """Whether a stranger was refused: by an answer, and not by a server that is busy, broken or silent."""
    from ..client.reading import Kind

    if reading.kind is Kind.EMPTY:
        # Where the key gets no records either, it shows nothing.
        return bool(run.rows(reading.path))
    return reading.kind not in (Kind.THROTTLED, Kind.SERVER_ERROR, Kind.MAINTENANCE, Kind.SILENT)
