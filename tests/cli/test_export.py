"""`profiles export`: profiles without secrets, inert in a spreadsheet, and back as they were."""

from __future__ import annotations

import csv
import io
import os
import re
import stat
import tomllib
from collections import Counter
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oneroster_checks.connection import SHARES, Connection, DatedAnswer
from oneroster_checks.limits import LONGEST_REQUEST_S, SHORTEST_REQUEST_S
from oneroster_checks.providers import providers
from oneroster_checks.visible import acts, visible
from oneroster_wizard.exchange.candidate import ReadFile
from oneroster_wizard.exchange.columns import WRITTEN
from oneroster_wizard.exchange.document import document_of, read_document
from oneroster_wizard.exchange.from_table import read_table
from oneroster_wizard.exchange.judged import problems_of
from oneroster_wizard.exchange.marks import marked, unmarked
from oneroster_wizard.exchange.written_table import table_of
from oneroster_wizard.storage.profile_file import cleaned
from oneroster_wizard.storage.profiles import Profile, ProfileError, ProfileStore

from .command import call

LAKESIDE = Profile(
    "Lakeside",
    Connection(
        base_url="https://lakeside.example/ims/oneroster", token_url="https://lakeside.example/token", client_id="k-1"
    ),
    {"connection-active": DatedAnswer("yes", date(2026, 11, 20))},
    tags=("pilot", "Texas"),
    district="Lakeside ISD",
    moves_to="Lakeside 1.2",
)  # fmt: skip
HILL = replace(LAKESIDE, name="=HYPERLINK(1)", tags=("@ohio",))

# What a formula begins with, and what may cut a cell in two.
TRICKY = st.text(st.sampled_from("=+-'\",;| ab1é\u3000\uff1d"), min_size=1, max_size=12)
ANSWERS = st.one_of(
    st.sampled_from(["yes", "no", "unknown"]),
    st.builds(DatedAnswer, st.sampled_from(["yes", "no"]), st.dates()),
)
SEEN = st.text(st.characters().filter(lambda char: not acts(char)), min_size=1, max_size=12)
NAMES = TRICKY | SEEN
TEXTS = st.just("") | NAMES
_SHARED = st.sets(st.sampled_from(SHARES)).map(lambda found: tuple(each for each in SHARES if each in found))
HOSTS = st.sampled_from(["https://a.example", "http://127.0.0.1:8080", "HTTPS://b.example:444/x y"])
ADDRESSES = st.builds("{}/{}".format, HOSTS, TEXTS)
TAGS = NAMES.map(lambda text: text.replace(",", "").replace(";", ""))
# How a connection proves who it is: OAuth 1 excludes a fixed token.
WAYS = st.sampled_from([(1, False), (2, False), (2, True)])


def profiles() -> st.SearchStrategy[Profile]:
    """Profiles with something in every field, also what nobody would type."""
    connections = st.builds(
        Connection,
        provider=st.sampled_from([each.id for each in providers()]),
        oneroster=st.sampled_from(["1.1", "1.2"]),
        base_url=ADDRESSES,
        token_url=ADDRESSES,
        client_id=NAMES,
        share=_SHARED,
        created=st.none() | st.dates(date(1900, 1, 1), date(2300, 1, 1)),
        scope=TEXTS,
        ca_file=TEXTS,
        timeout=st.floats(SHORTEST_REQUEST_S, LONGEST_REQUEST_S),
        allow_plain_http=st.booleans(),
    )
    connections = st.builds(lambda each, way: each.but(oauth=way[0], fixed_token=way[1]), connections, WAYS)
    answers = st.dictionaries(NAMES, ANSWERS, max_size=3)
    tags = st.lists(TAGS, max_size=4).map(tuple)
    return st.builds(Profile, NAMES, connections, answers, st.just(False), tags, TEXTS, TEXTS)


def usable(profile: Profile) -> Profile | None:
    """The profile as it is saved; None where it cannot be, or cannot be handed on."""
    try:
        kept = cleaned(profile)
    except ProfileError:
        return None
    return None if any(problems_of(kept)) else kept


