"""No secret, no token and no person is found in anything that leaves the process."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from oneroster_checks.client import data, oauth2
from oneroster_checks.connection import OAuthVersion, OneRosterVersion

from . import canaries
from .canaries import EMAIL, GIVEN, LOUD, TOKEN, WHO, found_in
from .canary_runs import VERSIONS, silent_about
from .servers import Reply, Request, json_reply, reply


@pytest.fixture(params=[False, True], ids=["known", "strangers"])
def strangers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether nobody was read before a server speaks of somebody.

    Its words are quoted, so nobody can know those people there; nothing else may let them out.
    """
    if request.param:
        for module in (data, oauth2):
            monkeypatch.setattr(module, "words_in", lambda answer: [])
    return bool(request.param)


def test_the_canaries_are_found_where_they_are() -> None:
    for canary in (*canaries.SECRETS, *canaries.PEOPLE):
        assert found_in(f"a text with {canary} in it"), canary
    assert found_in("y2fuyxj5k2nsawvudc9zzwnyzxq9mtc")
    assert found_in(base64.b64encode(b"id:" + canaries.SECRET.encode()).decode())
    assert found_in(canaries.SECRET.encode().hex())
    assert found_in(canaries.TOKEN[::-1])
    assert found_in("canary%2Bclient%2Fsecret%3D17")
    assert found_in("nothing of the kind") == []
    assert found_in("another-one", more=("another-one",))


@pytest.mark.parametrize("versions", VERSIONS)
async def test_a_healthy_server_full_of_people(
    versions: tuple[OAuthVersion, OneRosterVersion],
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    strangers: bool,
) -> None:
    def answers(heard: Request) -> Reply:
        return (
            canaries.granted()
            if heard.method == "POST"
            else canaries.rows(heard, versions[1], lambda row: row)
        )

    result = await silent_about(answers, caplog, tmp_path, versions=versions, strangers=strangers)
    # Limit and offset are ignored here, and the totals are true all the same.
    assert (result.counts["students"], result.counts["enrollments"]) == (3, 3)
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
    strangers: bool,
) -> None:
    def spoilt(row: dict[str, object]) -> dict[str, object]:
        return dict.fromkeys(row, value) | {"sourcedId": row["sourcedId"]}

    def answers(heard: Request) -> Reply:
        return canaries.granted() if heard.method == "POST" else canaries.rows(heard, versions[1], spoilt)

    await silent_about(answers, caplog, tmp_path, versions=versions, strangers=strangers)


@pytest.mark.parametrize("reported", LOUD.values(), ids=list(LOUD))
async def test_a_token_url_that_talks(
    reported: Reply | bytes, caplog: pytest.LogCaptureFixture, tmp_path: Path, strangers: bool
) -> None:
    result = await silent_about(lambda heard: reported, caplog, tmp_path, strangers=strangers)
    assert result.finding("token.issue") is not None


@pytest.mark.parametrize("versions", VERSIONS)
@pytest.mark.parametrize("reported", LOUD.values(), ids=list(LOUD))
async def test_data_addresses_that_talk(
    reported: Reply | bytes,
    versions: tuple[OAuthVersion, OneRosterVersion],
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    strangers: bool,
) -> None:
    def answers(heard: Request) -> Reply | bytes:
        return canaries.granted() if heard.method == "POST" else reported

    await silent_about(answers, caplog, tmp_path, versions=versions, strangers=strangers)


@pytest.mark.parametrize("reported", LOUD.values(), ids=list(LOUD))
async def test_some_addresses_that_talk(
    reported: Reply | bytes, caplog: pytest.LogCaptureFixture, tmp_path: Path, strangers: bool
) -> None:
    def answers(heard: Request) -> Reply | bytes:
        if heard.method == "POST":
            return canaries.granted()
        good = ("orgs", "classes", "academicSessions", "users")
        return canaries.rows(heard, "1.2", lambda row: row) if heard.path.endswith(good) else reported

    await silent_about(answers, caplog, tmp_path, strangers=strangers)


@pytest.mark.parametrize("mirror", [canaries.echo, canaries.echoed_value], ids=["whole", "bare"])
@pytest.mark.parametrize("grants", [True, False])
@pytest.mark.parametrize("versions", VERSIONS)
async def test_a_server_that_repeats_what_it_was_sent(
    mirror: Callable[[Request], Reply],
    grants: bool,
    versions: tuple[OAuthVersion, OneRosterVersion],
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    strangers: bool,
) -> None:
    def answers(heard: Request) -> Reply:
        if heard.method == "POST" and grants:
            return canaries.granted()
        rostering = grants and heard.method == "GET" and "/orgs" in heard.path
        return canaries.rows(heard, versions[1], lambda row: row) if rostering else mirror(heard)

    await silent_about(answers, caplog, tmp_path, versions=versions, strangers=strangers)


async def test_a_token_that_comes_back_in_a_header_of_its_own_answer(
    caplog: pytest.LogCaptureFixture, tmp_path: Path, strangers: bool
) -> None:
    def answers(heard: Request) -> Reply:
        members = {"access_token": TOKEN, "token_type": "bearer"}
        if heard.method == "POST":
            return json_reply(200, members, ("X-Request-Id", TOKEN))
        return reply(500, TOKEN, ("X-Request-Id", TOKEN))

    await silent_about(answers, caplog, tmp_path, strangers=strangers)
