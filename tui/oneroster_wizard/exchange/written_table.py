"""Profiles as a CSV table, to hand on: no cell acts in a spreadsheet, and each comes back as it was."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from urllib.parse import quote

from oneroster_checks.connection import Connection, DatedAnswer, DistrictAnswer

from ..storage.profile_file import Profile
from .answer_cells import ON_DAY
from .cells import NO, NO_DATA, TEXTS, YES, read_cell
from .columns import WRITTEN, title_of
from .marks import acts_in_a_spreadsheet, marked
from .problem import CellProblem

# By this mark at the beginning of a file, a spreadsheet knows it as UTF-8.
MARK = "\ufeff"


def table_of(profiles: Iterable[Profile]) -> str:
    """A table with a line of titles and one line for each profile; it holds no secret."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(map(title_of, WRITTEN))
    for profile in profiles:
        writer.writerow(_cell(name, _text(name, profile)) for name in WRITTEN)
    return text.getvalue()


def _cell(name: str, text: str) -> str:
    """A text as a cell: marked where it would act, or would not be read back as it is."""
    if acts_in_a_spreadsheet(text) or (name in TEXTS and not _comes_back(name, text)):
        return marked(text)
    return text


def _comes_back(name: str, text: str) -> bool:
    try:
        return read_cell(name, text, []).get(name) == text
    except CellProblem:
        return False


def _text(name: str, profile: Profile) -> str:
    connection = profile.connection
    if name == "name":
        return profile.name
    if name == "tags":
        return ", ".join(profile.tags)
    if name in ("district", "moves_to"):
        return str(getattr(profile, name))
    if name == "answers":
        return "; ".join(
            f"{quote(question, safe='')}={_answer(given)}" for question, given in profile.answers.items()
        )
    if name == "share":
        return ", ".join(connection.share) or NO_DATA
    if name == "created":
        return connection.created.isoformat() if connection.created else ""
    if name == "timeout":
        return _seconds(connection)
    value = getattr(connection, name)
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)


def _seconds(connection: Connection) -> str:
    short = f"{connection.timeout:g}"
    return short if float(short) == connection.timeout else repr(connection.timeout)


def _answer(given: DistrictAnswer) -> str:
    return f"{given.answer}{ON_DAY}{given.day.isoformat()}" if isinstance(given, DatedAnswer) else given
