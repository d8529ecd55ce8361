"""From any form of a base URL to the roots of the services, and the forms that a wrong one may be meant as."""

from __future__ import annotations

import pytest

from oneroster_checks import urls
from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.limits import SUGGESTED_ADDRESSES
from oneroster_checks.standard import addresses
from oneroster_checks.standard.addresses import read_base, service_roots
from oneroster_checks.standard.suggestions import suggested_roots

D = "https://d.test"
CAMPUS = f"{D}/campus/api/oneroster/v1p2/app/ims/oneroster"
CAMPUS_1P1 = f"{D}/campus/api/oneroster/v1p1/app/ims/oneroster/v1p1"

READ: list[tuple[str, OneRosterVersion, str, str, str]] = [
    (CAMPUS, "1.2", CAMPUS, "", ""),
    (f"{CAMPUS}/", "1.2", CAMPUS, "", ""),
    (f"  {CAMPUS}///  ", "1.2", CAMPUS, "", ""),
    (f"{CAMPUS}/rostering/v1p2", "1.2", f"{CAMPUS}/rostering/v1p2", "", ""),
    (f"{CAMPUS}/rostering/v1p2/orgs", "1.2", f"{CAMPUS}/rostering/v1p2", "orgs", ""),
    (f"{CAMPUS}/rostering/v1p2/orgs/12/classes", "1.2", f"{CAMPUS}/rostering/v1p2", "orgs", ""),
    (f"{CAMPUS}/rostering/v1p2/Users?limit=5", "1.2", f"{CAMPUS}/rostering/v1p2", "users", "limit=5"),
    (f"{CAMPUS}/gradebook/v1p2/lineItems", "1.2", f"{CAMPUS}/gradebook/v1p2", "lineItems", ""),
    (f"{CAMPUS}/resources/v1p2", "1.2", f"{CAMPUS}/resources/v1p2", "", ""),
    (f"{CAMPUS}/resources/v1p2/resources", "1.2", f"{CAMPUS}/resources/v1p2", "resources", ""),
    (f"{CAMPUS}/resources", "1.2", f"{CAMPUS}/resources", "", ""),
    (f"{CAMPUS}/orgs", "1.2", CAMPUS, "orgs", ""),
    (f"{CAMPUS}?appName=app", "1.2", CAMPUS, "", "appName=app"),
    (f"{CAMPUS}#part", "1.2", CAMPUS, "", ""),
    (CAMPUS.replace("/app/", "/orgs/"), "1.2", CAMPUS.replace("/app/", "/orgs/"), "", ""),
    (CAMPUS.replace("/campus/", "//campus//"), "1.2", CAMPUS, "", ""),
    (f"{CAMPUS_1P1}/students", "1.1", CAMPUS_1P1, "students", ""),
    (f"{CAMPUS_1P1}/resources", "1.1", CAMPUS_1P1, "resources", ""),
    (f"{D}/users/ims/oneroster/v1p1", "1.1", f"{D}/users/ims/oneroster/v1p1", "", ""),
    (f"{D}/orgs", "1.1", f"{D}/orgs", "", ""),
    (f"{D}:8443/ims/oneroster/v1p1/", "1.1", f"{D}:8443/ims/oneroster/v1p1", "", ""),
    (D, "1.1", D, "", ""),
]


@pytest.mark.parametrize(("url", "version", "root", "endpoint", "query"), READ)
def test_a_base_url_is_taken_apart(
    url: str, version: OneRosterVersion, root: str, endpoint: str, query: str
) -> None:
    base = read_base(url, version)
    assert (base.root, base.endpoint, base.query) == (root, endpoint, query)
    assert read_base(base.root, version).root == base.root


def _same(root: str) -> tuple[str, str, str]:
    return (root, root, root)


def _split(prefix: str, tail: str) -> tuple[str, str, str]:
    return (f"{prefix}/rostering/{tail}", f"{prefix}/gradebook/{tail}", f"{prefix}/resources/{tail}")


