"""A connection as one line of a file has it, before anything else is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from oneroster_checks.connection import SECRET_FIELDS, Connection, Credentials

from ..storage.profiles import Profile
from .problem import PlaceInFile, Remark


@dataclass(frozen=True, slots=True)
class Candidate:
    """What one line says: the name, the fields of the profile that it gives, and its secrets.

    `fields` are those of a Connection, and "tags", "answers", "district" and "moves_to"; what is not in them stays
    as it is.
    `wrong` are those that could not be read, "" where the line itself could not: then it is judged further, and never
    saved.
    """

    place: PlaceInFile
    name: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    credentials: Credentials = field(default_factory=Credentials)
    wrong: frozenset[str] = frozenset()

    @property
    def has_secrets(self) -> bool:
        """Whether the line holds any secret."""
        return any(getattr(self.credentials, each) for each in SECRET_FIELDS)

    def profile(self, before: Profile | None) -> Profile:
        """The profile that it would be, on top of the one that there is."""
        known = before or Profile(self.name, Connection())
        given = dict(self.fields)
        tags, answers = given.pop("tags", known.tags), given.pop("answers", known.answers)
        district, moves_to = given.pop("district", known.district), given.pop("moves_to", known.moves_to)
        if before is None and "oneroster" not in given:
            given["oneroster"] = _version_in(given.get("base_url", ""))
        remember = self.has_secrets or known.remember
        connection = known.connection.but(**given)
        return Profile(self.name, connection, dict(answers), remember, tags, district, moves_to)


@dataclass(slots=True)
class ReadFile:
    """What a file of connections holds: its lines that could be read, what is wrong, and what is to be known.

    `unused` are the columns that no field has, and `like_secrets` those of them that may hold secrets.
    """

    candidates: list[Candidate] = field(default_factory=list)
    troubles: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    unused: tuple[str, ...] = ()
    like_secrets: tuple[str, ...] = ()


def _version_in(base_url: str) -> str:
    """The OneRoster version that an address names, as a pasted block's is guessed."""
    from oneroster_checks.standard.addresses import versions_in

    named = [version for version in versions_in(base_url) if version in ("1.1", "1.2")]
    return named[-1] if named else Connection().oneroster
