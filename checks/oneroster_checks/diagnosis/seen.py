"""What a run saw of the server beside its data."""

from __future__ import annotations

from statistics import median

from ..changes.limits import ISSUER_CHARACTERS
from ..changes.model import Observed
from ..http.products import product_in
from ..redaction.shown import shown_observed
from ..stages.context import RunContext


def observed(run: RunContext, previous: Observed | None = None) -> Observed:
    """What this run saw, without what the redaction hides; from the `previous` one what this one did not see."""
    earlier = previous or Observed()
    certificate = run.certificate
    scopes = tuple(sorted(set(run.scope_given.split())))
    answered = [each.elapsed_ms for each in run.data_requests() if each.status is not None]
    now = Observed(
        certificate_ends=certificate.ends if certificate else None,
        certificate=run.redactor.said((certificate.issuer[:ISSUER_CHARACTERS],)) if certificate else "",
        server=_server(run),
        scopes=scopes,
        year_ends=run.year_ends or earlier.year_ends,
        median_ms=round(median(answered)) if answered else earlier.median_ms,
    )
    seen = shown_observed(now, run.redactor)
    return Observed(
        # A certificate is seen as a whole.
        certificate_ends=seen.certificate_ends if certificate else earlier.certificate_ends,
        certificate=seen.certificate if certificate else earlier.certificate,
        server=seen.server or earlier.server,
        scopes=seen.scopes if run.token else earlier.scopes,
        year_ends=seen.year_ends,
        median_ms=seen.median_ms,
    )


def _server(run: RunContext) -> str:
    """The product that answered with data; where none did, the one that answered in its place."""
    readings = sorted(run.readings.values(), key=lambda each: not each.good)
    found = (product_in(each.answer.headers.get("server", "")) for each in readings)
    return next(filter(None, found), "")
