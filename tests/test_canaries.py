"""No secret, no token and no person is found in anything that leaves the process."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path

import pytest

from oneroster_checks import diagnosis
from oneroster_checks.connection import (
    SHARES,
    Connection,
    Credentials,
    OAuthVersion,
    OneRosterVersion,
    Secret,
    Share,
)
from oneroster_checks.diagnosis.runner import stream
from oneroster_checks.events import Event, RunFinished
from oneroster_checks.finding import Stage
from oneroster_checks.report import FORMATS, checklist_text, district_message, render, ticket
from oneroster_checks.result import Result
from oneroster_checks.stages.context import RunContext
from oneroster_checks.stages.model import Check, Depth, Outcome, failed
from oneroster_wizard.storage.profiles import Profile, ProfileError, ProfileStore

from . import canaries
from .canaries import EMAIL, GIVEN, LOUD, PASSWORD, SECRET, TOKEN, VENDOR_KEY, VENDOR_SECRET, WHO, found_in
from .checks.running import APP, campus
from .servers import Answers, LoopServer, Reply, Request, json_reply, reply

RIGHT = Credentials(Secret(SECRET), Secret(VENDOR_KEY), Secret(VENDOR_SECRET))
SHARED_IN_1P1: tuple[Share, ...] = ("rostering", "demographics", "gradebook", "resources")
VERSIONS: list[tuple[OAuthVersion, OneRosterVersion]] = [(2, "1.2"), (2, "1.1"), (1, "1.1")]


def connection_to(origin: str, oauth: OAuthVersion, oneroster: OneRosterVersion) -> Connection:
    """A connection with every part shared."""
    share = SHARES if oneroster == "1.2" else SHARED_IN_1P1
    found = campus(origin, oauth=oauth, oneroster=oneroster, share=share, timeout=5.0)
    old = f"{origin}/campus/api/oneroster/v1p1/{APP}/ims/oneroster/v1p1"
    return found if oneroster == "1.2" else found.but(base_url=old)


async def everything_said(
    connection: Connection,
    credentials: Credentials,
    caplog: pytest.LogCaptureFixture,
    folder: Path,
    saved: Connection | None = None,
) -> tuple[str, Result]:
    """All that a run lets out: events, result, reports, log and the files of a profile.

    `saved` is the connection of that profile where it is not the one that runs.
    """
    with caplog.at_level(logging.DEBUG):
        started = stream(connection, credentials, answers={"connection-active": "no"}, depth=Depth.FULL)
        async with aclosing(started) as told:
            events: list[Event] = [event async for event in told]
    last = events[-1]
    assert isinstance(last, RunFinished)
    result = last.result
    store = ProfileStore(folder / "profiles")
    store.save(Profile("a school", saved or connection))
    store.save_run("a school", result)
    reported = [path.read_text() for path in sorted((folder / "profiles").iterdir())]
    reported += [repr(event) for event in events]
    reported += [render([result], form) for form in FORMATS]
    reported += [repr(result), ticket(result), district_message(result), checklist_text(result)]
    reported += [f"{entry.name} {entry.getMessage()} {entry.exc_text or ''}" for entry in caplog.records]
    reported += [repr(store.last_run("a school")), repr(store.load("a school"))]
    assert len(reported) > 15
    return "\n".join(reported), result


async def silent_about(
    answers: Answers,
    caplog: pytest.LogCaptureFixture,
    folder: Path,
    *,
    versions: tuple[OAuthVersion, OneRosterVersion] = (2, "1.2"),
    credentials: Credentials = RIGHT,
    change: Callable[[Connection], Connection] = lambda connection: connection,
    more: tuple[str, ...] = (),
) -> Result:
    """Run against a server and hold all that comes out against the canaries."""
    async with LoopServer(answers) as server:
        plain = connection_to(server.origin, *versions)
        reported, result = await everything_said(change(plain), credentials, caplog, folder, saved=plain)
    assert found_in(reported, more=more) == []
    assert result.verdict.summary
    return result


def test_the_canaries_are_found_where_they_are() -> None:
    for canary in (*canaries.SECRETS, *canaries.PEOPLE):
        assert found_in(f"a text with {canary} in it"), canary
    assert found_in("y2fuyxj5k2nsawvudc9zzwnyzxq9mtc")
    assert found_in("canary%2Bclient%2Fsecret%3D17")
    assert found_in("nothing of the kind") == []
    assert found_in("another-one", more=("another-one",))


@pytest.mark.parametrize("versions", VERSIONS)
async def test_a_healthy_server_full_of_people(
    versions: tuple[OAuthVersion, OneRosterVersion], caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    def answers(heard: Request) -> Reply:
        return (
            canaries.granted()
            if heard.method == "POST"
            else canaries.rows(heard, versions[1], lambda row: row)
        )

    result = await silent_about(answers, caplog, tmp_path, versions=versions)
    assert result.counts["students"] == 3
    assert len([each for each in result.trace if each.method == "GET"]) > 10


# Fields whose values a details pane may show, since they say how a server speaks.
ODD_VALUES: list[object] = [
    WHO,
    GIVEN,
    EMAIL,
    [WHO],
    {"sourcedId": WHO, "href": EMAIL, "type": GIVEN},
    [{"role": GIVEN, "roleType": WHO}],
]


@pytest.mark.parametrize("versions", VERSIONS)
@pytest.mark.parametrize(
    "value", ODD_VALUES, ids=["all", "a name", "an e-mail", "a list", "a reference", "roles"]
)
async def test_records_with_a_person_in_every_field(
    versions: tuple[OAuthVersion, OneRosterVersion],
    value: object,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    def spoilt(row: dict[str, object]) -> dict[str, object]:
        return dict.fromkeys(row, value) | {"sourcedId": row["sourcedId"]}

    def answers(heard: Request) -> Reply:
        return canaries.granted() if heard.method == "POST" else canaries.rows(heard, versions[1], spoilt)

    await silent_about(answers, caplog, tmp_path, versions=versions)


@pytest.mark.parametrize("reported", LOUD.values(), ids=list(LOUD))
async def test_a_token_url_that_talks(
    reported: Reply | bytes, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    result = await silent_about(lambda heard: reported, caplog, tmp_path)
    assert result.finding("token.issue") is not None


@pytest.mark.parametrize("versions", VERSIONS)
@pytest.mark.parametrize("reported", LOUD.values(), ids=list(LOUD))
async def test_data_addresses_that_talk(
    reported: Reply | bytes,
    versions: tuple[OAuthVersion, OneRosterVersion],
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    def answers(heard: Request) -> Reply | bytes:
        return canaries.granted() if heard.method == "POST" else reported

    await silent_about(answers, caplog, tmp_path, versions=versions)


@pytest.mark.parametrize("reported", LOUD.values(), ids=list(LOUD))
async def test_some_addresses_that_talk(
    reported: Reply | bytes, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    def answers(heard: Request) -> Reply | bytes:
        if heard.method == "POST":
            return canaries.granted()
        good = ("orgs", "classes", "academicSessions", "users")
        return canaries.rows(heard, "1.2", lambda row: row) if heard.path.endswith(good) else reported

    await silent_about(answers, caplog, tmp_path)


@pytest.mark.parametrize("mirror", [canaries.echo, canaries.echoed_value], ids=["whole", "bare"])
@pytest.mark.parametrize("grants", [True, False])
@pytest.mark.parametrize("versions", VERSIONS)
async def test_a_server_that_repeats_what_it_was_sent(
    mirror: Callable[[Request], Reply],
    grants: bool,
    versions: tuple[OAuthVersion, OneRosterVersion],
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    def answers(heard: Request) -> Reply:
        if heard.method == "POST" and grants:
            return canaries.granted()
        rostering = grants and heard.method == "GET" and "/orgs" in heard.path
        return canaries.rows(heard, versions[1], lambda row: row) if rostering else mirror(heard)

    await silent_about(answers, caplog, tmp_path, versions=versions)


async def test_a_token_that_comes_back_in_a_header_of_its_own_answer(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    def answers(heard: Request) -> Reply:
        members = {"access_token": TOKEN, "token_type": "bearer"}
        if heard.method == "POST":
            return json_reply(200, members, ("X-Request-Id", TOKEN))
        return reply(500, TOKEN, ("X-Request-Id", TOKEN))

    await silent_about(answers, caplog, tmp_path)


# What a person may type in the wrong place, or paste with more than was meant.
MISPLACED: dict[str, tuple[Callable[[Connection], Connection], Credentials]] = {
    "a password in the base URL": (lambda c: c.but(base_url=c.base_url.replace("//", f"//user:{PASSWORD}@")), RIGHT),
    "a password in the token URL": (lambda c: c.but(token_url=c.token_url.replace("//", f"//user:{PASSWORD}@")), RIGHT),
    "a password with an at sign": (
        lambda c: c.but(base_url=c.base_url.replace("//", f"//user:{PASSWORD}@x@")), RIGHT),
    "a password in an address that is none": (
        lambda c: c.but(base_url=c.base_url.replace("http://", f"htp:/user:{PASSWORD}@")), RIGHT),
    "the secret in the base URL": (lambda c: c.but(base_url=SECRET), RIGHT),
    "the secret in the token URL": (lambda c: c.but(token_url=SECRET), RIGHT),
    "the secret as a client id": (lambda c: c.but(client_id=SECRET), RIGHT),
    "the secret as a scope": (lambda c: c.but(scope=SECRET), RIGHT),
    "the secret as a parameter": (lambda c: c.but(token_url=f"{c.token_url}&client_secret={SECRET}"), RIGHT),
    "the secret as an app": (lambda c: c.but(token_url=c.token_url.replace(f"={APP}", f"={SECRET}")), RIGHT),
    "a token as a parameter": (lambda c: c.but(base_url=f"{c.base_url}?access_token={TOKEN}"), RIGHT),
    "key and secret exchanged": (
        lambda c: c.but(client_id=SECRET), Credentials(Secret("InfiniteCampus_the-key"), Secret(""), Secret(""))),
    "the secret in the key's field, a URL in its own": (
        lambda c: c.but(client_id=SECRET), Credentials(Secret("https://district.example/campus"))),
    "the base URL holds only a secret": (
        lambda c: c.but(base_url=PASSWORD), Credentials(Secret("https://district.example/ims/oneroster"))),
}  # fmt: skip


@pytest.mark.parametrize(("change", "given"), MISPLACED.values(), ids=list(MISPLACED))
async def test_a_secret_in_the_wrong_place(
    change: Callable[[Connection], Connection],
    given: Credentials,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    await silent_about(canaries.echo, caplog, tmp_path, credentials=given, change=change)


@pytest.mark.parametrize(
    "place",
    ["a password in the base URL", "a password in the token URL", "a password with an at sign",
     "a password in an address that is none", "the secret as a parameter", "a token as a parameter"],
)  # fmt: skip
def test_an_address_with_a_secret_in_it_is_not_saved(place: str, tmp_path: Path) -> None:
    change, _ = MISPLACED[place]
    store = ProfileStore(tmp_path)
    with pytest.raises(ProfileError) as caught:
        store.save(Profile("a school", change(connection_to("http://127.0.0.1:9", 2, "1.2"))))
    assert found_in(str(caught.value)) == []
    assert list(tmp_path.iterdir()) == []


PASTED = [f" {SECRET} ", f"{SECRET}\r\n", f'"{SECRET}"', f"\ufeff{SECRET}", SECRET.replace("client", "client\n"),
          SECRET.replace("client", "cli\u200bent"), f"\u201c{SECRET}\u201d"]  # fmt: skip


@pytest.mark.parametrize("text", PASTED, ids=repr)
@pytest.mark.parametrize("mirror", [canaries.echo, canaries.echoed_value], ids=["whole", "bare"])
@pytest.mark.parametrize("versions", VERSIONS)
async def test_a_pasted_secret_is_hidden_as_it_was_sent_too(
    text: str,
    mirror: Callable[[Request], Reply],
    versions: tuple[OAuthVersion, OneRosterVersion],
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    pasted = Credentials(Secret(text), Secret(f" {VENDOR_KEY}"), Secret(f"'{VENDOR_SECRET}'"))
    await silent_about(mirror, caplog, tmp_path, versions=versions, credentials=pasted)


async def test_a_check_that_crashes_with_secrets_in_its_hands(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    async def crash(run: RunContext) -> Outcome:
        secret = run.target.credentials.client_secret.reveal()
        raise RuntimeError(f"{secret} of {WHO}")

    async def says_too_much(run: RunContext) -> Outcome:
        return failed("sharing.nothing", part=f"{SECRET} and {EMAIL}", path=TOKEN, status=VENDOR_KEY)

    checks = (
        Check("test.crash", "A crash", "x", Stage.ACCESS, crash),
        Check("test.loud", "Too loud", "x", Stage.ACCESS, says_too_much),
    )
    monkeypatch.setattr(diagnosis, "plan", lambda *given: checks)
    result = await silent_about(
        lambda heard: None,
        caplog,
        tmp_path,
        # The token is known only once it was granted; here it is one more secret of the user.
        credentials=Credentials(Secret(SECRET), Secret(VENDOR_KEY), Secret(TOKEN)),
    )
    assert result.verdict.cause == "sharing.nothing"


def test_a_traceback_shows_no_secret() -> None:
    def crash(credentials: Credentials, held: Secret) -> None:
        raise RuntimeError(f"{credentials!r} {held!s}")

    with pytest.raises(RuntimeError) as caught:
        crash(RIGHT, Secret(SECRET))
    told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    text = "".join(told.format(chain=True))
    assert "Secret(hidden)" in text
    assert found_in(text) == []


async def test_the_json_of_a_misplaced_password_is_whole(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    change, given = MISPLACED["a password in the base URL"]
    result = await silent_about(canaries.echo, caplog, tmp_path, credentials=given, change=change)
    document = json.loads(render([result], "json"))
    assert "[hidden]@127.0.0.1" in document["runs"][0]["connection"]["base_url"]
    assert document["runs"][0]["verdict"]["cause"] == "address.credentials-in-url"
