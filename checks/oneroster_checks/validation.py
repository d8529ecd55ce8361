"""Whether a connection can be run at all: the kinds and choices of its fields, not what they say."""

from __future__ import annotations

from datetime import date, datetime
from typing import get_args

from .connection import (
    SECRET_FIELDS,
    SHARES,
    TEXT_FIELDS,
    Connection,
    Credentials,
    OAuthVersion,
    OneRosterVersion,
    Secret,
)
from .errors import InvalidConnection
from .labels import field_label
from .limits import LONGEST_REQUEST_S, SHORTEST_REQUEST_S, is_request_limit
from .providers import provider


def validate(connection: Connection, credentials: Credentials) -> None:
    """InvalidConnection, or UnknownProvider, with one sentence when a field has a value that cannot be.

    Types are checked too, since a connection may come from a program without a type checker. No sentence
    repeats a value of the credentials.
    """
    _of_kind("connection", connection, Connection)
    _of_kind("credentials", credentials, Credentials)
    for name in ("provider", *TEXT_FIELDS):
        if not isinstance(getattr(connection, name), str):
            raise InvalidConnection(f"The {field_label(name)} is not text.")
    provider(connection.provider)
    for name in SECRET_FIELDS:
        secret: object = getattr(credentials, name)
        if not isinstance(secret, Secret) or not _is_text(secret.reveal()):
            raise InvalidConnection(f"The {field_label(name)} must be a Secret with text.")
    _one_of("oauth", connection.oauth, get_args(OAuthVersion))
    _one_of("oneroster", connection.oneroster, get_args(OneRosterVersion))
    share: object = connection.share
    if not isinstance(share, tuple) or not all(_is_text(part) and part in SHARES for part in share):
        raise InvalidConnection(f"The {field_label('share')} is not a tuple of {', '.join(SHARES)}.")
    created: object = connection.created
    if created is not None and (not isinstance(created, date) or isinstance(created, datetime)):
        raise InvalidConnection(f"The {field_label('created')} is not a date.")
    if not is_request_limit(connection.timeout):
        raise InvalidConnection(
            f"The {field_label('timeout')} must be a number of seconds from {SHORTEST_REQUEST_S:g} to "
            f"{LONGEST_REQUEST_S:g}."
        )
    _one_of("allow_plain_http", connection.allow_plain_http, (True, False))
    _one_of("fixed_token", connection.fixed_token, (True, False))
    if connection.fixed_token and connection.oauth == 1:
        raise InvalidConnection(
            f"The {field_label('fixed_token')} goes with OAuth 2 only; OAuth 1 signs each request instead."
        )


def _of_kind(name: str, value: object, kind: type) -> None:
    if not isinstance(value, kind):
        raise InvalidConnection(f"The {name} must be given as {kind.__name__}(…).")


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _one_of(name: str, value: object, choices: tuple[object, ...]) -> None:
    # True is 1 and 2.0 is 2 in a comparison, but neither is the choice.
    if not any(_is_choice(value, each) for each in choices):
        raise InvalidConnection(f"The {field_label(name)} must be one of {', '.join(map(str, choices))}.")


def _is_choice(value: object, choice: object) -> bool:
    alike = isinstance(value, type(choice)) and isinstance(value, bool) is isinstance(choice, bool)
    return alike and value == choice
