"""The write test of the grade book: what it finds on a healthy district and on each that is not, leaving nothing."""

from __future__ import annotations

import pytest

from oneroster_checks.connection import Credentials, OAuthVersion, OneRosterVersion
from oneroster_checks.diagnosis.runner import run
from oneroster_checks.errors import InvalidOption
from oneroster_checks.finding import Status
from oneroster_checks.made_records import Leftovers, MadeRecord
from oneroster_checks.stages.model import Depth
from oneroster_practice import PracticeDistrict

from ..servers.meddler import Meddler, Passing
from ..servers.reply import Reply, json_reply
from .engine import wrong_facts
from .http.sessions import SwiftClock
from .writing import (
    CLASS,
    SHARE,
    STEPS,
    VERSIONS,
    Journal,
    failures,
    in_gradebook,
    of_step,
    read_of,
    says,
    unchanged,
    write_test,
)

FORBIDDEN = json_reply(403, {"imsx_codeMajor": "failure", "imsx_description": "Writing is not allowed"})


def healthy(version: OneRosterVersion = "1.2", oauth: OAuthVersion = 2) -> PracticeDistrict:
    return PracticeDistrict(oneroster=version, oauth=oauth, share=SHARE)


@pytest.mark.parametrize(("version", "oauth"), VERSIONS)
async def test_every_step_passes_and_nothing_is_left(version: OneRosterVersion, oauth: OAuthVersion) -> None:
    journal = Journal()
    with healthy(version, oauth) as district, unchanged(district):
        async with Meddler(district.connection) as relay:
            result = await write_test(relay.connection, district.credentials, journal)
            heard, at_once = relay.heard, relay.most_at_once
    assert {
        step: of_step(result, step.removeprefix("gradebook.write-")).status for step in STEPS
    } == dict.fromkeys(STEPS, Status.PASS)
    assert at_once == 1
    assert [passing.method for passing in heard if passing.writes] == ["PUT"] * 6 + ["DELETE"] * 3
    assert (journal.held, len(journal.taken), journal.classes) == ([], 3, {CLASS})
    # A report shows which records these were.
    assert all(record.sourced_id in str(result.trace) for record in journal.taken)


@pytest.mark.parametrize(("version", "oauth"), VERSIONS)
async def test_nothing_is_written_without_the_option(version: OneRosterVersion, oauth: OAuthVersion) -> None:
    with healthy(version, oauth) as district:
        async with Meddler(district.connection) as relay:
            for depth in Depth:
                await run(relay.connection, district.credentials, depth=depth)
            methods = {passing.method for passing in relay.heard if "oauth2/token" not in passing.path}
    assert methods == {"GET"}


@pytest.mark.parametrize("status", [200, 201, 204])
async def test_each_status_of_success_is_one(status: int) -> None:
    with healthy() as district, unchanged(district):
        async with Meddler(district.connection) as relay:
            relay.answered = lambda passing: Reply(status) if passing.method == "PUT" else None
            result = await write_test(relay.connection, district.credentials)
    assert failures(result) == {}


@pytest.mark.parametrize("collection", ["categories", "lineItems", "results"])
async def test_a_record_that_is_not_there_for_a_moment_is_not_lost(collection: str) -> None:
    with healthy() as district, unchanged(district):
        gone = says(read_of(collection), Reply(404), times=1)
        absent = says(lambda passing: passing.is_of(collection) and "/classes/" in passing.path, Reply(404))

        def meddle(passing: Passing) -> Reply | None:
            found = gone(passing) or absent(passing)
            assert not isinstance(found, bytes)
            return found if isinstance(found, Reply) else None

        async with Meddler(district.connection, meddle) as relay:
            result = await write_test(relay.connection, district.credentials)
    assert failures(result) == {}


@pytest.mark.parametrize("status", [404, 405, 403])
async def test_a_server_without_single_records_is_read_by_its_lists(status: int) -> None:
    with healthy() as district, unchanged(district):
        no_single = says(
            lambda passing: (
                passing.method == "GET" and "orwt-" in passing.path.rsplit("/", 1)[-1].split("?")[0]
            ),
            Reply(status),
        )
        async with Meddler(district.connection, no_single) as relay:
            result = await write_test(relay.connection, district.credentials, journal := Journal())
    assert failures(result) == {}
    assert journal.held == []


@pytest.mark.parametrize("status", [200, 202, 204])
async def test_marked_as_deleted_is_gone(status: int) -> None:
    deleted: set[str] = set()

    def meddle(passing: Passing) -> Reply | bytes | None:
        id = passing.path.rsplit("/", 1)[-1]
        if passing.method == "DELETE":
            deleted.add(id)
            return Reply(status)
        if passing.method == "GET" and id in deleted:
            name = id.rsplit("-", 1)[-1]
            return json_reply(200, {name: {"sourcedId": id, "status": "tobedeleted"}})
        return None

    with healthy() as district:
        async with Meddler(district.connection, meddle) as relay:
            result = await write_test(relay.connection, district.credentials, journal := Journal())
    assert failures(result) == {}
    assert journal.held == []


