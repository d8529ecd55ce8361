"""The columns of a table of connections: by their titles, in any order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oneroster_checks.connection import SECRET_FIELDS
from oneroster_checks.labels import FIELDS, capitalized
from oneroster_checks.paste.labels import label_of
from oneroster_checks.paste.limits import LABEL_CHARACTERS

from .problem import OWN_LABELS, FileProblem, label_of_field

# The columns that are written, in their order; secrets are never written.
WRITTEN = (
    "name", "provider", "oauth", "fixed_token", "oneroster", "base_url", "token_url", "client_id", "share", "created",
    "scope", "tags", "district", "ca_file", "timeout", "allow_plain_http", "answers",
    "moves_to",
)  # fmt: skip
# What else people call the columns for which a pasted block has no label.
_ALSO = {
    "name": "profile, profile name, connection, connection name, district, district name, school district, school, "
    "customer, customer name",
    "provider": "sis, student information system, system",
    "oauth": "oauth, authorization",
    "oneroster": "oneroster, or version, version",
    "share": "share, shared data, expected data, data",
    "scope": "scopes",
    "tags": "tag, group, groups",
    "district": "district in messages, addressee",
    "timeout": "timeout",
    "allow_plain_http": "allow plain http",
    "answers": "answers",
    "moves_to": "moves to, replaced by",
}
_BRACKETS = re.compile(r"\([^()]*\)")


def title_of(name: str) -> str:
    """The title of the column of a field, as it is written."""
    return capitalized(label_of_field(name))


def field_of(title: str) -> str:
    """The field that the title of a column names, "" for none: what a person calls it, or a label of a pasted block.

    "url" is an address of either kind, and "vendor_pair" the vendor's key and secret in one.
    """
    if len(title) > LABEL_CHARACTERS:
        return ""
    own = _OWN.get(squeezed(title))
    if own:
        return own
    label = label_of(title)
    return "" if label is None or label == "other" else label


def fields_of(titles: Sequence[str]) -> dict[int, str]:
    """The fields of the columns that are known, by their number from 0.

    FileProblem when two columns are of one field, or there is none for the name. A title is never repeated: without
    a line of titles it may be a secret.
    """
    found: dict[int, str] = {}
    for number, title in enumerate(titles):
        name = field_of(title)
        if name:
            found[number] = name
    for number, name in found.items():
        if name == "url":
            # "Endpoint" or "API URL": the base URL, unless that has a column of its own.
            found[number] = "token_url" if "base_url" in found.values() else "base_url"
    for number, name in found.items():
        first = next(other for other, another in found.items() if another == name)
        if first != number:
            raise FileProblem(
                f"Columns {letters(first)} and {letters(number)} are both the {label_of_field(name)}. "
                f"Rename one of them."
            )
    if "vendor_pair" in found.values() and {"vendor_key", "vendor_secret"} & set(found.values()):
        raise FileProblem("The vendor's pair has its own column, and one for each half. Keep one form.")
    if "name" not in found.values():
        raise FileProblem(
            "The first line has no column “Name”. It must name the columns, such as Name, Base URL, Token URL, "
            "Client id, Client secret."
        )
    return found


def letters(number: int) -> str:
    """A column as spreadsheets name it: A to Z, then AA."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def squeezed(title: str) -> str:
    """A title as it is compared: its letters and figures alone, without what stands in brackets."""
    return "".join(char for char in _BRACKETS.sub(" ", title).casefold() if char.isalnum())


def _own() -> dict[str, str]:
    # The names of the fields in a profile's file, what screens call them, and what people do.
    names = {
        name: (name, label_of_field(name), *_ALSO.get(name, "").split(","))
        for name in (*WRITTEN, *SECRET_FIELDS)
    }
    found: dict[str, str] = {}
    # A column "District" names the profile, as people have it: what comes first wins.
    for name, every in names.items():
        for each in filter(str.strip, every):
            found.setdefault(squeezed(each), name)
    return found


_OWN = _own()
assert set(WRITTEN) <= set(FIELDS) | set(OWN_LABELS)
