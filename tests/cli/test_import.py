"""`profiles import`: tables as spreadsheets save them, and each line judged."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from oneroster_checks.connection import Connection, Credentials
from oneroster_wizard.limits import IMPORT_LINES
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.secrets import SecretStore

from ..on_a_pty import on_a_pty
from ..tui.test_keyring_half import FailingShelf
from .command import COMMAND, ROOT, call, environment
from .importing import (
    FIELDS,
    HILL,
    LAKESIDE,
    MADE_UP,
    SECRET,
    TITLES,
    VENDOR_KEY,
    VENDOR_SECRET,
    file_of,
    names,
    no_secret_in,
    shelf,
)

__all__ = ["shelf"]


@pytest.mark.usefixtures("keyring_unlocked")
def test_connections_come_in_with_their_secrets_in_the_keyring(tmp_path: Path, home: Path) -> None:
    path = file_of(tmp_path, TITLES, LAKESIDE, HILL)
    before = Path(path).read_bytes()
    ended = call("profiles", "import", path, "--yes")
    assert (ended.returncode, ended.stderr) == (0, "")
    lakeside = ProfileStore().load("Lakeside")
    wanted = Connection(share=("rostering", "gradebook"), created=date(2025, 8, 15), **FIELDS)  # type: ignore[arg-type]
    assert lakeside == Profile("Lakeside", wanted, remember=True, tags=("pilot", "texas"))
    hill = ProfileStore().load("Hill")
    assert (hill.connection.oneroster, hill.remember) == ("1.1", False)
    kept = asyncio.run(SecretStore().load("Lakeside"))
    assert kept.texts() == (SECRET, VENDOR_KEY, VENDOR_SECRET)
    assert asyncio.run(SecretStore().load("Hill")) == Credentials()
    assert "Saved 2 profiles." in ended.stdout
    assert "Delete it now" in ended.stdout
    assert "Read as month, day, year." in ended.stdout
    no_secret_in(ended.stdout)
    assert Path(path).read_bytes() == before
    # Nowhere else: not in a profile, not in any other file of this user.
    for folder, _, files in os.walk(home):
        for each in files:
            no_secret_in((Path(folder) / each).read_bytes().decode("latin-1"))


def test_a_dry_run_comes_first_and_changes_nothing(tmp_path: Path, shelf: FailingShelf) -> None:
    path = file_of(tmp_path, TITLES, LAKESIDE, HILL)
    for arguments, code in (((), 2), (("--dry-run",), 0)):
        ended = call("profiles", "import", path, *arguments)
        assert ended.returncode == code
        assert f"{path}: 2 profiles: 2 new." in ended.stdout
        assert "1 profile with secrets" in ended.stdout
        assert (names(), shelf.kept, shelf.changes) == ([], {}, 0)
    assert "--yes" in call("profiles", "import", path).stderr


@pytest.mark.parametrize(("typed", "found"), [(b"yes\n", ["Hill"]), (b"y\n", []), (b"\n", []), (b"\x04", [])])
def test_on_a_terminal_it_asks(typed: bytes, found: list[str], tmp_path: Path) -> None:
    path = file_of(tmp_path, TITLES, HILL)
    with on_a_pty([*COMMAND, "profiles", "import", path], environment()) as program:
        program.until("Type yes: ")
        assert names() == []
        program.type(typed)
        assert program.end() == 0
        assert (b"Saved 1 profile." in program.seen) is bool(found)
    assert names() == found


def test_ctrl_c_at_the_question_saves_nothing(tmp_path: Path) -> None:
    path = file_of(tmp_path, TITLES, HILL)
    with on_a_pty([*COMMAND, "profiles", "import", path], environment()) as program:
        program.until("Type yes: ")
        program.type(b"\x03")
        assert program.end() == 130
    assert names() == []


BAD = {
    "no name": (HILL.replace("Hill", "", 1), "column A (name): Give the connection a name."),
    "a name of two lines": (f'"{"x" * 81}"{HILL[4:]}', "column A (name): The name of a profile takes up to 80"),
    "no address": (HILL.replace("https://hill.example/ims/oneroster/v1p1", SECRET), "column B (base URL): This is no"),
    "no base URL": (HILL.replace("https://hill.example/ims/oneroster/v1p1", ""), "column B (base URL): It is missing."),
    "no token URL": (HILL.replace("https://hill.example/token", ""), "column C (token URL): It is missing"),
    "no client id": (HILL.replace("InfiniteCampus_2", ""), "column D (client id (key)): It is missing."),
    "a password": (HILL.replace("//hill", f"//me:{SECRET}@hill"), "(base URL): The base URL has a user name"),
    "a parameter": (HILL.replace("/token", f"/token?client_secret={SECRET}"), "looks like a secret"),
    "a secret as scope": (f"{HILL[:-1]}{SECRET},", "column J (scope): This looks like a secret."),
    "its own secret elsewhere": (HILL.replace("_2,", f"_{SECRET},{SECRET}"), "D (client id (key)): It contains"),
    "exchanged": (HILL.replace("InfiniteCampus_2,", f"{SECRET},InfiniteCampus_2"), "E (client secret): This looks"),
    "an address as a secret": (HILL.replace("_2,", "_2,https://x.example"), "column E (client secret): This is an"),
    "words as a secret": (HILL.replace("_2,", "_2,see the other mail"), "column E (client secret): This does not"),
    "half a pair": (HILL.replace("_2,,", f"_2,,{VENDOR_KEY}"), "column G (vendor secret): It is missing"),
    "a formula": (HILL.replace("_2,", '_2,"=HYPERLINK(""https://x.example"")"'), "(client secret): This is a formula"),
    "a rounded number": (HILL.replace("InfiniteCampus_2", "1.23457E+15"), "made this a rounded number"),
    "an error": (HILL.replace("InfiniteCampus_2", "#REF!"), "a spreadsheet error"),
    "other data": (HILL.replace("_2,,,,", "_2,,,,everything"), "column H (data you expect): Enter one or more of"),
    "no day": (HILL.replace("_2,,,,,", "_2,,,,,soon"), "column I (creation date): This is not a date."),
    "a long tag": (f"{HILL}{'t' * 41}", "column K (tags): A tag takes up to 40"),
    "a secret as a tag": (f"{HILL}{MADE_UP}", "column K (tags): This looks like a secret."),
    "a secret in a name": (HILL.replace("Hill", f"Hill {MADE_UP}", 1), "column A (name): This looks like a secret."),
    "a uuid in a name": (HILL.replace("Hill", "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", 1), "(name): This looks like"),
    "a row that lost a cell": (HILL.replace("InfiniteCampus_2", MADE_UP), "D (client id (key)): This may be the cli"),
    "swapped addresses": (
        "Hill,https://hill.example/campus/oauth2/token?appName=a,https://hill.example/ims/oneroster/v1p1,"
        "InfiniteCampus_2,,,,,,,", "column B (base URL): The token URL and the base URL are swapped."),
    "an address twice": (HILL.replace("/token", "/ims/oneroster/v1p1"), "(token URL): The token URL is the base URL."),
    "too many cells": (f"{HILL},{SECRET}", "It has more cells than there are titles."),
}  # fmt: skip


@pytest.mark.parametrize(("line", "sentence"), BAD.values(), ids=list(BAD))
def test_every_bad_line_is_named_and_nothing_is_saved(
    line: str, sentence: str, tmp_path: Path, shelf: FailingShelf
) -> None:
    ended = call("profiles", "import", file_of(tmp_path, TITLES, LAKESIDE, line), "--yes")
    assert ended.returncode == 2
    assert sentence in ended.stderr
    assert ended.stderr.startswith("Line 3")
    assert "Nothing was saved. Correct th" in ended.stderr
    assert (names(), shelf.kept, shelf.changes) == ([], {}, 0)
    no_secret_in(ended.stdout + ended.stderr)


@pytest.mark.parametrize("title", ["District's name in messages", "Profile that it moves to"])
def test_a_secret_is_no_name_of_anything(title: str, tmp_path: Path) -> None:
    path = file_of(tmp_path, f"Name,Base URL,Token URL,Client id,{title}", f"{HILL[:-7]},{MADE_UP}")
    ended = call("profiles", "import", path, "--yes")
    assert (ended.returncode, names()) == (2, [])
    assert "column E" in ended.stderr
    assert "This looks like a secret." in ended.stderr
    no_secret_in(ended.stdout + ended.stderr)


def test_names_with_numbers_are_names(tmp_path: Path) -> None:
    every = [
        "springfield-usd-497-2026-27",
        "District 00123456789 (TX)",
        "SchoolYear2026Pilot",
        "lakeside2026newserver",
    ]
    lines = [HILL.replace("Hill", each, 1) + f'"{each.lower()[:40]}, sy2025-26"' for each in every]
    ended = call("profiles", "import", file_of(tmp_path, TITLES, *lines), "--yes")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert set(names()) == set(every)


def test_what_a_check_will_say_is_told_and_saved_as_it_is(tmp_path: Path, shelf: FailingShelf) -> None:
    line = HILL.replace("_2,,", f"_2,{SECRET},").replace("InfiniteCampus_2", MADE_UP)
    ended = call(
        "profiles", "import", file_of(tmp_path, TITLES, line.replace("/v1p1", "/v1p1/orgs")), "--yes"
    )
    assert (ended.returncode, ended.stderr, names()) == (0, "", ["Hill"])
    assert (
        "Line 2, column B (base URL): Base URL with something after it. It is saved as it is." in ended.stdout
    )
    assert "Line 2, column C (token URL): Token URL without an app name." in ended.stdout
    assert "Line 2, column D (client id (key)): Client id in an unexpected format." in ended.stdout
    no_secret_in(ended.stdout)


@pytest.mark.parametrize(
    ("title", "cell"),
    [("Client secert", SECRET), ("My password", "x"), ("Notes", MADE_UP), ("Passwort", "x")],
)
def test_a_column_that_may_hold_secrets_is_named(title: str, cell: str, tmp_path: Path) -> None:
    path = file_of(tmp_path, f"Name,Base URL,Token URL,Client id,{title}", f"{HILL[:-7]},{cell}")
    ended = call("profiles", "import", path, "--yes")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Column E: not used, the title matches no field." in ended.stdout
    assert "Column E: may hold secrets." in ended.stdout
    assert "still has the secrets. Delete it now" in ended.stdout
    no_secret_in(ended.stdout)


def test_all_bad_places_are_named_in_their_order(tmp_path: Path) -> None:
    path = file_of(tmp_path, TITLES, HILL.replace("Hill,", ","), HILL, f",{SECRET},,,,,,,,,", HILL)
    ended = call("profiles", "import", path, "--yes")
    lines = [line.partition(":")[0] for line in ended.stderr.splitlines()]
    assert lines == [
        "Line 2, column A (name)",
        "Line 4, column A (name)",
        "Line 4, column B (base URL)",
        "Line 4, column C (token URL)",
        "Line 4, column D (client id (key))",
        "Line 5, column A (name)",
        "oneroster-wizard",
    ]
    assert "Line 3 has the same name" in ended.stderr
    assert "1 new, 3 to correct" in ended.stdout
    no_secret_in(ended.stdout + ended.stderr)


AS_SAVED: dict[str, Callable[[str], bytes]] = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with a mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR alone": lambda text: text.replace("\n", "\r").encode(),
    "semicolons": lambda text: text.replace(",", ";").encode(),
    "a told separator": lambda text: b"sep=;\r\n" + text.replace(",", ";").encode(),
    "tabs in UTF-16, as Excel saves Unicode text": lambda text: text.replace(",", "\t").encode("utf-16"),
    "UTF-16, the other order": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "empty lines": lambda text: f"\n,,\n{text}\n , \n".encode(),
}


@pytest.mark.parametrize("saved", AS_SAVED.values(), ids=list(AS_SAVED))
def test_however_a_spreadsheet_saves_it(saved: Callable[[str], bytes], tmp_path: Path) -> None:
    text = (
        'Key,District,Endpoint,"OAuth\n2 Token URL"\nInfiniteCampus_1,"École\nLakeside",https://a.example/x,'
    )
    text += "https://a.example/token\n"
    (tmp_path / "a.csv").write_bytes(saved(text))
    ended = call("profiles", "import", str(tmp_path / "a.csv"), "--yes")
    assert (ended.returncode, ended.stderr) == (0, "")
    profile = ProfileStore().load("École Lakeside")
    assert (profile.connection.client_id, profile.connection.base_url) == (
        "InfiniteCampus_1",
        "https://a.example/x",
    )


UNUSABLE = {
    "empty": (b"", "The file is empty."),
    "blank": (b"\n\n , \n", "The file is empty."),
    "titles alone": (TITLES.encode(), "but no connections"),
    "no titles": (LAKESIDE.encode(), "has no column “Name”"),
    "a column twice": (b"Name,Base URL,base_url\na,b,c\n", "Columns B and C are both the base URL"),
    "Windows-1252": ("Name\nÉcole\n".encode("cp1252"), "CSV UTF-8"),
    "a workbook": (b"PK\x03\x04\x14\x00", "This is a workbook"),
    "no text": (b"Name\n\0\0\0\n", "NUL characters"),
    "an open quote": (f'{TITLES}\n{HILL}\n"{HILL}\n{LAKESIDE}\n'.encode(), "Line 3: the quotes do not match"),
    "a long cell": (f"{TITLES}\n{'x' * 200_000}\n".encode(), "Line 2: the quotes do not match, or a cell is far"),
    "many lines": (f"{TITLES}\n".encode() + b"x\n" * 100_000, f"more than {IMPORT_LINES:,} lines"),
    "many bytes": (b"x" * 16_000_001, "too large"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "sentence"), UNUSABLE.values(), ids=list(UNUSABLE))
def test_a_file_that_cannot_be_imported_is_one_sentence(
    content: bytes, sentence: str, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    ended = call("profiles", "import", str(tmp_path / "a.csv"), "--yes")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert sentence in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    no_secret_in(ended.stderr)


def test_what_is_no_file_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for name, reason in (("", "it is a folder"), ("pipe.csv", "it is a pipe"), ("gone.csv", "no such file")):
        ended = call("profiles", "import", str(tmp_path / name), "--yes")
        assert (ended.returncode, ended.stdout) == (2, "")
        assert reason in ended.stderr


def test_the_example_of_the_documentation_is_one(shelf: FailingShelf) -> None:
    ended = call("profiles", "import", str(ROOT / "docs" / "districts.csv"), "--yes")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "not used" not in ended.stdout
    assert names() == ["Hill Country", "Lakeside", "Prairie View"]
    # The secrets, and for each of the two profiles the hosts that they are for.
    assert len(shelf.kept) == 4 + 2
