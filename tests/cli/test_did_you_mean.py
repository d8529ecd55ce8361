"""A mistyped command, option, value, cause, problem, provider, or profile gets the nearest that exists."""

from __future__ import annotations

from pathlib import Path

import pytest

from oneroster_checks.connection import Connection
from oneroster_wizard.nearest import did_you_mean, nearest
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from .command import call

URLS = (
    "--base-url",
    "https://d.example/ims/oneroster",
    "--client-id",
    "x",
    "--oauth",
    "1",
    "--oneroster",
    "1.1",
)


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("chek",), "check"),
        (("profiles", "lst"), "list"),
        (("histroy", "north"), "history"),
        (("check", "--formt", "json"), "--format"),
        (("check", "--only-change"), None),
        (("check", "--format", "jsn"), "json"),
        (("check", "--depth", "ful"), "full"),
        (("check", *URLS, "--share", "rostering,demografics"), "demographics"),
        (("check", *URLS, "--provider", "infinitecampus"), "infinite-campus"),
        (("explain", "gradebook.notenabled"), "gradebook.not-enabled"),
        (("explain", "Gradebook.Not-Enabled"), "gradebook.not-enabled"),
        (("explain", "not-enabled"), "gradebook.not-enabled"),
        (("explain", "token.invalid-client", "--provider", "areies"), "aeries"),
        (("demo", "--problem", "oauth1.expird"), "oauth1.expired"),
        (("practice", "--size", "larg"), "large"),
        (("practice", "--problem", "token.invalid-cleint"), "token.invalid-client"),
        (("check", "lake-side"), "lakeside"),
        (("history", "LAKESIDE"), "lakeside"),
        (("profiles", "show", "South & son"), "South & sons"),
        (("profiles", "delete", "lakside"), "lakeside"),
        (("profiles", "export", "lakside"), "lakeside"),
    ],
)
def test_the_nearest_is_asked_for(arguments: tuple[str, ...], meant: str | None, home: Path) -> None:
    store = ProfileStore()
    for name in ("lakeside", "South & sons"):
        store.save(Profile(name, Connection()))
    ended = call(*arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert (f"Did you mean “{meant}”?" in ended.stderr) is (meant is not None), ended.stderr
    assert [profile.name for profile in store.list()[0]] == ["lakeside", "South & sons"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("repair",),
        ("check", "--zzz"),
        ("explain", "nothing.known"),
        ("check", "north"),
        ("demo", "--format", "pdf"),
    ],
)
def test_what_is_not_near_is_no_guess(arguments: tuple[str, ...], home: Path) -> None:
    ProfileStore().save(Profile("lakeside", Connection()))
    ended = call(*arguments)
    assert ended.returncode == 2
    assert "Did you mean" not in ended.stderr


def test_an_unknown_option_never_shows_its_value() -> None:
    for typed in (("--sekret=canary-in-an-option",), ("--sekret", "canary-in-an-option")):
        ended = call("explain", "token.invalid-client", *typed)
        assert ended.returncode == 2
        assert "“--sekret”" in ended.stderr
        assert "canary" not in ended.stderr


def test_an_argument_too_many_is_named() -> None:
    ended = call("history", "north", "south")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "one argument too many: “south”" in ended.stderr


def test_nearest() -> None:
    assert nearest("", ["a"]) is None
    assert nearest("a", []) is None
    assert nearest("ALPHA", ["alpha", "alphb"]) == "alpha"
    assert nearest("expired", ["oauth1.expired", "tls.expired"]) is None
    assert did_you_mean("alpa", ["alpha"]) == " Did you mean “alpha”?"
    assert did_you_mean("omega", ["alpha"]) == ""


def test_a_word_that_is_like_a_section_lists_its_causes() -> None:
    for typed in ("gradebok", "gradebook", "gradebook.something-else"):
        ended = call("explain", typed)
        assert ended.returncode == 2
        assert "Causes of gradebook: gradebook.vendor-credentials-missing, " in ended.stderr
        assert "gradebook.not-enabled" in ended.stderr
    assert "Causes of" not in call("explain", "zebra").stderr
