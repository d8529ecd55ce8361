"""The form of a profile on disk: its name, its file's name, and how its TOML is read; it never holds a secret."""

from __future__ import annotations

# What only reads or writes a file is imported there: the first screen lists a folder that may be empty.
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, get_args

from oneroster_checks.connection import (
    CAMPUS,
    SHARES,
    TEXT_FIELDS,
    Answer,
    Connection,
    DatedAnswer,
    DistrictAnswer,
)
from oneroster_checks.limits import (
    ADDRESS_CHARACTERS,
    LONGEST_REQUEST_S,
    SHORTEST_REQUEST_S,
    is_request_limit,
)

from ..limits import DISTRICT_CHARACTERS, FILE_STEM_CHARACTERS, PROFILE_NAME_CHARACTERS
from .one_line import one_line
from .profile_error import ProfileError
from .profile_tags import clean_tags
from .profile_toml import read_tables

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_PLAIN_STEM = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")
_LIKE_A_MADE_STEM = re.compile(r"-[0-9a-f]{10}$")
# Names that Windows keeps for devices, with whatever suffix.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])")
_ANSWERS: tuple[str, ...] = get_args(Answer)


# A longer name of a question is none, and is not repeated.
_SHOWN_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Profile:
    """A saved connection: its name, the connection, what the district answered by question id, whether its secrets
    are to be remembered in the keyring, its tags as `clean_tags` gives them, and the district's name for messages, ""
    where it is not known. `moves_to` is the name of the profile of the connection that replaces it, "" for none."""

    name: str
    connection: Connection
    answers: dict[str, DistrictAnswer] = field(default_factory=dict)
    remember: bool = False
    tags: tuple[str, ...] = ()
    district: str = ""
    moves_to: str = ""


def clean_name(name: str) -> str:
    """The name as it is kept (one Unicode form, no space around it); ProfileError when it cannot be one."""
    kept = one_line(name, "name of a profile", PROFILE_NAME_CHARACTERS)
    if not kept:
        raise ProfileError("A profile needs a name.")
    return kept


def clean_district(name: str) -> str:
    """The district's name as it is kept, "" for none; ProfileError when it cannot be one."""
    return one_line(name, "district's name", DISTRICT_CHARACTERS)


def clean_move(name: str) -> str:
    """The name of the profile that replaces one as it is kept, "" for none; ProfileError when it cannot be one."""
    return one_line(name, "name in moves_to", PROFILE_NAME_CHARACTERS)


def cleaned(profile: Profile) -> Profile:
    """The profile with its names and its tags as they are kept; ProfileError where one cannot."""
    return replace(
        profile,
        name=clean_name(profile.name),
        tags=clean_tags(profile.tags),
        district=clean_district(profile.district),
        moves_to=clean_move(profile.moves_to),
    )


def file_stem(name: str) -> str:
    """The file name of a profile without its suffix.

    A plain lower-case name is its own; any other gets a digest behind its readable part, so that two names
    never share a file, also where "A" and "a" are the same to the file system.
    """
    plain = len(name) <= FILE_STEM_CHARACTERS and _PLAIN_STEM.fullmatch(name)
    if plain and not _LIKE_A_MADE_STEM.search(name) and not _DEVICES.fullmatch(name):
        return name
    import hashlib

    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    readable = _NOT_PLAIN.sub("-", letters)[:FILE_STEM_CHARACTERS].strip("-") or "profile"
    return f"{readable}-{hashlib.sha256(name.encode()).hexdigest()[:10]}"


def refuse_long(connection: Connection) -> None:
    """ProfileError when a text of the connection is longer than any address."""
    from oneroster_checks.labels import field_label

    for name in TEXT_FIELDS:
        if len(str(getattr(connection, name))) > ADDRESS_CHARACTERS:
            raise ProfileError(f"The {field_label(name)} has more than {ADDRESS_CHARACTERS} characters.")


def refuse_secrets(connection: Connection) -> None:
    """ProfileError when a field of the connection holds what belongs in the keyring."""
    from oneroster_checks.labels import field_label
    from oneroster_checks.urls import may_hold_userinfo, readable, secret_parameter

    for name in TEXT_FIELDS:
        label, text = field_label(name), str(getattr(connection, name))
        if "://" not in text and "@" not in text:
            continue
        if may_hold_userinfo(text):
            if not readable(text):
                raise ProfileError(f"The {label} is unreadable and may contain a password: correct it.")
            raise ProfileError(
                f"The {label} has a user name or a password before the host name. Remove everything "
                f"between // and @, then save: profiles keep no secrets."
            )
        named = secret_parameter(text)
        if named:
            raise ProfileError(
                f'The {label} has the parameter "{named[:40]}", which looks like a secret. Remove it, then '
                "save: profiles keep no secrets."
            )


