"""A fixed bearer token from the connection to the report: what is checked, what is said, and what is hidden."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.diagnosis.plan import every_check
from oneroster_checks.errors import InvalidConnection
from oneroster_checks.labels import authorization_label, field_label
from oneroster_checks.points import Point
from oneroster_checks.providers import provider, providers
from oneroster_checks.report import district_message, render, ticket
from oneroster_checks.result import ChecklistItem, Result
from oneroster_checks.stages.address import address_findings
from oneroster_checks.standard.keys import clean_token
from oneroster_checks.target import make_target
from oneroster_checks.validation import validate

from ..servers import LoopServer, Reply, json_reply
from .districts.district import SECRET, District, Living, data_says
from .districts.replies import error_1_1
from .districts.shapes import CLASSLINK_PROXY
from .engine import outcome, secrets

FIXED = Connection(provider="classlink", oneroster="1.1", fixed_token=True)
PROXY = District(CLASSLINK_PROXY)
REFUSED = error_1_1(401, "unauthorized")


@asynccontextmanager
async def served(district: District) -> AsyncGenerator[tuple[Connection, LoopServer]]:
    """A district with a fixed token, and the connection to it."""
    async with LoopServer(Living(district, time.time)) as server:
        base = f"http://127.0.0.1:{server.port}{district.shape.base}"
        yield FIXED.but(base_url=base, timeout=5.0), server


async def result_of(district: District = PROXY, secret: str = SECRET, **changes: object) -> Result:
    async with served(district) as (connection, _):
        return await outcome(connection.but(**changes), secrets(secret))


def row_of(result: Result, point: Point) -> ChecklistItem:
    return next(item for item in result.checklist if item.item == point)


# The connection.


def test_a_fixed_token_is_no_oauth_1() -> None:
    with pytest.raises(InvalidConnection, match="fixed token goes with OAuth 2"):
        validate(FIXED.but(oauth=1), Credentials())
    with pytest.raises(InvalidConnection, match="fixed token"):
        validate(FIXED.but(fixed_token=1), Credentials())
    validate(FIXED, Credentials())


def test_a_token_is_requested_with_oauth_2_alone() -> None:
    assert Connection().requests_token
    assert not Connection(oauth=1).requests_token
    assert not FIXED.requests_token


def test_classlink_offers_it_and_any_other_provider_may() -> None:
    assert {each.id for each in providers() if each.fixed_token} == {"classlink", "generic"}
    assert provider("classlink").oauth == (1,)


def test_it_has_one_name() -> None:
    assert field_label("client_secret", fixed_token=True) == field_label("fixed_token") == "fixed token"
    assert field_label("client_secret") == "client secret"
    assert authorization_label(2, fixed_token=True) == "Fixed token"
    assert authorization_label(1, fixed_token=False) == "OAuth 1"


@pytest.mark.parametrize(
    ("pasted", "text", "strange"),
    [
        ("abc.DEF~1", "abc.DEF~1", ""),
        (" abc \n", "abc", "line breaks around it"),
        ("Bearer abc", "abc", "the word Bearer in front of it"),
        ("Authorization: bearer  abc ", "abc", "the word Bearer in front of it, spaces around it"),
        ("abc\n  def", "abcdef", "line breaks inside it, spaces inside it"),
        ('"abc def"', "abcdef", "quotes around it, spaces inside it"),
        ("bearerabc", "bearerabc", ""),
        ("Bearer", "Bearer", ""),
        ("", "", ""),
    ],
)
def test_a_pasted_token_is_cleaned(pasted: str, text: str, strange: str) -> None:
    clean = clean_token(pasted)
    assert (clean.text, clean.strange) == (text, strange)


# The plan.


def test_nothing_about_the_token_url_and_the_key_applies() -> None:
    target = make_target(FIXED.but(base_url="https://proxy.example/ims/oneroster"), secrets())
    left_out = {check.id: check.applies(target) for check in every_check() if check.applies(target)}
    assert left_out.keys() >= {
        "address.token-url", "address.app-name", "address.app-name-match", "address.hosts", "key.format",
        "network.token-host", "token.issue", "token.method", "token.scope", "token.lifetime", "oauth1.signature",
    }  # fmt: skip
    assert left_out["address.token-url"] == "a fixed token needs no token URL"
    applying = {check.id for check in every_check()} - left_out.keys()
    assert applying >= {"token.fixed", "address.base-url", "address.fields", "key.present", "key.characters"}


def test_the_check_has_no_place_without_one() -> None:
    for connection in (Connection(), Connection(oauth=1)):
        target = make_target(connection, secrets())
        applying = {check.id for check in every_check() if check.applies(target) is None}
        assert "token.fixed" not in applying


def test_what_is_left_of_another_choice_is_not_judged() -> None:
    odd = FIXED.but(
        base_url="https://proxy.example/ims/oneroster", token_url="nonsense", client_id="https://sis.example"
    )
    findings = address_findings(make_target(odd, secrets()))
    assert [finding.cause for finding in findings if finding.cause] == []


# The run.


async def test_a_run_makes_no_token_request() -> None:
    async with served(PROXY) as (connection, server):
        result = await outcome(connection, secrets(SECRET))
        assert str(result.verdict.status) == "pass"
        assert {request.method for request in server.heard} == {"GET"}
        sent = [request.headers.get("authorization") for request in server.heard]
        assert sent.count(f"Bearer {SECRET}") == len(sent) - 2, "but for the two strangers"
    finding = next(each for each in result.findings if each.finding.check == "token.fixed")
    assert finding.finding.title == "Fixed token"
    assert "which show whether it is accepted" in finding.summary
    assert row_of(result, Point.CREDENTIALS_CORRECT).text == "The fixed token and the base URL are correct."
    assert str(row_of(result, Point.CREDENTIALS_CORRECT).status) == "pass"


async def test_a_refused_token_is_told_from_a_wrong_address() -> None:
    result = await result_of(secret="another-token-of-old")
    finding = result.finding("access.data")
    assert finding is not None
    assert finding.facts["fields"] == ("client_secret",)
    assert "address_unproven" not in finding.facts
    summary = result.verdict.summary
    assert "was issued" not in summary
    assert "with the fixed token" in summary
    assert "a path that cannot exist beside the base URL was not found there" in summary
    row = row_of(result, Point.CREDENTIALS_CORRECT)
    assert (str(row.status), row.note) == ("fail", "The fixed token is wrong.")
    steps = [str(step) for step in result.verdict.fix]
    assert any("Compare the fixed token" in step for step in steps)
    assert any("Look up the bearer token" in step for step in steps)
    assert not any("token URL" in step or "base URL" in step.lower() for step in steps), steps


async def test_401_at_every_path_says_nothing_about_the_address() -> None:
    district = PROXY.where(unknown_path=REFUSED)
    result = await result_of(district, secret="another-token-of-old")
    finding = result.finding("access.data")
    assert finding is not None
    assert finding.facts["fields"] == ("client_secret", "base_url")
    assert "cannot exist" not in result.verdict.summary
    row = row_of(result, Point.CREDENTIALS_CORRECT)
    assert row.note == "The fixed token or the base URL is wrong."
    assert any("Compare the base URL field too" in str(step) for step in result.verdict.fix)


@pytest.mark.parametrize("path", ["", "/", "/v1p1", "/ims/oneroster/v1p1/orgs?limit=5"])
async def test_the_address_that_cannot_exist_is_on_the_same_host(path: str) -> None:
    async with LoopServer(Living(PROXY.where(unknown_path=REFUSED), time.time)) as server:
        origin = f"http://127.0.0.1:{server.port}"
        connection = FIXED.but(base_url=f"{origin}{path}", timeout=5.0)
        result = await outcome(connection, secrets("another-token-of-old"))
        asked = [each for each in result.trace if each.note == "at an address that cannot exist"]
        assert len(asked) == 1
        assert asked[0].url.startswith(f"{origin}/")
        assert asked[0].status == 401
        assert result.requests == len(server.heard)


async def test_403_does_not_say_that_the_token_is_known() -> None:
    district = PROXY.where(data_says(json_reply(403, {"message": "Forbidden"})))
    result = await result_of(district)
    assert result.verdict.cause == "access.forbidden"
    assert "accepted" not in result.verdict.summary
    row = row_of(result, Point.CREDENTIALS_CORRECT)
    assert (str(row.status), row.note) == ("skip", "Not known yet: no answer shows it.")
    assert "knows the key" not in row_of(result, Point.CONNECTION_ACTIVE).note


async def test_an_empty_token_is_called_so() -> None:
    result = await result_of(secret="")
    assert (result.verdict.cause, result.requests) == ("key.missing", 0)
    assert result.verdict.summary == "The fixed token is empty."
    assert not any("key and the secret" in str(step) for step in result.verdict.fix)


# The reports.


async def test_reports_say_fixed_token_and_show_no_value_that_is_not_used() -> None:
    result = await result_of(
        secret="another-token-of-old", client_id="left-over-key", token_url="https://sis.example/token"
    )
    texts = [render([result], form) for form in ("text", "markdown", "html")] + [ticket(result)]
    for text in texts:
        assert "ClassLink Roster Server, Fixed token, OneRoster 1.1" in text
        assert "left-over-key" not in text
        assert "sis.example" not in text
    connection = json.loads(render([result], "json"))["runs"][0]["connection"]
    assert (connection["oauth"], connection["fixed_token"], connection["client_id"]) == (2, True, "")
    message = district_message(result)
    assert "Key (client id)" not in message
    assert "Token URL" not in message
    assert "the bearer token of our connection" in message
    assert "Please do not send the secret by ordinary email." in message


async def test_json_says_that_a_token_is_not_fixed() -> None:
    result = await outcome(Connection(base_url="nonsense"), secrets())
    assert json.loads(render([result], "json"))["runs"][0]["connection"]["fixed_token"] is False


async def test_the_token_is_in_no_report_however_the_server_repeats_it() -> None:
    token = "fixed-Token.of_the/test+4711=="
    packed = base64.b64encode(f":{token}".encode()).decode()

    def echo(request: object, reply: Reply) -> Reply:
        return json_reply(401, {"message": f"Bearer {token}", "said": token, "basic": packed})

    district = PROXY.where(data_says(echo))
    for typed in (token, f"Bearer {token}", f" {token}\n"):
        result = await result_of(district, secret=typed)
        for form in ("text", "markdown", "html", "json", "junit"):
            text = render([result], form)
            assert token not in text
            assert packed not in text
        assert token not in ticket(result)
        assert token not in repr(result)


def test_a_secret_that_is_a_token_is_hidden_in_a_repr() -> None:
    assert "4711" not in repr(Credentials(Secret("fixed-4711")))
