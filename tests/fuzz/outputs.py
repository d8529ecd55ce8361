"""Everything that leaves the tool about one run, and what may be in none of it."""

from __future__ import annotations

import html
import json
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any
from xml.etree import ElementTree

from oneroster_checks.events import Event
from oneroster_checks.report import FORMATS, MESSAGES, checklist_text, district_message, render
from oneroster_checks.result import Result

from ..canaries import PEOPLE, SECRETS, forms
from ..cli.contract import hold_document
from . import pages

# Line breaks are what a report is made of; everything else that steers is written out.
_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JUNIT = frozenset(
    "testsuites testsuite properties property testcase failure error skipped system-out system-err".split()
)


def rendered(result: Result) -> dict[str, str]:
    """A result in every form, by the name of the form."""
    found = {form: render([result], form) for form in (*FORMATS, *MESSAGES)}
    return found | {
        "message": district_message(result),
        "checklist": checklist_text(result),
    }


def faults_of(outputs: dict[str, str], template: frozenset[tuple[str, str]]) -> list[str]:
    """What is wrong with the outputs of a run, each in one line."""
    wrong = [f"{name}: {fault}" for name, text in outputs.items() for fault in _raw(text)]
    try:
        hold_document(json.loads(outputs["json"], parse_constant=_no_constant))
    except (ValueError, AssertionError) as error:
        wrong.append(f"json: {error!r:.300}")
    try:
        foreign = {element.tag for element in ElementTree.fromstring(outputs["junit"]).iter()} - _JUNIT
        wrong += [f"junit: an element of its own: {name}" for name in sorted(foreign)]
    except ElementTree.ParseError as error:
        wrong.append(f"junit: {error}")
    return wrong + [f"html: {fault}" for fault in pages.faults_of(outputs["html"], template)]


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


def _raw(text: str) -> Iterator[str]:
    """The characters of a text that steer what shows it."""
    odd = sorted({char for char in set(text) - {"\n"} if unicodedata.category(char) in _STEERING})
    if odd:
        place = text.index(odd[0])
        around = text[max(0, place - 40) : place + 20]
        yield f"a raw {', '.join(f'U+{ord(char):04X}' for char in odd[:5])}: {around!a}"


def canaries_in(
    outputs: dict[str, str], events: Sequence[Event], log: Sequence[str], more: set[str]
) -> list[str]:
    """The canaries in all that a run lets out; `more` are the tokens that were issued in it."""
    texts = [*outputs.values(), *_strings(json.loads(outputs["json"])), html.unescape(outputs["html"])]
    whole = "\n".join([*texts, *map(repr, events), *log]).lower()
    looked_for = {form.lower() for text in more for form in (text, text[::-1])} | _canaries()
    found = sorted(canary for canary in looked_for if canary in whole)
    return [f"{canary}: {whole[max(0, (at := whole.index(canary)) - 80) : at + 60]!a}" for canary in found]


@cache
def _canaries() -> frozenset[str]:
    every = {form for secret in SECRETS for form in forms(secret)} | set(PEOPLE)
    return frozenset(canary.lower() for canary in every)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
