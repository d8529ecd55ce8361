"""Unpacks the body of an answer while it comes, up to a maximum: one content coding, none of what was not asked for.

Members of gzip behind the first are read as well, as the libraries of programs do; what else stands behind the end is
left alone, and an end that is missing is missed no more than by browsers: what came is what there is. A wrong checksum
is an answer that cannot be unpacked.
"""

from __future__ import annotations

import re
import zlib

from .. import limits

ACCEPTED = "gzip, deflate"

_GZIP = ("gzip", "x-gzip")
_DEFLATE = ("deflate",)
# Codings that change nothing; some servers write the character set there, or that there is none.
_NOTHING = ("", "identity", "none", "utf-8")
_GZIP_BITS, _ZLIB_BITS, _RAW_BITS = 31, 15, -15
# What is unpacked at once, so that it is held twice only in small pieces.
_STEP_BYTES = 256 * 1024
_GZIP_MAGIC = b"\x1f\x8b"
_ZLIB_HEADER_BYTES = 2
_NAME = re.compile(r"[a-z0-9][a-z0-9_.+-]*+")


class Unpackable(Exception):
    """The body cannot be unpacked; the message says why, as a clause for people."""


class Unpacking:
    """The body of one answer, which grows with `feed`.

    `coding` is the Content-Encoding header; Unpackable when it names several codings or an unknown one. Packed and
    unpacked bytes are counted both: at most `limits.ANSWER_BYTES` of either are taken, and `truncated` says that
    there was more.
    """

    def __init__(self, coding: str) -> None:
        self.body = bytearray()
        self.truncated = False
        self._packed = 0
        self._bits = _bits_of(coding)
        self._stream: zlib._Decompress | None = None
        self._members = 0
        self._start = b""
        self._rest_is_ignored = False

    def feed(self, data: bytes) -> None:
        """Take the next bytes as they were sent; Unpackable when they cannot be unpacked."""
        self._packed += len(data)
        if self._packed > limits.ANSWER_BYTES:
            data = data[: len(data) - (self._packed - limits.ANSWER_BYTES)]
            self.truncated = True
        if self._bits is None:
            self.body += data
        else:
            self._unpack(data)

    def _unpack(self, data: bytes) -> None:
        data, self._start = self._start + data, b""
        while data and not self._rest_is_ignored:
            if self._stream is None:
                if len(data) < _ZLIB_HEADER_BYTES:
                    # Too little to see in which form it is.
                    self._start = data
                    return
                if not self._begin(data):
                    return
            data = self._grow(data)
            if len(self.body) > limits.ANSWER_BYTES:
                del self.body[limits.ANSWER_BYTES :]
                self.truncated = self._rest_is_ignored = True

    def _begin(self, data: bytes) -> bool:
        """Whether another member begins here."""
        if self._members and (
            self._bits != _GZIP_BITS
            or not data.startswith(_GZIP_MAGIC)
            or self._members >= limits.GZIP_MEMBERS
        ):
            self._rest_is_ignored = True
            return False
        raw = self._bits == _ZLIB_BITS and not _is_zlib(data)
        self._stream = zlib.decompressobj(_RAW_BITS if raw else self._bits or _RAW_BITS)
        self._members += 1
        return True

    def _grow(self, data: bytes) -> bytes:
        """Unpack one piece; what stands behind the end of its member, or is not unpacked yet."""
        stream = self._stream
        assert stream is not None
        try:
            while len(self.body) <= limits.ANSWER_BYTES:
                grown = stream.decompress(data, _STEP_BYTES)
                self.body += grown
                data = stream.unconsumed_tail
                # All may be taken in, and not all given out yet.
                if stream.eof or (not data and len(grown) < _STEP_BYTES):
                    break
        except zlib.error:
            raise Unpackable("the compressed answer cannot be unpacked") from None
        if stream.eof:
            data, self._stream = stream.unused_data, None
        return data


def _bits_of(header: str) -> int | None:
    """What zlib is told of a coding, None where nothing is packed."""
    named = [word.strip().lower() for word in header[: limits.HEADER_CHARACTERS].split(",")]
    codings = [word for word in named if word not in _NOTHING]
    if len(codings) > 1:
        raise Unpackable("the answer is compressed more than once, which no program should expect")
    if not codings:
        return None
    if codings[0] in _GZIP:
        return _GZIP_BITS
    if codings[0] in _DEFLATE:
        return _ZLIB_BITS
    short = codings[0][: limits.CODING_CHARACTERS]
    name = f" ({short})" if _NAME.fullmatch(short) else ""
    raise Unpackable(f"the answer has a content coding that was not asked for{name}")


def _is_zlib(data: bytes) -> bool:
    """Whether deflate comes in its zlib form (RFC 1950, section 2.2), and not bare, as some servers send it."""
    return data[0] & 0x0F == zlib.DEFLATED and (data[0] << 8 | data[1]) % 31 == 0