def test_most_of_what_is_made_up_can_be_handed_on() -> None:
    counts = Counter[bool]()

    @given(profiles())
    @settings(max_examples=100, deadline=None, database=None)
    def count(profile: Profile) -> None:
        counts[usable(profile) is not None] += 1

    count()
    assert counts[True] > counts[False]


def back(read: ReadFile) -> list[Profile]:
    assert read.troubles == []
    return [candidate.profile(None) for candidate in read.candidates]


def test_every_field_of_a_connection_has_a_column() -> None:
    own = {each.name for each in fields(Profile)} - {"connection", "remember"}
    assert set(WRITTEN) == own | {each.name for each in fields(Connection)}


@given(st.lists(profiles(), min_size=1, max_size=4))
@settings(max_examples=250, deadline=None)
def test_a_table_and_a_document_come_back_as_they_were(made: list[Profile]) -> None:
    every = [kept for profile in made if (kept := usable(profile))]
    if every:
        assert back(read_table(table_of(every).encode())) == every
        assert back(read_table(("\ufeff" + table_of(every)).encode())) == every
        assert back(read_document(document_of(every).encode())) == every


@given(profiles())
@settings(max_examples=250, deadline=None)
def test_no_cell_is_a_formula_whatever_the_separator(profile: Profile) -> None:
    kept = usable(profile)
    if kept is None:
        return
    for separator in ",;\t|":
        for cells in csv.reader(io.StringIO(table_of([kept])), delimiter=separator):
            assert not [cell for cell in cells if re.match(r'[\s"]*[=+\-@\uff1d\uff0b\uff0d\uff20]', cell)]


@given(st.one_of(st.text(), TRICKY))
def test_a_mark_is_undone_exactly(text: str) -> None:
    assert unmarked(marked(text)) == text


@pytest.fixture
def saved() -> ProfileStore:
    store = ProfileStore()
    for each in (LAKESIDE, HILL):
        store.save(each)
    return store


@pytest.mark.parametrize(
    ("arguments", "form"),
    [
        ((), "toml"),
        (("--output", "x.csv"), "csv"),
        (("--output", "x.toml"), "toml"),
        (("--output", "x.txt"), "toml"),
        (("--output", "x.txt", "--format", "csv"), "csv"),
        (("--format", "csv", "--output", "-"), "csv"),
    ],
)
def test_the_format_follows_the_path(
    arguments: tuple[str, ...],
    form: str,
    saved: ProfileStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = call("profiles", "export", *arguments)
    assert ended.returncode == 0
    files = os.listdir(tmp_path)
    content = (tmp_path / files[0]).read_bytes() if files else ended.stdout.encode()
    if files:
        assert stat.S_IMODE((tmp_path / files[0]).stat().st_mode) == 0o600
        # The mark by which Excel reads accents as they are.
        assert content.startswith(b"\xef\xbb\xbf") is (form == "csv")
    read = read_table(content) if form == "csv" else read_document(content)
    assert {profile.name: profile for profile in back(read)} == {"Lakeside": LAKESIDE, HILL.name: HILL}


@pytest.mark.parametrize("name", ["x.csv", "x.toml"])
def test_a_colleague_imports_it(
    name: str, saved: ProfileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / name)
    assert call("profiles", "export", "--output", path).returncode == 0
    assert "2 unchanged" in call("profiles", "import", path, "--yes").stdout
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "colleague"))
    ended = call("profiles", "import", path, "--yes")
    assert (ended.returncode, ended.stderr) == (0, "")
    # Nothing to delete: it holds no secret.
    assert "Delete" not in ended.stdout
    there = ProfileStore()
    assert there.folder != saved.folder
    assert there.list()[0] == saved.list()[0]


