"""What a server repeats is hidden in every form that can be turned back, and its other words stay."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from urllib.parse import quote

import pytest

from oneroster_checks.limits import DETAIL_CHARACTERS
from oneroster_checks.redaction import HIDDEN, Redactor
from oneroster_checks.redaction.shown import redacted_facts

from ..secret_forms import FORMS, Form

SECRETS = [
    "canary+client/secret=17",
    "Zk83hFq02mLxPq7Rt5Vw",
    "canary-vendor-key-23:canary-vendor-secret-31",
    "p&ss<w0rd>'\"%41 with a space",
    "gr\u00fc\u00dfe-\u00e9t\u00e9-4711-\u4f60\u597d",
    "qwertzuiopasdfghjkl",
]


def _left(secret: str, text: str) -> list[str]:
    """The parts of a secret that a text still holds, in either direction."""
    low = text.lower()
    size = 8
    parts = {secret.lower()[place : place + size] for place in range(len(secret) - size + 1)}
    return sorted(part for part in parts if part in low or part[::-1] in low)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_a_secret_is_hidden_in_every_form(form: Form, secret: str) -> None:
    repeated = form(secret)
    said = Redactor([secret]).said([f"The client {repeated} is not known here."])
    assert HIDDEN in said, said
    assert said.startswith("The client ")
    assert said.endswith(" is not known here.")
    assert repeated.lower() not in said.lower()
    assert _left(secret, said) == []


# What is cut, or has to be cleaned before, is hidden in the words of a server only.
OF_THE_SERVER = ("the ", "half", "all but", "with ", "turned", "in wide")


@pytest.mark.parametrize("form", [name for name in FORMS if not name.startswith(OF_THE_SERVER)])
def test_a_whole_secret_is_hidden_in_every_value(form: str) -> None:
    """Not only where a server speaks: notes, addresses and facts may hold it as well."""
    secret = SECRETS[0]
    shown = Redactor([secret]).text(f"a note: {FORMS[form](secret)}.")
    assert HIDDEN in shown
    assert _left(secret, shown) == []


def test_the_rest_of_a_text_stays_where_it_is() -> None:
    redactor = Redactor([SECRETS[0]])
    encoded = base64.b64encode(b"InfiniteCampus_x:" + SECRETS[0].encode()).decode()
    assert redactor.text(f"got {encoded}, wanted more").endswith(", wanted more")
    assert redactor.text(f"/a/path?x={quote(SECRETS[0], safe='')}&y=1") == f"/a/path?x={HIDDEN}&y=1"


@pytest.mark.parametrize("length", [8, 9, 12])
def test_a_cut_from_eight_characters_on_is_hidden(length: int) -> None:
    redactor = Redactor([SECRETS[1]])
    for part in (SECRETS[1][:length], SECRETS[1][-length:], SECRETS[1][3 : 3 + length]):
        assert redactor.said([f"secret {part}... is wrong"]) == f"secret {HIDDEN}... is wrong"
    assert redactor.said(["secret Zk83hFq is wrong"]) == "secret Zk83hFq is wrong"


@pytest.mark.parametrize(
    ("secret", "words"),
    [
        ("district-7f3a9c", "The district is not provisioned."),
        ("springfield-2024-x", "Springfield is not a tenant."),
        ("my-vendor-secret-31", "The vendor has no secret."),
        ("demo-application-9", "Unknown application."),
        ("s3cret", "The secret is wrong."),
    ],
)
def test_a_word_that_a_secret_is_made_of_stays(secret: str, words: str) -> None:
    assert Redactor([secret]).said([words]) == words


REAL_WORDS = [
    "AADSTS7000215: Invalid client secret provided.",
    "E0000011; Invalid token provided",
    "Client authentication failed (e.g., unknown client, no client authentication included)",
    "Insufficient scope: your token must have https://purl.imsglobal.org/spec/or/v1p2/scope/roster-core.readonly",
    "invalid_grant; unauthorized_client; access_denied; unsupported_grant_type",
    'WWW-Authenticate: Bearer realm="OneRoster", error="invalid_token", error_description="The access token expired"',
    'WWW-Authenticate: Basic realm="Spring Security Application"',
    "Access denied due to missing subscription key. Make sure to include subscription key when making requests.",
    "No API key found in request",
    "Request ID: 4bf92f3577b34da6a3ce929d0e0e4736",
    "org.springframework.security.access.AccessDeniedException: Access is denied",
]


@pytest.mark.parametrize("words", REAL_WORDS)
def test_what_real_servers_say_stays(words: str) -> None:
    redactor = Redactor([*SECRETS, "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ2ZW5kb3IifQ.c2lnbmF0dXJl"])
    redactor.learn_people({"users": [{"givenName": "Will", "familyName": "Grant"}, {"givenName": "May"}]})
    assert redactor.said([words]) == words


PEOPLE = {
    "users": [
        {
            "givenName": "Zerlina", "familyName": "Quackenbush", "middleName": "van der Berg",
            "email": "zerlina.q@school.example", "username": "zquack42", "identifier": "4711208",
            "sms": "+1 555 0142 998", "birthDate": "2011-03-17",
        },
        {"givenName": "Ren\u00e9e", "familyName": "O'Brien-M\u00fcller", "username": "\u738b\u5c0f\u660e"},
    ]
}  # fmt: skip


@pytest.mark.parametrize(
    "named",
    [
        "Zerlina", "QUACKENBUSH", "quackenbush", "zerlina.quackenbush", "Quackenbush,Zerlina", "zerlina_quackenbush",
        "Van Der Berg", "van-der-berg", "zerlina.q@school.example", "ZERLINA.Q@SCHOOL.EXAMPLE", "ZQuack42", "4711208",
        "+1 555 0142 998", "2011/03/17", "someone.else@school.example", "someone%40school.example",
        "someone&#64;school.example", "someone\\u0040school.example", "Zerlina%20Quackenbush", "Z&#101;rlina",
        "ren\u00e9e", "RENEE", "o'brien-m\u00fcller", "O\u2019BRIEN MULLER",
        base64.b64encode(b"Zerlina Quackenbush").decode(), b"zerlina.q@school.example".hex(),
        "Zer\u200blina", "\uff3aerlina",
    ],
)  # fmt: skip
def test_a_person_of_a_record_is_hidden(named: str) -> None:
    redactor = Redactor()
    redactor.learn_people(PEOPLE)
    said = redactor.said([f"There is no user {named} here."])
    assert HIDDEN in said
    assert said.startswith("There is no user ")
    assert said.endswith(" here.")
    for part in (
        "zerlina",
        "quackenbush",
        "berg",
        "zquack",
        "4711208",
        "0142",
        "2011",
        "school",
        "ren",
        "brien",
    ):
        assert part not in said.lower().replace("there", "")


def test_the_name_of_a_mailbox_goes_with_its_address() -> None:
    said = Redactor().said(["ask Jane van Doe <jane@district.example> or Joe Miller <joe@x.example>, please"])
    assert said == f"ask {HIDDEN} or {HIDDEN}, please"
    assert Redactor().said(["Call <b> or write to it@x.example"]) == f"Call <b> or write to {HIDDEN}"


def test_a_name_is_found_where_words_have_no_spaces() -> None:
    redactor = Redactor()
    redactor.learn_people(PEOPLE)
    assert (
        redactor.said(["\u7528\u6237\u738b\u5c0f\u660e\u4e0d\u5b58\u5728"])
        == f"\u7528\u6237{HIDDEN}\u4e0d\u5b58\u5728"
    )


def test_words_that_are_names_too_stay_where_they_are_written_small() -> None:
    redactor = Redactor()
    redactor.learn_people(
        {"users": [{"givenName": "Grant", "familyName": "Field"}, {"familyName": "Fields"}]}
    )
    assert redactor.said(["the grant has no field"]) == "the grant has no field"
    assert redactor.said(["Grant Field has no mail"]) == f"{HIDDEN} {HIDDEN} has no mail"


def test_nothing_of_words_that_are_hidden_as_a_whole_is_shown() -> None:
    assert Redactor([SECRETS[0]]).said([SECRETS[0], f"({SECRETS[0].upper()})"]) == ""


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["  one\r\n\ttwo  "], "one two"),
        (["same", "same", "other"], "same; other"),
        (["\x1b[31;1mred\x1b[0m \x9b2Jcleared\x00\x07"], "red cleared"),
        (["\u202egnp.exe\u202c \u2066left\u2069"], "gnp.exe left"),
        (["a\u200bb\u2060c\ufeffd\u00ade\u034ff"], "abcdef"),
        (["line\u2028one\u2029two\u0085three"], "line one two three"),
        (["\u201cquoted\u201d"], '"quoted"'),
        (["\ud800half"], "half"),
        (["", "   ", "\x00"], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_words_are_one_line_without_unseen_characters(words: list[str], shown: str) -> None:
    assert Redactor().said(words) == shown


def test_words_are_cut_at_their_end_and_never_inside_a_mark() -> None:
    assert len(Redactor().said(["x" * 5000])) == DETAIL_CHARACTERS
    for before in range(DETAIL_CHARACTERS - 12, DETAIL_CHARACTERS + 2):
        said = Redactor(["s3cret-value-17"]).said(["x" * before + " s3cret-value-17 and more"])
        assert len(said) <= DETAIL_CHARACTERS
        assert said.count("[") == said.count(HIDDEN)


def test_redacted_words_stay_as_they_are_when_they_pass_again() -> None:
    redactor = Redactor([SECRETS[0]])
    redactor.learn_people({"users": [{"familyName": "Hidden", "givenName": "Zerlina"}]})
    said = redactor.said([f"{SECRETS[0]} of Zerlina, token={SECRETS[1]}, Bearer {SECRETS[1]}, x@y.example"])
    assert redactor.server_text(said) == said
    assert Redactor().text(said) == said


def _seconds(work: Callable[[], object]) -> float:
    """The least time of a few tries, which other programs disturb least."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def test_the_time_hangs_on_the_text_and_not_on_how_many_names_there_are() -> None:
    few, many = Redactor(), Redactor()
    few.learn_people({"users": [{"givenName": f"Name{place}"} for place in range(10)]})
    many.learn_people({"users": [{"givenName": f"Name{place}"} for place in range(20_000)]})
    text = "There is no user of this name in the district. " * 20
    assert _seconds(lambda: many.server_text(text)) < 5 * _seconds(lambda: few.server_text(text)) + 0.001


