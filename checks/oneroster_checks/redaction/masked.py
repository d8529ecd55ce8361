"""Decoded JSON as it may be shown: what is known to be no personal value stays, everything else is masked.

Ids, states, roles, types, counts, and the dates of records, terms and enrollments stay, where their values have the
form of one. A field that is not known here is masked, and so is its name. What is empty stays, since it says nothing.
"""

from __future__ import annotations

import math
from functools import cache

from .ids import HIDDEN, shown_id
from .outline import FIGURE, PLAIN_KEYS, PLAIN_VALUES, SOURCED_ID

_WORD_KEYS = frozenset(
    """status type role roleType classType enabledUser primary scoreStatus importance imsx_codeMajor imsx_severity
    imsx_codeMinorFieldValue""".split()
)
_FIGURE_KEYS = frozenset(
    """dateLastModified schoolYear startDate endDate beginDate assignDate dueDate resultValueMin resultValueMax count
    total""".split()
)
# Keys of lists that are of no standard and name nobody.
_LIST_KEYS = frozenset({"data", "items", "records", "results", "value", "values"})
_OTHER = "[another field]"
# The one field that nobody sees: it is a secret, too.
_PASSWORD = "password"


def masked(value: object, key: str = "") -> object:
    """The value under a key with everything masked that may be personal; the depth is that of the document."""
    if isinstance(value, dict):
        return _masked_object(value)
    if isinstance(value, list):
        return [masked(each, key) for each in value]
    if value is None or value == "":
        return value
    if key == "sourcedId":
        return _masked_id(value)
    return value if _is_open(key, value) else HIDDEN


def without_passwords(value: object) -> object:
    """The same value without passwords, for who may see people; a number that JSON has no form for becomes a text."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {
            name: HIDDEN if str(name).lower() == _PASSWORD and inner else without_passwords(inner)
            for name, inner in value.items()
        }
    return [without_passwords(each) for each in value] if isinstance(value, list) else value


def is_known_key(name: str) -> bool:
    """Whether the name of a field or a list is one of the standard's, or names nobody."""
    return name in _known_keys()


def _masked_object(value: dict[str, object]) -> dict[str, object]:
    """An object with its values masked; the names of fields that are not known here are only numbered."""
    found: dict[str, object] = {}
    others = 0
    for name, inner in value.items():
        shown = str(name)
        if not is_known_key(shown):
            others += 1
            shown = _OTHER if others == 1 else f"{_OTHER[:-1]} {others}]"
        found[shown] = masked(inner, str(name))
    return found


def _masked_id(value: object) -> object:
    text = str(value)
    if isinstance(value, bool) or not SOURCED_ID.fullmatch(text):
        return HIDDEN
    shown = shown_id(text)
    return value if shown == text else shown


def _is_open(key: str, value: object) -> bool:
    text = str(value)
    if key in _FIGURE_KEYS:
        return not isinstance(value, bool) and FIGURE.fullmatch(text) is not None
    return key in _WORD_KEYS and (isinstance(value, bool) or text in _known_values())


@cache
def _known_values() -> frozenset[str]:
    from ..standard.fields import ENTITY, words

    # A reference names what it leads to.
    return words() | PLAIN_VALUES | frozenset(ENTITY.values())


@cache
def _known_keys() -> frozenset[str]:
    from ..standard.envelopes import other_keys
    from ..standard.fields import names
    from ..standard.operations import operations

    envelopes = {each.envelope for version in ("1.1", "1.2") for each in operations(version)}
    return names() | PLAIN_KEYS | envelopes | other_keys() | _LIST_KEYS