def test_some_are_chosen_by_name_or_tag(saved: ProfileStore) -> None:
    for arguments in (("Lakeside",), ("--tag", "texas")):
        ended = call("profiles", "export", *arguments)
        assert [each["name"] for each in tomllib.loads(ended.stdout)["profile"]] == ["Lakeside"]
    wrong: dict[tuple[str, ...], str] = {
        ("West",): "no profile named “West”",
        ("--tag", "utah"): "These tags exist: @ohio, pilot, Texas.",
        ("--tag", "pilot", "Lakeside"): "Leave out their names",
        ("--output", ""): "--output needs a path",
        ("--output", "/no/such/folder/x.csv"): "cannot be written",
    }
    for chosen, sentence in wrong.items():
        ended = call("profiles", "export", *chosen)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert sentence in ended.stderr


def test_without_a_profile_it_is_said() -> None:
    ended = call("profiles", "export")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "There is no profile to export." in ended.stderr


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"base_url": "https://me:canary@lakeside.example/x"}, "user name or a password"),
        ({"token_url": "https://lakeside.example/token?client_secret=canary"}, "looks like a secret"),
        ({"scope": "canary1234567890"}, "looks like a secret"),
        ({"base_url": ""}, "It is missing"),
        ({"client_id": "k\u200b1"}, "invisible character"),
    ],
)
def test_what_cannot_be_handed_on_is_named_and_left_out(
    changes: dict[str, Any], sentence: str, saved: ProfileStore
) -> None:
    text = saved.path_of("Lakeside").read_text()
    for name, value in changes.items():
        before = getattr(LAKESIDE.connection, name)
        text = text.replace(f'{name} = "{before}"', f'{name} = "{value}"')
    saved.path_of("Lakeside").write_text(text)
    ended = call("profiles", "export", "--format", "csv")
    assert ended.returncode == 2
    assert sentence in ended.stderr
    assert "canary" not in ended.stdout + ended.stderr
    assert [each.name for each in back(read_table(ended.stdout.encode()))] == [HILL.name]
    assert call("profiles", "export", "Lakeside").stdout == ""


def test_a_broken_file_is_named_and_the_rest_is_exported(saved: ProfileStore) -> None:
    (saved.folder / "broken.toml").write_text("oauth = ")
    ended = call("profiles", "export")
    assert ended.returncode == 2
    assert "broken.toml" in ended.stderr
    assert len(tomllib.loads(ended.stdout)["profile"]) == 2


def test_what_is_printed_acts_on_no_terminal(saved: ProfileStore) -> None:
    saved.save(replace(LAKESIDE, name="Lake\ufe0f", answers={"q\u202e": "yes"}))
    saved.save(replace(LAKESIDE, name="Hill\ufe0f"))
    for form in ("toml", "csv"):
        ended = call("profiles", "export", "--format", form)
        assert ended.returncode == 2
        for text in (ended.stdout, ended.stderr):
            assert visible(text.replace("\r\n", "\n"), lines=True) == text.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file has no connection."),
        ("[[profile]", "It is not valid TOML"),
        ("profile = 1", "The file has no connection."),
        ("profile = [1]", "The file has no connection."),
        ("[[profile]]\n", "Profile 1: A profile needs a name."),
        ('[[profile]]\nname = "a"\nclient_secret = "canary"\n', "Profile 1: It has a line named like a secret."),
        ('[[profile]]\nname = "a"\n[profile.connection]\nvendor_secret = "canary"\n', "named like a secret"),
        ('[[profile]]\nname = "a"\n', "Profile 1 (base URL): It is missing."),
        ('[[profile]]\nname = "a"\n[profile.connection]\noauth = "canary"\n', 'Profile 1: "oauth" must be one of'),
        ("[[profile]]\n" * 10_001, "more than 10,000 profiles"),
        ("a." * 500 + "a = 1", "nested too deeply"),
    ],
)  # fmt: skip
def test_a_document_that_cannot_be_imported(text: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(text)
    ended = call("profiles", "import", str(tmp_path / "a.toml"), "--yes")
    assert ended.returncode == 2
    assert sentence in ended.stderr
    assert "canary" not in ended.stdout + ended.stderr
    assert ProfileStore().list() == ([], [])


def test_the_file_of_a_profile_is_a_document_of_one(saved: ProfileStore, tmp_path: Path) -> None:
    path = saved.path_of("Lakeside")
    assert back(read_document(path.read_bytes())) == [LAKESIDE]
