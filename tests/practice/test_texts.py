"""Pages are made from templates: each text is, byte for byte, the JSON of the record that is made alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest

from oneroster_checks.connection import OneRosterVersion
from oneroster_practice.fault import RosterRules
from oneroster_practice.faults import fault_of
from oneroster_practice.form import Form, Overlaid, Source, compact
from oneroster_practice.gradebook_records import CATEGORIES, LINE_ITEMS_EACH, GradebookRecords
from oneroster_practice.lazy_list import Chain, Pattern, PatternRange, Positions, RangeWithout, cut
from oneroster_practice.people import Role
from oneroster_practice.records import Records
from oneroster_practice.roster import Roster
from oneroster_practice.school_year import school_year
from oneroster_practice.shape import COHORT, ENROLLED, Shape
from oneroster_practice.site import Site
from oneroster_practice.sizes import SIZES

VERSIONS: tuple[OneRosterVersion, ...] = ("1.1", "1.2")


def made(version: OneRosterVersion, size: str) -> Records:
    year = school_year(date.today(), last_year=True)
    return Records(version, Shape(SIZES[size]), year, Site("http", "127.0.0.1", 8080, version))


def sources(records: Records) -> Iterator[tuple[str, Source, int]]:
    """Every source with how many records it has."""
    shape, grades = records.shape, GradebookRecords(records)
    items = shape.class_count * LINE_ITEMS_EACH
    yield "orgs", records.orgs, shape.org_count
    yield "sessions", records.sessions, len(records.year.sessions)
    yield "courses", records.courses, shape.course_count
    yield "classes", records.classes, shape.class_count
    yield "users", records.users, shape.user_count
    yield "enrollments", records.enrollments, shape.enrollment_count
    yield "demographics", records.demographics, shape.counts[Role.STUDENT]
    yield "resources", records.resources, shape.course_count
    yield "categories", grades.categories, len(CATEGORIES)
    yield "line items", grades.line_items, items
    yield "results", grades.results, items * COHORT
    yield "score scales", grades.score_scales, shape.class_count
    yield "assessments", grades.assessments, shape.class_count
    yield "assessment results", grades.assessment_results, shape.class_count * COHORT


def places(shape: Shape, count: int) -> list[int]:
    """The first and the last, what lies at the borders of roles, schools and classes, and some between."""
    borders = {0, count - 1, *range(0, count, max(count // 50, 1)), *range(min(count, 2 * ENROLLED + 1))}
    for step in (shape.classes_each, shape.classes_each * ENROLLED, shape.students_each, shape.size.subjects):
        borders |= {step - 1, step, step + 1, 2 * step}
    for role in Role:
        first = shape.first_position(role)
        borders |= {first - 1, first, first + 1, first + shape.counts[role] - 1}
    return sorted(place for place in borders if 0 <= place < count)


@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("version", VERSIONS)
def test_every_text_is_the_json_of_its_record(version: OneRosterVersion, size: str) -> None:
    records = made(version, size)
    for name, source, count in sources(records):
        chosen = places(records.shape, count)
        texts = list(source.texts(chosen))
        alone = [json.dumps(source.record(place), separators=(",", ":")) for place in chosen]
        assert texts == alone, name
        assert list(source.texts([])) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_the_whole_small_district(version: OneRosterVersion) -> None:
    for name, source, count in sources(made(version, "small")):
        assert list(source.texts(range(count))) == [compact(source.record(at)) for at in range(count)], name


@pytest.mark.parametrize("code", ["data.duplicate-enrollment", "data.missing-email", "payload.invalid"])
def test_records_that_a_fault_changes_or_adds(code: str) -> None:
    roster = Roster(made("1.2", "small"), fault_of(code).roster, 3)
    for every in (roster.users(), roster.enrollments(), roster.classes()):
        whole = [json.dumps(record, separators=(",", ":")) for record in every.page(0, len(every))]
        assert every.text(0, len(every)) == ",".join(whole)
    healthy = Roster(made("1.2", "small"), RosterRules()).enrollments()
    assert len(roster.enrollments()) == len(healthy) + 3 * (code == "data.duplicate-enrollment")


def test_a_percent_sign_a_number_and_a_repeated_value() -> None:
    form = Form(
        lambda indices: ([index * 2 for index in indices], [index / 4 for index in indices]),
        lambda number, score: {"of": f"{number}% of {number}", "score": score},
    )
    assert form.record(3) == {"of": "6% of 6", "score": 0.75}
    assert list(form.texts([3, 4])) == ['{"of":"6% of 6","score":0.75}', '{"of":"8% of 8","score":1.0}']
    over = Overlaid(form, {4: {"of": "nothing"}}.get)
    assert list(over.texts([3, 4, 3])) == [*form.texts([3]), '{"of":"nothing"}', *form.texts([3])]


@pytest.mark.parametrize(
    "positions",
    [
        range(3, 40),
        [5, 1, 9, 2],
        PatternRange(10, 33, Pattern((1, 2), 5)),
        Chain((range(4), PatternRange(9, 9, Pattern((0,), 2)), range(0), [7, 3])),
        RangeWithout(12, (0, 5, 11)),
    ],
)
def test_a_cut_is_what_reading_one_by_one_gives(positions: Positions) -> None:
    whole = [positions[at] for at in range(len(positions))]
    for start in range(len(whole) + 2):
        for stop in range(start, len(whole) + 3):
            assert list(cut(positions, start, stop)) == whole[start:stop]
