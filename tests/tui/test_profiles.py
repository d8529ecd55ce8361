"""Profiles on disk: names, permissions, broken files, the last run, and no secret."""

from __future__ import annotations

import os
import stat
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oneroster_checks.connection import Connection, DatedAnswer
from oneroster_checks.finding import Status
from oneroster_checks.result import Result, Verdict
from oneroster_wizard.storage.profile_file import clean_name, file_stem
from oneroster_wizard.storage.profiles import Profile, ProfileError, ProfileStore

CONNECTION = Connection(
    oauth=1,
    oneroster="1.1",
    base_url="https://lakeside.infinitecampus.org/campus/oneroster/reader/ims/oneroster/v1p1",
    token_url="https://lakeside.infinitecampus.org/campus/oauth2/token?appName=reader",
    client_id="InfiniteCampus_1234",
    share=("rostering", "gradebook"),
    created=date(2026, 1, 31),
    scope='a "quoted" scope',
    timeout=12.5,
)
ANSWERS = {"connection-active": DatedAnswer("yes", date(2026, 11, 20))}
PROFILE = Profile("Lakeside Schools", CONNECTION, {**ANSWERS}, remember=True)


@pytest.fixture
def store(tmp_path: Path) -> ProfileStore:
    return ProfileStore(tmp_path / "profiles")


def named(name: str) -> Profile:
    return replace(PROFILE, name=name)


def test_a_profile_comes_back_as_it_was(store: ProfileStore) -> None:
    store.save(PROFILE)
    assert store.load("Lakeside Schools") == PROFILE
    assert store.list() == ([PROFILE], [])
    plain = Profile("plain", Connection())
    store.save(plain)
    assert store.load("plain") == plain
    assert [profile.name for profile in store.list()[0]] == ["Lakeside Schools", "plain"]


def test_the_file_is_readable_private_and_explains_itself(store: ProfileStore) -> None:
    store.save(PROFILE)
    path = store.path_of("Lakeside Schools")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
    text = path.read_text()
    assert text.startswith("# A connection of oneroster-wizard.")
    assert tomllib.loads(text)["connection"]["created"] == date(2026, 1, 31)
    assert os.listdir(store.folder) == [path.name]


def test_the_default_folder_is_the_users_own(home: Path) -> None:
    store = ProfileStore()
    store.save(PROFILE)
    assert home in store.path_of(PROFILE.name).parents


def test_an_empty_or_absent_folder_has_no_profiles(store: ProfileStore) -> None:
    assert store.list() == ([], [])
    with pytest.raises(ProfileError, match="no profile named “x”"):
        store.load("x")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "needs a name"),
        ("  \n ", "needs a name"),
        ("x" * 81, "takes up to 80 characters; this has 81"),
        ("two\nlines", "line breaks"),
        ("bell\x07", "invisible characters"),
        ("zero\u200bwidth", "invisible characters"),
    ],
)
def test_names_that_cannot_be_are_refused(store: ProfileStore, name: str, sentence: str) -> None:
    with pytest.raises(ProfileError, match=sentence):
        store.save(named(name))
    assert store.list() == ([], [])


def test_names_that_look_alike_stay_apart(store: ProfileStore) -> None:
    names = [
        "lakeside",
        "Lakeside",
        "LAKESIDE",
        "lake side",
        "lake-side",
        "lake/side",
        "..",
        "../up",
        "con",
        "nul.x",
    ]
    names += [
        "湖畔",
        "Ünïcode",
        "🎒",
        "a" * 80,
        "a" * 79,
        "lakeside.last",
        "x.toml",
        file_stem("Lakeside"),
        ".hidden",
    ]
    for name in names:
        store.save(named(name))
    assert {profile.name for profile in store.list()[0]} == set(names)
    files = os.listdir(store.folder)
    assert len({file.casefold() for file in files}) == len(names)
    assert all(store.load(name).name == name for name in names)


