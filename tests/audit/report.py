"""What pip-audit found, read so that a package which nobody looked up is not taken for a safe one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Nothing known is wrong; a weakness is known; not every package could be looked up.
SAFE, WEAK, UNKNOWN = 0, 1, 2
_NAMED = 5


@dataclass(frozen=True)
class Audit:
    """The packages that were looked up, those that could not be with the reason, and the weaknesses, one line each."""

    audited: tuple[str, ...]
    skipped: Mapping[str, str]
    weak: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """SAFE, WEAK or UNKNOWN; a weakness counts most."""
        if self.weak:
            return WEAK
        return UNKNOWN if self.skipped or not self.audited else SAFE

    def __str__(self) -> str:
        lines = [*self.weak]
        if not self.audited:
            lines.append(
                "The advisory service could not be reached, so nothing was audited. Run this where the package index "
                "can be reached, with its advisories: a mirror has none."
            )
        elif self.skipped:
            named = ", ".join(sorted(self.skipped)[:_NAMED])
            lines.append(
                f"{len(self.skipped)} packages could not be audited: {named}{', …' * (len(self.skipped) > _NAMED)}."
            )
        if self.skipped:
            lines.append(f"The first reason: {next(iter(self.skipped.values()))}.")
        known = f"{len(self.weak)} known weaknesses" if self.weak else "no known weakness"
        if self.audited:
            lines.append(f"Audited: {len(self.audited)} packages of constraints.txt, {known} in them.")
        return "\n".join(lines)


def read(text: str) -> Audit:
    """The report that pip-audit writes as JSON; for anything else, an audit of nothing."""
    try:
        packages: list[dict[str, Any]] = json.loads(text)["dependencies"]
    except (ValueError, TypeError, KeyError):
        return Audit((), {}, ())
    skipped = {each["name"]: each["skip_reason"] for each in packages if "skip_reason" in each}
    looked_up = [each for each in packages if "skip_reason" not in each]
    weak = [
        f"{each['name']} {each['version']}: {found['id']}, "
        f"fixed in {', '.join(found['fix_versions']) or 'no version yet'}"
        for each in looked_up
        for found in each["vulns"]
    ]
    return Audit(tuple(each["name"] for each in looked_up), skipped, tuple(weak))
