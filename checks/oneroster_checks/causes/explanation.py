"""Explains a cause without a run: for `explain`, for F1 on a finding, and for docs/causes.md."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ..providers import provider
from . import cause, codes, sections
from .conditions import spelled_out
from .model import Cause, Step
from .steps import CAMPUS
from .template import facts_used, fill, without_clauses

# What stands for a fact in a text without a finding. What a step does with any other, its `general` text says.
IN_GENERAL = {
    "consumer": "the consumer",
    "expires": "that day",
    "field": "address",
    "host": "the host",
    "lifetime": "one year",
    "part": "the missing part",
    "scope_needed": "the missing scope",
}
UNCHECKED = "No check looks for this cause yet."
_UNCHECKED_IN_LIST = " (no check looks for it yet)"


def explain(code: str, provider_id: str, width: int | None = None) -> str:
    """A cause as plain text: what it means, how it is recognized, who fixes it where, and the source.

    `provider_id` chooses the steps; lines are wrapped at `width` columns, None for not at all. UnknownCause for a code
    that the catalogue does not have, UnknownProvider for a provider that does not exist.
    """
    entry, system = cause(code), provider(provider_id)
    lines = [f"{entry.code}: {entry.title}", "", general(entry.why)]
    if not entry.checked:
        lines += ["", UNCHECKED]
    lines += ["", f"How it is recognized: {general(entry.detection)}", "", "What to do:"]
    wrapped = [part for line in lines for part in _wrapped("", line, width)]
    for number, step in enumerate(_steps(entry.steps(system.id)), 1):
        wrapped += _wrapped(f"  {number}. ", step, width)
    return "\n".join([*wrapped, "", *_wrapped("", f"Source: {entry.source}.", width)])


def _wrapped(mark: str, text: str, width: int | None) -> list[str]:
    """A text behind a mark, as lines that go on under its beginning."""
    if width is None or not text:
        return [f"{mark}{text}"]
    under = " " * len(mark)
    return textwrap.wrap(
        text,
        width,
        initial_indent=mark,
        subsequent_indent=under,
        break_long_words=False,
        break_on_hyphens=False,
    )


def listing() -> str:
    """Every code with its title, one a line; one that no check names says so."""
    width = max(len(code) for code in codes())
    entries = (cause(code) for code in codes())
    return "\n".join(
        f"{entry.code.ljust(width)}  {entry.title}{'' if entry.checked else _UNCHECKED_IN_LIST}"
        for entry in entries
    )


def document() -> str:
    """The whole catalogue as Markdown, ending in a line break."""
    lines = [
        "# Causes",
        "",
        "What a diagnosis can name, how each cause is recognized beside its neighbors, and who fixes it where. This",
        "page is made from the program's own catalogue (`make docs`).",
    ]
    for title, entries in sections():
        lines += ["", f"## {title}"]
        for entry in entries:
            lines += ["", *_entry(entry)]
    return "\n".join(lines) + "\n"


def _entry(entry: Cause) -> Iterator[str]:
    yield f"### `{entry.code}`"
    yield ""
    yield f"**{entry.title}.** {general(entry.why)}"
    if not entry.checked:
        yield ""
        yield UNCHECKED
    yield ""
    yield f"How it is recognized: {general(entry.detection)}"
    special = dict(entry.fix_for)
    campus = special.pop(CAMPUS, None)
    if campus:
        yield from _numbered(f"{provider(CAMPUS).title}:", campus)
    yield from _numbered("In general:" if campus else "What to do:", entry.fix)
    for id, steps in special.items():
        yield from _numbered(f"{provider(id).title}:", steps)
    yield ""
    yield f"Source: {entry.source}."


def _numbered(heading: str, steps: tuple[Step, ...]) -> Iterator[str]:
    yield ""
    yield heading
    yield ""
    yield from (f"{number}. {step}" for number, step in enumerate(_steps(steps), 1))


def _steps(steps: tuple[Step, ...]) -> Iterator[str]:
    screens: set[str] = set()
    for step in steps:
        text = general(spelled_out(step.again if step.screen in screens else step.general or step.text))
        if step.screen:
            screens.add(step.screen)
        if text:
            yield str(Step(step.who, text))


def general(template: str) -> str:
    """A template without a finding: optional clauses fall, unless nothing else is left of it."""
    wanted = without_clauses(template)
    return fill(wanted, {name: IN_GENERAL.get(name, name.replace("_", " ")) for name in facts_used(wanted)})
