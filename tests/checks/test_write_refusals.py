"""What the write test finds on a grade book that refuses, changes, loses, or does not let go of its records."""

from __future__ import annotations

import json

import pytest

from oneroster_checks.connection import OAuthVersion, OneRosterVersion
from oneroster_checks.finding import Status
from oneroster_checks.report import render
from oneroster_practice import PracticeDistrict

from ..servers.meddler import Meddler, Meddling
from ..servers.reply import Reply, html_reply, json_reply
from .engine import wrong_facts
from .writing import (
    SHARE,
    Journal,
    changes,
    delete_of,
    failures,
    in_gradebook,
    of_step,
    put_to,
    says,
    unchanged,
    write_test,
)

FORBIDDEN = json_reply(403, {"imsx_codeMajor": "failure", "imsx_description": "Writing is not allowed"})


def healthy(version: OneRosterVersion = "1.2", oauth: OAuthVersion = 2) -> PracticeDistrict:
    return PracticeDistrict(oneroster=version, oauth=oauth, share=SHARE)


@pytest.mark.parametrize(
    ("meddling", "step", "facts"),
    [
        (says(put_to("lineItems"), FORBIDDEN), "line-item", {"step": "line-item", "status": 403}),
        (says(put_to("results"), FORBIDDEN), "result", {"step": "result", "status": 403}),
        (says(put_to("results"), html_reply(200, "Sign in")), "result", {"detail": "a web page came back"}),
        (says(put_to("results"), Reply(500)), "result", {"status": 500, "broken": True}),
        (
            says(put_to("results"), json_reply(200, {"imsx_codeMajor": "failure", "imsx_severity": "error"})),
            "result",
            {"status": 200},
        ),
        (
            lambda passing: FORBIDDEN if b"long title" in passing.body else None,
            "title",
            {"step": "title"},
        ),
        (
            lambda passing: Reply(400) if b"120.0" in passing.body else None,
            "extra-credit",
            {"step": "extra-credit", "status": 400},
        ),
        (lambda passing: Reply(422) if b"exempt" in passing.body else None, "exempt", {"step": "exempt"}),
    ],
)
async def test_a_refusal_is_told_with_its_step(
    meddling: Meddling, step: str, facts: dict[str, object]
) -> None:
    with healthy() as district, unchanged(district):
        async with Meddler(district.connection, meddling) as relay:
            result = await write_test(relay.connection, district.credentials, journal := Journal())
    assert failures(result) == {step: "gradebook.write-refused"}
    found = of_step(result, step)
    assert found.status is Status.FAIL
    assert facts.items() <= dict(found.facts).items()
    assert result.verdict.cause == "gradebook.write-refused"
    assert of_step(result, "removal").status is Status.PASS
    assert journal.held == []
    assert wrong_facts(result) == []


async def test_what_the_server_says_of_a_refusal_is_quoted() -> None:
    with healthy() as district:
        async with Meddler(district.connection, says(put_to("lineItems"), FORBIDDEN)) as relay:
            result = await write_test(relay.connection, district.credentials)
    assert "Writing is not allowed" in of_step(result, "line-item").evidence[0].said
    text = " ".join(render([result], "text").split())
    assert "creating a line item was refused (HTTP 403, /lineItems)" in text


@pytest.mark.parametrize("status", [404, 405])
@pytest.mark.parametrize(
    ("collection", "step", "post"),
    [
        ("lineItems", "line-item", "/classes/{classSourcedId}/lineItems"),
        ("results", "result", "/lineItems/{lineItemSourcedId}/results"),
    ],
)
async def test_where_there_is_no_put_the_post_of_the_version_is_named(
    collection: str, step: str, post: str, status: int
) -> None:
    with healthy() as district, unchanged(district):
        async with Meddler(district.connection, says(put_to(collection), Reply(status))) as relay:
            result = await write_test(relay.connection, district.credentials, journal := Journal())
    assert failures(result) == {step: "gradebook.write-refused"}
    assert of_step(result, step).facts["post"] == post
    words = f"it was a PUT, and POST {post}, which OneRoster 1.2 also has, was not tried."
    assert words in result.verdict.summary
    assert "created only with POST" in str(result.verdict.fix[0])
    assert not any(passing.method == "POST" and "/token" not in passing.path for passing in relay.heard)
    assert journal.held == []
    assert wrong_facts(result) == []


