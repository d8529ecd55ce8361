"""The client of a OneRoster service: how requests are authorized, sent, and their answers read.

It knows the standard and OAuth, and no check. The way in, all over one `http.Session` and one `Target`:

- `DataClient` asks for collections and records and gives `Reading`s, each with its `Kind`; its `authorizer`
  is a `Bearer` token, a `Signed` request of OAuth 1, or `Anonymous`.
- `TokenClient` sends one token request in a `TokenForm` and gives a `TokenAnswer` with its `TokenMeaning`.

Which forms are tried, and what an answer means for the diagnosis, is for the stages.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .authorization import Anonymous, Authorizer, Bearer, Signed
    from .data import VENDOR_HEADER, DataClient
    from .oauth1 import METHODS, SignatureMethod
    from .oauth2 import TokenClient
    from .overcome import TransientErrorListener
    from .reading import GOOD, REFUSED, Kind, Reading, same_host
    from .token_answer import Token, TokenAnswer, TokenForm, TokenMeaning

_HOMES = {
    "Anonymous": "authorization",
    "Authorizer": "authorization",
    "Bearer": "authorization",
    "Signed": "authorization",
    "VENDOR_HEADER": "data",
    "DataClient": "data",
    "METHODS": "oauth1",
    "SignatureMethod": "oauth1",
    "TokenClient": "oauth2",
    "TransientErrorListener": "overcome",
    "GOOD": "reading",
    "REFUSED": "reading",
    "Kind": "reading",
    "Reading": "reading",
    "same_host": "reading",
    "Token": "token_answer",
    "TokenAnswer": "token_answer",
    "TokenForm": "token_answer",
    "TokenMeaning": "token_answer",
}
__all__ = [
    "GOOD",
    "METHODS",
    "REFUSED",
    "VENDOR_HEADER",
    "Anonymous",
    "Authorizer",
    "Bearer",
    "DataClient",
    "Kind",
    "Reading",
    "SignatureMethod",
    "Signed",
    "Token",
    "TokenAnswer",
    "TokenClient",
    "TokenForm",
    "TokenMeaning",
    "TransientErrorListener",
    "same_host",
]


def __getattr__(name: str) -> object:
    """A name of this room, loaded when it is first asked for: with the data client comes the HTTP library."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
