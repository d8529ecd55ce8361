"""F1 on a finding: what its cause means, or what the check asks where nothing is wrong."""

from __future__ import annotations

from oneroster_checks.events import CheckInfo
from oneroster_checks.result import Said


def explained(info: CheckInfo, said: Said | None, provider: str) -> tuple[str, str]:
    """The title and the text of the window for one check."""
    if said is not None and said.finding.cause:
        from oneroster_checks.causes.explanation import explain

        try:
            return "What this cause means", explain(said.finding.cause, provider)
        except KeyError:
            pass
    lines = [info.title, "", f"What it asks: {info.asks}"]
    if said is not None:
        lines += ["", f"What it found: {said.summary}"]
    return "What this check asks", "\n".join(lines)
