"""Asking a person at the terminal for a secret that is missing: nothing of it is seen, and it is kept nowhere."""

from __future__ import annotations

import sys
from dataclasses import replace

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.labels import capitalized, field_label

from ..environment import SECRET_VARIABLES, missing_secret
from ..limits import PROMPT_BYTES
from ..terminal_features import is_terminal
from .console import ask_hidden
from .errors import CommandLineError
from .secret_options import SECRET_OPTIONS


def can_ask() -> bool:
    """Whether a person sits at standard input."""
    return is_terminal(sys.stdin)


def completed(credentials: Credentials, connection: Connection) -> Credentials:
    """Secrets with what is missing asked for; CommandLineError where nobody can be asked, or nothing is entered."""
    missing = missing_secret(credentials)
    while missing:
        if not can_ask():
            raise CommandLineError(_missing_words(missing, connection))
        credentials = replace(credentials, **{missing: asked_for(missing, connection)})
        missing = missing_secret(credentials)
    return credentials


def asked_for(field: str, connection: Connection, profile: str = "") -> Secret:
    """The secret of a field, as a person enters it at a prompt that says what it is, and which host gets it.

    CommandLineError when nothing is entered, or the terminal would show it.
    """
    label = field_label(field, fixed_token=connection.fixed_token)
    try:
        typed = ask_hidden(f"{_question(field, label, connection, profile)} (hidden): ")
    except EOFError:
        typed = ""
    except OSError:
        raise CommandLineError(f"This terminal would show what you type. {_in_a_script(field)}") from None
    if not typed.strip():
        raise CommandLineError(f"No {label} was entered. {_in_a_script(field)}")
    if len(typed.encode(errors="replace")) >= PROMPT_BYTES:
        # The terminal drops the rest of a longer line without a word.
        raise CommandLineError(f"The {label} is too long to be typed in. {_in_a_script(field)}")
    return Secret(typed)


def _question(field: str, label: str, connection: Connection, profile: str) -> str:
    """What is asked for, whose it is, and who gets it."""
    host = _host(field, connection)
    if field != "client_secret":
        # The vendor's own pair is the same for every district.
        return f"Your {label} for the grade book{f' at {host}' if host else ''}"
    owner = f"the profile “{profile}”" if profile else connection.client_id.strip()
    return f"{capitalized(label)}{f' of {owner}' if owner else ''}{f' for {host}' if host else ''}"


def _host(field: str, connection: Connection) -> str:
    """The host that gets it; "" where its address names none."""
    from oneroster_checks.target import make_target

    target = make_target(connection, Credentials())
    asks_for_token = field == "client_secret" and connection.requests_token
    return target.token_place.host if asks_for_token else target.base_place.host


def _in_a_script(field: str) -> str:
    return (
        f"Give {SECRET_OPTIONS[field]} COMMAND instead, or set {SECRET_VARIABLES[field]} in the environment."
    )


def _missing_words(field: str, connection: Connection) -> str:
    if field == "client_secret":
        label = field_label(field, fixed_token=connection.fixed_token)
        return (
            f"The {label} is missing. Run this in a terminal to be asked for it, give {SECRET_OPTIONS[field]} COMMAND, "
            f"or set {SECRET_VARIABLES[field]} in the environment."
        )
    return (
        f"One half of the vendor's pair is missing: set {SECRET_VARIABLES[field]} or give {SECRET_OPTIONS[field]} too, "
        "or neither."
    )
