"""Reports in files, for the command line and the wizard alike: private, and whole or not at all."""

from __future__ import annotations

from pathlib import Path

from .private_files import as_bytes, replace_private


def write_report(path: Path, text: str) -> None:
    """Write a report as UTF-8; OSError when that fails.

    A regular file, and a new one, is of mode 0600 and written whole; where the path is a link, the file behind
    it is. Anything else (a device, a pipe, a link to one) is written to, never replaced.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        path.write_bytes(as_bytes(text))
        return
    replace_private(path.resolve(), as_bytes(text))
