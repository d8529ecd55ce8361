"""The HTTP servers of the tests: real ones, on loopback, that do exactly what a test says.

`server.py` is the server, `request.py` what it hears, `reply.py` what it says, `certificates.py` its TLS, and
`relay.py` a relay in front of another server.
"""

from __future__ import annotations

from .reply import Reply, html_reply, json_reply, reply, text_reply, token_reply
from .request import Request
from .server import Answer, Answers, LoopServer, Pieces

__all__ = [
    "Answer",
    "Answers",
    "LoopServer",
    "Pieces",
    "Reply",
    "Request",
    "html_reply",
    "json_reply",
    "reply",
    "text_reply",
    "token_reply",
]
