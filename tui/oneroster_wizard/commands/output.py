"""Writing reports: on standard output, or in a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..storage.private_files import as_bytes
from ..storage.report_file import write_report
from .console import tell
from .errors import CommandLineError

if TYPE_CHECKING:
    from oneroster_checks.result import Result


def write(results: Sequence[Result], form: str, output: str | None) -> None:
    """Write a report in a form to the path `output`, or to standard output where there is none.

    CommandLineError when the file cannot be written. Standard output gets JSON, JUnit and HTML as UTF-8, and
    the others in its own encoding, with what that cannot show replaced.
    """
    from oneroster_checks.report import REPORT_FORMATS, render

    text = render(results, form)
    if output is not None:
        _to_file(Path(output), text)
        return
    encoding = "utf-8" if REPORT_FORMATS[form].always_utf8 else sys.stdout.encoding
    sys.stdout.flush()
    sys.stdout.buffer.write(as_bytes(text, encoding))
    sys.stdout.buffer.flush()


def _to_file(path: Path, text: str) -> None:
    try:
        write_report(path, text)
    except OSError as error:
        raise CommandLineError(
            f"--output {path} cannot be written ({error.strerror or 'unknown reason'})."
        ) from None
    tell(f"The report is in {path}.")
