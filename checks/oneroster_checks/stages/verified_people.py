"""Depth full: the filters by which consumers look people up: role, email, username, with AND, OR, and `~`.

The values are those of one record that was read. They are personal: no address and no fact shows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import limits
from ..connection import CAMPUS
from ..evidence import Evidence
from ..finding import Stage
from ..http.budget import RunLimitReached
from ..standard.envelopes import Record, id_of, roles_of
from .asked import first_page, with_query
from .context import RunContext
from .model import Check, Depth, Outcome, failed, passed, skipped, warned
from .part_outcomes import expects_rostering
from .query_rules import filterable, refused_query
from .verified import apart, left_out

if TYPE_CHECKING:
    from ..client.reading import Reading


@dataclass(frozen=True, slots=True)
class PersonalFilter:
    """One filter: its text, what a record must be to fit, and the sourcedIds that must come back."""

    path: str
    text: str
    fits: Callable[[Record], bool]
    wanted: frozenset[str] = frozenset()


def _filters(run: RunContext, users: Reading, enrollments: Reading) -> Iterator[PersonalFilter]:
    people = [row for row in users.rows if filterable(id_of(row)) and row.get("status") != "tobedeleted"]
    for field in ("email", "username"):
        row = next((row for row in people if filterable(_text(row, field))), None)
        if row is not None:
            value, id = _text(row, field), frozenset({id_of(row)})
            yield PersonalFilter(users.path, f"{field}='{value}'", _is(field, value), id)
            if field == "email":
                # The name before the sign; a part of it would fit too many.
                part = value.partition("@")[0] or value
                yield PersonalFilter(users.path, f"{field}~'{part}'", _has(field, part), frozenset())
    if len(people) > 1:
        ids = [id_of(row) for row in people[:2]]
        yield PersonalFilter(
            users.path, f"sourcedId='{ids[0]}' OR sourcedId='{ids[1]}'", _among(ids), frozenset(ids)
        )
    yield from _by_role(run, users, people)
    roles = [role for row in enrollments.rows if (role := _text(row, "role")) in ("student", "teacher")]
    if roles:
        yield PersonalFilter(enrollments.path, f"role='{roles[0]}'", _is("role", roles[0]))


def _by_role(run: RunContext, users: Reading, people: list[Record]) -> Iterator[PersonalFilter]:
    """The filter of users by role, where they have the form of this version.

    Campus is known to refuse it in 1.2, and has /students and /teachers.
    """
    newer = run.connection.oneroster == "1.2"
    # In records of the other version roles have another place, so that nothing would be shown.
    if (newer and run.provider.id == CAMPUS) or "payload.version-mismatch" in run.named:
        return
    role = next((role for row in people for role in ("teacher", "student") if role in roles_of(row)), "")
    if role:
        field = "roles.role" if newer else "role"
        yield PersonalFilter(users.path, f"{field}='{role}'", lambda row: role in roles_of(row))


def _text(row: Record, field: str) -> str:
    value = row.get(field)
    return value if isinstance(value, str) else ""


def _is(field: str, value: str) -> Callable[[Record], bool]:
    return lambda row: _text(row, field).casefold() == value.casefold()


def _has(field: str, part: str) -> Callable[[Record], bool]:
    return lambda row: part.casefold() in _text(row, field).casefold()


def _among(ids: list[str]) -> Callable[[Record], bool]:
    wanted = {id.casefold() for id in ids}
    return lambda row: id_of(row).casefold() in wanted


async def _people(run: RunContext) -> Outcome:
    if (outcome := left_out(run)) is not None:
        return outcome
    ignored: list[tuple[PersonalFilter, Reading, int]] = []
    unsupported: list[tuple[PersonalFilter, Reading, str]] = []
    tried = 0
    with apart(run):
        try:
            users = await first_page(run, "/users")
            if not users.rows:
                users = await first_page(run, "/students")
            for each in _filters(run, users, await first_page(run, "/enrollments")):
                found = await with_query(
                    run, each.path, limits.CONFORMANCE_ROWS, {"filter": each.text}, "a filter by one record"
                )
                if not found.good and not refused_query(found):
                    continue
                tried += 1
                others = sum(not each.fits(row) for row in found.rows)
                if others:
                    ignored.append((each, found, others))
                elif not found.good:
                    unsupported.append((each, found, ""))
                elif not found.rows or each.wanted - {*found.ids()}:
                    unsupported.append((each, found, "a record that fits did not come back"))
        except RunLimitReached:
            if not (ignored or unsupported):
                raise
    if ignored:
        first, found, count = ignored[0]
        proof = _proof(found for _, found, _ in ignored)
        return failed("query.filter-ignored", *proof, path=first.path, filter=first.text, count=count)
    if unsupported:
        first, found, detail = unsupported[0]
        others_of_it = [_shape(each.text) for each, _, _ in unsupported[1:]]
        also = f"also {', '.join(others_of_it)}" if others_of_it else ""
        return warned(
            "query.filter-unsupported", *_proof(found for _, found, _ in unsupported), path=first.path,
            filter=first.text, status=found.status, detail="; ".join(part for part in (detail, also) if part),
        )  # fmt: skip
    return passed(of=tried) if tried else skipped("no user has a value to filter by")


def _shape(text: str) -> str:
    """A filter without its values."""
    return "'".join(piece for place, piece in enumerate(text.split("'")) if place % 2 == 0).replace("''", "…")


def _proof(found: Iterator[Reading]) -> tuple[Evidence, ...]:
    return tuple(each.evidence for each in found)[: limits.REQUESTS_SHOWN]


CHECKS: tuple[Check, ...] = (
    Check(
        "verified.people", "Filters for people",
        "Whether users can be found by email, username, and role, with OR, and by part of a value.",
        Stage.PROTOCOL, _people, requires=("query.filter",), after=("verified.filters",), depth=Depth.FULL,
        applies=expects_rostering,
        in_order="[[Filters tried: {of}.]]",
    ),
)  # fmt: skip
