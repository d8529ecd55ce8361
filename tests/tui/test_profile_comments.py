"""Profiles that a person has edited: the file keeps what stands in it, comments included."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from oneroster_checks.connection import Connection, DatedAnswer
from oneroster_checks.report import render
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from ..hostile_results import in_every_place
from ..hostile_texts import acting, controlled

DAY = date(2026, 11, 20)
PROFILE = Profile(
    "lakeside",
    Connection(
        oauth=1,
        oneroster="1.1",
        base_url="https://lakeside.infinitecampus.org/campus/oneroster/reader/ims/oneroster/v1p1",
        client_id="InfiniteCampus_1234",
        share=("rostering", "gradebook"),
        created=date(2026, 1, 31),
        timeout=12.5,
    ),
    {"connection-active": DatedAnswer("yes", DAY), "licence": DatedAnswer("unknown", DAY)},
    remember=True,
)


@pytest.fixture
def store(tmp_path: Path) -> ProfileStore:
    return ProfileStore(tmp_path / "profiles")


EDITED = """\
# The district's administrator is out on Fridays.
name = "lakeside"  # as in our CRM

# The addresses came by mail on May 3.
[connection]
provider = "infinite-campus"
oauth = 1
oneroster = "1.1"
# Ask before changing this one.
base_url = "https://old.example/ims/oneroster/v1p1"   # the old server
client_id = "InfiniteCampus_1234"
created = 2026-01-31
share = [
    "rostering",  # all schools
    "demographics", # they promised
]
timeout = 12.5
# The end of the connection.

[answers]
connection-active = "yes" # Bob said so
schools-chosen = "no"
"""
COMMENTS = (
    "# The district's administrator is out on Fridays.", "# as in our CRM", "# The addresses came by mail on May 3.",
    "# Ask before changing this one.", "# the old server", "# all schools", "# they promised",
    "# The end of the connection.", "# Bob said so",
)  # fmt: skip


def test_what_a_person_wrote_into_the_file_survives_a_save(store: ProfileStore) -> None:
    store.folder.mkdir()
    path = store.folder / "lakeside.toml"
    path.write_text(EDITED)
    profile = store.load("lakeside")
    changed = replace(
        profile,
        connection=profile.connection.but(
            base_url="https://new.example/ims", share=("rostering", "demographics", "gradebook")
        ),
        answers={"connection-active": DatedAnswer("no", DAY)},
        remember=True,
    )
    store.save(changed)
    assert store.load("lakeside") == changed
    text = path.read_text()
    assert [comment for comment in COMMENTS if comment not in text] == []
    # What did not change stays in its place, to the character.
    assert "timeout = 12.5\n# The end of the connection." in text
    assert 'base_url = "https://new.example/ims"   # the old server' in text
    store.save(changed)
    assert path.read_text() == text
    store.rename("lakeside", "hillside")
    renamed = store.path_of("hillside").read_text()
    assert [comment for comment in COMMENTS if comment not in renamed] == []
    store.duplicate("hillside", "copy")
    assert COMMENTS[0] in store.path_of("copy").read_text()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[connection]\n[other]\n[connection.more]\nz = 1\n",
        'connection.base_url = "https://old"\nname = "lakeside"\n',
        'connection = {base_url = "https://old", client_secret = "canary"}\n',
        '[answers]\na = "yes"\n[connection]\nbase_url = "https://old"\n',
        'name = "lakeside"\r\n[connection]\r\nbase_url = "https://old"\r\n',
        '\ufeffname = "lakeside"\n# last line without an end',
        "connection.share = []\nanswers = {a = 'no'}\n",
        "[connection]\ntimeout = 30\nshare = ['resources', 'rostering']",
    ],
)
def test_any_way_to_write_the_file_takes_the_new_values(store: ProfileStore, text: str) -> None:
    store.folder.mkdir()
    path = store.folder / "lakeside.toml"
    path.write_bytes(text.encode())
    store.save(PROFILE)
    assert store.load("lakeside") == PROFILE
    assert os.listdir(store.folder) == ["lakeside.toml"]
    assert "canary" not in path.read_text()


def test_a_profile_file_and_its_result_can_be_shown_on_a_terminal(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    text = "".join(char for char in controlled() if not "\ud800" <= char < "\ue000")
    connection = Connection(base_url=text, token_url=text, client_id=text, scope=text, ca_file=text)
    store.save(Profile("new", connection))
    store.save(Profile("changed", Connection()))
    store.save(Profile("changed", connection))
    for name in ("new", "changed"):
        assert store.load(name).connection == connection
        assert acting(store.path_of(name).read_text()) == set()
        store.save_run(name, replace(in_every_place(text), connection=connection))
        kept = store.last_run(name)
        assert kept is not None
        shown = store.history.result(kept)
        assert acting(render([shown], "json")) == set()
    for path in tmp_path.glob("*.toml"):
        assert acting(path.read_text(encoding="utf-8")) == set(), path
