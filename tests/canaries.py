"""Canary secrets and canary people, and servers that put them into every place of an answer."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.standard.fields import ENTITY, fields

from .servers import Answer, Answers, Reply, Request, json_reply, reply

SECRET = "canary+client/secret=17"
VENDOR_KEY = "canary-vendor-key-23"
VENDOR_SECRET = "canary-vendor-secret-31"
TOKEN = "canary-token-4711-abcdef"
JSON_WEB_TOKEN = "eyJjYW5hcnkiOiJ0b2tlbiJ9.eyJjYW5hcnkiOiJib2R5In0.Y2FuYXJ5LXNpZ25hdHVyZQ"
PASSWORD = "canary-password-59"
SECRETS = (SECRET, VENDOR_KEY, VENDOR_SECRET, TOKEN, JSON_WEB_TOKEN, PASSWORD)

GIVEN, FAMILY, OTHER = "Zerlina", "Quackenbush", "Wunibald"
EMAIL, USERNAME = "zerlina.quackenbush@school.example", "zquackenbush42"
BORN, PHONE = "2011-03-17", "+1 555 0142 998"
PEOPLE = (GIVEN, FAMILY, OTHER, EMAIL, USERNAME, BORN, PHONE)
WHO = f"{GIVEN} {FAMILY} <{EMAIL}> ({USERNAME}), born {BORN}, {PHONE}"

_PERSONAL: dict[str, object] = {
    "givenName": GIVEN, "familyName": FAMILY, "middleName": OTHER, "preferredFirstName": OTHER, "email": EMAIL,
    "preferredMiddleName": OTHER, "preferredLastName": FAMILY, "username": USERNAME, "sms": PHONE, "phone": PHONE,
    "birthDate": BORN, "identifier": USERNAME, "userMasterIdentifier": USERNAME, "password": PASSWORD,
    "metadata": {"guardian": WHO, "ic.legacySourcedId": "77"}, "title": WHO, "name": WHO, "comment": WHO,
    "description": WHO, "cityOfBirth": OTHER, "userIds": [{"type": "LDAP", "identifier": USERNAME}],
}  # fmt: skip


# In how many characters a secret that was cut is looked for; the redaction hides less than that.
CUT = 12


def forms(secret: str) -> set[str]:
    """The ways in which a secret may be written."""
    plain = {
        secret,
        quote(secret, safe=""),
        quote_plus(secret),
        json.dumps(secret)[1:-1],
        html.escape(secret),
        # As the template of the HTML report writes quotes.
        html.escape(secret).replace("&quot;", "&#34;").replace("&#x27;", "&#39;"),
    }
    encoded = {core for form in plain for core in in_base64(form)}
    written = plain | encoded | {secret.encode().hex(), secret[:CUT], secret[-CUT:]}
    return written | {form[::-1] for form in written}


def in_base64(text: str) -> set[str]:
    """A text in Base64 of both alphabets behind none, one or two other bytes, without what those take part in."""
    found: set[str] = set()
    for before in range(3):
        data = b"\0" * before + text.encode()
        whole = base64.b64encode(data).decode()[(before * 8 + 5) // 6 : len(data) * 8 // 6]
        found |= {whole, whole.replace("+", "-").replace("/", "_")}
    return found


def found_in(text: str, *, more: tuple[str, ...] = ()) -> list[str]:
    """The canaries that a text holds, in whatever way they are written, each with what stands around it."""
    lowered = text.lower()
    names = [*PEOPLE, quote(EMAIL), FAMILY.upper(), *more]
    canaries = {form for secret in (*SECRETS, *more) for form in forms(secret)} | set(names)
    found = sorted(canary for canary in canaries if canary.lower() in lowered)
    return [f"{canary}: …{around(lowered, canary.lower())}…" for canary in found]


def around(text: str, canary: str) -> str:
    """What stands around the first place of a canary in a text, whatever its case."""
    place = text.lower().index(canary.lower())
    return text[max(0, place - 60) : place + len(canary) + 40]


def record(version: OneRosterVersion, entity: str, name: str, place: int) -> dict[str, object]:
    """A record with every field of its entity; a person's in each field that could hold one."""
    row: dict[str, object] = {field.name: _PERSONAL.get(field.name) for field in fields(version, entity)}
    row |= {
        key: value for key, value in _PERSONAL.items() if entity in ("user", "demographics") or key in row
    }
    return row | {"sourcedId": f"{name}-{place}", "status": "active"}


def rows(heard: Request, version: OneRosterVersion, change: Callable[[dict[str, object]], object]) -> Reply:
    """A page of records of whatever is asked, each changed; 404 for what is no collection."""
    name = heard.path.rstrip("/").rpartition("/")[2]
    entity = ENTITY.get(f"/{name}")
    if entity is None:
        return json_reply(404, {"imsx_codeMajor": "failure", "imsx_description": f"no record of {WHO}"})
    key = {"org": "orgs", "user": "users", "academicSession": "academicSessions"}.get(entity, name)
    page = [change(record(version, entity, name, place)) for place in range(3)]
    return json_reply(200, {key: page}, ("X-Total-Count", "3"))


def introduced(answers: Answers) -> Answers:
    """The same server, whose first answer holds the token and the record of the person, so that both are known.

    It is an error that may pass, so that the request is sent again.
    """
    person = record("1.2", "user", "users", 0)
    waiting = [json_reply(500, {"access_token": TOKEN, "refresh_token": JSON_WEB_TOKEN, "users": [person]})]

    def answer(heard: Request) -> Answer:
        return waiting.pop() if waiting else answers(heard)

    return answer


