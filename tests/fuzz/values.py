"""Mutations of single values inside a JSON answer: of every other type, of any size, in every place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from . import texts
from .sent import Asked, Sent, as_it_is, twice

# A place in a document: what holds it, and its key or index.
Place = tuple[dict[str, object] | list[object], object]
# Places beyond these are rarely another kind of place.
_MOST_PLACES = 400
# Fields that the checks read, changed in every record at once.
_READ = (
    "sourcedId status dateLastModified role roles roleType user users class school org orgs primaryOrg agents type "
    "parent terms startDate endDate beginDate metadata schoolYear username enabledUser identifier userProfiles "
    "email grades"
).split()


def places(document: object, depth: int = 0) -> Iterator[Place]:
    """Every place of a document in order, up to a depth that no answer has."""
    if depth > 30:
        return
    if isinstance(document, dict):
        for key in list(document):
            yield document, key
            yield from places(document[key], depth + 1)
    elif isinstance(document, list):
        for index, value in enumerate(document[:20]):
            yield document, index
            yield from places(value, depth + 1)


def _get(place: Place) -> object:
    holder, key = place
    return holder[key]  # type: ignore[index,call-overload,unused-ignore]


def _set(place: Place, value: object) -> None:
    holder, key = place
    holder[key] = value  # type: ignore[index,call-overload,unused-ignore]


def _change(random: Random, sent: Sent, new: Callable[[object], object], most: int = 3) -> None:
    """Change a few values of a document."""
    document = sent.document
    found = [place for place, _ in zip(places(document), range(_MOST_PLACES), strict=False)]
    if not found:
        return
    for place in random.sample(found, min(len(found), random.randint(1, most))):
        _set(place, new(_get(place)))
    sent.put(document)


def other_type(random: Random, sent: Sent, asked: Asked) -> None:
    """A few values become values of any type."""
    _change(random, sent, lambda old: texts.value(random), most=8)


def number(random: Random, sent: Sent, asked: Asked) -> None:
    """A few values become numbers that nobody expects."""
    _change(random, sent, lambda old: random.choice((as_it_is, str))(texts.number(random)), most=6)


def text(random: Random, sent: Sent, asked: Asked) -> None:
    """A few values become texts with control characters, markup, or one thing over and over."""
    _change(random, sent, lambda old: texts.text(random), most=8)


def long_text(random: Random, sent: Sent, asked: Asked) -> None:
    """A value becomes a text of thousands of characters."""
    _change(random, sent, lambda old: texts.stutter(random, random.choice((8_000, 60_000))), most=2)


def wrapped(random: Random, sent: Sent, asked: Asked) -> None:
    """A value stands in a list or an object, or comes out of one."""

    def new(old: object) -> object:
        if isinstance(old, list) and old and random.random() < 0.5:
            return old[0]
        return random.choice(([old], {"value": old}, [[old], [old]], {"sourcedId": old}))

    _change(random, sent, new, most=5)


def one_field(random: Random, sent: Sent, asked: Asked) -> None:
    """One field has the same odd value in every record."""
    name, value = random.choice(_READ), texts.value(random)
    document = sent.document
    for holder, key in [*places(document)]:
        if key == name:
            _set((holder, key), value)
    sent.put(document)


def surrogates(random: Random, sent: Sent, asked: Asked) -> None:
    """Ids and names end in half of a surrogate pair."""
    half = random.choice(("\ud800", "\udfff"))
    _change(random, sent, lambda old: f"{old if isinstance(old, str) else 'x'}{half}", most=10)


def same(random: Random, sent: Sent, asked: Asked) -> None:
    """One value stands in many places."""
    value = texts.value(random)
    _change(random, sent, lambda old: value, most=40)


def keys(random: Random, sent: Sent, asked: Asked) -> None:
    """Keys are renamed, dropped, doubled, or written in another case."""
    document = sent.document
    held = [place for place in places(document) if isinstance(place[0], dict)][:_MOST_PLACES]
    if not held:
        return
    for holder, key in random.sample(held, min(len(held), random.randint(1, 6))):
        if not isinstance(holder, dict) or not isinstance(key, str) or key not in holder:
            continue
        value = holder[key]
        kind = random.randrange(5)
        if kind == 0:
            del holder[key]
        elif kind == 1:
            holder[texts.text(random)[:300]] = holder.pop(key)
        elif kind == 2:
            holder[twice(key)] = random.choice((value, None, texts.value(random)))
        elif kind == 3:
            holder[random.choice((key.upper(), key.lower(), f"{key} ", f"\ufeff{key}", key[::-1]))] = (
                holder.pop(key)
            )
        else:
            holder[random.choice(_READ)] = value
    sent.put(document)


MUTATIONS = {
    "values.other-type": other_type,
    "values.number": number,
    "values.text": text,
    "values.long-text": long_text,
    "values.wrapped": wrapped,
    "values.one-field": one_field,
    "values.surrogates": surrogates,
    "values.same": same,
    "values.keys": keys,
}
