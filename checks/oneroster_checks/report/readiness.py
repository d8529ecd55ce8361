"""What a move will take, from the old connection alone, as text and as JSON."""

from __future__ import annotations

import json
import textwrap

from ..connection import Connection
from ..moving.readiness import Readiness
from ..visible import safe_json, visible
from .as_json import envelope
from .redacted import shown_fields
from .text import WIDTH
from .text_style import UNMARKED, TextStyle

_CHANGES = "What OneRoster 1.2 changes"
_SOFTWARE = "What your software must do"
_CHECKLIST = "Up to the switch day, and on it"


def readiness_text(
    found: Readiness, name: str, connection: Connection, *, width: int = WIDTH, style: TextStyle = UNMARKED
) -> str:
    """It as plain text, ending in a line break, wrapped at `width` columns."""
    lines = [
        f"Old: {visible(name)} · {shown_fields(connection).base_url}",
        "",
        *_wrapped(found.ending, width, ""),
    ]
    lines += ["Nothing was requested for this."]
    for heading, sentences in ((_CHANGES, found.changes), (_SOFTWARE, found.software)):
        lines += ["", style.heading(heading)] if sentences else []
        lines += [line for sentence in sentences for line in _wrapped(sentence, width, "  - ")]
    lines += ["", style.heading(_CHECKLIST)] if found.checklist else []
    for number, step in enumerate(found.checklist, 1):
        lines += _wrapped(str(step), width, f"{number:>3}. ")
    return "\n".join(lines) + "\n"


def _wrapped(text: str, width: int, mark: str) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=mark, subsequent_indent=" " * len(mark), break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def readiness_json(found: Readiness, name: str, connection: Connection) -> str:
    """It as one JSON document, ending in a line break."""
    document = {
        **envelope(),
        "readiness": {
            "profile": name,
            "base_url": shown_fields(connection).base_url,
            "expires": found.expires.isoformat() if found.expires else None,
            "ending": found.ending,
            "changes": list(found.changes),
            "software": list(found.software),
            "checklist": [str(step) for step in found.checklist],
        },
    }
    return safe_json(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"
