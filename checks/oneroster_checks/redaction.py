"""The one redaction: everything that leaves the process passes it.

Known secrets are replaced wherever they stand, also form-encoded and inside a Basic header; tokens, e-mail
addresses and the personal values of records are replaced by their shape. What a server writes freely about
a record is never shown, since it may name a pupil.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import quote, quote_plus, urlsplit

HIDDEN = "[hidden]"
# Shorter texts would blot out ordinary words ("a", "key") without protecting anything.
SHORTEST_SECRET = 4
# Lengths of people's names that are learnt from records, to scrub them out of free text.
SHORTEST_NAME = 3
MOST_NAMES = 5000

_EMAIL = re.compile(r"[\w.+'-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+")
_JWT = re.compile(r"\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?")
_SCHEME = re.compile(r"(?i)\b(bearer|basic|oauth)([ \t]+)[\w+/=.~:-]{8,}")
_PAIR = re.compile(
    r"""(?ix)(\b[\w-]*(?:secret|token|password|passwd|signature|api_?key|vendor_?key)(?:["']\s*:\s*["']|=["']?))
    (?![\[\s])([^\s"'&,;}<]{4,})"""
)
_USERINFO = re.compile(r"(?i)(https?://)[^/\s@]+@")
# Keys beside the standard's own whose names may be shown: what errors and token answers are made of.
_PLAIN_KEYS = frozenset(
    """statusInfoSet imsx_StatusInfo imsx_codeMajor imsx_severity imsx_description imsx_codeMinor imsx_CodeMinor
    imsx_codeMinorField imsx_codeMinorFieldName imsx_codeMinorFieldValue error error_description message access_token
    token_type expires_in scope href students teachers schools terms first""".split()
)
# Words beside the standard's own that a value may be.
_PLAIN_VALUES = frozenset(
    """true false inactive success failure unsupported processing error warning status bearer Bearer invalid_client
    unauthorized_client access_denied invalid_scope invalid_request invalid_grant unsupported_grant_type fullsuccess
    unknownobject invaliddata unauthorisedrequest unauthorized forbidden server_busy internal_server_error
    invalid_filter_field invalid_selection_field invalid_sort_field TargetEndSystem""".split()
)
# Numbers, dates and moments, which say how a server writes; a birth date is not among the keys that show them.
_FIGURE = re.compile(r"[0-9][0-9T:Z.+-]{0,30}")
_ID = re.compile(r"[\w:.+-]{1,60}")
_FIGURE_KEYS = frozenset(
    """dateLastModified schoolYear startDate endDate beginDate expires_in resultValueMin resultValueMax assignDate
    dueDate scoreDate""".split()
)
_NAME_KEYS = frozenset(
    """givenName familyName middleName preferredFirstName preferredMiddleName preferredLastName username email
    sms phone birthDate identifier password""".split()
)


class Redactor:
    """Takes known secrets and everything that looks like one out of text.

    `Redactor(secrets)`; `learn` adds a secret that came up later (a token), `learn_people` the personal
    values of records that a server sent. `text` gives the text back without any secret, `server_text` also
    without a personal value.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets: set[str] = set()
        self._names: set[str] = set()
        self._secret_pattern: re.Pattern[str] | None = None
        self._name_pattern: re.Pattern[str] | None = None
        for secret in secrets:
            self.learn(secret)

    def learn(self, secret: str, *, partner: str = "") -> None:
        """Remember a secret; `partner` is the id that stands before it in a Basic header."""
        for form in {secret, secret.strip()}:
            if len(form) < SHORTEST_SECRET:
                continue
            self._secrets |= {
                form,
                quote(form, safe=""),
                quote_plus(form),
                quote(form),
                json.dumps(form)[1:-1],
            }
            if partner:
                for pair in (f"{partner}:{form}", f"{quote_plus(partner)}:{quote_plus(form)}"):
                    self._secrets.add(base64.b64encode(pair.encode()).decode())
        self._secret_pattern = None

    def learn_people(self, value: object) -> None:
        """Remember the personal values inside decoded JSON, so that no free text repeats them."""
        before = len(self._names)
        stack = [value]
        while stack and len(self._names) < MOST_NAMES:
            item = stack.pop()
            if isinstance(item, list):
                stack.extend(item)
            elif isinstance(item, dict):
                for key, inner in item.items():
                    if isinstance(inner, (dict, list)):
                        stack.append(inner)
                    elif key in _NAME_KEYS and isinstance(inner, str) and len(inner) >= SHORTEST_NAME:
                        self._names.add(inner)
        if len(self._names) != before:
            self._name_pattern = None

    def text(self, text: str) -> str:
        """The text without secrets, tokens and e-mail addresses."""
        if self._secret_pattern is None:
            # Longest first, or a secret that begins another would leave the rest standing.
            secrets = sorted(self._secrets, key=len, reverse=True)
            self._secret_pattern = re.compile("|".join(map(re.escape, secrets)) or r"(?!)")
        text = self._secret_pattern.sub(HIDDEN, text)
        text = _USERINFO.sub(rf"\1{HIDDEN}@", text)
        text = _JWT.sub(HIDDEN, text)
        text = _SCHEME.sub(rf"\1\2{HIDDEN}", text)
        text = _PAIR.sub(rf"\1{HIDDEN}", text)
        return _EMAIL.sub(HIDDEN, text)

    def server_text(self, text: str) -> str:
        """The same for words that a server wrote: the personal values that its records held go too."""
        if self._name_pattern is None:
            names = sorted(self._names, key=len, reverse=True)
            joined = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names)
            self._name_pattern = re.compile(joined or r"(?!)")
        return self._name_pattern.sub(HIDDEN, self.text(text))

    def host(self, url: str) -> str:
        """The host and port of a URL as it may be shown, empty when it has none."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return ""
        return self.text(parts.netloc.rpartition("@")[2])


# Parts of an address that name a place of a program and no person.
_PLAIN_SEGMENTS = frozenset(
    """login logon signin sign-in log-in sso saml idp adfs oauth oauth2 token authorize auth campus api ims oneroster
    rostering gradebook resources v1p1 v1p2 orgs portal home index.html default.aspx login.aspx login.jsp""".split()
)


def shown_target(url: str) -> str:
    """Where a redirect leads, as it may be shown: the host whole, of the path what names no person."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "an address that cannot be read"
    host = parts.netloc.rpartition("@")[2]
    segments = [word if word.lower() in _PLAIN_SEGMENTS else "…" for word in parts.path.split("/") if word]
    start = f"{parts.scheme}://{host}" if host else f"{parts.scheme}:" if parts.scheme else ""
    return "/".join([start, *segments])


def outline(value: object, *, most: int = 12) -> str:
    """The shape of decoded JSON: keys with harmless values, and only the kind of everything else.

    At most `most` lines; lists show their length and their first entry.
    """
    lines: list[str] = []
    _outline(value, "", "", lines)
    return "\n".join([*lines[:most], "…"] if len(lines) > most else lines)


def _outline(value: object, key: str, indent: str, lines: list[str]) -> None:
    head = f"{indent}{key}: " if key else indent
    if isinstance(value, dict):
        lines.append(f"{head}{{{len(value)} fields}}")
        for name, inner in value.items():
            # Something else than a known field's name may be a person's.
            _outline(
                inner, str(name) if str(name) in _known_keys() else "another field", indent + "  ", lines
            )
    elif isinstance(value, list):
        lines.append(f"{head}[{len(value)} entries]")
        if value:
            _outline(value[0], "first", indent + "  ", lines)
    elif _is_open(key, value):
        lines.append(f"{head}{value}")
    else:
        lines.append(f"{head}{_kind(value)}")


@cache
def _known_keys() -> frozenset[str]:
    from .standard.fields import names

    return names() | _PLAIN_KEYS


def _is_open(key: str, value: object) -> bool:
    """Whether a value may be shown: a word of the standard, a figure where one belongs, a sourcedId."""
    from .standard.fields import words

    text = str(value)
    if key == "sourcedId":
        return bool(_ID.fullmatch(text))
    if key in _FIGURE_KEYS:
        return bool(_FIGURE.fullmatch(text))
    return isinstance(value, str) and key not in _NAME_KEYS and (text in _PLAIN_VALUES or text in words())


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, str):
        return f"text of {len(value)} characters"
    if isinstance(value, bool):
        return "true or false"
    return "a number"