def test_one_unicode_form_of_a_name_is_kept(store: ProfileStore) -> None:
    store.save(named("Cafe\u0301 "))
    assert store.load("Café").name == "Café"


@given(st.lists(st.text(min_size=1, max_size=80), min_size=2, max_size=2, unique=True))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_no_two_names_share_a_file(pair: list[str]) -> None:
    kept: set[str] = set()
    for name in pair:
        try:
            kept.add(clean_name(name))
        except ProfileError:
            continue
    stems = {file_stem(name) for name in kept}
    assert len({stem.casefold() for stem in stems}) == len(kept)
    assert all(stem.isascii() and stem.strip("-_") and len(stem) < 70 and "/" not in stem for stem in stems)


def test_a_broken_file_is_named_kept_and_stops_nothing(store: ProfileStore) -> None:
    store.save(PROFILE)
    broken = {
        "syntax.toml": 'name = "x\nclient_secret = canary-secret',
        "kind.toml": '[connection]\nbase_url = 7\nname = "x"',
        "choice.toml": '[connection]\noneroster = "2.0"',
        "truth.toml": "[connection]\noauth = true",
        "share.toml": '[connection]\nshare = ["everything"]',
        "day.toml": '[connection]\ncreated = "soon"',
        "twice.toml": "[connection]\n[connection]",
        "time.toml": "[connection]\ntimeout = nan",
        "answer.toml": '[answers]\nactive = "maybe"',
        "provider.toml": '[connection]\nprovider = "nobody"',
        "again.toml": 'name = "Lakeside Schools"',
    }
    for name, text in broken.items():
        (store.folder / name).write_text(text)
    (store.folder / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    (store.folder / "folder.toml").mkdir()
    profiles, found = store.list()
    assert [profile.name for profile in profiles] == ["Lakeside Schools"]
    sentences = {each.path.name: each.sentence for each in found}
    assert sorted(sentences) == sorted([*broken, "bytes.toml", "folder.toml"])
    assert sentences["twice.toml"] == "It is not valid TOML at line 2."
    assert sentences["syntax.toml"] == "It is not valid TOML at line 1, column 10."
    assert sentences["kind.toml"] == '"base_url" must be a text in quotes.'
    assert sentences["choice.toml"] == '"oneroster" must be one of 1.1, 1.2.'
    assert 'the name "Lakeside Schools"' in sentences["again.toml"]
    assert not any("canary" in sentence for sentence in sentences.values())
    assert (store.folder / "syntax.toml").read_text() == broken["syntax.toml"]


def test_a_broken_file_is_never_written_over(store: ProfileStore) -> None:
    store.folder.mkdir()
    (store.folder / "lakeside.toml").write_text("broken =")
    with pytest.raises(ProfileError, match=r"lakeside\.toml is broken. It is not valid TOML"):
        store.load("lakeside")
    store.save(named("lakeside"))
    assert (store.folder / "lakeside.toml").read_text() == "broken ="
    assert store.load("lakeside").connection == CONNECTION


def test_files_renamed_or_edited_by_hand_are_found_by_the_name_inside(store: ProfileStore) -> None:
    store.save(named("old"))
    (store.folder / "old.toml").rename(store.folder / "new.toml")
    (store.folder / "nameless.toml").write_text("")
    assert store.load("old").name == "old"
    assert store.load("nameless").connection == Connection()
    store.save(replace(named("old"), remember=False))
    assert sorted(os.listdir(store.folder)) == ["nameless.toml", "new.toml"]
    assert store.load("old").remember is False


def test_lines_of_a_later_version_stay(store: ProfileStore) -> None:
    store.save(PROFILE)
    path = store.path_of(PROFILE.name)
    changed = path.read_text().replace("[connection]", 'client_secret = "canary"\n[connection]\nhue = "blue"')
    path.write_text("tint = 3\n" + changed)
    store.save(replace(PROFILE, connection=replace(CONNECTION, created=None)))
    tables = tomllib.loads(path.read_text())
    assert (tables["tint"], tables["connection"]["hue"]) == (3, "blue")
    assert "created" not in tables["connection"]
    assert "canary" not in path.read_text()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("base_url", "https://user:canary@host/ims/oneroster", "base URL has a user name or a password"),
        ("token_url", "https://canary@host/token", "token URL has a user name or a password"),
        ("token_url", "https://h/token?appName=x&client_secret=canary", 'parameter "client_secret"'),
        ("base_url", "https://h:99999/ims?access_token=canary", 'parameter "access_token"'),
        ("client_id", "https://a:canary@h/", r"client id \(key\) has"),
        ("base_url", "https://[bad:canary@h", "is unreadable"),
        ("base_url", "https://h/https://user:canary@host/", "base URL has a user name or a password"),
    ],
)
def test_secrets_cannot_be_saved(store: ProfileStore, field: str, value: str, sentence: str) -> None:
    with pytest.raises(ProfileError, match=sentence) as caught:
        store.save(Profile("x", CONNECTION.but(**{field: value})))
    assert "canary" not in str(caught.value)
    assert store.list() == ([], [])


