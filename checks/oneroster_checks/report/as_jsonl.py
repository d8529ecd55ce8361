"""The JSON report as lines: one object for each run, complete in itself, so that runs can be told as they end."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..result import Result
from ..visible import safe_json
from .as_json import envelope, run_object


def render(results: Sequence[Result]) -> str:
    """One line of JSON for each run, each ending in a line break; "" for none."""
    return "".join(
        f"{safe_json(json.dumps({**envelope(), **run_object(result)}, ensure_ascii=False))}\n"
        for result in results
    )
