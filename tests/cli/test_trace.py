"""`trace`: one record followed through a saved profile, to the first link that is broken."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from oneroster_practice.people import FAMILY_NAMES, GIVEN_NAMES
from oneroster_wizard.storage.profiles import ProfileStore

from ..on_a_pty import on_a_pty
from .command import COMMAND, environment, secrets_of
from .saved import NAME, Saved

STUDENT, TEACHER = "1000001", "7000001"
PEOPLE = re.compile("|".join((*GIVEN_NAMES, *FAMILY_NAMES)), re.IGNORECASE)


@pytest.fixture
def saved() -> Iterator[Saved]:
    saved = Saved(share=("rostering", "gradebook"))
    with saved.district:
        yield saved


@pytest.mark.parametrize(
    ("kind", "id"),
    [
        ("student", STUDENT),
        ("teacher", TEACHER),
        ("class", "class-3"),
        ("grade", "result-5"),
        ("grade", "lineItem-5"),
    ],
)
def test_what_is_in_order_says_so_and_where_to_look_then(saved: Saved, kind: str, id: str) -> None:
    ended = saved.trace(kind, id)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "PASS Nothing is broken here" in ended.stdout
    assert "look in your own import" in " ".join(ended.stdout.split())
    assert "BROKEN" not in ended.stdout
    assert PEOPLE.search(ended.stdout) is None


def test_a_broken_link_is_named_with_who_does_what(saved: Saved) -> None:
    ended = saved.trace("student", TEACHER)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "  BROKEN   User " in ended.stdout
    assert "FAIL Another role [trace.other-role]" in ended.stdout
    assert "  The user is not a student: the record has the role teacher." in ended.stdout
    assert "What to do:" in ended.stdout
    assert "District: " in ended.stdout


def test_a_program_gets_the_chain(saved: Saved) -> None:
    ended = saved.trace("student", STUDENT, "--format", "json")
    assert (ended.returncode, ended.stderr) == (0, "")
    document = json.loads(ended.stdout)
    found = document["trace"]
    assert (document["schema_version"], found["kind"], found["fine"]) == (1, "student", True)
    assert 0 < found["requests"] <= 12
    user = found["chain"]
    assert (user["what"], user["state"], user["causes"]) == ("user", "ok", [])
    assert {each["what"] for each in user["below"]} == {"org", "enrollment"}
    (of, *_) = (each for each in user["below"] if each["what"] == "enrollment")
    (of_class,) = of["below"]
    assert {each["what"] for each in of_class["below"]} == {"org", "course", "academicSession"}
    assert document["run"]["verdict"]["status"] == "pass"
    assert PEOPLE.search(ended.stdout) is None


def test_one_class_of_a_person(saved: Saved) -> None:
    ended = saved.trace("student", STUDENT, "--class", "class-2")
    assert ended.returncode == 0
    assert ended.stdout.count("Enrollment ") == 1
    assert "Class class-2" in ended.stdout
    ended = saved.trace("student", STUDENT, "--class", "class-40")
    assert ended.returncode == 1
    assert "No enrollment names this student in the class class-40." in ended.stdout
    ended = saved.trace("class", "class-2", "--class", "class-3")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "Only a student or a teacher is traced in one class." in ended.stderr


def test_the_message_to_the_district_has_no_steps_of_ours(saved: Saved) -> None:
    ended = saved.trace("student", "999999", "--format", "message", "--district", "Elm County Schools")
    assert ended.returncode == 1
    assert ended.stdout.startswith("Subject: OneRoster connection: No such record")
    assert "Elm County Schools" in ended.stdout
    assert "There is no student with the sourcedId, identifier, or username that we have" in ended.stdout
    assert "Compare the id" not in ended.stdout
    assert "999999" not in ended.stdout


def test_branches_in_order_have_one_line_each_unless_all_is_wanted(saved: Saved) -> None:
    short, long = saved.trace("student", STUDENT).stdout, saved.trace("student", STUDENT, "-v").stdout
    assert short.count("Enrollment ") == long.count("Enrollment ") == 6
    assert "Course" not in short
    assert long.count("Course ") == 6


def test_names_are_shown_where_somebody_says_yes(saved: Saved) -> None:
    ended = saved.trace("student", STUDENT, "--show-people")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "--yes" in ended.stderr
    shown = saved.trace("student", STUDENT, "--show-people", "--yes")
    assert shown.returncode == 0
    assert PEOPLE.search(shown.stdout) is not None


def test_a_person_can_type_the_username_where_no_shell_keeps_it(saved: Saved) -> None:
    (user,) = json.loads(saved.get(f"/users/{STUDENT}", "--show-people", "--yes").stdout).values()
    username = str(user["username"])
    with on_a_pty([*COMMAND, "trace", NAME, "student", "-"], environment(secrets_of(saved.ready))) as program:
        program.until("username of the student (it is not shown): ")
        program.type(f"{username}\n".encode())
        assert program.end() == 0
        assert b"found by its username" in program.seen
        assert username.encode() not in program.seen
        assert b"Nothing is broken here" in program.seen


def test_nothing_of_a_trace_is_kept(saved: Saved, tmp_path: Path) -> None:
    (user,) = json.loads(saved.get(f"/users/{STUDENT}", "--show-people", "--yes").stdout).values()
    words = [str(user[name]).encode() for name in ("username", "identifier", "givenName", "familyName")]
    home = ProfileStore().folder.parents[2]
    saved.trace("student", str(user["username"]))
    kept = [path for path in home.rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        body = path.read_bytes()
        assert not any(word in body for word in words), path


@pytest.mark.parametrize("form", ["text", "json", "message"])
def test_what_was_typed_to_find_a_person_is_in_nothing_that_is_handed_on(saved: Saved, form: str) -> None:
    for typed in ("s48213", "48213", "7000001"):
        ended = saved.trace("student", typed, "--format", form)
        assert ended.returncode == 1
        assert typed not in ended.stdout


def test_a_file_gets_the_trace(saved: Saved, tmp_path: Path) -> None:
    path = tmp_path / "trace.txt"
    ended = saved.trace("class", "class-3", "--output", str(path))
    assert (ended.returncode, ended.stdout) == (0, "")
    assert path.read_text().startswith("A class, traced\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("student", "  "), "Give the id, identifier, or username"),
        (("student", "x" * 400), "This is no id, identifier, or username"),
        (("parent", "1"), "There is no kind “parent”."),
    ],
)
def test_what_cannot_be_looked_up_is_said(saved: Saved, arguments: tuple[str, ...], words: str) -> None:
    ended = saved.trace(*arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert words in ended.stderr


def test_a_connection_that_does_not_work_says_why(saved: Saved) -> None:
    ended = saved.trace("student", STUDENT, ONEROSTER_CLIENT_SECRET="not the secret at all")
    assert ended.returncode == 1
    assert "FAIL " in ended.stdout
    assert "[token." in ended.stdout
    assert "0 requests for records." in ended.stdout


def test_the_grade_book_without_a_vendor_pair(saved: Saved) -> None:
    ended = saved.trace("grade", "result-5", ONEROSTER_VENDOR_KEY="", ONEROSTER_VENDOR_SECRET="")
    assert ended.returncode == 1
    assert "[gradebook.vendor-credentials-missing]" in ended.stdout


def test_a_script_says_beforehand_whether_a_whole_list_may_be_read() -> None:
    saved = Saved("query.filter-ignored", size="medium")
    with saved.district:
        username = "s1000001.neverwas"
        ended = saved.trace("student", STUDENT)
        assert ended.returncode == 1
        assert "--full" in ended.stderr
        assert "[trace.needs-whole-list]" in ended.stdout
        ended = saved.trace("student", STUDENT, "--full")
        assert (ended.returncode, ended.stderr) == (0, "")
        assert "Nothing is broken here" in ended.stdout
        assert username not in ended.stdout


def test_a_person_at_a_terminal_is_asked_before_a_whole_list_is_read() -> None:
    saved = Saved("query.filter-ignored", size="medium")
    with (
        saved.district,
        on_a_pty(
            [*COMMAND, "trace", NAME, "student", STUDENT], environment(secrets_of(saved.ready))
        ) as program,
    ):
        program.until("records of /enrollments: ")
        program.type(b"yes\n")
        assert program.end() == 0
        assert b"Nothing is broken here" in program.seen