def granted(**more: object) -> Reply:
    """A token, with more than belongs there."""
    return json_reply(
        200,
        {"access_token": TOKEN, "token_type": "bearer", "expires_in": 3600, "refresh_token": JSON_WEB_TOKEN,
         "user": WHO, **more},
    )  # fmt: skip


# What a server may write where nobody expects a person or a secret.
LOUD_HEADERS: tuple[tuple[str, str], ...] = (
    ("X-Request-Id", WHO),
    ("X-Correlation-Id", USERNAME + " " + SECRET),
    ("Date", f"Mon, 03 Aug 2026 10:00:00 GMT ({WHO})"),
    ("Server", WHO),
    ("WWW-Authenticate", f'Basic realm="{WHO}", error_description="{SECRET}"'),
    ("Set-Cookie", f"user={USERNAME}; token={TOKEN}"),
    ("Link", f'<?user={EMAIL}&token={TOKEN}>; rel="next"'),
    ("Warning", f'199 - "{WHO}"'),
    ("X-Total-Count", WHO),
)
PAGE = f"<!doctype html><html><title>{WHO}</title><body>{SECRET} {TOKEN}<form action='/login'></form></body></html>"
TRACE = f"<html><pre>java.lang.IllegalStateException: {WHO}\n\tat Student({SECRET})</pre></html>"
STANDARD_ERROR = {
    "imsx_codeMajor": "failure", "imsx_severity": "error", "imsx_description": f"{WHO} {TOKEN}",
    "imsx_codeMinor": WHO, "imsx_operationRefIdentifier": WHO,
    "imsx_CodeMinor": {"imsx_codeMinorField": [
        {"imsx_codeMinorFieldName": WHO, "imsx_codeMinorFieldValue": f"{GIVEN} {SECRET}"}]},
}  # fmt: skip
OAUTH_ERROR = {
    "error": WHO,
    "error_description": f"{WHO}: {SECRET} is wrong",
    "error_uri": f"https://{USERNAME}.example/{SECRET}",
}
AS_KEYS = {WHO: {FAMILY: [{USERNAME: GIVEN}]}, SECRET: TOKEN, EMAIL: BORN}
LOUD: dict[str, Reply | bytes] = {
    "an OAuth error": json_reply(400, OAUTH_ERROR, *LOUD_HEADERS),
    "a known OAuth error": json_reply(401, {**OAUTH_ERROR, "error": "invalid_client"}, *LOUD_HEADERS),
    "not allowed": json_reply(403, {**OAUTH_ERROR, "error": "unauthorized_client"}, *LOUD_HEADERS),
    "an error of the standard": json_reply(400, STANDARD_ERROR, *LOUD_HEADERS),
    "an error inside a 200": json_reply(200, STANDARD_ERROR, *LOUD_HEADERS),
    "an unauthorised error": json_reply(401, STANDARD_ERROR, *LOUD_HEADERS),
    "forbidden": json_reply(403, STANDARD_ERROR, *LOUD_HEADERS),
    "not found": json_reply(404, {"message": WHO, "path": SECRET}, *LOUD_HEADERS),
    "a page": reply(200, PAGE, *LOUD_HEADERS, kind="text/html"),
    "a trace": reply(500, TRACE, *LOUD_HEADERS, kind="text/html"),
    "plain text": reply(500, f"{WHO} {SECRET} {TOKEN}", *LOUD_HEADERS),
    "persons as keys": json_reply(200, AS_KEYS, *LOUD_HEADERS),
    "persons as a list": json_reply(200, [WHO, {"sourcedId": WHO}], *LOUD_HEADERS),
    "a text alone": json_reply(200, WHO, *LOUD_HEADERS),
    "a redirect": reply(
        302, "", ("Location", f"https://sso.invalid/login/{quote(EMAIL)}?user={USERNAME}&t={SECRET}")
    ),
    "a redirect with a person in its path": reply(302, "", ("Location", f"/login/{GIVEN}.{FAMILY}/{TOKEN}")),
    "a redirect with a password": reply(
        307, "", ("Location", f"https://{USERNAME}:{PASSWORD}@d.invalid/token")
    ),
    "no HTTP": f"{WHO} {SECRET}\r\n\r\n".encode(),
}


def echo(heard: Request) -> Reply:
    """A server that repeats the whole request in its answer, in the body and in every header that is shown."""
    told = " ".join(f"{name}: {value}" for name, value in heard.headers.items())
    sent = heard.headers.get("authorization", "").partition(" ")[2]
    reported = {"request": told, "form": heard.form, "body": heard.body.decode(), "authorization": sent}
    return json_reply(
        400, reported, ("X-Request-Id", sent.partition(",")[0] or heard.form.get("client_secret", "none")),
        ("X-Told", told), ("WWW-Authenticate", f'Basic realm="{sent}"'),
    )  # fmt: skip


def echoed_value(heard: Request) -> Reply:
    """The same with one bare value as the request id: the secret, the vendor's pair or the token itself."""
    sent = heard.headers.get("x-vendor-authorization") or heard.form.get("client_secret")
    bare = sent or heard.headers.get("authorization", "none").rpartition(" ")[2]
    return json_reply(401, {"error": bare, "value": bare}, ("X-Request-Id", bare))
