"""Writing reports: on standard output, or in a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..storage.report_file import refuse_place, shown_path, write_report
from .ansi_style import columns_here, style_here
from .console import tell, write_report_text
from .errors import CommandLineError

if TYPE_CHECKING:
    from oneroster_checks.report import LetterheadOf
    from oneroster_checks.result import Result

# The path that means standard output, as most programs have it.
STANDARD_OUTPUT = "-"
# The one form that can be brief, the one whose runs are written as they end, and the one for metrics.
TEXT, JSONL, PROMETHEUS = "text", "jsonl", "prometheus"


def refuse_output(output: str | None) -> None:
    """CommandLineError when a report cannot be written to the path `output`, as far as that is known before a run."""
    if output == "":
        raise CommandLineError("--output needs a path. “-” is standard output.")
    if output is not None and output != STANDARD_OUTPUT:
        try:
            refuse_place(Path(output))
        except OSError as error:
            raise _refusal(output, error) from None


def write(
    results: Sequence[Result],
    form: str,
    output: str | None,
    letterhead_of: LetterheadOf,
    *,
    brief: bool = False,
    closing: bool = False,
) -> None:
    """Write a report in a form to the path `output`, or to standard output where there is none, or "-".

    `letterhead_of` gives the names for the message to the district, where the form has one. A `brief` report leaves
    out what passed and what was not checked, where its form is text; `closing` adds a line for each run and the totals
    to it.

    CommandLineError when the file cannot be written. Standard output gets JSON, JUnit and HTML as UTF-8, and
    the others in its own encoding, with what that cannot show replaced.
    """
    from oneroster_checks.report import format_of, render

    to_file = output is not None and output != STANDARD_OUTPUT
    text = (
        _text(results, brief=brief, closing=closing, marked=not to_file)
        if form == TEXT
        else render(results, form, letterhead_of)
    )
    if output is not None and to_file:
        _to_file(output, text)
        return
    write_report_text(text, utf8=format_of(form).always_utf8)


def _text(results: Sequence[Result], *, brief: bool, closing: bool, marked: bool) -> str:
    """The text report; a `marked` one is as wide as the terminal of standard output, and has what that can show."""
    from oneroster_checks.report import closing_text, text_report
    from oneroster_checks.report.text import WIDTH
    from oneroster_checks.report.text_style import UNMARKED

    width, style = (columns_here(), style_here()) if marked else (WIDTH, UNMARKED)
    text = text_report(results, everything=not brief, width=width, style=style)
    return f"{text}\n{closing_text(results, style)}" if closing else text


def write_each(result: Result, *, form: str) -> None:
    """Write one of several runs on standard output as soon as it has ended; BrokenPipeError when nobody reads it."""
    from oneroster_checks.report import REPORT_FORMATS, render

    write_report_text(render([result], form), utf8=REPORT_FORMATS[form].always_utf8)


def write_in_form(text: str, output: str | None) -> None:
    """Write a report that is rendered already, as UTF-8, to the path `output` or to standard output."""
    if output is not None and output != STANDARD_OUTPUT:
        _to_file(output, text)
        return
    write_report_text(text, utf8=True)


def _to_file(output: str, text: str) -> None:
    try:
        write_report(Path(output), text)
    except BrokenPipeError:
        # Whoever reads a pipe may have seen enough, as of standard output.
        raise
    except OSError as error:
        raise _refusal(output, error) from None
    tell(f"The report is in {shown_path(output)}.")


def write_text(text: str, output: str | None, *, mark: str = "") -> bool:
    """Write a text that is no report, and can be shown as it is; whether that was to a file, which is told.

    `mark` stands before it in a file only. CommandLineError when the file cannot be written.
    """
    if output is not None and output != STANDARD_OUTPUT:
        try:
            write_report(Path(output), mark + text)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _refusal(output, error) from None
        tell(f"They are in {shown_path(output)}.")
        return True
    write_report_text(text, utf8=True)
    return False


def _refusal(output: str, error: OSError) -> CommandLineError:
    reason = error.strerror or "unknown reason"
    return CommandLineError(f"--output {shown_path(output)} cannot be written ({reason}).")
