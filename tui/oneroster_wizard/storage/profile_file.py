"""The form of a profile on disk: a TOML file that people can read, without a secret."""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, get_args
from urllib.parse import parse_qsl, urlsplit

from oneroster_checks.connection import SHARES, Answer, Connection
from oneroster_checks.providers import providers

LONGEST_NAME = 80
HEADER = """\
# A connection of oneroster-wizard. You may edit this file; a line that is not understood is kept.
# It holds no secret: the client secret and the vendor's pair are kept in the keyring, if at all.
"""

_LONGEST_STEM = 48
_PLAIN_STEM = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")
_LIKE_A_MADE_STEM = re.compile(r"-[0-9a-f]{10}$")
# Names that Windows keeps for devices, with whatever suffix.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])")
_SECRET_PARAMETER = re.compile(
    r"(?i)secret|passw|signature|token$|^(?:key|api_?key|auth|authorization|oauth_consumer_key)$"
)
_ANSWERS: tuple[str, ...] = get_args(Answer)


class ProfileError(Exception):
    """A profile cannot be read, named or saved; the text is one clear sentence for the user."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A saved connection: its name, the connection, what the district answered by question id, and whether
    its secrets are to be remembered in the keyring."""

    name: str
    connection: Connection
    answers: dict[str, Answer] = field(default_factory=dict)
    remember: bool = False


def clean_name(name: str) -> str:
    """The name as it is kept (one Unicode form, no space around it); ProfileError when it cannot be one."""
    kept = unicodedata.normalize("NFC", name).strip()
    if not kept:
        raise ProfileError("A profile needs a name.")
    if len(kept) > LONGEST_NAME:
        raise ProfileError(
            f"The name of a profile has at most {LONGEST_NAME} characters; this has {len(kept)}."
        )
    if any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for char in kept):
        raise ProfileError("The name of a profile cannot hold line breaks, tabs or invisible characters.")
    return kept


def file_stem(name: str) -> str:
    """The file name of a profile without its suffix.

    A plain lower-case name is its own; any other gets a digest behind its readable part, so that two names
    never share a file, also where "A" and "a" are the same to the file system.
    """
    plain = len(name) <= _LONGEST_STEM and _PLAIN_STEM.fullmatch(name)
    if plain and not _LIKE_A_MADE_STEM.search(name) and not _DEVICES.fullmatch(name):
        return name
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    readable = re.sub(r"[^a-z0-9]+", "-", letters)[:_LONGEST_STEM].strip("-") or "profile"
    return f"{readable}-{hashlib.sha256(name.encode()).hexdigest()[:10]}"


def refuse_secrets(connection: Connection) -> None:
    """ProfileError when a field of the connection holds what belongs in the keyring."""
    for label, text in (
        ("base URL", connection.base_url),
        ("token URL", connection.token_url),
        ("client id", connection.client_id),
        ("CA file", connection.ca_file),
        ("scope", connection.scope),
    ):
        if "://" not in text and "@" not in text:
            continue
        try:
            parts = urlsplit(text.strip())
            pairs = [*parse_qsl(parts.query), *parse_qsl(parts.fragment)]
        except ValueError:
            if "@" in text:
                raise ProfileError(
                    f"The {label} cannot be read and may hold a password: mend it first."
                ) from None
            continue
        if "@" in parts.netloc or re.search(r":?/+[^/?#\s]*:[^/?#\s]*@|^[^/?#\s]+:[^/?#\s]*@", text):
            raise ProfileError(
                f"The {label} holds a user name or a password before the host name. Take out everything "
                "between // and @, then save: profiles keep no secrets."
            )
        named = next((name for name, value in pairs if value and _SECRET_PARAMETER.search(name)), "")
        if named:
            raise ProfileError(
                f'The {label} has the parameter "{named[:40]}", which looks like a secret. Take it out, then '
                "save: profiles keep no secrets."
            )


