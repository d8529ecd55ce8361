"""Explains a cause without a run: for `explain`, for F1 on a finding, and for docs/causes.md."""

from __future__ import annotations

from collections.abc import Iterator

from ..providers import provider
from . import cause, codes
from .model import Cause, Step
from .template import facts_used, fill, without_clauses

# The sections of the document, by what stands before the dot of a code.
_SECTIONS = {
    "address": "Address", "key": "Address", "network": "Network and TLS", "tls": "Network and TLS",
    "clock": "Network and TLS", "token": "Token (OAuth 2)", "access": "Access", "oauth1": "OAuth 1",
    "sharing": "What is shared", "year": "What is shared", "accounts": "User accounts (OneRoster 1.1)",
    "gradebook": "Grade book", "payload": "Protocol and load", "paging": "Protocol and load",
    "query": "Protocol and load", "error": "Protocol and load", "load": "Protocol and load", "data": "Data",
    "tool": "This tool",
}  # fmt: skip


def explain(code: str, provider_id: str) -> str:
    """A cause as plain text: what it means, how it is told, who mends it where, and the source.

    UnknownCause for a code that the catalogue does not know.
    """
    entry = cause(code)
    lines = [
        f"{entry.code}: {entry.title}",
        "",
        general(entry.why),
        "",
        f"How it is told: {general(entry.detection)}",
    ]
    lines += ["", "What to do:"]
    lines += [f"  {number}. {step}" for number, step in enumerate(_steps(entry.steps(provider_id)), 1)]
    return "\n".join([*lines, "", f"Source: {entry.source}."])


def listing() -> str:
    """Every code with its title, one a line."""
    width = max(len(code) for code in codes())
    return "\n".join(f"{code.ljust(width)}  {cause(code).title}" for code in codes())


def document() -> str:
    """The whole catalogue as Markdown, ending in a line break."""
    lines = [
        "# Causes",
        "",
        "What a diagnosis can name, how each cause is told from its neighbours, and who mends it where. This page is",
        "made from the program's own catalogue (`make docs`). The letters behind a source say how sure it is: A the",
        "provider's own words, B two or more independent sources, C one source.",
    ]
    section = ""
    for code in codes():
        entry = cause(code)
        if _SECTIONS[code.partition(".")[0]] != section:
            section = _SECTIONS[code.partition(".")[0]]
            lines += ["", f"## {section}"]
        lines += ["", *_entry(entry)]
    return "\n".join(lines) + "\n"


def _entry(entry: Cause) -> Iterator[str]:
    yield f"### `{entry.code}`"
    yield ""
    yield f"**{entry.title}.** {general(entry.why)}"
    yield ""
    yield f"How it is told: {general(entry.detection)}"
    special = dict(entry.fix_for)
    campus = special.pop("infinite-campus", None)
    for title, steps in (("Infinite Campus", campus), ("In general", entry.fix)):
        if steps:
            yield ""
            yield f"{title}:" if campus else "What to do:"
            yield ""
            yield from (f"{number}. {step}" for number, step in enumerate(_steps(steps), 1))
    for id, steps in special.items():
        yield ""
        yield f"{provider(id).title}:"
        yield ""
        yield from (f"{number}. {step}" for number, step in enumerate(_steps(steps), 1))
    yield ""
    yield f"Source: {entry.source}."


def _steps(steps: tuple[Step, ...]) -> Iterator[str]:
    for step in steps:
        text = general(step.text)
        if text:
            yield str(Step(step.who, text))


def general(template: str) -> str:
    """A template without a finding: optional clauses fall, unless nothing else is left of it."""
    wanted = without_clauses(template)
    return fill(wanted, {name: f"<{name.replace('_', ' ')}>" for name in facts_used(wanted)})
