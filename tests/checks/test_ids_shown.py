"""Ids are whole only in forms that can be no name; and what is learned to be hidden is bounded."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from oneroster_checks.limits import (
    LONGEST_NAME_CHARACTERS,
    NAMES_KEPT,
    REDACTED_CHARACTERS,
    SECRET_CHARACTERS_OF_A_RUN,
    SECRETS_OF_A_RUN,
)
from oneroster_checks.redaction import HIDDEN, Redactor
from oneroster_checks.redaction.addresses import shown_filter
from oneroster_checks.redaction.ids import shown_id
from oneroster_checks.redaction.shown import redacted_facts

from ..canary_runs import connection_to, everything_said
from ..servers import LoopServer, Reply, Request, json_reply, token_reply
from .engine import outcome, secrets

NO_NAMES = (
    "550e8400-e29b-41d4-a716-446655440000", "53ea9d6b9a5c3a1c2f000012", "4bf92f3577b34da6a3ce929d0e0e4736",
    "01ARZ3NDEKTSV4RRFFQ69G5FAV", "230b030023ae2822-SJC", "Root=1-67891233-abcdef012345678912345678", "12345", "s1234",
    "s1000001",
    "t7", "class-7-2026", "student-2", "academicSessions-3", "c1:student:1", "practice-000007", "id-7", "7",
)  # fmt: skip
MAY_BE_NAMES = (
    "maria", "Ana", "Ana7", "jsmith24", "smith.maria", "maria-123", "Maria_Quack", "zerlina.quackenbush", "20110317",
    "2011-03-17", "03-17-11", "5550142", "555-0142", "s20110317",
    "5550142998", "15550142998", "123456789", "123-45-6789",
    "+15550142998", "20110317-0000-0000-0000-000000000000", "6d6172696120676f6e7a616c657a", "maria-20110317",
    "\u738b\u5c0f\u660e", "class-maria", "s-20110317",
)  # fmt: skip


@pytest.mark.parametrize("text", NO_NAMES)
def test_an_id_that_can_be_no_name_is_whole(text: str) -> None:
    assert Redactor().id(text) == text


@pytest.mark.parametrize("text", MAY_BE_NAMES)
def test_an_id_that_may_be_a_name_is_shortened(text: str) -> None:
    shown = Redactor().id(text)
    assert text not in shown
    assert "\u2026" in shown
    assert len(shown) <= 5
    # A report is redacted once more.
    assert shown_id(shown) == shown


@pytest.mark.parametrize("text", MAY_BE_NAMES)
def test_nor_is_it_whole_in_any_other_place(text: str) -> None:
    redactor = Redactor()
    facts = redacted_facts(
        {"examples": (text,), "scope": f"roster.readonly {text}", "filter": f"sourcedId='{text}'"}, redactor
    )
    assert text not in str(facts)
    assert text not in shown_filter(f"sourcedId='{text}'")
    assert text not in redactor.outline({"sourcedId": text})
    assert text not in redactor.address(
        f"https://d.example/users/{text}?filter=sourcedId%3D%27{text}%27&{text}={text}"
    )


def test_what_the_user_typed_stays_in_an_address() -> None:
    redactor = Redactor()
    redactor.spare("https://d.example/maria/ims/oneroster?app=elm-school")
    for url in (
        "https://d.example/maria/ims/oneroster/rostering/v1p2/orgs?limit=100&offset=1200000",
        "https://d.example/maria/ims/oneroster/users/s1234?app=elm-school&sort=sourcedId&orderBy=desc",
        "https://d.example/maria/ims/oneroster/orgs?filter=sourcedId%3D%27s1234%27&fields=sourcedId%2Cstatus",
    ):
        assert redactor.address(url) == url


@pytest.mark.parametrize("id", ["5550142998", "maria", "jsmith24", "20110317"])
async def test_no_run_shows_an_id_that_may_be_a_name(
    id: str, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply(scope=f"roster.readonly {id}").but(("X-Request-Id", id))
        name = heard.path.rstrip("/").rpartition("/")[2]
        ids = [f"{id}{letter}" for letter in "xyz"]
        row = {
            "status": id,
            "user": {"sourcedId": id},
            "class": {"sourcedId": id},
            "role": "student",
            "schoolYear": id,
        }
        return json_reply(200, {name: [row | {"sourcedId": each} for each in ids]}, ("X-Request-Id", id))

    async with LoopServer(answers) as server:
        reported, result = await everything_said(
            connection_to(server.origin, 2, "1.2"), secrets(), caplog, tmp_path
        )
    assert result.requests > 5
    assert id not in reported


async def test_a_filter_is_tried_on_an_id_that_is_shown_whole_where_there_is_one() -> None:
    def answers(heard: Request) -> Reply:
        if heard.method == "POST":
            return token_reply()
        name = heard.path.rstrip("/").rpartition("/")[2]
        rows = [{"sourcedId": each} for each in ("algebra-smith", "class-7", "biology-smith")]
        return json_reply(200, {name: rows}, ("X-Total-Count", "3"))

    async with LoopServer(answers) as server:
        result = await outcome(connection_to(server.origin, 2, "1.2"), secrets())
    filtered = result.finding("query.filter")
    assert filtered is not None
    # Whoever gets the ticket can send the same request.
    assert "filter=sourcedId%3D%27class-7%27" in filtered.evidence[-1].url
    assert filtered.facts["filter"] == "sourcedId='class-7'"


def test_beyond_what_is_learned_nothing_of_a_server_is_shown() -> None:
    many, long, wide = Redactor(), Redactor(), Redactor()
    for number in range(SECRETS_OF_A_RUN + 1):
        many.learn(f"secret-number-{number}")
    long.learn("x" * (SECRET_CHARACTERS_OF_A_RUN + 1))
    wide.learn_people({"givenName": "Zerlina " * LONGEST_NAME_CHARACTERS})
    for redactor in (many, long, wide):
        assert redactor.server_text("an ordinary word") == HIDDEN
        assert redactor.said(["an ordinary word"]) == ""
        assert redactor.id("s1234") == HIDDEN
    for redactor in (many, long):
        redactor.spare("https://d.example/ims/oneroster-4711x/x")
        assert (
            redactor.text("https://d.example/ims/oneroster-4711x/x")
            == "https://d.example/ims/oneroster-4711x/x"
        )
        assert redactor.text("an unlearned4711secret here") == f"an {HIDDEN} here"


def test_a_long_text_is_shown_in_part_and_no_secret_of_it() -> None:
    secret = "Zk83hFq02mLxPq7Rt5Vw"
    for before in range(REDACTED_CHARACTERS - len(secret), REDACTED_CHARACTERS + 1):
        text = f"{'-' * before}{secret}{'-' * 1000}"
        for shown in (Redactor([secret]).text(text), Redactor([secret]).server_text(text)):
            assert len(shown) <= REDACTED_CHARACTERS
            assert not any(secret[:size] in shown for size in range(2, len(secret)))


def test_names_are_found_however_many_there_are() -> None:
    redactor = Redactor()
    count = 3 * NAMES_KEPT
    redactor.learn_people(
        [{"givenName": f"Same {place} name", "username": f"user{place}x"} for place in range(count)]
    )
    began = time.thread_time()
    for place in (0, 1, NAMES_KEPT, count - 1):
        assert redactor.said([f"There is no SAME-{place}-NAME, and no User{place}X."]) == (
            f"There is no {HIDDEN}, and no {HIDDEN}."
        )
    words = "the record was not found and the request was refused " * 20
    assert HIDDEN not in redactor.server_text(words)
    redactor.server_text("Same " * 1600)
    # A tenth of a second; with one alternative a name, minutes.
    assert time.thread_time() - began < 5


def test_secrets_that_begin_alike_cost_no_more() -> None:
    redactor = Redactor([f"head{'x' * (place % 90)}{place}" for place in range(SECRETS_OF_A_RUN)])
    began = time.thread_time()
    redactor.server_text("headx" * 1600)
    assert time.thread_time() - began < 5


def test_of_a_number_that_is_also_a_persons_the_ends_are_left() -> None:
    redactor = Redactor(["40012399"])
    redactor.learn_people({"sourcedId": "1000022", "identifier": "1000022", "givenName": "Fennimorris"})
    redactor.learn_people({"sourcedId": "123456", "identifier": "123456", "givenName": "Ottolinda"})
    assert redactor.id("1000022") == "1…2"
    assert redactor.id("123456") == "1…6"
    # Neither a name nor a secret is told by its ends.
    assert redactor.id("fennimorris") == HIDDEN
    assert redactor.id("40012399") == HIDDEN
