"""A file of connections, read whole: a TOML document by its name, else a table."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO

from oneroster_checks.files import read_file, reason_of

from ..limits import IMPORT_BYTES
from .candidate import ReadFile
from .problem import FileProblem

_TOML = ".toml"
# How each connection begins in what `profiles export` writes; no table of connections has such a line of titles.
_OF_A_DOCUMENT = re.compile(rb"(?m)^\[\[profile\]\]")


def read_file_of(path: str) -> ReadFile:
    """What the file at a path holds; FileProblem with a sentence when it cannot be read, or is no such file."""
    try:
        content = read_file(path, IMPORT_BYTES)
    except OSError as error:
        raise FileProblem(f"The file cannot be read: {reason_of(error)}.") from None
    except ValueError:
        raise FileProblem("This is not a file name.") from None
    return _read(content, is_document=Path(path).suffix.lower() == _TOML)


def read_stream(stream: BinaryIO) -> ReadFile:
    """What comes from a stream to its end, as `read_file_of` reads a file; what it is, its content tells."""
    try:
        content = stream.read(IMPORT_BYTES + 1)
    except OSError as error:
        raise FileProblem(f"It cannot be read: {reason_of(error)}.") from None
    if len(content) > IMPORT_BYTES:
        raise FileProblem(f"It is too large (more than {IMPORT_BYTES:,} bytes).")
    return _read(content, is_document=_OF_A_DOCUMENT.search(content) is not None)


def _read(content: bytes, *, is_document: bool) -> ReadFile:
    from .document import read_document
    from .from_table import read_table

    return read_document(content) if is_document else read_table(content)
