"""The shape of what a server sent: keys with harmless values, and only the kind of everything else."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from .ids import shown_id

# Keys beside the standard's own whose names may be shown: what errors and token answers are made of.
PLAIN_KEYS = frozenset(
    """statusInfoSet imsx_StatusInfo imsx_codeMajor imsx_severity imsx_description imsx_codeMinor imsx_CodeMinor
    imsx_codeMinorField imsx_codeMinorFieldName imsx_codeMinorFieldValue error error_description message access_token
    token_type expires_in scope href students teachers schools terms first""".split()
)
# Words beside the standard's own that a value may be.
PLAIN_VALUES = frozenset(
    """true false inactive success failure unsupported processing error warning status bearer Bearer invalid_client
    unauthorized_client access_denied invalid_scope invalid_request invalid_grant unsupported_grant_type fullsuccess
    unknownobject invaliddata unauthorisedrequest unauthorized forbidden server_busy internal_server_error
    invalid_filter_field invalid_selection_field invalid_sort_field TargetEndSystem""".split()
)
# Numbers, dates and moments, which say how a server writes; a birth date is not among the keys that show them.
# As with ids, more digits in a row may be a number of a person.
FIGURE = re.compile(
    r"[0-9]{1,6}(?:\.[0-9]{1,4})?|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]{4,15}(?:Z|[+-][0-9:]{2,5})?)?"
)
SOURCED_ID = re.compile(r"[\w:.+-]{1,60}")
_FIGURE_KEYS = frozenset(
    """dateLastModified schoolYear startDate endDate beginDate expires_in resultValueMin resultValueMax assignDate
    dueDate scoreDate""".split()
)
# What stands under these keys names a person.
NAME_KEYS = frozenset(
    """givenName familyName middleName preferredFirstName preferredMiddleName preferredLastName username email
    sms phone birthDate identifier userMasterIdentifier password""".split()
)


def outline(value: object, *, most: int = 12, hide: Callable[[str], str] = lambda text: text) -> str:
    """The shape of decoded JSON: keys with harmless values, and only the kind of everything else.

    At most `most` lines; lists show their length and their first entry. `hide` takes out of a value what nobody may
    see; what stands around it is this tool's own.
    """
    lines: list[tuple[str, str | None]] = []
    _outline(value, "", "", lines, most)
    values = [shown for _, shown in lines[:most] if shown is not None]
    # Seldom is there anything to hide, and one look at all takes less time than one at each.
    together = "\n".join(values)
    unseen = iter(values if hide(together) == together else map(hide, values))
    told = [head if shown is None else f"{head}{next(unseen)}" for head, shown in lines[:most]]
    return "\n".join([*told, "…"] if len(lines) > most else told)


def _outline(value: object, key: str, indent: str, lines: list[tuple[str, str | None]], most: int) -> None:
    # One line more than are shown is enough, however long or deep the document is.
    if len(lines) > most:
        return
    head = f"{indent}{key}: " if key else indent
    if isinstance(value, dict):
        lines.append((f"{head}{{{_count(len(value), 'field', 'fields')}}}", None))
        for name, inner in value.items():
            # Something else than a known field's name may be a person's.
            shown = str(name) if str(name) in _known_keys() else "another field"
            _outline(inner, shown, indent + "  ", lines, most)
            if len(lines) > most:
                return
    elif isinstance(value, list):
        lines.append((f"{head}[{_count(len(value), 'entry', 'entries')}]", None))
        if value:
            _outline(value[0], "first", indent + "  ", lines, most)
    elif _is_open(key, value):
        lines.append((head, shown_id(str(value)) if key == "sourcedId" else str(value)))
    else:
        lines.append((f"{head}{_kind(value)}", None))


@cache
def _known_keys() -> frozenset[str]:
    from ..standard.fields import names

    return names() | PLAIN_KEYS


@cache
def _open_values() -> frozenset[str]:
    from ..standard.fields import words

    return words() | PLAIN_VALUES


def _is_open(key: str, value: object) -> bool:
    """Whether a value may be shown: a word of the standard, a figure where one belongs, a sourcedId."""
    text = str(value)
    if key == "sourcedId":
        return bool(SOURCED_ID.fullmatch(text))
    if key in _FIGURE_KEYS:
        return bool(FIGURE.fullmatch(text))
    return isinstance(value, str) and key not in NAME_KEYS and text in _open_values()


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, str):
        return f"text of {_count(len(value), 'character', 'characters')}"
    if isinstance(value, bool):
        return "true or false"
    return "a number"


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