def as_tables(profile: Profile) -> dict[str, Any]:
    """The profile as the tables of its TOML file."""
    connection = profile.connection
    tables: dict[str, Any] = {
        "name": profile.name,
        "remember": profile.remember,
        "connection": {
            "provider": connection.provider,
            "oauth": connection.oauth,
            "oneroster": connection.oneroster,
            "base_url": connection.base_url,
            "token_url": connection.token_url,
            "client_id": connection.client_id,
            "share": list(connection.share),
            "scope": connection.scope,
            "ca_file": connection.ca_file,
            "timeout": connection.timeout,
            "allow_plain_http": connection.allow_plain_http,
        },
        "answers": dict(profile.answers),
    }
    if connection.created is not None:
        tables["connection"]["created"] = connection.created
    return tables


def merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The new tables, with the lines of the old ones that this version does not know.

    A line that looks like a secret is not carried over.
    """
    kept: dict[str, Any] = dict(new)
    for key, value in old.items():
        if key not in kept and key != "created" and not _SECRET_PARAMETER.search(key):
            kept[key] = value
    mine, theirs = new.get("connection"), old.get("connection")
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        kept["connection"] = merged(theirs, mine)
    return kept


def read_tables(text: str, *, name: str) -> tuple[Profile, dict[str, Any]]:
    """The profile in the text of a TOML file, and its tables; ProfileError with the reason otherwise.

    `name` is used when the file names none.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # Only the place is told: the reason would quote the line, and somebody may have put a secret there.
        place = re.search(r"at line \d+, column \d+|at end of document", str(error))
        raise ProfileError(f"It is not valid TOML {place.group() if place else ''}".strip() + ".") from None
    body = _typed(tables, "connection", dict, {})
    connection = Connection(
        provider=_one_of(body, "provider", tuple(entry.id for entry in providers()), "infinite-campus"),
        oauth=_one_of(body, "oauth", (1, 2), 2),
        oneroster=_one_of(body, "oneroster", ("1.1", "1.2"), "1.2"),
        base_url=_typed(body, "base_url", str, ""),
        token_url=_typed(body, "token_url", str, ""),
        client_id=_typed(body, "client_id", str, ""),
        share=_share(body),
        created=_day(body),
        scope=_typed(body, "scope", str, ""),
        ca_file=_typed(body, "ca_file", str, ""),
        timeout=_timeout(body),
        allow_plain_http=_typed(body, "allow_plain_http", bool, False),
    )
    answers = _typed(tables, "answers", dict, {})
    for question in answers:
        _one_of(answers, question, _ANSWERS, "unknown")
    remember = _typed(tables, "remember", bool, False)
    return Profile(clean_name(_typed(tables, "name", str, name)), connection, answers, remember), tables


_KIND = {str: "a text in quotes", bool: "true or false", dict: "a table"}


def _typed(table: Mapping[str, Any], key: str, kind: type, default: Any) -> Any:
    value = table.get(key, default)
    if not isinstance(value, kind):
        raise ProfileError(f'"{key}" must be {_KIND[kind]}.')
    return value


def _one_of(table: Mapping[str, Any], key: str, choices: tuple[Any, ...], default: Any) -> Any:
    value = table.get(key, default)
    if isinstance(value, bool) or value not in choices:
        raise ProfileError(f'"{key}" must be one of {", ".join(map(str, choices))}.')
    return value


def _share(table: Mapping[str, Any]) -> Any:
    value = table.get("share", ["rostering"])
    if not isinstance(value, list) or not all(isinstance(part, str) and part in SHARES for part in value):
        raise ProfileError(f'"share" must be a list with some of {", ".join(SHARES)}.')
    return tuple(part for part in SHARES if part in value)


def _day(table: Mapping[str, Any]) -> date | None:
    value = table.get("created")
    if isinstance(value, str):
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise ProfileError('"created" must be a day such as 2026-01-31.') from None
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    raise ProfileError('"created" must be a day such as 2026-01-31.')


def _timeout(table: Mapping[str, Any]) -> float:
    value = table.get("timeout", Connection().timeout)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 3600:
        raise ProfileError('"timeout" must be a number of seconds above 0, at most 3600.')
    return float(value)
