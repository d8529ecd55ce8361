"""Names the one root cause among the findings: the earliest that explains the rest."""

from __future__ import annotations

from collections.abc import Sequence

from .finding import Finding, Status

_TOKEN_REFUSED = frozenset({"token.invalid-client", "token.unauthorized-client"})
_DATA_REFUSED = frozenset({"access.token-rejected", "access.forbidden"})
_NOT_THERE = frozenset(
    {"access.base-url-wrong", "access.login-page", "access.not-json", "payload.not-oneroster"}
)
_SIGNATURE_REFUSED = frozenset({"oauth1.rejected", "oauth1.expired"})

# A hint on the left is the root cause when one of the failures on the right is there too; the first wins.
EXPLAINS: tuple[tuple[str, frozenset[str]], ...] = (
    ("clock.skew", _SIGNATURE_REFUSED),
    ("key.unexpected-format", _TOKEN_REFUSED | _SIGNATURE_REFUSED),
    ("key.stray-characters", _TOKEN_REFUSED | _SIGNATURE_REFUSED),
    ("address.app-name-mismatch", _TOKEN_REFUSED | _DATA_REFUSED | _NOT_THERE | {"token.app-not-selected"}),
    ("address.host-mismatch", _TOKEN_REFUSED | _DATA_REFUSED | {"token.not-an-endpoint"} | _NOT_THERE),
    ("address.legacy", frozenset({"access.base-url-wrong", "access.login-page"})),
    ("year.not-active", frozenset({"sharing.rostering-off", "year.no-terms"})),
    ("payload.version-mismatch", frozenset({"payload.invalid"})),
)
# These are told on every run of their kind, so anything else says more.
_LAST = ("load.unsteady", "load.throttled", "oauth1.expires-soon", "oauth1.discontinued")


def root_cause(findings: Sequence[Finding]) -> Finding | None:
    """The finding that names the root cause, None when nothing failed and nothing warned.

    Findings come in the order of the run. A failure beats a warning, an earlier one a later one, and a
    hint that explains a failure beats it.
    """
    failures = [finding for finding in findings if finding.status is Status.FAIL and finding.cause]
    if failures:
        return _hint(findings, failures) or failures[0]
    faults = [finding for finding in findings if finding.status is Status.ERROR]
    if faults:
        return faults[0]
    warnings = [finding for finding in findings if finding.status is Status.WARN and finding.cause]
    return min(warnings, key=_late, default=None)


def explained_by(root: str) -> frozenset[str]:
    """The causes that go away with this root cause, since it explains them."""
    return next((explained for hint, explained in EXPLAINS if hint == root), frozenset())


def _hint(findings: Sequence[Finding], failures: Sequence[Finding]) -> Finding | None:
    # Only the first failure is explained: what comes later has its own reason.
    first = failures[0].cause
    for hint, explained in EXPLAINS:
        if first not in explained:
            continue
        for finding in findings:
            if finding.cause == hint and _can_be_to_blame(finding):
                return finding
    return None


def _can_be_to_blame(hint: Finding) -> bool:
    """What stood around a key was taken off before it was sent; only what is inside can be to blame."""
    return hint.cause != "key.stray-characters" or "inside" in str(hint.facts.get("what", ""))


def _late(finding: Finding) -> int:
    return _LAST.index(finding.cause) + 1 if finding.cause in _LAST else 0
