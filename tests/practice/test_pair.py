"""Both sides of a move in the practice district: the same people twice, and a problem between them."""

from __future__ import annotations

import json

import pytest

from oneroster_practice import PracticeDistrict, PracticeError, PracticePair, problems, problems_alone

from .caller import Caller


def test_the_same_people_are_on_both_sides() -> None:
    with PracticePair() as pair, Caller(pair.old) as before, Caller(pair.new) as after:
        old, new = before.records("users"), after.records("users")
    assert (pair.old.connection.oneroster, pair.new.connection.oneroster) == ("1.1", "1.2")
    assert {user["sourcedId"][0] for user in old} == {"s", "p", "t", "a"}
    assert all(user["sourcedId"].isdigit() for user in new)
    assert [user["metadata"]["ic.legacySourcedId"] for user in new] == [user["sourcedId"][1:] for user in old]
    assert [user["identifier"] for user in new] == [user["identifier"] for user in old]


def test_the_ready_line_has_both_sides() -> None:
    with PracticePair("migrate.users-lost", oauth=1) as pair:
        line = json.loads(json.dumps(pair.ready_line()))
        assert (line["old"]["base_url"], line["new"]["base_url"]) == (
            pair.old.connection.base_url, pair.new.connection.base_url,
        )  # fmt: skip
    assert (line["ready"], line["problem"]) == (True, "migrate.users-lost")
    assert [(line[side]["oauth"], line[side]["oneroster"]) for side in ("old", "new")] == [
        (1, "1.1"),
        (2, "1.2"),
    ]


def test_a_problem_of_a_pair_is_none_of_one_district() -> None:
    assert {problem.code for problem in problems()} - {problem.code for problem in problems_alone()} == {
        problem.code for problem in problems() if problem.code.startswith("migrate.")
    }
    with pytest.raises(PracticeError, match="--pair"):
        PracticeDistrict("migrate.users-lost")
    with pytest.raises(PracticeError, match="Leave out --pair"):
        PracticePair("gradebook.not-enabled")


@pytest.mark.parametrize(
    ("problem", "options", "words"),
    [
        (None, {"share": ("rostering", "assessments")}, "no assessments"),
        ("migrate.users-lost", {"count": 61}, "room for 60"),
        ("migrate.users-lost", {"count": 0}, "1 or more"),
        ("migrate.other-year", {"count": 2}, "takes a count"),
        ("migrate.nonesuch", {}, "no problem called"),
    ],
)
def test_a_pair_that_cannot_be_is_refused(
    problem: str | None, options: dict[str, object], words: str
) -> None:
    with pytest.raises(PracticeError, match=words):
        PracticePair(problem, **options)  # type: ignore[arg-type]


def test_closing_a_pair_twice_does_no_harm() -> None:
    pair = PracticePair()
    pair.close()
    pair.close()
