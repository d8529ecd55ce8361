"""No secret comes out that was misplaced, pasted with what copying added, or held by a check that crashes."""

from __future__ import annotations

import html
import json
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from oneroster_checks.connection import (
    Connection,
    Credentials,
    OAuthVersion,
    OneRosterVersion,
    Secret,
)
from oneroster_checks.diagnosis import runner
from oneroster_checks.finding import Stage
from oneroster_checks.report import render
from oneroster_checks.stages.context import RunContext
from oneroster_checks.stages.model import Check, Outcome, failed
from oneroster_wizard.storage.profiles import Profile, ProfileError, ProfileStore

from . import canaries
from .canaries import EMAIL, PASSWORD, SECRET, TOKEN, VENDOR_KEY, VENDOR_SECRET, WHO, found_in
from .canary_runs import RIGHT, VERSIONS, connection_to, silent_about
from .checks.engine import APP, outcome
from .servers import Reply, Request

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
    monkeypatch.setattr(runner, "plan", lambda *given: checks)
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


@pytest.mark.parametrize("name", ['token=abcd"efgh', "password: a\\b c", "<secret>&amp;", "Jos\u00e9 (2)"])
async def test_the_name_of_a_profile_is_whole_in_every_report(name: str) -> None:
    """A name that looks like a secret is the user's own: it stays, and no form of a report breaks at it."""
    result = await outcome(connection_to("http://127.0.0.1:9", 2, "1.2"), RIGHT)
    named = replace(result, profile=name)
    assert json.loads(render([named], "json"))["runs"][0]["profile"] == name
    (suite,) = ElementTree.fromstring(render([named], "junit"))
    assert suite.get("name") == name
    assert name in html.unescape(render([named], "html"))
    assert name in render([named], "text")
