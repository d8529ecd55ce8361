"""F1 on a check: what its cause means, or what the check asks where nothing is wrong."""

from __future__ import annotations

from oneroster_checks.events import CheckInfo
from oneroster_checks.result import ReportedFinding
from oneroster_checks.visible import visible


def check_help(info: CheckInfo, reported: ReportedFinding | None, provider: str) -> tuple[str, str]:
    """The title and the text of the dialog for one check; `provider` is whose steps to show."""
    if reported is not None and reported.finding.cause:
        from oneroster_checks.causes.explanation import explain
        from oneroster_checks.errors import UnknownCause

        try:
            return "What this cause means", explain(reported.finding.cause, provider)
        except UnknownCause:
            pass
    lines = [info.title, "", f"What it checks: {info.description}"]
    if reported is not None and reported.says_more:
        lines += ["", f"What it found: {visible(reported.summary)}"]
    return "What this check is for", "\n".join(lines)
