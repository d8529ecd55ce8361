"""The one redaction of texts: everything that leaves the process passes it.

Known secrets are replaced wherever they stand, in every form that can be turned back; tokens, e-mail addresses and
the personal values of records are replaced by their shape. What a server writes freely about a record is never
shown, since it may name a pupil.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..limits import (
    HIDDEN_CUT_CHARACTERS,
    HIDDEN_TOKEN_CHARACTERS,
    REDACTED_CHARACTERS,
)
from ..memory_limits import WORD_KEPT_CHARACTERS, WORDS_KEPT
from .addresses import parts_typed, shown_address
from .decoded import Run, Span, hex_readings, hex_words, levels, packed_words, readings
from .ids import HIDDEN, shortened_id, shown_id
from .names import KnownNames
from .outline import outline
from .secrets import KnownSecrets, joined
from .server_words import in_one_line, shortened
from .shape import is_secret_shaped

# Each word is read once, from its first character, however many tries it ends in vain.
_ADDRESS = r"(?:@|%40)[\w-]++(?:\.[\w-]++)++"
_AT = re.compile(r"@|%40")
_EMAIL = re.compile(rf"(?<![\w.+'-])[\w.+'-]++{_ADDRESS}(?:[.+'][\w.+'-]*+{_ADDRESS})*+")
# The name of a mailbox before its address: "Jane Doe <jane@district.example>".
_CAPITALIZED = r"[a-z']{0,8}+[A-Z\u00c0-\u00de][\w.'-]*+"
_MAILBOX = re.compile(
    rf"(?<![\w.'-]){_CAPITALIZED}[ ,]++(?:(?:{_CAPITALIZED}|[a-z]{{1,3}})[ ,]++){{0,4}}<{_EMAIL.pattern}>"
)
# What stands before it in the same word goes with it, so that the word is read once.
_JWT = re.compile(r"(?<![\w-])(?=[\w-]*?\beyJ[\w-]{8})[\w-]++\.[\w-]++(?:\.[\w-]*+)?+")
_SCHEME = re.compile(r"(?i)\b((?:bearer|basic|oauth)[ \t]+)([\w+/=.~:-]+)")
# In each name of a secret is one of these.
_NAMED = ("secret", "token", "passw", "signature", "key")
# The name before a value is read as a whole from its first character, and so only once.
_PAIR = re.compile(
    r"""(?ix)(?<![\w-])([\w-]*(?:secret|token|password|passwd|signature|api_?key|vendor_?key)(?:["']\s*:\s*["']|=["']?))
    (?![\[\s])([^\s"'&,;}<]{4,})"""
)
_USERINFO = re.compile(r"(?i)(https?://)[^/\s@]+@")
# Bytes, each as a character, that may be text in UTF-8: what are none is seen without an error for each.
_LIKE_UTF8 = re.compile(
    r"(?:[ -~]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})*+"
)
_SHAPED = re.compile(r"[\w-]+")
_END_OF_PATH = re.compile(r"[?#]")
_END_OF_SEGMENT = re.compile(r"[/?#]")


class Redactor:
    """Takes known secrets and everything that looks like one out of text.

    `Redactor(secrets)`, with `names` the people that an earlier one knew; `learn` adds a secret that came up later (a
    token), `learn_people` the personal values of records that a server sent, `spare` what the user typed where no
    secret belongs. `text` gives the text back without any secret, `server_text` also without a personal value. Both
    are for values: a sentence of this program is made of values that passed, and is not passed again.
    """

    def __init__(self, secrets: Iterable[str] = (), names: KnownNames | None = None) -> None:
        self._secrets = KnownSecrets()
        self._names = names or KnownNames()
        self._own: set[str] = set()
        self._own_parts: set[str] = set()
        self._shown_parts: dict[str, str] = {}
        # The same words are in many texts.
        self._held: dict[str, tuple[tuple[int, str], ...]] = {}
        for secret in secrets:
            self.learn(secret)

    @property
    def names(self) -> KnownNames:
        """The people whose records it has seen."""
        return self._names

    def learn(self, secret: str) -> None:
        """Remember a secret."""
        self._secrets.learn(secret)

    def spare(self, *typed: str) -> None:
        """Leave a client id or an address of the user alone where it only looks like personal data or a secret.

        A known secret inside is hidden all the same, and so is what has the shape of one.
        """
        for text in typed:
            path = _END_OF_PATH.split(text.strip(), maxsplit=1)[0]
            pairs = (_PAIR.fullmatch(part) for part in path.split("/"))
            self._own |= {pair[0] for pair in pairs if pair and not is_secret_shaped(pair[2])}
            self._own.add(text.strip())
            self._own_parts |= parts_typed(text)
            self._shown_parts.clear()

    def is_own(self, text: str) -> bool:
        """Whether a text is what the user typed where no secret belongs."""
        return text in self._own

    def learn_people(self, value: object) -> None:
        """Remember the personal values inside decoded JSON, so that no free text repeats them."""
        self._names.learn(value)

    def learn_values(self, values: Iterable[str]) -> None:
        """The same for personal values that somebody else found in records."""
        self._names.learn_values(values)

    def text(self, text: str) -> str:
        """The text without secrets, tokens and e-mail addresses; of a very long one only the beginning."""
        if not text:
            return text
        if len(text) > REDACTED_CHARACTERS:
            whole, parts = self._secrets.all_spans(text := text[:REDACTED_CHARACTERS])
            # A secret that was cut at the end has lost less than is a part of one.
            return self._without_shapes(_without(text, [*whole, *parts]))[:-HIDDEN_CUT_CHARACTERS] + "…"
        spans = self._secrets.spans(text)
        if self._secrets.incomplete:
            spans += self._but_own(text, _shaped(text))
        return self._without_shapes(_without(text, spans))

    def server_text(self, text: str) -> str:
        """The same for words that a server wrote.

        The personal values that its records held go too, in any case, and a part of a secret, but for what the user
        typed where no secret belongs. Nothing is left of it where a run held more secrets or longer names than are
        learned.
        """
        if not text:
            # As are the words of most answers, and many facts.
            return text
        if self._secrets.incomplete or self._names.incomplete:
            return HIDDEN if text.strip() else text
        is_cut = len(text) > REDACTED_CHARACTERS
        text = text[:REDACTED_CHARACTERS]
        whole, parts = self._secrets.all_spans(text)
        others = self._but_own(text, [*parts, *self._people(text)])
        shown = self._without_shapes(_without(text, [*whole, *others]))
        return shown[:-HIDDEN_CUT_CHARACTERS] + "…" if is_cut else shown

    def without_secrets(self, text: str) -> str:
        """The text without the secrets that are known, and with everybody's data: for who may see it."""
        return _without(text, self._secrets.spans(text))

    def _but_own(self, text: str, spans: Iterable[Span]) -> list[Span]:
        """These places, but for those inside what the user typed where no secret belongs."""
        spans = list(spans)
        if not spans:
            return spans
        own = [span for typed in self._own if typed for span in _places(text, typed)]
        return [span for span in spans if not any(start <= span[0] and span[1] <= end for start, end in own)]

    def id(self, text: str) -> str:
        """What a server calls a record or a request, whole only in a form that can be no name.

        Of a number that is also a person's only the ends are left, by which those who have the records find it.
        """
        shown = self.server_text(text)
        if shown == text:
            return shown_id(text)
        is_number = text.isascii() and text.isdigit() and self.text(text) == text
        return shortened_id(text) if is_number else HIDDEN

    def whole_ids(self, ids: Sequence[str]) -> list[str]:
        """Those of some ids that are shown whole, looked through together, since one look takes the most."""
        together = "\n".join(ids)
        if self.server_text(together) != together:
            return [each for each in ids if self.id(each) == each]
        return [each for each in ids if shown_id(each) == each]

    def address(self, url: str) -> str:
        """The address of a request; ids in it are shown as ids are, and so is all that nobody here typed."""
        hidden = self.text(url)
        shown = shown_address(hidden, self._own_parts, self._shown_parts)
        return shown if shown == hidden else self.text(shown)

    def said(self, words: Iterable[str]) -> str:
        """The values in which a server says what is wrong, as one short line; "" where nothing of it can be shown."""
        return shortened(self.server_text(in_one_line(words)), HIDDEN)

    def said_later(self, shown: str) -> str:
        """The same for such a line that passed before, when less was known."""
        return shortened(self.server_text(shown), HIDDEN)

    def outline(self, document: object) -> str:
        """The shape of decoded JSON as it may be shown."""
        return outline(document, hide=self.server_text)

    def _people(self, text: str) -> Iterator[Span]:
        """Where a text holds a name, or an e-mail address, also in a form that can be turned back."""
        for level in levels(text):
            yield from self._names.spans_at(level)
            if _AT.search(level.text):
                for shape in (_EMAIL, _MAILBOX):
                    yield from (level.span(*found.span()) for found in shape.finditer(level.text))
            for found in packed_words(level.text):
                for skipped, held in self._held_in(found[0]):
                    if _EMAIL.search(held) or self._names.spans(held):
                        run = Run(held, found.start() + skipped)
                        yield level.span(*run.span(0, len(run.text)))
            for found in hex_words(level.text):
                for held in filter(None, map(_readable, hex_readings(found[0]))):
                    if _EMAIL.search(held) or self._names.spans(held):
                        yield level.span(*found.span())

    def _held_in(self, word: str) -> tuple[tuple[int, str], ...]:
        """What a word that may be Base64 holds that can be read, behind so many skipped characters."""
        known = self._held.get(word)
        if known is None:
            known = tuple((skipped, held) for skipped, held in enumerate(readings(word)) if _readable(held))
            if len(self._held) < WORDS_KEPT and len(word) <= WORD_KEPT_CHARACTERS:
                self._held[word] = known
        return known

    def _without_shapes(self, text: str) -> str:
        """The text without what has the shape of a secret or of an e-mail address."""
        # Most texts have not even the signs without which there is none of them.
        if "@" in text:
            text = _USERINFO.sub(rf"\1{HIDDEN}@", text)
        if "eyJ" in text:
            text = _JWT.sub(HIDDEN, text)
        if " " in text or "\t" in text:
            text = _SCHEME.sub(_without_token, text)
        if ("=" in text or '"' in text or "'" in text) and _has_name_of_secret(text):
            text = self._without_values(text)
        if not _AT.search(text):
            return text
        return _EMAIL.sub(lambda found: found[0] if found[0] in self._own else HIDDEN, text)

    def _without_values(self, text: str) -> str:
        """The text without what follows the name of a secret, but for a part of a path that the user typed."""
        pieces: list[str] = []
        done = 0
        while found := _PAIR.search(text, done):
            start = found.start()
            segment = _END_OF_SEGMENT.split(found[0], maxsplit=1)[0]
            is_own = text[start - 1 : start] == "/" and segment in self._own
            end = start + len(segment) if is_own else found.end()
            pieces += [text[done:start], segment] if is_own else [text[done:start], found[1], HIDDEN]
            done = end
        return "".join([*pieces, text[done:]])


def _without(text: str, spans: list[Span]) -> str:
    """The text with these parts hidden."""
    if not spans:
        return text
    pieces: list[str] = []
    done = 0
    for start, end in joined(spans):
        pieces += [text[done:start], HIDDEN]
        done = end
    return "".join([*pieces, text[done:]])


def _shaped(text: str) -> Iterator[Span]:
    """Where a text has a word that may be a secret by its shape."""
    for word in _SHAPED.finditer(text):
        if is_secret_shaped(word[0], HIDDEN_TOKEN_CHARACTERS):
            yield word.span()


def _places(text: str, part: str) -> Iterator[Span]:
    start = text.find(part)
    while start >= 0:
        yield start, start + len(part)
        start = text.find(part, start + len(part))


def _readable(text: str) -> str:
    """Bytes as text where every one of them belongs to one, "" otherwise: what is read at random seldom does."""
    if not _LIKE_UTF8.fullmatch(text):
        return ""
    try:
        read = text.encode("latin-1").decode()
    except UnicodeDecodeError:
        return ""
    return read if read.isprintable() else ""


def _has_name_of_secret(text: str) -> bool:
    folded = text.casefold()
    return any(name in folded for name in _NAMED)


def _without_token(found: re.Match[str]) -> str:
    return f"{found[1]}{HIDDEN}" if is_secret_shaped(found[2], HIDDEN_TOKEN_CHARACTERS) else found[0]
