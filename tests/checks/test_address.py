"""The address and the keys, judged without a request: every cause, and the suggested text where one is known."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from oneroster_checks.causes.words import report
from oneroster_checks.connection import Connection, Credentials
from oneroster_checks.finding import Finding, Status
from oneroster_checks.stages.address import address_findings
from oneroster_checks.target import make_target

from .engine import outcome, secrets

HOST = "https://district.example"
BASE = f"{HOST}/campus/api/oneroster/v1p2/school/ims/oneroster"
BASE_1P1 = f"{HOST}/campus/api/oneroster/v1p1/school/ims/oneroster/v1p1"
TOKEN = f"{HOST}/campus/oauth2/token?appName=school"
KEY = "InfiniteCampus_abc123"
RIGHT = Connection(base_url=BASE, token_url=TOKEN, client_id=KEY)


def judged(connection: Connection, credentials: Credentials) -> tuple[Finding, ...]:
    """What a run would find on the addresses and keys."""
    return address_findings(make_target(connection, credentials))


@dataclass(frozen=True)
class Row:
    """One wrong connection: what differs from a right one, the cause, its field and its suggested text."""

    cause: str
    field: str
    value: str
    suggestion: str = ""
    other: tuple[tuple[str, object], ...] = ()
    warns: bool = False

    @property
    def connection(self) -> Connection:
        """The right connection with this fault."""
        changes = dict(self.other)
        if self.field in ("base_url", "token_url", "client_id"):
            changes[self.field] = self.value
        return RIGHT.but(**changes)


def malformed(field: str, value: str, suggestion: str = "") -> Row:
    return Row("address.malformed", field, value, suggestion)


OLD = (("oneroster", "1.1"), ("base_url", BASE_1P1))
ALONE = (("provider", "generic"),)
BARE = HOST.removeprefix("https://")
ROWS = [
    malformed("base_url", ""),
    malformed("base_url", "   "),
    malformed("base_url", "the base URL"),
    malformed("base_url", "none"),
    malformed("base_url", BASE.removeprefix("https://"), BASE),
    malformed("base_url", BASE.removeprefix("https:"), BASE),
    malformed("base_url", f"://{BASE.removeprefix('https://')}", BASE),
    malformed("base_url", BASE.replace("https://", "https:/"), BASE),
    malformed("base_url", BASE.replace("https://", "https:///"), BASE),
    malformed("base_url", BASE.replace("https://", "htps://"), BASE),
    malformed("base_url", BASE.replace("https://", "ftp://"), BASE),
    malformed("base_url", BASE.replace("/api/", "/api /"), BASE),
    malformed("base_url", BASE.replace("/api/", "/\n  api/"), BASE),
    malformed("base_url", BASE.replace("/api/", "/\tapi/"), BASE),
    malformed("base_url", BASE.replace("/api/", "/a\u200bpi/"), BASE),
    malformed("base_url", f"\ufeff{BASE}", BASE),
    malformed("base_url", f'"{BASE}"', BASE),
    malformed("base_url", f"<{BASE}>", BASE),
    malformed("base_url", f"{BASE},", BASE),
    malformed("base_url", f"{BASE};", BASE),
    malformed("base_url", f"\u201c{BASE}\u201d", BASE),
    malformed("base_url", "https://"),
    malformed("base_url", "https:///ims/oneroster"),
    malformed("base_url", "https://:443/ims/oneroster"),
    malformed("base_url", f"{HOST}:99999/ims/oneroster"),
    malformed("base_url", f"{HOST}:port/ims/oneroster"),
    malformed("base_url", f"{HOST}:0/ims/oneroster"),
    malformed("base_url", "https://[::1/ims/oneroster"),
    malformed("base_url", "https://<host>/campus/ims/oneroster"),
    malformed("base_url", "https://district..example/ims/oneroster"),
    malformed("base_url", f"https://{'d' * 64}.example/ims/oneroster"),
    malformed("base_url", "https://-/ims/oneroster"),
    malformed("base_url", "mailto:someone@district.example"),
    malformed("token_url", ""),
    malformed("token_url", "ask the district"),
    malformed("token_url", TOKEN.removeprefix("https://"), TOKEN),
    malformed("token_url", TOKEN.replace("oauth2/", "oauth2/ "), TOKEN),
    malformed("token_url", f"'{TOKEN}'", TOKEN),
    Row("address.plain-http", "base_url", BASE.replace("https", "http"), BASE),
    Row("address.plain-http", "base_url", BASE.replace("https", "HTTP"), BASE),
    Row("address.plain-http", "token_url", TOKEN.replace("https", "http"), TOKEN),
    Row("address.plain-http", "base_url", "http://192.0.2.7/ims/oneroster", "https://192.0.2.7/ims/oneroster"),
    Row(
        "address.plain-http", "base_url", BASE.replace("https", "http"), BASE,
        (("allow_plain_http", True),), warns=True,
    ),
    Row("address.credentials-in-url", "base_url", BASE.replace("//", "//user:pass@"), BASE),
    Row("address.credentials-in-url", "base_url", BASE.replace("//", "//user@"), BASE),
    Row("address.credentials-in-url", "base_url", BASE.replace("//", "//:@"), BASE),
    Row("address.credentials-in-url", "token_url", TOKEN.replace("//", "//key:se%40cret@"), TOKEN),
    Row("address.doubled-path", "base_url", BASE.replace("/campus/", "/campus/campus/"), BASE),
    Row("address.doubled-path", "base_url", BASE.replace("/campus/", "/campus/Campus/campus/"), BASE),
    Row("address.doubled-path", "base_url", f"{BASE}/ims/oneroster", BASE),
    Row("address.doubled-path", "base_url", f"{BASE}/rostering/v1p2/rostering/v1p2", f"{BASE}/rostering/v1p2"),
    Row("address.doubled-path", "base_url", f"{BASE_1P1}/v1p1", BASE_1P1, (("oneroster", "1.1"),)),
    Row("address.doubled-path", "token_url", TOKEN.replace("/campus/", "/campus/campus/"), TOKEN),
    Row("address.doubled-path", "token_url", TOKEN.replace("/token", "/token/oauth2/token"), TOKEN),
    Row("address.endpoint-pasted", "base_url", f"{BASE}/rostering/v1p2/orgs", f"{BASE}/rostering/v1p2", warns=True),
    Row("address.endpoint-pasted", "base_url", f"{BASE}/orgs/", BASE, warns=True),
    Row("address.endpoint-pasted", "base_url", f"{BASE}/users?limit=5", BASE, warns=True),
    Row("address.endpoint-pasted", "base_url", f"{BASE}?appName=school", BASE, warns=True),
    Row(
        "address.endpoint-pasted", "base_url", f"{BASE}/gradebook/v1p2/lineItems/7", f"{BASE}/gradebook/v1p2",
        warns=True,
    ),
    Row("address.endpoint-pasted", "base_url", f"{BASE_1P1}/students", BASE_1P1, (("oneroster", "1.1"),), warns=True),
    Row("address.version-mismatch", "base_url", BASE_1P1),
    Row("address.version-mismatch", "base_url", f"{HOST}/ims/oneroster/v1p1", "", ALONE),
    Row("address.version-mismatch", "base_url", f"{HOST}/x/rostering/v1p2", "", (*ALONE, ("oneroster", "1.1"))),
    Row("address.version-mismatch", "base_url", f"{HOST}/campus/oneroster/school/learningdata/v1"),
    Row("address.version-mismatch", "base_url", f"{BASE}/v1p1", f"{BASE}/v1p2"),
    Row(
        "address.legacy", "base_url", f"{HOST}/campus/oneroster/school/ims/oneroster/v1p1", "",
        (("oneroster", "1.1"),), warns=True,
    ),
    Row("address.app-name-missing", "token_url", f"{HOST}/campus/oauth2/token", TOKEN),
    Row("address.app-name-missing", "token_url", f"{HOST}/campus/oauth2/token/", TOKEN),
    Row("address.app-name-missing", "token_url", f"{HOST}/campus/oauth2/token?appName=", TOKEN),
    Row("address.app-name-missing", "token_url", f"{HOST}/campus/oauth2/token?appname=school", TOKEN),
    Row("address.app-name-missing", "token_url", f"{HOST}/as/token.oauth2", TOKEN),
    Row("address.app-name-missing", "token_url", "https://other.example/as/token.oauth2"),
    Row(
        "address.app-name-missing", "token_url", f"{HOST}/campus/oauth2/token", "",
        (("base_url", f"{HOST}/campus/api/ims/oneroster"),),
    ),
    Row("address.app-name-mismatch", "token_url", TOKEN.replace("school", "other"), TOKEN, warns=True),
    Row("address.app-name-mismatch", "token_url", TOKEN.replace("school", "School"), TOKEN, warns=True),
    Row("address.host-mismatch", "token_url", TOKEN.replace(BARE, "other.example"), warns=True),
    Row("address.fields-swapped", "base_url", TOKEN, BASE, (("token_url", BASE),)),
    Row("address.fields-swapped", "base_url", TOKEN),
    Row("address.fields-swapped", "token_url", BASE),
    Row("address.fields-swapped", "base_url", KEY),
    Row("address.fields-swapped", "token_url", KEY),
    Row("address.fields-swapped", "client_id", BASE),
    Row("address.fields-swapped", "client_id", TOKEN),
    Row("address.fields-swapped", "client_id", f"\ufeff{HOST}"),
    Row("address.fields-swapped", "client_id", f'"{HOST}"'),
    Row("key.unexpected-format", "client_id", "abc123", warns=True),
    Row("key.unexpected-format", "client_id", "infinitecampus_abc123", warns=True),
    Row("key.stray-characters", "client_id", f" {KEY} ", KEY, warns=True),
    Row("key.stray-characters", "client_id", f"{KEY}\r\n", KEY, warns=True),
    Row("key.stray-characters", "client_id", f'"{KEY}"', KEY, warns=True),
    Row("key.stray-characters", "client_id", f"\ufeff{KEY}", KEY, warns=True),
    Row("key.stray-characters", "client_id", "InfiniteCampus_abc\u200b123", KEY, warns=True),
    Row("key.stray-characters", "client_id", "InfiniteCampus_\nabc123", KEY, warns=True),
    Row("key.stray-characters", "client_id", "InfiniteCampus_ abc", "InfiniteCampus_ abc", warns=True),
]  # fmt: skip


def named(findings: tuple[Finding, ...]) -> list[Finding]:
    """The findings that are not in order."""
    return [finding for finding in findings if finding.cause is not None]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.cause}: {row.field} {row.value!r}"[:90])
def test_a_wrong_connection_is_judged(row: Row) -> None:
    found = named(judged(row.connection, secrets()))
    first = next(finding for finding in found if finding.cause == row.cause)
    assert first.status is (Status.WARN if row.warns else Status.FAIL)
    assert first.facts["field"] == row.field
    assert first.facts.get("suggestion", "") == row.suggestion
    # What else is told may only be a consequence of the same text.
    if not row.warns:
        assert [finding.cause for finding in found if finding.failed] == [row.cause]


@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row.suggestion and row.field != "client_id"],
    ids=lambda row: repr(row.value)[:90],
)
def test_the_mended_text_is_in_order(row: Row) -> None:
    changes: dict[str, object] = {row.field: row.suggestion}
    if row.cause == "address.fields-swapped":
        changes["token_url"] = TOKEN
    suggestion = row.connection.but(allow_plain_http=False, **changes)
    assert row.cause not in [finding.cause for finding in named(judged(suggestion, secrets()))]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.cause}: {row.value!r}"[:90])
def test_what_is_wrong_is_said_in_a_sentence_with_steps(row: Row) -> None:
    for finding in named(judged(row.connection, secrets())):
        reported = report(finding, row.connection.provider)
        assert reported.summary.endswith((".", "?"))
        assert "unknown" not in reported.summary.lower()
        assert reported.fix


@pytest.mark.parametrize("row", [row for row in ROWS if not row.warns], ids=lambda row: repr(row.value)[:90])
async def test_a_wrong_address_is_the_root_cause_without_any_request(row: Row) -> None:
    result = await outcome(row.connection, secrets())
    assert (result.verdict.status, result.verdict.cause) == (Status.FAIL, row.cause)
    assert (result.requests, result.trace) == (0, ())
    ids = {"credentials-correct": Status.FAIL}
    assert {item.item: item.status for item in result.checklist if item.item in ids} == ids


SECRETS = [
    ("client_secret", secrets("InfiniteCampus_abc123"), "address.fields-swapped", Status.FAIL),
    ("client_secret", secrets(BASE), "address.fields-swapped", Status.FAIL),
    ("client_secret", secrets(f"  {TOKEN}\n"), "address.fields-swapped", Status.FAIL),
    ("client_secret", secrets("\ufeffInfiniteCampus_abc123"), "address.fields-swapped", Status.FAIL),
    ("client_secret", secrets('"InfiniteCampus_abc123"'), "address.fields-swapped", Status.FAIL),
    ("client_secret", secrets(f"\u201c{HOST}\u201d"), "address.fields-swapped", Status.FAIL),
    ("client_secret", secrets("abc\n"), "key.stray-characters", Status.WARN),
    ("client_secret", secrets("ab\u00adc"), "key.stray-characters", Status.WARN),
    ("client_secret", secrets("a b"), "key.stray-characters", Status.WARN),
    ("vendor_key", secrets("abc", " key", "s3cret"), "key.stray-characters", Status.WARN),
    ("vendor_secret", secrets("abc", "key", "'secret'"), "key.stray-characters", Status.WARN),
]


@pytest.mark.parametrize(("field", "given", "cause", "status"), SECRETS)
def test_a_secret_is_judged_and_never_repeated(field: str, given: object, cause: str, status: Status) -> None:
    assert isinstance(given, Credentials)
    (finding,) = named(judged(RIGHT, given))
    assert (finding.cause, finding.status, finding.facts["field"]) == (cause, status, field)
    # A suggested secret would be a secret in a fact.
    assert not finding.facts.get("suggestion")
    assert all(text.strip() not in repr(finding) for text in given.texts() if len(text) > 5)


IN_ORDER = [
    RIGHT,
    RIGHT.but(base_url=f"{BASE}/", token_url=f" {TOKEN} "),
    RIGHT.but(base_url=f"{BASE}/rostering/v1p2"),
    RIGHT.but(base_url=f"{BASE}/gradebook/v1p2/"),
    RIGHT.but(base_url=f"{HOST}/campus/api/ims/oneroster/rostering/v1p2"),
    RIGHT.but(oneroster="1.1", base_url=BASE_1P1),
    RIGHT.but(oauth=1, oneroster="1.1", base_url=BASE_1P1, token_url=""),
    RIGHT.but(base_url="http://127.0.0.1:8000/ims/oneroster", token_url="http://127.0.0.1:8000/t?appName=a"),
    RIGHT.but(base_url="http://localhost/ims/oneroster", token_url="http://localhost/t?appName=a"),
    RIGHT.but(base_url="http://[::1]:80/ims/oneroster", token_url="http://[::1]/t?appName=a"),
    RIGHT.but(
        base_url=BASE.replace(BARE, "schüler.example"), token_url=TOKEN.replace(BARE, "schüler.example")
    ),
    RIGHT.but(base_url=BASE.replace("https", "HTTPS")),
    RIGHT.but(base_url=BASE.replace(BARE, "District.Example")),
    RIGHT.but(base_url=f"{HOST}:443/campus/api/oneroster/v1p2/school/ims/oneroster"),
    RIGHT.but(base_url=BASE.replace("school", "orgs"), token_url=TOKEN.replace("school", "orgs")),
    RIGHT.but(base_url=BASE.replace("school", "a%20b"), token_url=TOKEN.replace("school", "a%20b")),
    Connection("generic", 2, "1.2", f"{HOST}/ims/oneroster", "https://auth.example/token", "key"),
    Connection("aeries", 2, "1.1", f"{HOST}/a/ims/oneroster/v1p1", f"{HOST}/a/token", "key"),
    Connection("classlink", 1, "1.1", f"{HOST}/ims/oneroster/v1p1", "", "key"),
    Connection("ed-fi", 2, "1.2", f"{HOST}/v7/ims/oneroster/rostering/v1p2", f"{HOST}/v7/oauth/token", "key"),
]


@pytest.mark.parametrize("connection", IN_ORDER, ids=lambda connection: connection.base_url)
def test_nothing_is_wrong_with_a_right_connection(connection: Connection) -> None:
    findings = judged(connection, secrets("a-good-secret", "vendor", "pair"))
    assert [(finding.cause, dict(finding.facts)) for finding in named(findings)] == []
    assert len(findings) >= 5


@pytest.mark.parametrize("provider", ["infinite-campus", "generic"])
def test_oauth_1_with_1p2_cannot_be(provider: str) -> None:
    connection = RIGHT.but(provider=provider, oauth=1, token_url="")
    found = named(judged(connection, secrets()))
    assert [(each.cause, each.facts["field"], each.facts["suggestion"]) for each in found] == [
        ("address.unsupported-combination", "oauth", "2")
    ]


def test_judging_needs_no_credentials_and_never_raises_on_what_is_half_typed() -> None:
    for field, text in (("base_url", BASE), ("token_url", TOKEN), ("client_id", KEY)):
        for end in range(len(text) + 1):
            assert judged(RIGHT.but(**{field: text[:end]}), secrets(""))


def test_a_form_shows_what_is_wrong_beside_an_empty_field() -> None:
    connection = Connection(base_url="", client_id="")
    found = address_findings(make_target(connection, secrets(" the-secret\n")), filled_only=True)
    assert [each.facts["field"] for each in found if each.cause] == ["client_secret"]


def test_a_form_does_not_hurry_who_has_filled_in_the_key_alone() -> None:
    connection = Connection(base_url="", client_id="another-key")
    found = address_findings(make_target(connection, secrets("")), filled_only=True)
    assert [each.cause for each in found if each.cause] == ["key.unexpected-format"]
