"""The text of one cell as the value of its field, cleaned as a pasted block is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from oneroster_checks.connection import SECRET_FIELDS, SHARES
from oneroster_checks.days import DayProblem, read_day
from oneroster_checks.labels import PARTS
from oneroster_checks.limits import LONGEST_REQUEST_S, SHORTEST_REQUEST_S, is_request_limit
from oneroster_checks.paste.collected_fields import CollectedFields, says_nothing
from oneroster_checks.paste.values import URL, day_in
from oneroster_checks.providers import providers
from oneroster_checks.standard.keys import clean_key, clean_token
from oneroster_checks.visible import taken_out

from ..storage.profile_error import ProfileError
from ..storage.profile_file import clean_district, clean_move, clean_name
from ..storage.profile_tags import tags_in
from .answer_cells import answers_in
from .marks import unmarked
from .problem import CellProblem, label_of_field

# What stands in a cell for no data at all, which an empty cell does not say.
NO_DATA = "none"
YES, NO = "yes", "no"
_YES, _NO = frozenset({YES, "y", "true", "1", "x"}), frozenset({NO, "n", "false", "0"})
_FORMULA = re.compile(r"\A=\s*+[A-Za-z.]++[(|]")
_CELL_ERROR = re.compile(r"#(?:REF!|NAME\?|N/A|VALUE!|DIV/0!|NULL!|NUM!|#++)")
_ROUNDED = re.compile(r"[0-9](?:[.,][0-9]++)?E\+[0-9]{2,3}")
_BREAKS = str.maketrans("\r\n\t", "   ")
# What an empty cell leaves as it is: a guess, or what the profile has.
_GUESSED = ("provider", "oauth", "oneroster", "share", "timeout", "fixed_token", "allow_plain_http")
# The texts that a mark keeps as they are.
TEXTS = ("name", "base_url", "token_url", "client_id", "scope", "district", "ca_file", "moves_to")


def read_cell(name: str, cell: str, notes: list[str], *, fixed_token: bool = False) -> dict[str, Any]:
    """The fields that the cell in the column of a field gives: none, that one, or the two halves of a pair.

    What was corrected is added to `notes`. CellProblem when the text cannot be a value.
    """
    text = unmarked(cell)
    if text is None:
        _refuse_spreadsheet(cell.strip())
    if text is not None and name in TEXTS:
        return {name: _NAMES[name](text) if name in _NAMES else text}
    text = cell if text is None else text
    if name in SECRET_FIELDS:
        return _secret(name, text, notes, fixed_token)
    if name == "vendor_pair":
        return _pair(text, notes)
    if not text.strip() and name in _GUESSED:
        return {}
    try:
        return {name: _READERS[name](text, notes)}
    except ProfileError as error:
        raise CellProblem(str(error)) from None


def _refuse_spreadsheet(text: str) -> None:
    """CellProblem for what only a spreadsheet means: a formula, an error, a number that it has rounded."""
    if _FORMULA.match(text):
        raise CellProblem("This is a formula. Enter its result as text.")
    if _CELL_ERROR.fullmatch(text):
        raise CellProblem("This is a spreadsheet error. Enter the value itself.")
    if _ROUNDED.fullmatch(text):
        raise CellProblem(
            "The spreadsheet made this a rounded number. Set the column to Text, then enter the value again."
        )


def _name(text: str, notes: list[str]) -> str:
    if not text.strip():
        raise CellProblem("Give the connection a name.")
    if URL.search(text):
        raise CellProblem("This is an address. Give the connection a name.")
    kept = " ".join(taken_out(text).split())
    if kept != text.strip():
        notes.append("Line breaks, double spaces and invisible characters were removed.")
    return _named(kept)


def _cleaned(clean: Callable[[str], str]) -> Callable[[str], str]:
    """What judges a name as `clean` does, with the problem as one of a cell."""

    def cleaned(text: str) -> str:
        try:
            return clean(text)
        except ProfileError as error:
            raise CellProblem(str(error)) from None

    return cleaned


_named, _district_named, _move_named = map(_cleaned, (clean_name, clean_district, clean_move))


def _address(name: str) -> Callable[[str, list[str]], str]:
    def read(text: str, notes: list[str]) -> str:
        clean = clean_key(text)
        if says_nothing(clean.text):
            return ""
        if clean.strange:
            notes.append(f"Removed: {clean.strange}.")
        collected = CollectedFields()
        collected.take("token_url" if name == "token_url" else "base_url", clean.text)
        found = collected.values.get(name, "")
        if not URL.match(found):
            raise CellProblem("This is not an address. Enter it in full, starting with https://.")
        notes += collected.notes
        if not collected.notes and len(clean.text.split()) > 1:
            notes.append("Only the first address in it was used.")
        return found

    return read


def _key(name: str, text: str, notes: list[str], *, token: bool = False) -> str:
    """A key or a secret: one word as it is typed in the wizard, several as behind the label of a pasted block."""
    clean = clean_token(text) if token else clean_key(text)
    if says_nothing(clean.text):
        return ""
    if clean.strange:
        notes.append(f"There were {clean.strange}.")
    if len(clean.text.split()) == 1:
        return clean.text
    collected = CollectedFields()
    collected.take("client_id" if name == "client_id" else "client_secret", clean.text)
    value = collected.values.get("client_id" if name == "client_id" else "client_secret", "")
    if not value:
        raise CellProblem(f"This does not look like a {label_of_field(name)}. Enter only that.")
    notes += [note for note in collected.notes if note not in notes]
    return value


def _secret(name: str, text: str, notes: list[str], fixed_token: bool) -> dict[str, Any]:
    value = _key(name, text, notes, token=fixed_token and name == "client_secret")
    if URL.match(value):
        raise CellProblem(f"This is an address, not a {label_of_field(name)}.")
    return {name: value} if value else {}


def _pair(text: str, notes: list[str]) -> dict[str, Any]:
    clean = clean_key(text)
    if says_nothing(clean.text):
        return {}
    collected = CollectedFields()
    collected.take("vendor_pair", clean.text)
    if not all(collected.values.get(half) for half in ("vendor_key", "vendor_secret")):
        raise CellProblem("Enter the vendor key, a colon, and the vendor secret.")
    return dict(collected.values)


def _client_id(text: str, notes: list[str]) -> str:
    return _key("client_id", text, notes)


def _scope(text: str, notes: list[str]) -> str:
    seen = " ".join(taken_out(text.translate(_BREAKS)).split())
    return "" if says_nothing(seen) else seen


def _path(text: str, notes: list[str]) -> str:
    return "" if says_nothing(text.strip()) else text.strip()


def _created(text: str, notes: list[str]) -> date | None:
    if says_nothing(text.strip()):
        return None
    read = read_day(text)
    if read.problem is DayProblem.IN_THE_FUTURE:
        notes.append("This is in the future. Check the year.")
    day, american = (read.day, False) if read.day else day_in(text)
    if day is None:
        raise CellProblem("This is not a date. Write it as YYYY-MM-DD, such as 2026-08-15.")
    if american:
        notes.append("Read as month, day, year.")
    return day


def _provider(text: str, notes: list[str]) -> str:
    wanted = text.strip().casefold()
    for each in providers():
        if wanted in (each.id, each.title.casefold(), each.id.replace("-", " ")):
            return each.id
    raise CellProblem(
        f"This provider is not known. Enter one of {', '.join(each.id for each in providers())}."
    )


def _version(name: str, versions: dict[str, Any]) -> Callable[[str, list[str]], Any]:
    def read(text: str, notes: list[str]) -> Any:
        squeezed = (
            "".join(text.casefold().split()).removeprefix(name).removeprefix("version").removeprefix("v")
        )
        if squeezed not in versions:
            known = " or ".join(dict.fromkeys(str(each) for each in versions.values()))
            raise CellProblem(f"Unknown {label_of_field(name)}. Enter {known}.")
        return versions[squeezed]

    return read


def _share(text: str, notes: list[str]) -> tuple[str, ...]:
    for separator in ";/|\r\n":
        text = text.replace(separator, ",")
    wanted = {part for each in text.split(",") if (part := "".join(each.casefold().split()))}
    if wanted == {NO_DATA}:
        return ()
    parts = {"".join(word.split()): part for part in SHARES for word in (part, PARTS[part])}
    if not wanted or not wanted <= set(parts):
        raise CellProblem(f"Enter one or more of {', '.join(SHARES)}.")
    return tuple(part for part in SHARES if part in {parts[each] for each in wanted})


def _timeout(text: str, notes: list[str]) -> float:
    try:
        seconds = float(text.strip())
    except ValueError:
        seconds = -1.0
    if not is_request_limit(seconds):
        raise CellProblem(f"Enter a number of seconds from {SHORTEST_REQUEST_S:g} to {LONGEST_REQUEST_S:g}.")
    return seconds


def _yes_or_no(text: str, notes: list[str]) -> bool:
    word = text.strip().casefold()
    if word not in _YES | _NO:
        raise CellProblem("Enter yes or no.")
    return word in _YES


def _fixed_token(text: str, notes: list[str]) -> bool:
    try:
        return _yes_or_no(text, notes)
    except CellProblem:
        raise CellProblem(
            "Enter yes or no; the token itself is the client secret, in a column of that name."
        ) from None


def _tags(text: str, notes: list[str]) -> tuple[str, ...]:
    return tags_in(text)


def _district(text: str, notes: list[str]) -> str:
    return _district_named(" ".join(taken_out(text).split()))


def _moves_to(text: str, notes: list[str]) -> str:
    return _move_named(" ".join(taken_out(text).split()))


# How a text is judged that a mark keeps as it is.
_NAMES: dict[str, Callable[[str], str]] = {
    "name": _named, "district": _district_named, "moves_to": _move_named,
}  # fmt: skip
_READERS: dict[str, Callable[[str, list[str]], Any]] = {
    "name": _name,
    "provider": _provider,
    "oauth": _version("oauth", {"1": 1, "1.0": 1, "1.0a": 1, "2": 2, "2.0": 2}),
    "oneroster": _version("oneroster", {"1.1": "1.1", "1p1": "1.1", "1.2": "1.2", "1p2": "1.2"}),
    "base_url": _address("base_url"),
    "token_url": _address("token_url"),
    "client_id": _client_id,
    "share": _share,
    "created": _created,
    "scope": _scope,
    "ca_file": _path,
    "timeout": _timeout,
    "fixed_token": _fixed_token,
    "allow_plain_http": _yes_or_no,
    "tags": _tags,
    "district": _district,
    "moves_to": _moves_to,
    "answers": answers_in,
}