def test_addresses_without_secrets_can_be_saved(store: ProfileStore) -> None:
    odd = CONNECTION.but(
        base_url="not a url", token_url="https://h/campus/oauth2/token?appName=key", client_id="a@b"
    )
    store.save(Profile("x", odd))
    assert store.load("x").connection == odd


def result_of(status: Status, cause: str | None) -> Result:
    verdict = Verdict(status, cause, "One sentence.")
    return Result(
        CONNECTION,
        datetime(2026, 3, 1, 8, 30, tzinfo=UTC),
        1200,
        7,
        verdict,
        (),
        (),
        profile="Lakeside Schools",
    )


def test_the_last_run_is_kept_and_goes_along(store: ProfileStore) -> None:
    store.save(PROFILE)
    assert store.last_run(PROFILE.name) is None
    store.save_run(PROFILE.name, result_of(Status.FAIL, "token.invalid-client"))
    last = store.last_run(PROFILE.name)
    assert last is not None
    assert (last.status, last.cause, last.summary) == ("fail", "token.invalid-client", "One sentence.")
    assert last.started == datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
    store.rename(PROFILE.name, "lakeside schools")
    assert store.last_run("lakeside schools") == replace(last, profile="lakeside schools")
    assert store.last_run(PROFILE.name) is None
    store.duplicate("lakeside schools", "copy")
    assert store.last_run("copy") is None
    passed = replace(result_of(Status.PASS, None), started=datetime(2026, 3, 2, 8, 30, tzinfo=UTC))
    store.save_run("lakeside schools", passed)
    newest = store.last_run("lakeside schools")
    assert newest is not None
    assert newest.cause is None
    store.delete("lakeside schools")
    assert sorted(os.listdir(store.folder)) == ["copy.toml", "history.sqlite3"]


def test_an_unreadable_last_run_counts_as_none(store: ProfileStore) -> None:
    store.save(named("lakeside"))
    for text in ("", "[]", "{}", '{"status": "fail", "cause": null, "summary": "x", "when": "never"}'):
        (store.folder / "lakeside.last.json").write_text(text)
        assert store.last_run("lakeside") is None


def test_rename_and_duplicate_take_no_name_that_is_used(store: ProfileStore) -> None:
    store.save(named("one"))
    store.save(named("two"))
    for change in (store.rename, store.duplicate):
        with pytest.raises(ProfileError, match="already a profile named “two”"):
            change("one", "two")
        with pytest.raises(ProfileError, match="no profile named “three”"):
            change("three", "four")
    for name in ("one", "One"):
        store.rename("one", name)
    assert [profile.name for profile in store.list()[0]] == ["One", "two"]
    assert store.load("One").connection == CONNECTION


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProfileError, match="could not be written"):
        ProfileStore(tmp_path / "file" / "profiles").save(PROFILE)
