"""A trace as JSON: the chain, and the run object of the JSON report with what was found."""

from __future__ import annotations

import json

from ..tracing.model import Link, Trace
from ..visible import safe_json
from .as_json import envelope, run_object
from .redacted import redacted


def trace_json(trace: Trace) -> str:
    """The trace as a JSON document, ending in a line break."""
    document = {
        **envelope(),
        "trace": {
            "kind": trace.kind,
            "fine": trace.is_fine,
            "requests": trace.requests,
            "last_change": trace.last_change or None,
            "unread": list(trace.unread),
            "chain": _link(trace.chain) if trace.chain else None,
        },
        "run": run_object(redacted(trace.result)),
    }
    return safe_json(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def _link(link: Link) -> dict[str, object]:
    return {
        "what": link.what,
        "id": link.id or None,
        **({"name": link.name} if link.name else {}),
        "state": str(link.state),
        "told": list(link.told),
        "causes": list(link.causes),
        "below": [_link(each) for each in link.below],
    }
