"""What a token URL makes of its own honest answer: other fields, or only with or without a scope."""

from __future__ import annotations

import json
from dataclasses import replace

from ...servers import Reply, Request
from .district import Change


def without_scope(reply: Reply) -> Change:
    """Said to whoever asks without a scope."""
    return lambda request, honest: honest if request.form.get("scope") else reply


def with_scope(reply: Reply) -> Change:
    """Said to whoever asks with a scope."""
    return lambda request, honest: reply if request.form.get("scope") else honest


def renewed(**changes: object) -> Change:
    """The honest answer with some fields of its JSON changed; None takes a field away."""

    def change(request: Request, reply: Reply) -> Reply:
        if reply.status != 200:
            return reply
        document = {**json.loads(reply.body), **changes}
        kept = {name: value for name, value in document.items() if value is not None}
        return replace(reply, body=json.dumps(kept).encode())

    return change
