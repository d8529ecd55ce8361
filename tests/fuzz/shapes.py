"""Mutations of the shape of a JSON answer: its envelope, its records, and the pages that they come in."""

from __future__ import annotations

import json
from random import Random

from oneroster_checks.limits import ANSWER_BYTES

from . import texts
from .sent import Asked, Sent

# Twice what the tool reads of an answer.
_MOST_BYTES = 2 * ANSWER_BYTES
_ENVELOPES = (
    "orgs",
    "users",
    "classes",
    "enrollments",
    "data",
    "value",
    "results",
    "items",
    "",
    "Orgs",
    "error",
    "statusInfoSet",
    "students",
    "user",
)
_ERRORS: tuple[dict[str, object], ...] = (
    {"error": "invalid_token", "error_description": "x"},
    {"error": {"code": 1, "message": ["a", {"b": 1}]}},
    {"imsx_codeMajor": "failure", "imsx_severity": "error", "imsx_description": "no"},
    {
        "imsx_codeMajor": ["failure"],
        "imsx_CodeMinor": {"imsx_codeMinorField": {"imsx_codeMinorFieldValue": None}},
    },
    {"statusInfoSet": [None, 7, {"imsx_codeMajor": None}]},
    {"statusCode": 403, "message": "Forbidden"},
    {"status": "٤٠٣"},
    {"errors": [{"title": "x", "detail": {"a": "b"}}] * 50},
    {"fault": {"faultstring": "x", "detail": {"errorcode": "oauth.v2.InvalidAccessToken"}}},
    {"exception": "java.lang.IllegalStateException", "trace": "at a.b(C.java:1)\n" * 500},
    {"success": False},
)


def _records(sent: Sent) -> tuple[object, list[object] | None]:
    """The document and its list of records, None where it has none."""
    document = sent.document
    if isinstance(document, dict):
        lists = [value for value in document.values() if isinstance(value, list)]
        return document, lists[0] if lists else None
    return document, None


def envelope(random: Random, sent: Sent, asked: Asked) -> None:
    """The envelope has another name, is missing, or stands in others."""
    document = sent.document
    kind = random.randrange(6)
    if isinstance(document, dict) and document and kind < 3:
        inner = next(iter(document.values()))
        if kind == 0:
            sent.put(inner)
        elif kind == 1:
            sent.put({random.choice(_ENVELOPES): inner})
        else:
            sent.put(
                {**document, random.choice(_ENVELOPES): random.choice((inner, [], None, texts.value(random)))}
            )
    elif kind == 3:
        sent.put({random.choice(_ENVELOPES): document})
    elif kind == 4:
        sent.put([document])
    else:
        sent.put(json.dumps(document))


def records(random: Random, sent: Sent, asked: Asked) -> None:
    """Records are doubled, dropped, reordered, or something else stands among them."""
    document, rows = _records(sent)
    if rows is None:
        return
    kind = random.randrange(6)
    if kind == 0:
        rows += rows[: random.choice((1, 5, 100))]
    elif kind == 1:
        del rows[:: random.choice((1, 2, 3))]
    elif kind == 2:
        random.shuffle(rows)
    elif kind == 3:
        for _ in range(random.randint(1, 4)):
            rows.insert(random.randrange(len(rows) + 1), texts.value(random))
    elif kind == 4:
        rows[:] = [list(row.values()) if isinstance(row, dict) else row for row in rows]
    else:
        times, one = random.choice((2, 100, 3000)), len(json.dumps(rows[:1]))
        # More than the tool reads of an answer; what is far beyond it fills the memory of this server alone.
        rows[:] = rows[:1] * max(2, min(times, _MOST_BYTES // one))
    sent.put(document)


def ids(random: Random, sent: Sent, asked: Asked) -> None:
    """The sourcedIds are missing, all the same, of another type, or unlike any id."""
    document, rows = _records(sent)
    odd = texts.text(random)
    kind = random.randrange(5)
    for place, row in enumerate(rows or ()):
        if not isinstance(row, dict):
            continue
        if kind == 0:
            row.pop("sourcedId", None)
        else:
            row["sourcedId"] = ("1", place, f"{odd[:500]}{place}", [place], {"sourcedId": place})[kind]
    sent.put(document)


def empty(random: Random, sent: Sent, asked: Asked) -> None:
    """Nothing in the list, with the total as it was or with none."""
    document, rows = _records(sent)
    if rows is not None:
        rows.clear()
        sent.put(document)
    if random.random() < 0.5:
        sent.without("X-Total-Count")


def endless(random: Random, sent: Sent, asked: Asked) -> None:
    """There is always another page, whatever was asked for."""
    document, rows = _records(sent)
    fresh = random.random() < 0.6
    for place, row in enumerate(rows or ()):
        if isinstance(row, dict) and fresh:
            row["sourcedId"] = f"endless-{random.randrange(10**9)}-{place}"
    sent.put(document)
    sent.header("X-Total-Count", random.choice(("9999999", "1000000000", "")))
    if random.random() < 0.5:
        path, _, query = asked.request.url.partition("?")
        sent.header("Link", f'<{path}?{query}&offset={random.randrange(10**6)}>; rel="next"')


def error(random: Random, sent: Sent, asked: Asked) -> None:
    """An error in any form, with any status."""
    sent.put(random.choice(_ERRORS))
    sent.header("Content-Type", random.choice(("application/json", "text/html", "application/problem+json")))
    sent.status = str(
        random.choice((200, 200, 201, 400, 401, 403, 404, 405, 409, 422, 429, 500, 503))
    ).encode()


def odd_error(random: Random, sent: Sent, asked: Asked) -> None:
    """An error whose members hold anything."""
    names = (
        "error",
        "error_description",
        "error_uri",
        "imsx_codeMajor",
        "imsx_severity",
        "imsx_description",
        "imsx_CodeMinor",
        "message",
        "detail",
        "statusInfoSet",
        "status",
        "code",
        "errors",
        "title",
        "statusCode",
        "oauth_problem",
    )
    sent.put({random.choice(names): texts.value(random) for _ in range(random.randint(1, 6))})
    sent.header("Content-Type", "application/json")
    sent.status = str(random.choice((200, 400, 401, 403, 404, 500))).encode()


MUTATIONS = {
    "shapes.envelope": envelope,
    "shapes.records": records,
    "shapes.ids": ids,
    "shapes.empty": empty,
    "shapes.endless": endless,
    "shapes.error": error,
    "shapes.odd-error": odd_error,
}
