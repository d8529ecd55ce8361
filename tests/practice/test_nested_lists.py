"""Lists of the practice district below a record: they agree with the lists above them."""

from __future__ import annotations

import pytest

from oneroster_checks.connection import OneRosterVersion
from oneroster_practice import PracticeDistrict

from .caller import Caller, filtered


def test_lists_below_a_record_agree_with_the_enrollments(caller: Caller) -> None:
    enrolled = caller.records(filtered("enrollments", "class.sourcedId='class-20'"))
    of_class = {
        role: {record["user"]["sourcedId"] for record in enrolled if record["role"] == role}
        for role in ("student", "teacher")
    }
    for prefix in ("classes/class-20", "schools/org-3/classes/class-20"):
        for role, ids in of_class.items():
            assert {user["sourcedId"] for user in caller.records(f"{prefix}/{role}s")} == ids
    assert caller.records("schools/org-3/classes/class-20/enrollments") == enrolled
    (teacher,) = of_class["teacher"]
    for user in (teacher, min(of_class["student"])):
        taken = {
            record["class"]["sourcedId"]
            for record in caller.records(filtered("enrollments", f"user.sourcedId='{user}'"))
        }
        assert {record["sourcedId"] for record in caller.records(f"users/{user}/classes")} == taken
        assert "class-20" in taken


def test_lists_below_a_school_are_parts_of_the_whole(caller: Caller) -> None:
    sizes = {"students": 60, "teachers": 5, "classes": 18, "courses": 6, "enrollments": 378}
    for name, each in sizes.items():
        first, second = (
            {record["sourcedId"] for record in caller.records(f"schools/{org}/{name}")}
            for org in ("org-2", "org-3")
        )
        whole = {record["sourcedId"] for record in caller.records(name)}
        assert (len(first), len(second)) == (each, each), name
        assert first | second == whole, name
    assert caller.records("schools/org-2/terms") == caller.records("terms")


def test_lists_below_terms_courses_and_resources(caller: Caller) -> None:
    assert len(caller.records("terms/session-2/classes")) == 36
    periods = caller.records("terms/session-2/gradingPeriods")
    assert [record["parent"]["sourcedId"] for record in periods] == ["session-2", "session-2"]
    classes = caller.records("courses/course-2/classes")
    assert {record["course"]["sourcedId"] for record in classes} == {"course-2"}
    assert len(caller.records("resources", service="resources")) == 12
    (resource,) = caller.records("classes/class-8/resources", service="resources")
    assert caller.get(f"resources/{resource['sourcedId']}", service="resources").status_code == 200
    (same,) = caller.records("courses/course-2/resources", service="resources")
    assert same == resource


@pytest.mark.parametrize("oneroster", ["1.1", "1.2"])
def test_a_term_has_the_classes_that_name_it(oneroster: OneRosterVersion) -> None:
    district = PracticeDistrict("data.class-outside-term", oneroster=oneroster, count=5)
    with district, Caller(district) as caller:
        for term in caller.records("terms"):
            id = term["sourcedId"]
            own = [
                row for row in caller.records("classes") if id in [each["sourcedId"] for each in row["terms"]]
            ]
            assert caller.records(f"terms/{id}/classes") == own
            assert len(own) in (5, 31)
