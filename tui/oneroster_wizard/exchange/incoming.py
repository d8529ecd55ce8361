"""A file of connections, read whole: a TOML document by its name, else a table."""

from __future__ import annotations

from pathlib import Path

from oneroster_checks.files import read_file, reason_of

from ..limits import IMPORT_BYTES
from .candidate import ReadFile
from .problem import FileProblem

_TOML = ".toml"


def read_file_of(path: str) -> ReadFile:
    """What the file at a path holds; FileProblem with a sentence when it cannot be read, or is no such file."""
    from .document import read_document
    from .from_table import read_table

    try:
        content = read_file(path, IMPORT_BYTES)
    except OSError as error:
        raise FileProblem(f"The file cannot be read: {reason_of(error)}.") from None
    except ValueError:
        raise FileProblem("This is not a file name.") from None
    return read_document(content) if Path(path).suffix.lower() == _TOML else read_table(content)