ROOTS: list[tuple[str, OneRosterVersion, tuple[str, str, str]]] = [
    (CAMPUS, "1.2", _split(CAMPUS, "v1p2")),
    (f"{CAMPUS}/rostering/v1p2", "1.2", _split(CAMPUS, "v1p2")),
    (f"{CAMPUS}/gradebook/v1p2", "1.2", _split(CAMPUS, "v1p2")),
    (f"{CAMPUS}/resources/v1p2", "1.2", _split(CAMPUS, "v1p2")),
    (f"{CAMPUS}/rostering", "1.2", _split(CAMPUS, "v1p2")),
    (f"{CAMPUS}/Rostering/V1P2", "1.2", _split(CAMPUS, "V1P2")),
    (f"{D}/ims/oneroster/v1p2", "1.2", _same(f"{D}/ims/oneroster/v1p2")),
    (CAMPUS_1P1, "1.1", _same(CAMPUS_1P1)),
    (CAMPUS_1P1.removesuffix("/v1p1"), "1.1", _same(CAMPUS_1P1)),
    (f"{D}/campus/api/ims/oneroster/rostering/v1p1", "1.1", _split(f"{D}/campus/api/ims/oneroster", "v1p1")),
    (D, "1.1", _same(f"{D}/v1p1")),
    (D, "1.2", _split(D, "v1p2")),
]


@pytest.mark.parametrize(("root", "version", "expected"), ROOTS)
def test_the_roots_of_the_services(
    root: str, version: OneRosterVersion, expected: tuple[str, str, str]
) -> None:
    roots = service_roots(root, version)
    assert (roots["rostering"], roots["gradebook"], roots["resources"]) == expected


WRONG: list[tuple[str, OneRosterVersion, str, bool, str]] = [
    # A wrong root, the app that is known, whether it is Campus, and a rostering root that must be tried.
    (f"{D}/campus/campus/api/ims/oneroster", "1.2", "", True, f"{D}/campus/api/ims/oneroster/rostering/v1p2"),
    (f"{D}/campus", "1.2", "app", True, f"{CAMPUS}/rostering/v1p2"),
    (f"{D}/campus/api/ims/oneroster", "1.2", "app", True, f"{CAMPUS}/rostering/v1p2"),
    (f"{D}/campus/oneroster/app/ims/oneroster", "1.2", "", True, f"{CAMPUS}/rostering/v1p2"),
    (CAMPUS, "1.2", "app", True, f"{D}/campus/api/ims/oneroster/rostering/v1p2"),
    (f"{D}/campus/oneroster/app/ims/oneroster/v1p1", "1.1", "", True, CAMPUS_1P1),
    (CAMPUS_1P1, "1.1", "app", True, f"{D}/campus/oneroster/app/ims/oneroster/v1p1"),
    (D, "1.1", "", False, f"{D}/ims/oneroster/v1p1"),
    (D, "1.2", "", False, f"{D}/ims/oneroster/rostering/v1p2"),
    (f"{D}/school/ims", "1.1", "", False, f"{D}/school/ims/oneroster/v1p1"),
    (f"{D}/school/oneroster", "1.2", "", False, f"{D}/school/ims/oneroster/rostering/v1p2"),
    (f"{D}/ims/oneroster/v1p2", "1.2", "", False, f"{D}/ims/oneroster/rostering/v1p2"),
    (f"{D}/ims/oneroster", "1.2", "", False, f"{D}/ims/oneroster/v1p2"),
    (f"{D}/ims/oneroster/v1p1", "1.1", "", False, f"{D}/ims/oneroster/rostering/v1p1"),
    (f"{D}/ims/oneroster/ims/oneroster", "1.2", "", False, f"{D}/ims/oneroster/rostering/v1p2"),
]


@pytest.mark.parametrize(("root", "version", "app", "campus", "target"), WRONG)
def test_the_right_form_is_among_those_that_are_tried(
    root: str, version: OneRosterVersion, app: str, campus: bool, target: str
) -> None:
    forms = suggested_roots(root, version, app=app, campus=campus)
    targets = [service_roots(form, version)["rostering"] for form in forms]
    assert target in targets
    assert len(forms) <= SUGGESTED_ADDRESSES
    assert len(set(targets)) == len(targets)
    assert service_roots(root, version)["rostering"] not in targets
    # Credentials go to the host that the user named and to no other.
    assert all(form.startswith(f"{D}/") for form in forms)


