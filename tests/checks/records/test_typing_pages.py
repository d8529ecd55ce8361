"""Two ways to type a page: strictly from its bytes, and leniently. They agree on what keeps the standard."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.records.page import TypedPage
from oneroster_checks.records.typing_pages import PageTypist
from oneroster_checks.records.values import RunValues
from oneroster_checks.standard.fields import ENTITY, fields
from oneroster_checks.standard.operations import collection

from .judging import VERSIONS, district, to

Record = dict[str, object]
VALUES = RunValues(date.today())
TYPISTS = {version: PageTypist(version, VALUES) for version in VERSIONS}


def paths(version: OneRosterVersion) -> list[str]:
    """Every collection that a version has."""
    found = []
    for path in ENTITY:
        try:
            collection(version, path)
        except KeyError:
            continue
        found.append(path)
    return found


PATHS = [(version, path) for version in VERSIONS for path in paths(version)]
# What servers write where the standard wants something.
odd = st.one_of(
    st.none(), st.just(""), st.just([]), st.just({}), st.booleans(), st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([
        "true", "false", "True", "active", "inactive", "tobedeleted", "student", "2026-08-01", "2026-02-30", "2026",
        "ext:own", "2026-08-01T00:00:00Z", "2026-08-01T00:00:00+0900", "primary", "school", "homeroom", "exempt",
    ]),
    st.text(max_size=4),
    st.sampled_from([to("x"), {"sourcedId": ""}, {"sourcedId": 7}, {"href": "x"}, [to("x"), to("y")], [to("x"), 3],
        [{}], [None], ["09", ""], ["09", 9], [{"role": "aide", "roleType": "primary", "org": to("x")}],
        [{"role": "aide", "roleType": "third", "org": to("x"), "beginDate": "soon"}], [{"identifier": 9}]]),
)  # fmt: skip


def _fitting(
    version: OneRosterVersion, entity: str, name: str, kind: str, words: frozenset[str]
) -> st.SearchStrategy[object]:
    if kind.startswith("reference"):
        return st.builds(to, st.sampled_from(["x", "y", "1"]))
    if kind.startswith("list of reference"):
        return st.lists(st.builds(to, st.sampled_from(["x", "y"])), min_size=1, max_size=3)
    if kind.startswith("list of object"):
        inner = f"{entity}.{name}[]"
        return st.lists(_record(version, inner), min_size=1, max_size=2)
    if kind.startswith("list"):
        return st.lists(st.sampled_from(sorted(words) or ["09", "x"]), min_size=1, max_size=3)
    if kind.startswith("object"):
        return st.sampled_from([{}, {"a": [1, {"b": None}]}])
    if kind == "number":
        return st.one_of(st.integers(-5, 100), st.floats(-1, 100))
    if words:
        return st.sampled_from(sorted(words))
    fitting = {"date": "2026-08-01", "date-time": "2026-08-01T10:00:00.5Z", "string (YYYY)": "2026"}
    return st.just(fitting.get(kind, "text")) if kind in fitting else st.text(min_size=1, max_size=3)


def _record(version: OneRosterVersion, entity: str) -> st.SearchStrategy[Record]:
    """Records of an entity that keep the standard."""
    rules = fields(version, entity)
    known = {rule.name: _fitting(version, entity, rule.name, rule.type, rule.values) for rule in rules}
    required = {rule.name: known[rule.name] for rule in rules if rule.required}
    optional = {rule.name: st.none() | st.just("") | known[rule.name] for rule in rules if not rule.required}
    return st.fixed_dictionaries(required, optional=optional)


def both(version: OneRosterVersion, path: str, rows: list[Record]) -> tuple[TypedPage | None, TypedPage]:
    """A page typed in both ways."""
    body = json.dumps({collection(version, path).envelope: rows}).encode()
    typist = TYPISTS[version]
    return typist.strict(body, path), typist.lenient(rows, path)


@pytest.mark.parametrize(("version", "path"), PATHS)
@given(data=st.data())
@settings(max_examples=10, deadline=None)
def test_what_keeps_the_standard_is_typed_alike(
    version: OneRosterVersion, path: str, data: st.DataObject
) -> None:
    rows = data.draw(st.lists(_record(version, ENTITY[path]), max_size=3))
    strict, lenient = both(version, path, rows)
    assert lenient.violations == ()
    assert strict == lenient


@pytest.mark.parametrize(("version", "path"), PATHS)
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_one_way_is_refused_exactly_where_the_other_finds_something(
    version: OneRosterVersion, path: str, data: st.DataObject
) -> None:
    rows = data.draw(st.lists(_record(version, ENTITY[path]), min_size=1, max_size=2))
    names = [rule.name for rule in fields(version, ENTITY[path])]
    for row in rows:
        changes = data.draw(st.dictionaries(st.sampled_from([*names, "unknown"]), odd, max_size=2))
        row.update(changes)
        for name in data.draw(st.lists(st.sampled_from(names), max_size=1)):
            row.pop(name, None)
    strict, lenient = both(version, path, rows)
    assert (strict is None) is bool(lenient.violations), lenient.violations
    if strict is not None:
        assert strict == lenient


@pytest.mark.parametrize("version", VERSIONS)
def test_a_district_in_order_is_typed_strictly(version: OneRosterVersion) -> None:
    for name, rows in district(version).items():
        if (version, f"/{name}") in PATHS:
            strict, lenient = both(version, f"/{name}", rows)
            assert strict is not None, name
            assert strict == lenient
            assert strict.ids == tuple(str(row["sourcedId"]) for row in rows)


SLOPPY: tuple[tuple[str, Record, Record], ...] = (
    # What a server writes, and what stands in the row for it.
    ("enrollments", {"sourcedId": 12}, {"id": "12"}),
    ("enrollments", {"user": None, "userSourcedId": "student-9"}, {"user": "student-9"}),
    ("enrollments", {"user": {"sourcedId": 77}}, {"user": "77"}),
    ("enrollments", {"primary": True}, {"primary": "true"}),
    ("enrollments", {"primary": "FALSE"}, {"primary": "false"}),
    ("enrollments", {"beginDate": "2026-08-01T00:00:00+09:00"}, {"beginDate": "2026-08-01"}),
    ("enrollments", {"beginDate": "soon"}, {"beginDate": None}),
    ("users", {"enabledUser": False}, {"enabledUser": "false"}),
    ("users", {"role": None, "roles": [{"role": "aide", "org": to("o")}], "orgs": None},
        {"role": "aide", "role_org": "o", "org": None}),
    ("users", {"roles": None, "role": "aide", "primaryOrg": None, "orgs": None, "orgSourcedIds": ["o", "p"]},
        {"role": "aide", "role_org": None, "org": "o"}),
    ("users", {"grades": [9, 10]}, {"grade": "9"}),
    ("users", {"agents": [{"sourcedId": 5}]}, {"agent": "5"}),
)  # fmt: skip


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("name", "written", "kept"), SLOPPY)
def test_sloppy_records_are_understood(
    version: OneRosterVersion, name: str, written: Record, kept: Record
) -> None:
    from oneroster_checks.records import layout

    one = {**district(version)[name][0], **written}
    strict, lenient = both(version, f"/{name}", [one])
    assert strict is None
    assert lenient.violations
    row = dict(zip(layout.names(name.removesuffix("s")), lenient.rows[0], strict=True))
    assert {key: row[key] for key in kept} == kept
    assert not any(each.essential for each in lenient.violations)


def test_further_entries_of_lists_are_links() -> None:
    one = district("1.2")["classes"][0] | {"terms": [to("a"), to("b"), to("c")], "grades": ["09", "10"]}
    strict, _ = both("1.2", "/classes", [one])
    assert strict is not None
    assert strict.links == (
        ("class.terms", "class-1", "b"), ("class.terms", "class-1", "c"), ("class.grades", "class-1", "10"),
    )  # fmt: skip


@pytest.mark.parametrize("version", VERSIONS)
def test_a_record_that_nobody_can_use_is_essential(version: OneRosterVersion) -> None:
    one = {key: value for key, value in district(version)["enrollments"][0].items() if key != "class"}
    _, lenient = both(version, "/enrollments", [one])
    (violation,) = lenient.violations
    assert (violation.field, violation.what, violation.essential) == ("class", "missing", True)
