"""Profiles as one TOML document, to hand on: how it is written, and how it is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from oneroster_checks.connection import Connection
from oneroster_checks.urls import names_secret

from ..limits import IMPORT_LINES, IMPORT_VALUES
from ..storage.profile_document import tables_of
from ..storage.profile_error import ProfileError
from ..storage.profile_file import Profile, profile_of
from ..storage.profile_toml import read_tables
from .candidate import Candidate, ReadFile
from .problem import FileProblem, PlaceInFile, Remark

_ARRAY = "profile"
_FIELDS = frozenset(each.name for each in fields(Connection))
HEADER = """\
# Connections of oneroster-wizard, without their secrets. To import them:
# oneroster-wizard profiles import FILE.toml
"""


def document_of(profiles: Iterable[Profile]) -> str:
    """One TOML document with these profiles; whether secrets are kept on this computer is not among it."""
    import tomlkit

    parts = [HEADER.rstrip()]
    for profile in profiles:
        tables = tables_of(profile)
        connection, answers = tables.pop("connection"), tables.pop("answers")
        days = tables.pop("answered", {})
        del tables["remember"]
        parts += ["", f"[[{_ARRAY}]]", tomlkit.dumps(tables).rstrip()]
        parts += ["", f"[{_ARRAY}.connection]", tomlkit.dumps(connection).rstrip()]
        if answers:
            parts += ["", f"[{_ARRAY}.answers]", tomlkit.dumps(answers).rstrip()]
        if days:
            parts += ["", f"[{_ARRAY}.answered]", tomlkit.dumps(days).rstrip()]
    return "\n".join(parts) + "\n"


def read_document(content: bytes) -> ReadFile:
    """The connections of a TOML document, or the one of a profile's own file; FileProblem when it has none."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise FileProblem("The file is not UTF-8 text. Save it as UTF-8, then import it.") from None
    try:
        tables = read_tables(text, IMPORT_VALUES)
    except ProfileError as error:
        raise FileProblem(str(error)) from None
    every = [tables] if "connection" in tables else tables.get(_ARRAY, [])
    if not isinstance(every, list) or not every or not all(isinstance(each, dict) for each in every):
        raise FileProblem(f"The file has no connection. Each begins with a line [[{_ARRAY}]].")
    if len(every) > IMPORT_LINES:
        raise FileProblem(f"The file has more than {IMPORT_LINES:,} profiles. Import it in several parts.")
    found = ReadFile()
    for number, each in enumerate(every, 1):
        place = PlaceInFile(number, f"Profile {number}")
        try:
            found.candidates.append(_candidate(each, place))
        except ProfileError as error:
            found.troubles.append(Remark(place, "", str(error)))
    return found


def _candidate(tables: dict[str, Any], place: PlaceInFile) -> Candidate:
    inner = tables.get("connection")
    keys = {*tables, *(inner if isinstance(inner, dict) else ())}
    if any(map(names_secret, keys - _FIELDS)):
        raise ProfileError(
            "It has a line named like a secret. Remove it: secrets come from a CSV file, or are typed in the "
            "wizard."
        )
    profile = profile_of(tables, name="")
    given = {name: getattr(profile.connection, name) for name in _FIELDS}
    own = ("tags", "answers", "district", "moves_to")
    given |= {name: getattr(profile, name) for name in own}
    return Candidate(place, profile.name, given)