@pytest.mark.parametrize(
    ("url", "versions"),
    [
        (CAMPUS, ("1.2",)),
        (CAMPUS_1P1, ("1.1",)),
        (f"{CAMPUS}/v1p1", ("1.2", "1.1")),
        (f"{D}/V1P1/", ("1.1",)),
        (f"{D}/v1p11/x", ()),
        (f"{D}/campus/oneroster/app/learningdata/v1", ("1.0",)),
        (f"{D}/ims/oneroster", ()),
        (f"{D}/ims/oneroster?v=/v1p1/", ()),
        ("https://[", ()),
    ],
)
def test_the_versions_that_a_path_names(url: str, versions: tuple[str, ...]) -> None:
    assert addresses.versions_in(url) == versions


@pytest.mark.parametrize(
    ("url", "app"),
    [
        (CAMPUS, "app"),
        (CAMPUS_1P1, "app"),
        (f"{D}/campus/oneroster/app/ims/oneroster/v1p1", "app"),
        (f"{D}/campus/oneroster/app/learningdata/v1", "app"),
        (f"{D}/campus/api/ims/oneroster", ""),
        (f"{D}/campus/oneroster/ims/oneroster", ""),
        (f"{D}/ims/oneroster", ""),
        ("https://[", ""),
        ("", ""),
    ],
)
def test_the_app_in_a_base_url_of_campus(url: str, app: str) -> None:
    assert addresses.campus_app(url) == app


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (f"{D}/campus/oauth2/token?appName=app", "app"),
        (f"{D}/token?x=1&appName=a%20b", "a b"),
        (f"{D}/token?appName=+app+", "app"),
        (f"{D}/token?appName=", ""),
        (f"{D}/token?appname=app", ""),
        (f"{D}/token?appName=one&appName=two", "one"),
        (f"{D}/token", ""),
        ("https://[?appName=app", ""),
    ],
)
def test_the_app_name_in_a_token_url(url: str, name: str) -> None:
    assert addresses.app_name(url) == name


@pytest.mark.parametrize(
    ("base", "app", "url"),
    [
        (CAMPUS, "app", f"{D}/campus/oauth2/token?appName=app"),
        (CAMPUS, "a b", f"{D}/campus/oauth2/token?appName=a%20b"),
        (f"{D}:8443/x", "app", f"{D}:8443/campus/oauth2/token?appName=app"),
        (CAMPUS, "", ""),
        ("", "app", ""),
        ("https://[", "app", ""),
    ],
)
def test_the_token_url_that_campus_would_have(base: str, app: str, url: str) -> None:
    assert addresses.campus_token_url(base, app) == url


@pytest.mark.parametrize(
    ("host", "this"),
    [
        ("localhost", True), ("LOCALHOST.", True), ("a.localhost", True), ("127.0.0.1", True), ("127.8.9.1", True),
        ("::1", True), ("[::1]", True), ("192.168.1.1", False), ("10.0.0.1", False), ("0.0.0.0", False),
        ("localhost.example", False), ("notlocalhost", False), ("127.0.0.1.example", False), ("", False),
    ],
)  # fmt: skip
def test_which_hosts_are_this_machine(host: str, this: bool) -> None:
    assert urls.is_this_machine(host) is this


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("https://D.Test/x", "d.test", 443),
        ("http://d.test", "d.test", 80),
        ("https://d.test:8443", "d.test", 8443),
        ("https://user@d.test", "d.test", 443),
        ("https://[::1]:7/", "::1", 7),
        ("https://d.test:8443/a//b?next=http://e.test:1/c", "d.test", 8443),
        ("http://d.test:81?next=https://e.test/c", "d.test", 81),
        (" https://d.test:82/a/b", "d.test", 82),
        ("https:///d.test/a", "", 443),
        ("https://[", "", 443),
        ("nothing", "", 443),
        ("", "", 443),
    ],
)
def test_host_and_port_of_a_url(url: str, host: str, port: int) -> None:
    assert (urls.host_of(url), urls.place_of(url).port) == (host, port)
