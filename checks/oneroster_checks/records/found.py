"""What a rule found over all records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found over all records: `count` of `of`, a few sourcedIds, and how many of each kind."""

    count: int
    of: int
    examples: tuple[str, ...] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)
