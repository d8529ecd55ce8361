"""A server that names a person before it sends the record: at the end of the run the report shows neither."""

from __future__ import annotations

from itertools import count

import pytest

from oneroster_checks.diagnosis.runner import run, stream
from oneroster_checks.report import FORMATS, MESSAGES, checklist_text, district_message, render, ticket
from oneroster_checks.result import Result
from oneroster_checks.stages.model import Depth
from oneroster_wizard.run_log import RunLog

from .canaries import FAMILY, GIVEN, SECRET, TOKEN, WHO, found_in, granted, record, rows
from .canary_runs import RIGHT, connection_to
from .servers import Answer, Answers, LoopServer, Reply, Request, json_reply

BEFORE, BEHIND = "It says", "and is not let in"
# Ids by which a system calls a person, which nobody can tell from a name, and those that can be none.
NAMING_IDS = (
    "zerlina.quackenbush",
    "QUACKENBUSH123",
    "z.quackenbush@pupils.example",
    "2011-03-17",
    "Zerlina",
)
PLAIN_ID = "9b2f7c1e-4d3a-4f6b-8c5d-7e1f2a3b4c5d"


async def result_of(answers: Answers, **changes: object) -> tuple[Result, str]:
    """The result of a whole run, and all reports of it."""
    async with LoopServer(answers) as server:
        connection = connection_to(server.origin, 2, "1.2").but(**changes)
        result = await run(connection, RIGHT, depth=Depth.FULL)
    reports = [render([result], form) for form in (*FORMATS, *MESSAGES)]
    reports += [repr(result), ticket(result), district_message(result), checklist_text(result)]
    return result, "\n".join(reports)


def naming_first(part: str, reply: Reply) -> Answers:
    """A server that gives this reply for one part, and honest records for all others."""

    def answers(heard: Request) -> Answer:
        if heard.method == "POST":
            return granted()
        return reply if heard.path.endswith(part) else rows(heard, "1.2", lambda row: row)

    return answers


@pytest.mark.parametrize("part", ["/orgs", "/academicSessions"])
async def test_words_that_name_a_person_who_is_read_later(part: str) -> None:
    words = f"{BEFORE} {WHO} {BEHIND}"
    reply = json_reply(403, {"imsx_codeMajor": "failure", "imsx_description": words})
    result, reports = await result_of(naming_first(part, reply), share=("rostering",))
    assert found_in(reports) == []
    said = [each.said for found in result.findings for each in found.finding.evidence if each.said]
    assert any(BEFORE in words and BEHIND in words for words in said)


async def test_a_product_that_is_a_person_who_is_read_later() -> None:
    server = (("Server", f"{FAMILY}/2.0"), ("Content-Type", "text/html"))
    turn = count()

    def answers(heard: Request) -> Answer:
        if heard.method == "POST":
            return granted()
        if heard.path.endswith("/demographics") and next(turn) == 0:
            return Reply(403, b"<html><title>Blocked</title></html>", server)
        return rows(heard, "1.2", lambda row: row)

    _, reports = await result_of(answers, share=("rostering", "demographics"))
    assert FAMILY.lower() not in reports.lower()


async def test_the_token_in_words_before_it_is_granted() -> None:
    turn = count()

    def answers(heard: Request) -> Answer:
        if heard.method == "POST":
            first = json_reply(
                400, {"error": "invalid_request", "error_description": f"use {TOKEN} {BEHIND}"}
            )
            return granted() if next(turn) else first
        return rows(heard, "1.2", lambda row: row)

    result, reports = await result_of(answers, share=("rostering",))
    assert TOKEN not in reports
    assert SECRET not in reports
    assert any(BEHIND in each.said for each in result.trace)


@pytest.mark.parametrize("id", NAMING_IDS)
@pytest.mark.parametrize("place", ["record", "reference"])
async def test_words_that_repeat_the_id_of_a_person(id: str, place: str) -> None:
    def answers(heard: Request) -> Answer:
        if heard.method == "POST":
            return granted()
        name = heard.path.rpartition("/")[2]
        if name in ("users", "students", "teachers") and place == "record":
            person = record("1.2", "user", "users", 0) | {
                "givenName": "A",
                "familyName": "B",
                "role": "student",
            }
            return json_reply(
                200, {"users": [{**person, "sourcedId": id, "username": "u", "email": "", "birthDate": ""}]}
            )
        if name == "enrollments" and place == "reference":
            row = record("1.2", "enrollment", name, 0)
            return json_reply(200, {name: [{**row, "user": {"href": "", "sourcedId": id, "type": "user"}}]})
        if name in ("orgs", "classes", "academicSessions"):
            return rows(heard, "1.2", lambda row: row)
        words = f"{BEFORE} {id} or {PLAIN_ID} {BEHIND}"
        return json_reply(404, {"imsx_codeMajor": "failure", "imsx_description": words})

    result, reports = await result_of(answers, share=("rostering",))
    assert id.lower() not in reports.lower()
    assert any(PLAIN_ID in each.said for each in result.trace)


async def test_an_id_of_a_person_that_is_no_name_is_quoted() -> None:
    def answers(heard: Request) -> Answer:
        if heard.method == "POST":
            return granted()
        if heard.path.rpartition("/")[2] in ("orgs", "classes", "academicSessions", "users", "students"):
            return rows(heard, "1.2", lambda row: {**row, "sourcedId": PLAIN_ID})
        return json_reply(404, {"imsx_codeMajor": "failure", "imsx_description": f"no {PLAIN_ID} of {GIVEN}"})

    result, reports = await result_of(answers, share=("rostering",))
    assert any(PLAIN_ID in each.said for each in result.trace)
    assert found_in(reports) == []


async def test_the_wizard_keeps_of_a_run_what_its_result_says() -> None:
    reply = json_reply(403, {"message": f"{BEFORE} {WHO} {BEHIND}"})
    async with LoopServer(naming_first("/orgs", reply)) as server:
        connection = connection_to(server.origin, 2, "1.2").but(share=("rostering",))
        log = RunLog(connection, RIGHT)
        async for event in stream(connection, RIGHT):
            log.record(event)
    made = [evidence for several in log.requests.values() for evidence in several]
    assert any(BEFORE in evidence.said for evidence in made)
    assert found_in(repr((made, log.findings))) == []


async def test_a_run_on_top_of_another_knows_its_people() -> None:
    turn = count()

    def answers(heard: Request) -> Answer:
        if heard.method == "POST":
            return granted()
        if heard.path.endswith("/orgs") and next(turn) > 0:
            return json_reply(403, {"message": f"{BEFORE} {WHO} {BEHIND}"})
        return rows(heard, "1.2", lambda row: row)

    async with LoopServer(answers) as server:
        connection = connection_to(server.origin, 2, "1.2").but(share=("rostering",))
        before = await run(connection, RIGHT)
        again = await run(connection, RIGHT, only=("access.data",), previous=before)
    said = [each.said for each in again.trace if each.said]
    assert any(BEFORE in words for words in said)
    assert found_in("\n".join([repr(again), *(render([again], form) for form in FORMATS)])) == []
