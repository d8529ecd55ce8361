"""Two runs side by side as typed rows, what differs first: for the command line, and for a table on a screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..causes.words import title
from ..changes.limits import is_slower
from ..connection import SECRET_FIELDS, Connection
from ..finding import Finding, Status
from ..labels import (
    PARTS,
    STATE_ORDER,
    STATE_WORDS,
    authorization_label,
    capitalized,
    field_label,
)
from ..providers import provider
from ..result import Result
from ..when import day_words
from .compared_rows import ComparedKind, ComparedRow, ComparedValue, row
from .redacted import shown
from .words import root_title

# What of a connection is compared beside its versions, in the order in which people look at it.
_FIELDS = (
    "base_url",
    "token_url",
    "client_id",
    "share",
    "scope",
    "created",
    "timeout",
    "ca_file",
    "allow_plain_http",
)
_DEPTHS = {False: "quick", True: "every record"}


@dataclass(frozen=True, slots=True)
class RunComparison:
    """Two runs and their rows, those that differ first; both results passed the redaction and are safe to show.

    Every row is in one of `different`, `alike` and `known_of_one`.
    """

    left: Result
    right: Result
    rows: tuple[ComparedRow, ...]

    @property
    def different(self) -> tuple[ComparedRow, ...]:
        """What differs, the likeliest to matter first."""
        return tuple(each for each in self.rows if each.differs)

    @property
    def alike(self) -> tuple[ComparedRow, ...]:
        """What is the same in both runs."""
        return tuple(each for each in self.rows if not each.differs and not each.is_known_of_one)

    @property
    def known_of_one(self) -> tuple[ComparedRow, ...]:
        """What only one run knows, and found nothing wrong with."""
        return tuple(each for each in self.rows if not each.differs and each.is_known_of_one)


def compare(
    left: Result,
    right: Result,
    *,
    secrets: tuple[Mapping[str, str], Mapping[str, str]] | None = None,
) -> RunComparison:
    """Two results side by side. `secrets` are keyed fingerprints of both by the field's name, None where unknown.

    What only one run knows differs where it found something wrong: behind a failure others are skipped, and runs of
    other versions or depths have other checks. Response times differ where one is at least twice the other and half a
    second longer.
    """
    first, second = shown(left), shown(right)
    rows = [
        *_verdicts(first, second),
        *_findings(first, second),
        *_versions(first, second),
        *_fields(first.connection, second.connection),
        *(_secrets(first.connection, *secrets) if secrets else ()),
        *_server(first, second),
        *_counts(first.counts, second.counts),
    ]
    return RunComparison(first, second, tuple(sorted(rows, key=lambda row: not row.differs)))


def _verdicts(first: Result, second: Result) -> Iterator[ComparedRow]:
    sides = [
        ComparedValue(_state(each.verdict.status, root_title(each)), each.verdict.status, each.verdict.cause)
        for each in (first, second)
    ]
    yield row(ComparedKind.VERDICT, "verdict", "Result", *sides)


def _findings(first: Result, second: Result) -> Iterator[ComparedRow]:
    """The findings, those that differ with the worst state first, in the order of the run."""
    left, right = _by_check(first), _by_check(second)
    rows = []
    for check in dict.fromkeys((*left, *right)):
        sides = left.get(check), right.get(check)
        title = next(each.title for each in sides if each)
        values = [
            ComparedValue(_state(each.status, _cause_title(each)), each.status, each.cause) if each else None
            for each in sides
        ]
        rows.append(row(ComparedKind.FINDING, check, title, *values))
    yield from sorted(rows, key=_worst)


def _by_check(result: Result) -> dict[str, Finding]:
    return {each.finding.check: each.finding for each in result.findings}


def _cause_title(finding: Finding) -> str:
    return title(finding) if finding.cause else ""


def _state(status: Status, title: str) -> str:
    return f"{STATE_WORDS[status]}: {title}" if title else STATE_WORDS[status]


def _worst(row: ComparedRow) -> int:
    states = [value.status for value in (row.left, row.right) if value and value.status]
    return min(map(STATE_ORDER.index, states))


def _versions(first: Result, second: Result) -> Iterator[ComparedRow]:
    pairs = (
        ("provider", [provider(each.connection.provider).title for each in (first, second)]),
        ("oneroster", [f"OneRoster {each.connection.oneroster}" for each in (first, second)]),
        ("oauth", [_authorization(each.connection) for each in (first, second)]),
    )
    for field, values in pairs:
        label = capitalized(field_label(field))
        yield row(ComparedKind.VERSION, field, label, *map(ComparedValue, values))
    depths = (ComparedValue(_DEPTHS[each.is_full]) for each in (first, second))
    yield row(ComparedKind.VERSION, "depth", "Depth", *depths)


def _authorization(connection: Connection) -> str:
    return authorization_label(connection.oauth, fixed_token=connection.fixed_token)


def _fields(first: Connection, second: Connection) -> Iterator[ComparedRow]:
    for field in _FIELDS:
        values = [_field_words(field, each) for each in (first, second)]
        if any(values):
            sides = (ComparedValue(words or "empty") for words in values)
            yield row(ComparedKind.FIELD, field, capitalized(field_label(field)), *sides)


def _field_words(field: str, connection: Connection) -> str:
    """What stands in a field, "" for nothing, and for what the connection does not use."""
    if field in ("token_url", "scope") and not connection.requests_token:
        return ""
    match field:
        case "share":
            return ", ".join(PARTS[part] for part in PARTS if part in connection.share)
        case "created":
            return day_words(connection.created) if connection.created else ""
        case "timeout":
            return f"{connection.timeout:g} s"
        case "allow_plain_http":
            return "on" if connection.allow_plain_http else ""
        case _:
            return str(getattr(connection, field))


def _secrets(
    connection: Connection, first: Mapping[str, str], second: Mapping[str, str]
) -> Iterator[ComparedRow]:
    for field in SECRET_FIELDS:
        if field not in first or field not in second or not (first[field] or second[field]):
            continue
        is_other = first[field] != second[field]
        both = "another one" if is_other else "the same one"
        left = ComparedValue("set" if first[field] else "empty")
        right = ComparedValue((both if first[field] else "set") if second[field] else "empty")
        label = capitalized(field_label(field, fixed_token=connection.fixed_token))
        yield ComparedRow(ComparedKind.SECRET, field, label, left, right, is_other)


def _server(first: Result, second: Result) -> Iterator[ComparedRow]:
    seen = first.observed, second.observed
    pairs = (
        ("server", "Server", [each.server for each in seen]),
        ("certificate", "Certificate from", [each.certificate for each in seen]),
        (
            "certificate_ends",
            "Certificate ends",
            [day_words(each.certificate_ends) if each.certificate_ends else "" for each in seen],
        ),
        ("scopes", "Scope of the token", [" ".join(sorted(each.scopes)) for each in seen]),
        (
            "year_ends",
            "School year ends",
            [day_words(each.year_ends) if each.year_ends else "" for each in seen],
        ),
    )
    for id, label, words in pairs:
        if any(words):
            yield row(
                ComparedKind.SERVER, id, label, *(ComparedValue(each) if each else None for each in words)
            )
    times = [each.median_ms for each in seen]
    if any(time is not None for time in times):
        left, right = (
            ComparedValue(f"{time:,} ms", number=time) if time is not None else None for time in times
        )
        known = [time for time in times if time is not None]
        differs = len(known) == 2 and is_slower(*sorted(known))
        yield ComparedRow(ComparedKind.SERVER, "median_ms", "Median response time", left, right, differs)


def _counts(first: Mapping[str, int], second: Mapping[str, int]) -> Iterator[ComparedRow]:
    for name in dict.fromkeys((*first, *second)):
        sides = (
            ComparedValue(f"{each[name]:,}", number=each[name]) if name in each else None
            for each in (first, second)
        )
        yield row(ComparedKind.COUNT, name, capitalized(PARTS.get(name, name)), *sides)
