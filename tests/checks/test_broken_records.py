"""Records are held against the standard field by field, with the same result as one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.standard.fields import ENTITY, broken, fields, problems

_ODD: st.SearchStrategy[object] = st.sampled_from(
    (None, "", [], {}, 0, 7, 1.5, True, "x", "2026-01-31", "2026-01-31T10:00:00Z", "2026", "active", "inactive",
     "ext:own", "true", {"sourcedId": "a"}, {"sourcedId": ""}, {"href": "a"}, [{"sourcedId": "a"}],
     [{"sourcedId": None}], ["x"], [[]], [{"sourcedId": "a"}, 1])
)  # fmt: skip


def _good(type_: str, values: frozenset[str]) -> object:
    if type_.startswith("reference"):
        return {"sourcedId": "a"}
    if type_.startswith("list"):
        return [{"sourcedId": "a"}]
    if type_.startswith("object"):
        return {}
    if type_ == "number":
        return 3
    if values:
        return min(values)
    figures = {"date": "2026-01-31", "date-time": "2026-01-31T10:00:00Z"}
    return figures.get(type_, "2026")


@st.composite
def _pages(draw: st.DrawFn) -> tuple[OneRosterVersion, str, list[dict[str, object]]]:
    version: OneRosterVersion = draw(st.sampled_from(("1.1", "1.2")))
    entity = draw(st.sampled_from((*sorted(set(ENTITY.values())), "")))
    rules = fields(version, entity)
    good = {rule.name: _good(rule.type, rule.values) for rule in rules} | {"sourcedId": "a"}
    rows = [dict(good) for _ in range(draw(st.integers(0, 4)))]
    for row in rows:
        for rule in draw(st.lists(st.sampled_from(rules), max_size=2)) if rules else []:
            row[rule.name] = draw(_ODD)
            if row[rule.name] is None and draw(st.booleans()):
                del row[rule.name]
                row[f"{rule.name}SourcedId"] = "a"
    return version, entity, rows


@given(_pages())
def test_both_ways_find_the_same(page: tuple[OneRosterVersion, str, list[dict[str, object]]]) -> None:
    version, entity, rows = page
    assert broken(rows, version, entity) == [
        found for row in rows if (found := list(problems(row, version, entity)))
    ]