async def test_leftovers_are_removed_by_a_later_run() -> None:
    with healthy() as district:
        before = in_gradebook(district)
        async with Meddler(
            district.connection, says(lambda passing: passing.method == "DELETE", Reply(405))
        ) as relay:
            await write_test(relay.connection, district.credentials, journal := Journal())
            assert len(journal.held) == 3
            relay.meddle = lambda passing: None
            left = Leftovers(CLASS, tuple(journal.held))
            result = await run(
                relay.connection, district.credentials, leftovers=(left,), journal=journal, clock=SwiftClock(),
                only=("gradebook.leftovers",),
            )  # fmt: skip
        assert in_gradebook(district) == before
    assert journal.held == []
    found = result.finding("gradebook.leftovers")
    assert found is not None
    assert found.status is Status.PASS
    assert failures(result) == {}


@pytest.mark.parametrize(
    ("class_id", "reason"),
    [
        ("nonesuch", "no class with this sourcedId is shared"),
        ("../users", "no class with this sourcedId is shared"),
    ],
)
async def test_a_class_that_is_not_there_is_told_before_anything_is_written(
    class_id: str, reason: str
) -> None:
    with healthy() as district:
        async with Meddler(district.connection) as relay:
            result = await write_test(relay.connection, district.credentials, class_id=class_id)
            assert not any(passing.writes for passing in relay.heard)
    assert failures(result) == {"class": "gradebook.write-class"}
    assert of_step(result, "class").facts["reason"] == reason
    assert of_step(result, "removal").status is Status.SKIP
    assert wrong_facts(result) == []


@pytest.mark.parametrize("empty", [("students",), ("students", "enrollments")])
async def test_a_student_is_found_by_the_enrollments_too(empty: tuple[str, ...]) -> None:
    def meddle(passing: Passing) -> Reply | None:
        words = passing.path.split("?")[0].split("/")
        if "classes" in words and words[-1] in empty:
            return json_reply(200, {"users" if words[-1] == "students" else "enrollments": []})
        return None

    with healthy() as district, unchanged(district):
        async with Meddler(district.connection, meddle) as relay:
            result = await write_test(relay.connection, district.credentials)
    expected = {} if len(empty) == 1 else {"class": "gradebook.write-class"}
    assert failures(result) == expected


async def test_nothing_is_written_where_reading_does_not_work() -> None:
    with healthy() as district:
        refused = says(lambda passing: passing.is_of("results"), Reply(403))
        async with Meddler(district.connection, refused) as relay:
            result = await write_test(relay.connection, district.credentials)
            assert not any(passing.writes for passing in relay.heard)
    assert of_step(result, "class").status is Status.SKIP


async def test_nothing_is_written_that_cannot_be_taken_down() -> None:
    with healthy() as district:
        async with Meddler(district.connection) as relay:
            result = await write_test(relay.connection, district.credentials, Journal(broken=True))
            assert not any(passing.writes for passing in relay.heard)
    assert of_step(result, "category").status is Status.SKIP
    assert of_step(result, "removal").status is Status.SKIP


async def test_a_token_without_the_scopes_to_write_gets_them() -> None:
    scope = "https://purl.imsglobal.org/spec/or/v1p2/scope/"
    reads = " ".join(scope + name for name in ("roster.readonly", "gradebook.readonly"))
    with healthy() as district, unchanged(district):
        async with Meddler(district.connection) as relay:
            result = await write_test(relay.connection.but(scope=reads), district.credentials)
            tokens = [passing for passing in relay.heard if passing.method == "POST"]
    assert failures(result) == {}
    assert len(tokens) == 2
    assert b"gradebook.createput" in tokens[1].body
    assert b"gradebook.delete" in tokens[1].body


@pytest.mark.parametrize(
    ("changed", "credentials", "sentence"),
    [
        ({"share": ("rostering",)}, True, "not among the data you expect"),
        ({}, False, "needs the vendor key"),
    ],
)
async def test_what_cannot_be_written_to_is_refused_before_a_request(
    changed: dict[str, object], credentials: bool, sentence: str
) -> None:
    with healthy() as district:
        own = district.credentials if credentials else Credentials(district.credentials.client_secret)
        with pytest.raises(InvalidOption, match=sentence):
            await run(district.connection.but(**changed), own, write_test=CLASS)


@pytest.mark.parametrize(
    ("path", "sourced_id"),
    [
        ("/lineItems", "lineItem-1"), ("/users", "orwt-0123456789abcdef-lineItem"),
        ("/lineItems", "orwt-0123456789abcdef-result"), ("/results", "orwt-0123456789abcdef-result/.."),
    ],
)  # fmt: skip
def test_no_other_record_can_be_removed(path: str, sourced_id: str) -> None:
    with pytest.raises(ValueError, match="no record of a write test"):
        MadeRecord(path, sourced_id)
