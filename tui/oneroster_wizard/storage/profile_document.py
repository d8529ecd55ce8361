"""Writes the TOML of a profile; what a person wrote into the file, comments included, stays where it is."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any

from oneroster_checks.connection import DatedAnswer, answer_of
from oneroster_checks.urls import names_secret
from oneroster_checks.visible import safe_toml

from .profile_error import ProfileError
from .profile_file import Profile

if TYPE_CHECKING:
    from tomlkit.items import Array

HEADER = """\
# A connection of oneroster-wizard. You may edit this file; lines that are not understood are kept.
# It has no secrets: the client secret and the vendor's pair are kept in the keyring, if at all.
"""


def new_document(profile: Profile) -> str:
    """The text of a file for a profile that has none yet."""
    import tomlkit

    return HEADER + tomlkit.dumps(tables_of(profile))


def changed_document(text: str, profile: Profile) -> str:
    """The text of a profile's file with the values of the profile in it; `text` has to be valid TOML.

    What this version does not know stays, unless its name looks like that of a secret. ProfileError where that
    cannot be done: the writer nests deeper than the reader, and reads some texts otherwise.
    """
    try:
        return _changed_document(text, profile)
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError, AssertionError):
        raise ProfileError(
            "Its file has lines that could not be kept. Correct it in an editor, or save under another name."
        ) from None


def _changed_document(text: str, profile: Profile) -> str:
    import tomlkit

    document = tomlkit.parse(text)
    wanted = tables_of(profile)
    _change(document, wanted)
    for key in [key for key in document if key not in wanted and names_secret(key)]:
        del document[key]
    connection = document["connection"]
    assert isinstance(connection, MutableMapping)
    for key in [key for key in connection if key not in wanted["connection"]]:
        if key == "created" or names_secret(key):
            del connection[key]
    for name in ("answers", "answered"):
        table = document.get(name, {})
        assert isinstance(table, MutableMapping)
        for key in [key for key in table if key not in wanted.get(name, {})]:
            del table[key]
    return tomlkit.dumps(document)


def tables_of(profile: Profile) -> dict[str, Any]:
    """The tables of a profile's file, with texts that can be shown."""
    connection = profile.connection
    tables: dict[str, Any] = {
        "name": toml_text(profile.name),
        "remember": profile.remember,
        "tags": list(profile.tags),
        "district": toml_text(profile.district),
        "connection": {
            "provider": connection.provider,
            "oauth": connection.oauth,
            "oneroster": connection.oneroster,
            "base_url": toml_text(connection.base_url),
            "token_url": toml_text(connection.token_url),
            "client_id": toml_text(connection.client_id),
            "share": list(connection.share),
            "scope": toml_text(connection.scope),
            "ca_file": toml_text(connection.ca_file),
            "timeout": connection.timeout,
            "allow_plain_http": connection.allow_plain_http,
            "fixed_token": connection.fixed_token,
        },
        "answers": {question: answer_of(given) for question, given in profile.answers.items()},
    }
    days = {
        question: given.day for question, given in profile.answers.items() if isinstance(given, DatedAnswer)
    }
    if days:
        tables["answered"] = days
    if connection.created is not None:
        tables["connection"]["created"] = connection.created
    if profile.moves_to:
        # Where nothing is known of a move, a line that a person wrote stays.
        tables["moves_to"] = toml_text(profile.moves_to)
    return tables


def toml_text(value: str) -> str:
    """A text as TOML that can be shown: what would act on a terminal is written as an escape, the value is the same."""
    from tomlkit import string
    from tomlkit.items import String, StringType, Trivia

    written = safe_toml(string(value).as_string()[1:-1])
    return String(StringType.SLB, value, written, Trivia())


def _change(table: MutableMapping[str, Any], wanted: dict[str, Any]) -> None:
    """Put values into a table; one that is there already stays as it is written."""
    import tomlkit
    from tomlkit.items import Array

    for key, value in wanted.items():
        if isinstance(value, dict):
            if key not in table:
                table[key] = tomlkit.table()
            _change(table[key], value)
        elif key not in table:
            table[key] = value
        elif isinstance(value, list) and isinstance(table[key], Array):
            _change_list(table[key], value)
        elif table[key] != value:
            table[key] = value


def _change_list(array: Array, wanted: list[Any]) -> None:
    for item in [item for item in array if item not in wanted]:
        array.remove(item)
    for item in wanted:
        if item not in array:
            array.append(item)
