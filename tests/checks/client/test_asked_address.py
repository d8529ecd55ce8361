"""The address behind a path that a person asks for: right by the standard, and never on another host."""

from __future__ import annotations

import pytest

from oneroster_checks.client.asked_address import AskedAddress, asked_address
from oneroster_checks.connection import Connection, Credentials, OneRosterVersion
from oneroster_checks.errors import InvalidPath
from oneroster_checks.target import make_target

ROOT = "https://d.example/campus/api/oneroster/v1p2/app/ims/oneroster"
ROSTERING, GRADEBOOK = f"{ROOT}/rostering/v1p2", f"{ROOT}/gradebook/v1p2"


def asked(path: str, *params: tuple[str, str], oneroster: OneRosterVersion = "1.2") -> AskedAddress:
    target = make_target(Connection(base_url=ROOT, oneroster=oneroster), Credentials())
    return asked_address(target, path, params)


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("/users", f"{ROSTERING}/users"),
        ("users/", f"{ROSTERING}/users/"),
        (" users/123 ", f"{ROSTERING}/users/123"),
        ("/classes/1/students", f"{ROSTERING}/classes/1/students"),
        ("/classes/1/lineItems", f"{GRADEBOOK}/classes/1/lineItems"),
        ("lineItems", f"{GRADEBOOK}/lineItems"),
        ("users/1/unknown", f"{ROSTERING}/users/1/unknown"),
        ("rostering/v1p2/users", f"{ROSTERING}/users"),
        ("resources/v1p2/resources", f"{ROOT}/resources/v1p2/resources"),
        ("status", f"{ROOT}/status"),
        ("users/a%2Fb c", f"{ROSTERING}/users/a%2Fb%20c"),
        ("users?limit=5&filter=role='student'", f"{ROSTERING}/users?limit=5&filter=role%3D%27student%27"),
        (f"{GRADEBOOK}/results?limit=1", f"{GRADEBOOK}/results?limit=1"),
        ("HTTPS://D.example:443/x", "https://d.example/x"),
    ],
)
def test_a_path_is_one_of_its_service(path: str, url: str) -> None:
    assert asked(path).url == url


def test_parameters_stand_behind_those_of_the_path() -> None:
    found = asked("users?limit=5", ("filter", "status='active'"), ("fields", "a,b&c"))
    assert found.url == f"{ROSTERING}/users?limit=5&filter=status%3D%27active%27&fields=a%2Cb%26c"


def test_what_is_known_of_an_address() -> None:
    users, one, grades = asked("/users"), asked("/users/1"), asked(f"{GRADEBOOK}/results")
    assert (users.service, users.envelope, users.is_single) == ("rostering", "users", False)
    assert (one.envelope, one.is_single) == ("user", True)
    assert (grades.service, grades.envelope) == ("gradebook", "results")
    assert asked("/lineItems", oneroster="1.1").service == "gradebook"
    assert asked("status") == AskedAddress(f"{ROOT}/status", "rostering", "", is_single=False)


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/users",
        "http://d.example/users",
        "https://d.example:8443/users",
        "https://d.example.evil.example/users",
        "https://d.example@evil.example/users",
        "https://evil.example@d.example/users",
        "https://d.example\\@evil.example/users",
        "//evil.example/users",
        "\\\\evil.example\\users",
        "/\\evil.example/users",
        "https:/evil.example",
        "https:///evil.example",
        "file:///etc/passwd",
        "https://[::1/users",
        "https://d.example:99999/",
        "",
        "   ",
        "users\r\nX-Header: 1",
        "users\x00",
        "users\u202e",
        "users\udc80",
        "users#1",
        "users/" + "1" * 9000,
    ],
)
def test_nothing_leads_elsewhere(path: str) -> None:
    with pytest.raises(InvalidPath) as refused:
        asked(path)
    assert "evil" not in str(refused.value)


@pytest.mark.parametrize(
    "path", ["..//evil.example/", "@evil.example/users", ":443@evil.example", "?@evil.example"]
)
def test_what_stays_a_path_stays_on_the_host(path: str) -> None:
    assert asked(path).url.startswith(f"{ROOT}/")
