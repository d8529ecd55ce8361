"""The body of an answer, read once: its beginning as text, what it is as JSON, and why it was not decoded."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Self

from .. import limits
from .first_records import first_records
from .json_bounds import Signs, Undecoded, beyond, signs_in
from .kept import Memory, shorten
from .kept_whole import has_few_entries, most_bytes
from .unicode import readable

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# Half of a surrogate pair, which only an escape can bring in.
_ESCAPED_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_ANYTHING = re.compile(rb"[^ \t\r\n\x0b\x0c]")
# How JSON can begin; NaN and Infinity are read as well.
_JSON = re.compile(rb'\A[ \t\r\n]*+[\[{"0-9tfnNI-]')
# Bytes that begin a character of two, and of more than two bytes in memory; those that begin none.
_WIDE = re.compile(rb"[\xc4-\xff]")
_WIDEST = re.compile(rb"[\xf0-\xff]")
# A text that is longer than those that are kept. It is looked for from every quote, so not where many are escaped.
_LONG_TEXT = re.compile(rb'"(?:[^"\\]|\\.){%d}' % limits.KEPT_CHARACTERS, re.DOTALL)
_QUOTE = b'"'
_ESCAPED_QUOTE = b'\\"'
_FEW = 1000
_INNER = bytes(range(0x80, 0xC0))


@dataclass(frozen=True, eq=False)
class Content:
    """What a body is.

    `size` counts its bytes, unpacked, as far as they were read; `truncated` says that there was more. `text` is its
    beginning as text, whatever its bytes, at most `limits.PAGE_CHARACTERS`. `document` is its JSON, None when it is
    none, with `is_json`, which is True for `null` too; `undecoded` is the limit of this tool beyond which it was
    not decoded, and `beginning` then holds the first records of a list as a document of their own, None for none.
    `left_out` counts what was decoded and is not kept: records, or members beside them. `has_long_texts` says that
    a text in it may be longer than those that a run keeps; `most_bytes` is the memory that the document takes at
    most, None where it may have more in it than is kept. `raw` is the body itself where it is JSON that somebody
    else decodes; nothing of it was looked at then.
    """

    size: int = 0
    truncated: bool = False
    is_blank: bool = True
    text: str = ""
    document: object | None = None
    is_json: bool = False
    undecoded: Undecoded | None = None
    beginning: object | None = None
    left_out: int = 0
    has_long_texts: bool = False
    most_bytes: int | None = None
    raw: bytes | bytearray | None = field(default=None, repr=False)

    @property
    def fingerprint(self) -> tuple[int, str]:
        """What two bodies share that are the same, as far as anybody looks: their size and their beginning."""
        return self.size, self.text

    @property
    def cut(self) -> bool:
        """Whether there was more than the documents hold."""
        return self.undecoded is not None or self.left_out > 0

    @classmethod
    def of(cls, body: bytes | bytearray, *, truncated: bool = False) -> Self:
        """Read a body. A bytearray is emptied, so that its memory is there for what is decoded."""
        is_json, document, undecoded = False, None, Undecoded.BYTES if truncated else None
        read = partial(
            cls,
            size=len(body),
            truncated=truncated,
            is_blank=_ANYTHING.search(body) is None,
            text=body[: 4 * limits.PAGE_CHARACTERS].decode("utf-8", "replace")[: limits.PAGE_CHARACTERS],
        )
        if body.startswith(_BYTE_ORDER_MARK):
            body = body[len(_BYTE_ORDER_MARK) :]
        if not _JSON.match(body):
            return read(undecoded=undecoded)
        signs = signs_in(body)
        undecoded = undecoded or _too_much(body, signs)
        if undecoded is not None:
            return read(undecoded=undecoded, beginning=first_records(body))
        has_long, most = _has_long_texts(body), most_bytes(body, signs)
        # Escapes are seldom, and of all searches that for one sign takes the least.
        has_halves = b"\\" in body and _ESCAPED_HALF.search(body) is not None
        with suppress(ValueError, RecursionError):
            document, is_json = _decoded(body), True
        if has_halves:
            document = readable(document)
        kept_whole = not has_long and has_few_entries(document, signs.commas)
        return read(
            document=document, is_json=is_json, has_long_texts=has_long,
            most_bytes=most if kept_whole else None,
        )  # fmt: skip

    @classmethod
    def undecoded_json(cls, body: bytes | bytearray) -> Self | None:
        """A body for one who decodes it; None where it is no JSON, or larger than is handed on so."""
        # Its values take less memory, typed, than those of a larger one may.
        is_small = len(body) <= limits.TYPED_BYTES
        if not _JSON.match(body) or not (
            is_small or body.count(b"{") + body.count(b",") <= limits.RAW_JSON_VALUES
        ):
            return None
        return cls(size=len(body), is_blank=False, is_json=True, raw=body)

    def decoded(self) -> Content:
        """The same as it is where it is decoded here; a raw bytearray is emptied."""
        return self if self.raw is None else Content.of(self.raw)

    def without_documents(self) -> Content:
        """The same without what came."""
        return replace(self, document=None, beginning=None, raw=None)

    def with_short_texts(self) -> Content:
        """The same, whose records have no text that is longer than those that a run keeps."""
        if self.has_long_texts:
            shorten(self.document)
        if self.beginning is not None:
            shorten(self.beginning)
        return self

    def kept(self, memory: Memory) -> Content:
        """The same with no more of its documents than a run keeps."""
        if self.document is None and self.beginning is None:
            return self
        if self.most_bytes is not None and memory.takes_whole(self.most_bytes):
            memory.hold_whole(self, self.document, self.most_bytes)
            return self
        found, taken = memory.cut(self.document if self.beginning is None else self.beginning)
        whole = self.beginning is None
        content = replace(
            self,
            document=found.document if whole else None,
            beginning=None if whole else found.document,
            left_out=found.left_out,
        )
        memory.hold(content, taken)
        return content


def _decoded(body: bytes | bytearray) -> object:
    """The JSON of a body, with all that Python's own reading takes for JSON; a bytearray is emptied."""
    # Only a run needs it, and it takes a while to load.
    import msgspec

    try:
        return msgspec.json.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        # It takes no NaN and no half of a surrogate pair.
        text = body.decode()
    finally:
        if isinstance(body, bytearray):
            body.clear()
    return json.loads(text)


def _has_long_texts(body: bytes | bytearray) -> bool:
    """Whether a text in JSON may be longer than those that a run keeps."""
    escaped = body.count(_ESCAPED_QUOTE) if b"\\" in body else 0
    if not escaped and not _has_wide_gap(body):
        return False
    return escaped > _FEW or _LONG_TEXT.search(body) is not None


def _has_wide_gap(body: bytes | bytearray) -> bool:
    """Whether so many bytes as a long text has stand somewhere behind a quote without another one."""
    quote = body.find(_QUOTE)
    while quote >= 0:
        end = quote + limits.KEPT_CHARACTERS + 1
        following = body.rfind(_QUOTE, quote + 1, end)
        if following < 0:
            return end <= len(body)
        quote = following
    return False


def _too_much(body: bytes | bytearray, signs: Signs) -> Undecoded | None:
    """The limit beyond which a text of JSON is not decoded."""
    if body.isascii():
        return beyond(body, signs)
    width = 4 if _WIDEST.search(body) else 2 if _WIDE.search(body) else 1
    if width > 1 and width * len(body) > limits.JSON_TEXT_BYTES:
        characters = len(body.translate(None, _INNER))
        if width * characters > limits.JSON_TEXT_BYTES:
            return Undecoded.BYTES
    return beyond(body, signs)
