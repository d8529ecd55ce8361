"""Which field a value belongs in, by its structure alone, and what would put misplaced ones in their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from oneroster_checks.connection import SECRET_FIELDS

from .draft import Draft

URLS = ("base_url", "token_url")


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A value in the wrong field.

    `place` is the field of its kind, "" where only the kind is known to be wrong. `texts` is what each field would
    hold once it is moved or swapped, empty where that would overwrite something; it may hold a secret.
    """

    place: str
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)


def misplaced_values(draft: Draft) -> dict[str, Misplaced]:
    """The values of a draft that are in the wrong field, by that field."""
    texts = {name: draft.text(name).strip() for name in _fields(draft)}
    prefix = _key_prefix(draft)
    places = {name: _place_of(text, prefix) for name, text in texts.items() if text}
    wrong = {name: place for name, place in places.items() if place not in ("", name) and place in texts}
    found = {name: Misplaced(place, _moved(name, wrong, texts, prefix)) for name, place in wrong.items()}
    for name, text in texts.items():
        if name not in URLS and name not in found and _is_address(text):
            found[name] = Misplaced("")
    # The other half of a swap, which by itself only looks odd, offers the same.
    for each in tuple(found.values()):
        for name in each.texts:
            if name not in found and texts[name]:
                found[name] = Misplaced("", each.texts)
    return found


def _fields(draft: Draft) -> tuple[str, ...]:
    """The fields that this connection uses."""
    connection = draft.connection
    names = ["base_url"]
    names += ["token_url"] if connection.requests_token else []
    names += [] if connection.fixed_token else ["client_id"]
    return (*names, *(SECRET_FIELDS if draft.wants_vendor_pair else SECRET_FIELDS[:1]))


def _key_prefix(draft: Draft) -> str:
    from oneroster_checks.providers import provider

    return provider(draft.connection.provider).client_id_prefix


def _is_address(text: str) -> bool:
    from oneroster_checks.standard.keys import looks_like_url

    return looks_like_url(text)


def _place_of(text: str, prefix: str) -> str:
    """The field of which a text has the structure, "" where it fits none or more than one."""
    from oneroster_checks.paste.values import is_base_url, is_token_url
    from oneroster_checks.standard.keys import clean_key

    if _is_address(text):
        token, base = is_token_url(text), is_base_url(text)
        return "" if token == base else "token_url" if token else "base_url"
    return "client_id" if prefix and clean_key(text).text.startswith(prefix) else ""


def _moved(name: str, wrong: Mapping[str, str], texts: Mapping[str, str], prefix: str) -> dict[str, str]:
    """The texts after a value has moved to its place, what was there to its own place, and so on; {} if it cannot."""
    moved: dict[str, str] = {}
    at = name
    while True:
        place = wrong[at]
        if place in moved or texts[place] == texts[at]:
            return {}
        moved[place] = texts[at]
        if place == name:
            return moved
        if not texts[place]:
            return {**moved, name: ""}
        if place not in wrong:
            odd = _is_odd(texts[place], place, prefix) and _is_address(texts[place]) == (name in URLS)
            return {**moved, name: texts[place]} if odd else {}
        at = place


def _is_odd(text: str, name: str, prefix: str) -> bool:
    """Whether a text that has no structure of its own cannot be right in a field."""
    if _is_address(text) != (name in URLS):
        return True
    return name == "client_id" and bool(prefix)
