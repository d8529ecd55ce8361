"""No pattern takes more time than its text is long, whatever the text; and every pattern is where it can be tried."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import oneroster_checks
import oneroster_practice
import oneroster_wizard

from .pattern_times import slow_at

PACKAGES = (oneroster_checks, oneroster_practice, oneroster_wizard)
# What is run later, and may be run often.
_BODIES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
# Patterns as this project had them, each of which a short text held for minutes.
WERE_SLOW: dict[str, str] = {
    "a web token": r"\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?",
    "a name and a value": r"(?i)([\w-]*(?:secret|token|password)(?:[\"']\s*:\s*[\"']|=))([^\s\"'&,;}<]{4,})",
    "an e-mail address": r"[\w.+'-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+",
    "a bounded e-mail address": r"[\w.+'-]{1,256}(?:@|%40)[\w-]+(?:\.[\w-]+)+",
    "the next page": r'<([^>]*)>\s*;[^,]*\brel\s*=\s*"?next"?',
    "a challenge": r'\s*(?:(?P<name>[\w-]+)\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s,"]*))?\s*(?:,|$)',
    "what stands between a label and its value": r"\s*(?:=>|:(?!//)|=)\s*|\s+(?:is|are)\s*:?\s+|\s*\|\s*",
    "the quoting of a mail": r"^(?:[ \t]*(?:>|\|(?=[ \t]*>))+)+[ \t]?",
    "a version of OneRoster": r"(?i)one\s?roster[\s®™]*(?:version|v)?\s*[:=]?\s*v?(1\.[12])(?!\d)",
    "a remark": r"\s+(?:\(.*|#.*|//.*|<-.*|[-–—] .*)$",
    "an address or a word": r"(?i)[a-z][a-z0-9+.-]*:?/+|localhost\b|[\w-]+(\.[\w-]+)+(:\d+)?(/|$)",
    "a loose password": r":?/+[^/?#\s]*:[^/?#\s]*@|^[^/?#\s]+:[^/?#\s]*@",
    "the word bearer": r"(?i)\s*(?:authorization\s*:\s*)?bearer\s+",
    "a clause": r"\[\[(.*?)\]\]",
    "every second letter": r"(?:a|aa)+b",
}


@cache
def _modules() -> tuple[ModuleType, ...]:
    names = [
        found.name
        for package in PACKAGES
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        # It would run the program.
        if not found.name.endswith("__main__")
    ]
    return tuple(map(importlib.import_module, names))


def _inside(value: object, depth: int = 4) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        yield from (each for pair in value.items() for part in pair for each in _inside(part, depth - 1))
    elif depth and isinstance(value, (tuple, list, set, frozenset)):
        yield from (each for part in value for each in _inside(part, depth - 1))
    elif isinstance(value, type) and value.__module__.startswith("oneroster_"):
        yield from (each for part in vars(value).values() for each in _inside(part, 0))


def every_pattern() -> dict[str, re.Pattern[str]]:
    """Every pattern of the three packages by a name of it, each once."""
    found: dict[re.Pattern[str], str] = {}
    for module in _modules():
        for name, value in vars(module).items():
            if not name.startswith("__"):
                for pattern in _inside(value):
                    found.setdefault(pattern, f"{module.__name__.partition('_')[2]}.{name}")
    return {f"{name} {place}": pattern for place, (pattern, name) in enumerate(found.items())}


def test_every_pattern_of_the_sources_is_among_those_that_are_tried() -> None:
    """Patterns are compiled where a module begins, so that none is hidden in a function."""
    written, elsewhere = 0, []
    for module in _modules():
        source = Path(module.__file__ or "")
        tree = ast.parse(source.read_text())
        at_the_top = {
            id(call) for line in tree.body if not isinstance(line, _BODIES) for call in ast.walk(line)
        }
        for call in ast.walk(tree):
            if isinstance(call, ast.ImportFrom) and call.module == "re":
                elsewhere.append(f"{source.name}:{call.lineno}")
            function = call.func if isinstance(call, ast.Call) else None
            if (
                not isinstance(call, ast.Call)
                or not isinstance(function, ast.Attribute)
                or not isinstance(function.value, ast.Name)
                or function.value.id != "re"
                or function.attr == "escape"
            ):
                continue
            if function.attr == "compile" and id(call) in at_the_top:
                written += 1
            else:
                elsewhere.append(f"{source.name}:{call.lineno}")
    assert elsewhere == []
    # Some stand in a row, and two that are the same are one.
    assert written * 0.9 < len(every_pattern()) <= written
    assert len(every_pattern()) > 100


@pytest.mark.parametrize("pattern", every_pattern().values(), ids=list(every_pattern()))
def test_a_pattern_takes_time_as_its_text_is_long(pattern: re.Pattern[str]) -> None:
    assert slow_at(pattern) is None


@pytest.mark.parametrize("pattern", WERE_SLOW.values(), ids=list(WERE_SLOW))
def test_a_slow_pattern_is_found(pattern: str) -> None:
    assert slow_at(re.compile(pattern)) is not None
