"""The practice district as a whole: choices, the ready line, start and stop, sizes, and what it loads."""

from __future__ import annotations

import json
import logging
import socket
import subprocess
import sys
import threading
import time
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

import oneroster_practice
from oneroster_checks.connection import Credentials
from oneroster_practice import PracticeDistrict, PracticeError, problems_alone

from .caller import Caller, filtered


def port_of(district: PracticeDistrict) -> int:
    return urlsplit(district.connection.base_url).port or 0


READY = {"ready", "oauth", "oneroster", "base_url", "token_url"} | {
    "client_id",
    "client_secret",
    "vendor_key",
    "vendor_secret",
}


@pytest.mark.parametrize("problem", [None, *(problem.code for problem in problems_alone())])
def test_every_problem_starts_and_hands_out_a_ready_line(problem: str | None) -> None:
    with PracticeDistrict(problem) as district:
        line = json.loads(json.dumps(district.ready_line()))
        given = district.connection
    assert set(line) >= READY
    assert line["problem"] == problem
    assert (line["base_url"], line["client_id"]) == (given.base_url, given.client_id)
    assert line["share"] == list(given.share)
    assert line["created"] == (None if given.created is None else given.created.isoformat())
    known = next((known for known in problems_alone() if known.code == problem), None)
    if known is not None:
        assert known.title
        assert line["oauth"] == (known.oauth or 2)
        assert known.oneroster in (None, line["oneroster"])
        assert set(known.share or ()) <= set(line["share"])


def test_every_code_is_there_once_and_in_its_catalogue_form() -> None:
    codes = [problem.code for problem in problems_alone()]
    assert len(codes) == len(set(codes)) > 70
    assert all(code.partition(".")[2] for code in codes)


@pytest.mark.parametrize(
    ("chosen", "oauth", "oneroster"),
    [
        ({}, 2, "1.2"),
        ({"oauth": 1}, 1, "1.1"),
        ({"oneroster": "1.1"}, 2, "1.1"),
        ({"problem": "accounts.staff-missing"}, 2, "1.1"),
        ({"problem": "accounts.staff-missing", "oauth": 1}, 1, "1.1"),
        ({"problem": "oauth1.expired"}, 1, "1.1"),
        ({"problem": "address.unsupported-combination"}, 1, "1.2"),
    ],
)
def test_versions_follow_from_the_choice_and_the_problem(
    chosen: dict[str, Any], oauth: int, oneroster: str
) -> None:
    with PracticeDistrict(**chosen) as district:
        assert (district.connection.oauth, district.connection.oneroster) == (oauth, oneroster)
        assert bool(district.connection.token_url) == (oauth == 2)


@pytest.mark.parametrize(
    "chosen",
    [
        {"problem": "nothing.known"},
        {"size": "enormous"},
        {"oauth": 1, "oneroster": "1.2"},
        {"problem": "oauth1.expired", "oauth": 2},
        {"problem": "accounts.staff-missing", "oneroster": "1.2"},
        {"problem": "sharing.assessments-off", "oneroster": "1.1"},
        {"share": ["assessments"], "oneroster": "1.1"},
        {"share": ["everything"]},
    ],
)
def test_a_choice_that_cannot_be_is_said_in_a_sentence(chosen: dict[str, Any]) -> None:
    with pytest.raises(PracticeError, match=r"^[A-Za-z].*\.$"):
        PracticeDistrict(**chosen)


def test_credentials_are_new_each_time_and_hidden() -> None:
    with PracticeDistrict() as first, PracticeDistrict() as second:
        ours, theirs = first.credentials, second.credentials
        shown = f"{first!r} {vars(first)!r} {first.connection!r}"
    assert set(ours.texts()).isdisjoint(theirs.texts())
    assert len(ours.texts()) == 3
    assert not [text for text in ours.texts() if text in shown]


def test_the_connection_is_a_hundred_days_old_and_complete() -> None:
    with PracticeDistrict() as district:
        given = district.connection
    assert given.created == date.today() - timedelta(days=100)
    assert given.provider == "infinite-campus"
    assert given.client_id.startswith("InfiniteCampus_")
    assert given.share == ("rostering",)
    assert "appName=practice" in given.token_url
    assert "/practice/" in given.base_url


def test_a_chosen_port_is_used_and_a_taken_one_is_an_error() -> None:
    with PracticeDistrict() as district:
        port = port_of(district)
        with pytest.raises(OSError, match=r".+"):
            PracticeDistrict(port=port)
    with PracticeDistrict(port=port) as again:
        assert f":{port}/" in again.connection.base_url


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "practice-district"]


@pytest.mark.parametrize(
    "problem", [None, "network.refused", "network.timeout", "network.closed", "tls.protocol", "tls.expired"]
)
def test_nothing_is_left_after_closing(problem: str | None) -> None:
    with PracticeDistrict(problem) as district:
        assert len(threads()) == 1
        port = port_of(district)
    assert threads() == []
    district.close()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_closing_does_not_wait_for_callers_who_keep_their_connection() -> None:
    district = PracticeDistrict()
    with Caller(district) as caller:
        assert caller.get("orgs").status_code == 200
        started = time.monotonic()
        district.close()
        assert time.monotonic() - started < 2.0
    assert threads() == []


