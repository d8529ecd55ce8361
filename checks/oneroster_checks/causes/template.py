"""Templates of sentences: facts put in once, and optional clauses that fall where a fact is missing.

`{name}` stands for the fact of that name. `[[ ... ]]` is an optional clause: it is left out when a fact
inside is missing or empty. `[[?name|...]]` is left out when the fact `name` is missing, `[[-name|...]]` when it is
there; neither needs to show it. Facts are put in once and never read as templates, so braces and brackets in what
a server said stay as they are. A number that the fact `lower_bounds` names is one from below: "at least 100", or
"100 to 800" with a fact of its name and `_at_most`. Thousands are set apart: "12,000". `{vendor}` and its like stand
for whoever reads: "the vendor" and "the vendor's" in a text for the vendor's engineer, "us" and "our" in a message to
the district; a clause with `{that_we_have}` is there for the district alone. `derived` has further forms of facts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from functools import cache

from ..enumeration import enumerated
from ..finding import Fact, Facts
from ..labels import PARTS, field_label
from ..limits import DETAIL_CHARACTERS
from .derived import DERIVED

UNKNOWN = "unknown"

_CLAUSE = re.compile(r"\[\[((?:(?!\[\[|\]\]).)*+)\]\]", re.DOTALL)
_FACT = re.compile(r"\{([a-z_]+)\}")
_CONDITION = re.compile(r"([?-])([a-z_]+)\|")
# "1 seconds" reads wrong aloud; "OAuth 1 requests" and "OneRoster 1.1 classes" are no numbers of things.
_SINGULAR = {
    **{
        f"{noun}s": noun
        for noun in (
            "academic session", "assessment line item", "collection", "data request", "day", "demographics record",
            "enrolled student", "enrollment", "guardian", "line item", "list", "minute", "operation", "org", "problem",
            "record", "reference", "request", "resource", "result", "school", "second", "sourcedId", "student",
            "teacher", "time", "user", "username",
        )
    },
    "classes": "class",
    "email addresses": "email address",
    "orgs (schools and districts)": "org (school or district)",
    "school years and terms": "school year or term",
    "students and teachers": "student or teacher",
    "teachers and administrators": "teacher or administrator",
    "people": "person",
}  # fmt: skip
_NOUNS = "|".join(map(re.escape, sorted(_SINGULAR, key=len, reverse=True)))
_ONE = re.compile(rf"(?<![.,\d])(?<!OAuth )\b1 ({_NOUNS})(?!\w)")
_SENTENCE_PARTS = frozenset({"detail", "reason", "what", "tried", "examples"})


class Audience(Enum):
    """Who reads a text, and so what the vendor, its computer and the district are called in it."""

    VENDOR = (
        "the vendor", "the vendor's", "the vendor's", "This computer's", "this computer", "the connection",
        "the district's", "",
    )  # fmt: skip
    DISTRICT = ("us", "our", "ours", "Our", "our computer", "our side", "your", "that we have")

    def names(self) -> Mapping[str, str]:
        """What stands for each of the names that depend on the reader."""
        return _names_for(self)


_NAMES = (
    "vendor", "vendor_own", "vendor_alone", "this_computer_own", "this_computer", "this_side", "district_own",
    "that_we_have",
)  # fmt: skip


@cache
def _names_for(audience: Audience) -> Mapping[str, str]:
    return dict(zip(_NAMES, audience.value, strict=True))


def fill(template: str, facts: Facts, audience: Audience = Audience.VENDOR) -> str:
    """A template with its facts put in: `unknown` for a missing one, optional clauses as they fall."""
    known: Facts = {**facts, **audience.names()}

    def clause(found: re.Match[str]) -> str:
        inside = found[1]
        condition = _CONDITION.match(inside)
        if condition:
            inside = inside[condition.end() :]
            if bool(as_text(condition[2], known)) is (condition[1] == "-"):
                return ""
        return inside if all(as_text(name, known) for name in _FACT.findall(inside)) else ""

    kept = _CLAUSE.sub(clause, template) if "[[" in template else template
    filled = _FACT.sub(lambda found: as_text(found[1], known) or UNKNOWN, kept).strip()
    return _ONE.sub(lambda found: f"1 {_SINGULAR[found[1]]}", filled) if "1 " in filled else filled


@cache
def facts_used(template: str) -> frozenset[str]:
    """The names of every fact in a template, those among them whose presence decides over a clause."""
    named = {*_FACT.findall(template), *(name for _, name in _CONDITION.findall(template))}
    return frozenset(DERIVED[name][0] if name in DERIVED else name for name in named) - {*_NAMES}


def without_clauses(template: str) -> str:
    """A template without its optional clauses; with them, where nothing else would be left."""
    plain = _CLAUSE.sub("", template).strip()
    return plain or _CONDITION.sub("", template.replace("[[", "").replace("]]", ""))


def as_text(name: str, facts: Facts) -> str:
    """A fact as it is read: labels for names of fields, HTTP before a status, minutes as hours, no line breaks."""
    if name in DERIVED:
        source, form = DERIVED[name]
        whole = facts.get(source)
        return _printable(form(whole)) if whole else ""
    value = facts.get(name)
    if value is None:
        return ""
    if name in _bounded(facts):
        most = facts.get(f"{name}_at_most")
        return f"{_printable(value)} to {_printable(most)}" if most else f"at least {_printable(value)}"
    if name == "port":
        # It is a number that nobody counts with.
        return str(value)
    # Several scopes go into one field, separated as the field wants them.
    text = " ".join(value) if name == "scope_needed" and isinstance(value, tuple) else _printable(value)
    if name == "field":
        return field_label(text, fixed_token=bool(facts.get("fixed_token")))
    if name == "part":
        return PARTS.get(text, text)
    if name == "status" and text.isdigit():
        return f"HTTP {text}"
    if name == "minutes" and isinstance(value, (int, float)):
        return _duration(value)
    if name in _SENTENCE_PARTS:
        if name == "detail" and isinstance(value, tuple):
            text = enumerated([_printable(each) for each in value])
        text = text.rstrip(" .")
        return text if len(text) <= DETAIL_CHARACTERS else text[: DETAIL_CHARACTERS - 1].rstrip() + "…"
    return text


def _bounded(facts: Facts) -> tuple[str, ...]:
    """The names of the numbers that are only known from below."""
    names = facts.get("lower_bounds")
    return names if isinstance(names, tuple) else ()


def _duration(minutes: float) -> str:
    """Minutes as people say them: "1.5 minutes", "45 minutes", "2 h", "2 h 15 min"."""
    whole = int(minutes)
    if whole != minutes:
        return f"{minutes:g} minutes"
    hours, rest = divmod(whole, 60)
    if not hours:
        return f"{rest} minutes"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def _printable(value: Fact) -> str:
    if isinstance(value, str):
        # As most are.
        return _in_a_line(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{_printable(name)} ({number:,})" for name, number in value.items())
    if isinstance(value, tuple):
        return ", ".join(_printable(each) for each in value)
    if isinstance(value, float):
        return f"{value:,.1f}".removesuffix(".0")
    # Numbers count something, so thousands are set apart: a name, a code, or a year is a text.
    return str(value) if isinstance(value, bool) else f"{value:,}"


def _in_a_line(text: str) -> str:
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(text.split())