def read_profile(text: str, *, name: str) -> Profile:
    """The profile in the text of a TOML file; ProfileError with the reason when there is none.

    `name` is used when the file names none.
    """
    return profile_of(read_tables(text), name=name)


def profile_of(tables: Mapping[str, Any], *, name: str) -> Profile:
    """The profile in the tables of a TOML file, as `read_profile` gives it."""
    from oneroster_checks.providers import providers

    body = _typed(tables, "connection", dict, {})
    if _typed(body, "fixed_token", bool, False) and body.get("oauth", 2) == 1:
        raise ProfileError('"fixed_token" goes with "oauth" 2 only.')
    connection = Connection(
        provider=_one_of(body, "provider", tuple(entry.id for entry in providers()), CAMPUS),
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
        fixed_token=_typed(body, "fixed_token", bool, False),
    )
    refuse_long(connection)
    answers = _answers(tables)
    remember = _typed(tables, "remember", bool, False)
    kept = clean_name(_typed(tables, "name", str, name))
    district = clean_district(_typed(tables, "district", str, ""))
    moves_to = clean_move(_typed(tables, "moves_to", str, ""))
    return Profile(kept, connection, answers, remember, _tags(tables), district, moves_to)


def _answers(tables: Mapping[str, Any]) -> dict[str, DistrictAnswer]:
    """The answers by question; one whose day stands in the table "answered" has it."""
    answers = _typed(tables, "answers", dict, {})
    days = _typed(tables, "answered", dict, {})
    found: dict[str, DistrictAnswer] = {}
    for question in answers:
        answer: Answer = _one_of(answers, question, _ANSWERS, "unknown")
        day = days.get(question)
        if question in days and type(day) is not date:
            raise ProfileError('"answered" must have a day such as 2026-01-31 for each question.')
        found[question] = answer if day is None else DatedAnswer(answer, day)
    return found


_KIND = {str: "a text in quotes", bool: "true or false", dict: "a table"}


def _typed(table: Mapping[str, Any], key: str, kind: type, default: Any) -> Any:
    value = table.get(key, default)
    if not isinstance(value, kind):
        raise ProfileError(f'"{key}" must be {_KIND[kind]}.')
    return value


def _one_of(table: Mapping[str, Any], key: str, choices: tuple[Any, ...], default: Any) -> Any:
    value = table.get(key, default)
    if not any(type(value) is type(choice) and value == choice for choice in choices):
        named = f'"{key}"' if len(key) <= _SHOWN_CHARACTERS and key.isprintable() else "An answer"
        raise ProfileError(f"{named} must be one of {', '.join(map(str, choices))}.")
    return value


def _share(table: Mapping[str, Any]) -> Any:
    value = table.get("share", ["rostering"])
    if not isinstance(value, list) or not all(isinstance(part, str) and part in SHARES for part in value):
        raise ProfileError(f'"share" must be a list of any of {", ".join(SHARES)}.')
    return tuple(part for part in SHARES if part in value)


def _tags(tables: Mapping[str, Any]) -> tuple[str, ...]:
    value = tables.get("tags", [])
    if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
        raise ProfileError('"tags" must be a list of texts in quotes, such as ["texas", "pilot"].')
    return clean_tags(value)


def _day(table: Mapping[str, Any]) -> date | None:
    from oneroster_checks.days import DayProblem, read_day

    value = table.get("created")
    if isinstance(value, str):
        read = read_day(value)
        # A day to come can be saved after a warning, so it can be read again.
        if read.problem in (None, DayProblem.IN_THE_FUTURE):
            return read.day
    elif isinstance(value, datetime):
        return value.date()
    elif value is None or isinstance(value, date):
        return value
    raise ProfileError('"created" must be a day such as 2026-01-31.')


def _timeout(table: Mapping[str, Any]) -> float:
    value = table.get("timeout", Connection().timeout)
    if not is_request_limit(value):
        raise ProfileError(
            f'"timeout" must be a number of seconds from {SHORTEST_REQUEST_S:g} to {LONGEST_REQUEST_S:g}.'
        )
    return float(value)
