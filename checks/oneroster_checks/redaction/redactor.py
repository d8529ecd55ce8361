"""The one redaction of texts: everything that leaves the process passes it.

Known secrets are replaced wherever they stand, also form-encoded and inside a Basic header; tokens, e-mail
addresses and the personal values of records are replaced by their shape. What a server writes freely about
a record is never shown, since it may name a pupil.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

from ..limits import HIDDEN_SECRET_CHARACTERS, HIDDEN_TOKEN_CHARACTERS, NAME_CHARACTERS, NAMES_OF_A_RUN
from .outline import NAME_KEYS, outline
from .shape import is_secret_shaped

HIDDEN = "[hidden]"
# A secret of the environment may hold bytes that are no UTF-8; it is hidden like any other.
_ANY = "surrogatepass"

_EMAIL = re.compile(r"[\w.+'-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+")
_JWT = re.compile(r"\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?")
_SCHEME = re.compile(r"(?i)\b((?:bearer|basic|oauth)[ \t]+)([\w+/=.~:-]+)")
_PAIR = re.compile(
    r"""(?ix)(\b[\w-]*(?:secret|token|password|passwd|signature|api_?key|vendor_?key)(?:["']\s*:\s*["']|=["']?))
    (?![\[\s])([^\s"'&,;}<]{4,})"""
)
_USERINFO = re.compile(r"(?i)(https?://)[^/\s@]+@")


class Redactor:
    """Takes known secrets and everything that looks like one out of text.

    `Redactor(secrets)`; `learn` adds a secret that came up later (a token), `learn_people` the personal
    values of records that a server sent, `spare` what the user typed where no secret belongs. `text` gives
    the text back without any secret, `server_text` also without a personal value. Both are for values: a
    sentence of this program is made of values that passed, and is not passed again.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets: set[str] = set()
        self._names: set[str] = set()
        self._own: set[str] = set()
        self._secret_pattern: re.Pattern[str] | None = None
        self._name_pattern: re.Pattern[str] | None = None
        for secret in secrets:
            self.learn(secret)

    def learn(self, secret: str, *, partner: str = "") -> None:
        """Remember a secret; `partner` is the id that stands before it in a Basic header."""
        for form in {secret, secret.strip()}:
            if len(form) < HIDDEN_SECRET_CHARACTERS:
                continue
            self._secrets |= {
                form,
                quote(form, safe="", errors=_ANY),
                quote_plus(form, errors=_ANY),
                quote(form, errors=_ANY),
                json.dumps(form)[1:-1],
            }
            if partner:
                for pair in (
                    f"{partner}:{form}",
                    f"{quote_plus(partner, errors=_ANY)}:{quote_plus(form, errors=_ANY)}",
                ):
                    self._secrets.add(base64.b64encode(pair.encode(errors=_ANY)).decode())
        self._secret_pattern = None

    def spare(self, *typed: str) -> None:
        """Leave a client id or an address of the user alone where it only looks like personal data or a secret.

        A known secret inside is hidden all the same, and so is what has the shape of one.
        """
        for text in typed:
            path = re.split(r"[?#]", text.strip(), maxsplit=1)[0]
            pairs = (_PAIR.fullmatch(part) for part in path.split("/"))
            self._own |= {pair[0] for pair in pairs if pair and not is_secret_shaped(pair[2])}
            self._own.add(text.strip())

    def learn_people(self, value: object) -> None:
        """Remember the personal values inside decoded JSON, so that no free text repeats them."""
        before = len(self._names)
        stack = [value]
        while stack and len(self._names) < NAMES_OF_A_RUN:
            item = stack.pop()
            if isinstance(item, list):
                stack.extend(item)
            elif isinstance(item, dict):
                for key, inner in item.items():
                    if isinstance(inner, (dict, list)):
                        stack.append(inner)
                    elif key in NAME_KEYS and isinstance(inner, str) and len(inner) >= NAME_CHARACTERS:
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
        text = _SCHEME.sub(_without_token, text)
        text = _PAIR.sub(self._without_value, text)
        return _EMAIL.sub(lambda found: found[0] if found[0] in self._own else HIDDEN, text)

    def _without_value(self, found: re.Match[str]) -> str:
        segment = re.split(r"[/?#]", found[0], maxsplit=1)[0]
        if found.string[: found.start()].endswith("/") and segment in self._own:
            return segment + _PAIR.sub(self._without_value, found[0][len(segment) :])
        return f"{found[1]}{HIDDEN}"

    def server_text(self, text: str) -> str:
        """The same for words that a server wrote: the personal values that its records held go too."""
        if self._name_pattern is None:
            names = sorted(self._names, key=len, reverse=True)
            joined = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names)
            self._name_pattern = re.compile(joined or r"(?!)")
        return self._name_pattern.sub(HIDDEN, self.text(text))

    def outline(self, document: object) -> str:
        """The shape of decoded JSON as it may be shown."""
        return self.server_text(outline(document))


def _without_token(found: re.Match[str]) -> str:
    return f"{found[1]}{HIDDEN}" if is_secret_shaped(found[2], HIDDEN_TOKEN_CHARACTERS) else found[0]