@pytest.mark.parametrize(
    "piece", ["a", "ab ", "%41", "&#65;", "\\u0041", "eyJ", "x@", "a.", "4f", "Zerlina ", "token="]
)
def test_the_time_grows_with_the_words_that_are_looked_at_only(piece: str) -> None:
    redactor = Redactor([SECRETS[0], SECRETS[2]])
    redactor.learn_people(PEOPLE)
    short, long = piece * (4000 // len(piece)), piece * (4_000_000 // len(piece))
    assert _seconds(lambda: redactor.said([long])) < 5 * _seconds(lambda: redactor.said([short])) + 0.001


def test_facts_of_a_server_lose_names_and_parts_of_secrets_too() -> None:
    redactor = Redactor([SECRETS[1]])
    redactor.learn_people({"users": [{"familyName": "Core", "username": "zquack42"}]})
    scope = "https://purl.imsglobal.org/spec/or/v1p2/scope/roster-core.readonly"
    facts = redacted_facts(
        {
            "examples": ("u-1", "ZQUACK42", SECRETS[1][:10]),
            "scope": f"{scope} zquack42 {SECRETS[1][::-1]}",
            "scope_given": f"{scope} core",
            "location": "https://d.example/zquack42",
            "said": "Unknown user Core",
            "host": "core.example",
            "count": 3,
        },
        redactor,
    )
    assert facts == {
        "examples": ("u-1", HIDDEN, HIDDEN),
        "scope": f"{scope} {HIDDEN} {HIDDEN}",
        "scope_given": f"{scope} {HIDDEN}",
        "location": f"https://d.example/{HIDDEN}",
        "said": f"Unknown user {HIDDEN}",
        "host": "core.example",
        "count": 3,
    }
