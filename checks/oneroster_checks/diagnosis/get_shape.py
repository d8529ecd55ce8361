"""What becomes of JSON that a person asked for, before it is written down: masked, or whole but for secrets."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from ..redaction import Redactor
from ..redaction.ids import HIDDEN
from ..redaction.masked import masked, without_passwords


@dataclass(frozen=True, slots=True)
class DocumentShape:
    """`record` gives a record as it is written down, `document` a whole document of whatever form."""

    record: Callable[[object], object]

    def document(self, value: object) -> object:
        """A document, whose lists are taken record by record: a district's records need not be looked at as one."""
        if isinstance(value, dict) and any(isinstance(inner, list) for inner in value.values()):
            whole = self.record(
                {name: None if isinstance(inner, list) else inner for name, inner in value.items()}
            )
            assert isinstance(whole, dict)
            for shown, inner in zip(list(whole), value.values(), strict=True):
                if isinstance(inner, list):
                    whole[shown] = [self.record(each) for each in inner]
            return whole
        return [self.record(each) for each in value] if isinstance(value, list) else self.record(value)


def shape_of(redactor: Redactor, *, shows_people: bool) -> DocumentShape:
    """How JSON of a run with this redaction is written down."""
    open_to = without_passwords if shows_people else masked
    # A server may repeat a secret as an id, too.
    return DocumentShape(lambda value: _without_secrets(open_to(value), redactor.without_secrets))


def _without_secrets(value: object, hide: Callable[[str], str]) -> object:
    """A value without the secrets of the connection, which a server may repeat anywhere."""
    # Seldom is there one, and one look at all takes less time than one at each.
    text = json.dumps(value, ensure_ascii=False)
    return value if hide(text) == text else _each_hidden(value, hide)


def _each_hidden(value: object, hide: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, dict):
        found: dict[str, object] = {}
        for name, inner in value.items():
            shown = hide(str(name))
            found[f"{shown} {len(found)}" if shown in found else shown] = _each_hidden(inner, hide)
        return found
    if isinstance(value, list):
        return [_each_hidden(each, hide) for each in value]
    # A secret of digits alone comes as a number, too.
    text = json.dumps(value)
    return value if hide(text) == text else HIDDEN
