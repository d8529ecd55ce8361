"""Values in the wrong field: named by their structure, and moved or swapped where nothing is lost by it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.finding import Status
from oneroster_wizard.draft import Draft
from oneroster_wizard.field_problems import find_problems
from oneroster_wizard.typed_fields import apart, take_suggestion

HOST = "https://springfield.infinitecampus.org"
BASE = f"{HOST}/campus/api/oneroster/v1p2/springfield/ims/oneroster"
TOKEN = f"{HOST}/campus/oauth2/token?appName=springfield"
KEY = "InfiniteCampus_springfield"
SECRET = "canary4secret7of9misplaced"
RIGHT = {"base_url": BASE, "token_url": TOKEN, "client_id": KEY, "client_secret": SECRET}


def draft_of(texts: Mapping[str, str], provider: str = "infinite-campus") -> Draft:
    connection = Connection(
        provider=provider,
        base_url=texts.get("base_url", ""),
        token_url=texts.get("token_url", ""),
        client_id=texts.get("client_id", ""),
    )
    return Draft(
        connection=connection, credentials=Credentials(client_secret=Secret(texts.get("client_secret", "")))
    )


def texts_of(draft: Draft) -> dict[str, str]:
    return {name: draft.text(name) for name in RIGHT}


@pytest.mark.parametrize("two", [
    ("base_url", "token_url"), ("base_url", "client_id"), ("token_url", "client_id"), ("client_id", "client_secret"),
    ("base_url", "client_secret"), ("token_url", "client_secret"),
], ids=" and ".join)  # fmt: skip
def test_two_values_in_each_others_place_are_swapped_from_either_field(two: tuple[str, str]) -> None:
    first, second = two
    for name in two:
        draft = draft_of({**RIGHT, first: RIGHT[second], second: RIGHT[first]})
        problem = find_problems(draft)[name]
        assert problem.offer.startswith("swap the ")
        assert SECRET not in repr(problem)
        assert SECRET not in problem.sentence + problem.offer
        take_suggestion(draft, name, problem)
        assert texts_of(draft) == RIGHT
        assert find_problems(draft) == {}


@pytest.mark.parametrize(
    ("name", "kind", "sentence"),
    [
        ("base_url", "token_url", "This is a token URL. It goes in the token URL field."),
        ("token_url", "base_url", "This is a base URL. It goes in the base URL field."),
        ("client_id", "base_url", "This is a base URL. It goes in the base URL field."),
        ("base_url", "client_id", "This is a client id. It goes in the client id field."),
        (
            "client_secret",
            "token_url",
            "This is a token URL. It goes in the token URL field on the Connection step.",
        ),
        (
            "client_secret",
            "client_id",
            "This is a client id. It goes in the client id field on the Connection step.",
        ),
    ],
)
def test_a_value_moves_to_its_empty_place(name: str, kind: str, sentence: str) -> None:
    draft = draft_of({name: RIGHT[kind]})
    problem = find_problems(draft)[name]
    assert (problem.status, problem.sentence) == (Status.FAIL, sentence)
    assert problem.offer.startswith("move it to the ")
    take_suggestion(draft, name, problem)
    assert {key: text for key, text in texts_of(draft).items() if text} == {kind: RIGHT[kind]}


def test_three_values_go_round() -> None:
    draft = draft_of({**RIGHT, "base_url": TOKEN, "token_url": KEY, "client_id": BASE})
    problem = find_problems(draft)["client_id"]
    assert problem.offer == "put each in its own field"
    assert take_suggestion(draft, "client_id", problem) == "Each is in its own field now."
    assert texts_of(draft) == RIGHT


def test_nothing_that_is_right_is_overwritten() -> None:
    other = TOKEN.replace("springfield", "shelbyville")
    problem = find_problems(draft_of({**RIGHT, "client_secret": other}))["client_secret"]
    assert problem.sentence.startswith("This is a token URL.")
    assert not problem.can_be_taken
    again = find_problems(draft_of({**RIGHT, "base_url": TOKEN}))["base_url"]
    assert again.sentence == "This is the token URL again. The base URL belongs here."
    assert not again.can_be_taken


def test_what_has_no_structure_of_its_own_is_not_guessed() -> None:
    right = {"base_url": "https://a.example/api", "token_url": "https://b.example/x", "client_id": "abc"}
    assert find_problems(draft_of({**right, "client_secret": "def"}, provider="generic")) == {}
    web = find_problems(draft_of({**right, "client_id": "https://a.example/"}, provider="generic"))
    assert web["client_id"].sentence == "This is a web address, so it cannot be the client id."
    assert not web["client_id"].can_be_taken


def test_a_problem_in_one_field_hides_none_in_another() -> None:
    draft = draft_of(
        {
            "base_url": BASE.replace("/campus/", "/campus/campus/"),
            "token_url": TOKEN.replace("/campus/", "/campus/campus/").replace("https://", ""),
            "client_id": f" {HOST} ",
            "client_secret": f" {SECRET} ",
        }
    )
    problems = find_problems(draft)
    assert set(problems) == {"base_url", "token_url", "client_id", "client_secret"}
    assert problems["base_url"].suggestion == BASE
    assert problems["token_url"].suggestion.startswith("https://")


def test_suggestions_that_are_taken_together_never_touch_a_field_twice() -> None:
    draft = draft_of({**RIGHT, "base_url": TOKEN, "token_url": BASE, "client_id": f"“{KEY}”"})
    together = apart(find_problems(draft))
    assert len(together) == 2
    for name, problem in together.items():
        take_suggestion(draft, name, problem)
    assert texts_of(draft) == RIGHT