def test_closing_ends_an_answer_that_is_held_back() -> None:
    district = PracticeDistrict("load.slow")
    with Caller(district) as caller, socket.create_connection(("127.0.0.1", port_of(district)), 5.0) as raw:
        lines = [
            f"PUT {urlsplit(caller.url('orgs')).path} HTTP/1.1",
            "Host: 127.0.0.1",
            f"Authorization: Bearer {caller.token()}",
            "Expect: 100-continue",
            "Content-Length: 2",
            "",
            "",
        ]
        raw.sendall("\r\n".join(lines).encode())
        # The server asks for the body only once it has begun to work on the request.
        assert raw.recv(100).startswith(b"HTTP/1.1 100")
        raw.sendall(b"{}")
        started = time.monotonic()
        district.close()
        while raw.recv(1000):
            assert time.monotonic() - started < 3.0
        assert time.monotonic() - started < 3.0
    assert threads() == []


def test_nothing_is_logged_or_printed(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)
    with PracticeDistrict() as district, Caller(district) as caller:
        assert caller.get("orgs").status_code == 200
        assert caller.get("nothing").status_code == 404
        with socket.create_connection(
            ("127.0.0.1", int(caller.connection.base_url.split(":")[2][:5]))
        ) as raw:
            raw.sendall(b"\x16\x03\x01 this is not HTTP\r\n\r\n")
            assert raw.recv(12).startswith(b"HTTP/1.1 400")
    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert ours == []
    assert capfd.readouterr() == ("", "")


def loaded_by(code: str, *names: str) -> list[str]:
    """Which of some modules a fresh process has loaded after the code."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; {code}; print(*[name for name in {names!r} if name in sys.modules])",
        ],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_listing_the_problems_loads_no_server() -> None:
    code = "from oneroster_practice import SIZES, problems_alone; assert problems_alone() and SIZES"
    assert loaded_by(code, "starlette", "uvicorn", "oauthlib", "trustme", "httpx") == []


def test_naming_the_sizes_loads_nothing_at_all() -> None:
    code = (
        "from oneroster_practice import DEMO_SHARE, SIZES; assert tuple(SIZES)[0] == 'small' and DEMO_SHARE"
    )
    assert (
        loaded_by(code, "oneroster_practice.district", "oneroster_practice.faults", "oneroster_checks") == []
    )


def test_the_package_gives_what_it_promises_and_nothing_else() -> None:
    for name in oneroster_practice.__all__:
        assert getattr(oneroster_practice, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = oneroster_practice.nothing  # type: ignore[attr-defined]


def test_the_very_large_district_starts_at_once_and_pages_deep() -> None:
    started = time.monotonic()
    with PracticeDistrict(size="very-large", share=["rostering", "gradebook"]) as district:
        assert time.monotonic() - started < 2.0
        with Caller(district) as caller:
            deep = caller.get("enrollments?limit=10&offset=8000000")
            assert deep.json()["enrollments"][0]["sourcedId"] == "enrollment-8000001"
            assert deep.headers["X-Total-Count"] == "8778000"
            assert caller.get("users?limit=1").headers["X-Total-Count"] == "1200000"
            last = caller.get("users?limit=5&offset=1199998").json()["users"]
            assert len(last) == 2
            assert caller.get(f"users/{last[0]['sourcedId']}").status_code == 200
            results = caller.get("results?limit=1&offset=16000000", service="gradebook")
            assert len(results.json()["results"]) == 1
            teachers = caller.get(filtered("enrollments", "role='teacher'") + "&limit=1&offset=400000")
            assert teachers.json()["enrollments"][0]["role"] == "teacher"
            ordered = caller.get("users?limit=20&sort=familyName").json()["users"]
            names = [user["familyName"] for user in ordered]
            assert names == sorted(names)
        assert time.monotonic() - started < 15.0


@pytest.mark.parametrize(
    ("size", "users", "enrollments"), [("medium", "12000", "87780"), ("large", "120000", "877800")]
)
def test_the_sizes_between(size: str, users: str, enrollments: str) -> None:
    with PracticeDistrict(size=size) as district, Caller(district) as caller:
        assert caller.get("users?limit=1").headers["X-Total-Count"] == users
        assert caller.get("enrollments?limit=1").headers["X-Total-Count"] == enrollments


def test_two_districts_do_not_share_what_is_written() -> None:
    with (
        PracticeDistrict(share=["rostering", "gradebook"]) as first,
        PracticeDistrict(share=["rostering", "gradebook"]) as second,
        Caller(first) as one,
        Caller(second) as two,
    ):
        assert one.call("DELETE", "categories/category-1", service="gradebook").status_code == 204
        assert two.get("categories/category-1", service="gradebook").status_code == 200
    assert isinstance(first.credentials, Credentials)