@pytest.mark.parametrize(
    ("version", "meddling"),
    [
        # 1.1 has no POST, nor has 1.2 for categories, and another refusal or change says nothing of it.
        ("1.1", says(put_to("lineItems"), Reply(405))),
        ("1.2", says(put_to("categories"), Reply(405))),
        ("1.2", says(put_to("lineItems"), FORBIDDEN)),
        ("1.2", lambda passing: Reply(405) if b"long title" in passing.body else None),
    ],
)
async def test_otherwise_no_post_is_named(version: OneRosterVersion, meddling: Meddling) -> None:
    with healthy(version) as district, unchanged(district):
        async with Meddler(district.connection, meddling) as relay:
            result = await write_test(relay.connection, district.credentials)
    refused = [each for each in result.findings if each.finding.cause == "gradebook.write-refused"]
    assert refused
    assert all("post" not in each.finding.facts and "POST" not in each.summary for each in refused)


async def test_a_line_item_goes_into_a_category_that_is_there_where_none_can_be_made() -> None:
    with healthy() as district, unchanged(district):
        async with Meddler(district.connection, says(put_to("categories"), FORBIDDEN)) as relay:
            result = await write_test(relay.connection, district.credentials)
            sent = [json.loads(each.body) for each in relay.heard if put_to("lineItems")(each)]
    assert of_step(result, "category").status is Status.WARN
    assert failures(result) == {"category": "gradebook.write-refused"}
    assert {each["lineItem"]["category"]["sourcedId"] for each in sent} == {"category-1"}


async def test_where_everything_is_refused_nothing_is_said_to_be_left() -> None:
    with healthy() as district, unchanged(district):
        refuses = says(lambda passing: passing.writes, FORBIDDEN)
        async with Meddler(district.connection, refuses) as relay:
            result = await write_test(relay.connection, district.credentials, journal := Journal())
    assert failures(result) == dict.fromkeys(("category", "line-item"), "gradebook.write-refused")
    assert of_step(result, "line-item").status is Status.FAIL
    assert of_step(result, "result").status is Status.SKIP
    assert journal.held == []


@pytest.mark.parametrize(
    ("meddling", "step", "fields"),
    [
        (changes("PUT", "lineItems", title="Cut"), "line-item", ("title",)),
        (changes("PUT", "lineItems", dueDate="2020-01-01", resultValueMax=1), "line-item",
            ("dueDate", "resultValueMax")),
        (changes("PUT", "results", scoreStatus="submitted"), "result", ("scoreStatus",)),
        (changes("PUT", "results", score=100), "result", ("score",)),
        (
            lambda passing: passing.body.replace(b"120.0", b"100.0") if passing.body else None,
            "extra-credit",
            ("score",),
        ),
        (
            lambda passing: passing.body.replace(b"exempt", b"submitted") if passing.body else None,
            "exempt",
            ("scoreStatus",),
        ),
        (
            lambda passing: passing.body[:].replace(b"again and again", b"") if passing.body else None,
            "title",
            ("title",),
        ),
    ],
)  # fmt: skip
async def test_what_is_changed_on_the_way_in_is_told_by_its_fields(
    meddling: Meddling, step: str, fields: tuple[str, ...]
) -> None:
    with healthy() as district, unchanged(district):
        async with Meddler(district.connection, meddling) as relay:
            result = await write_test(relay.connection, district.credentials)
    assert failures(result) == {step: "gradebook.write-not-kept"}
    assert of_step(result, step).facts["differing"] == fields
    assert "lost" not in of_step(result, step).facts
    assert wrong_facts(result) == []


async def test_what_is_accepted_and_lost_is_told() -> None:
    accepted = Reply(204)
    with healthy() as district, unchanged(district):
        async with Meddler(district.connection, says(put_to("results"), accepted)) as relay:
            result = await write_test(relay.connection, district.credentials, journal := Journal())
    assert failures(result) == {"result": "gradebook.write-not-kept"}
    assert of_step(result, "result").facts["lost"] is True
    assert journal.held == []
    assert wrong_facts(result) == []


@pytest.mark.parametrize(
    "reply", [Reply(405), Reply(403), Reply(500), Reply(204)], ids=lambda reply: str(reply.status)
)
async def test_what_cannot_be_removed_is_listed(reply: Reply) -> None:
    """A 204 that removes nothing leaves it there as well."""
    with healthy() as district:
        async with Meddler(district.connection, says(delete_of("lineItems"), reply)) as relay:
            result = await write_test(relay.connection, district.credentials, journal := Journal())
        there = {record["sourcedId"] for record in in_gradebook(district)["/lineItems"]}
    assert failures(result) == {"removal": "gradebook.cleanup-failed"}
    facts = of_step(result, "removal").facts
    (left,) = journal.held
    assert left.sourced_id in there
    assert (facts["count"], facts["of"], facts["examples"]) == (1, 3, (left.sourced_id,))
    assert facts["records"] == (f"lineItems/{left.sourced_id}",)
    assert result.verdict.cause == "gradebook.cleanup-failed"
    assert wrong_facts(result) == []
