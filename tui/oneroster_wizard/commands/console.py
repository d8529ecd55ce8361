"""Everything that the command line writes on a terminal passes here: no text acts there, whoever brought it.

Nothing else in this package prints. A report comes from `oneroster_checks.report`, which does the same.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys

from oneroster_checks.visible import safe_json, visible

PROGRAM = "oneroster-wizard"


def say(*lines: str) -> None:
    """Write lines on standard output; a line break inside one is shown as an escape, so that it stays one line."""
    print(*map(visible, lines), sep="\n")


def say_text(text: str) -> None:
    """Write a text of this program's own on standard output; its line breaks are its own."""
    print(visible(text, lines=True), end="" if text.endswith("\n") else "\n")


def write_report_text(text: str, *, utf8: bool) -> None:
    """Write a report, which is safe already, on standard output at once; `utf8` holds whatever the terminal has."""
    if utf8 and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    print(text, end="", flush=True)


def say_json(line: str) -> None:
    """Write one line of JSON on standard output at once, for a program that waits for it."""
    print(safe_json(line), flush=True)


def complain(*lines: str) -> None:
    """Write what is wrong on standard error, after the name of the program; `lines` as in `say`."""
    tell(f"{PROGRAM}: {lines[0]}", *lines[1:])


def tell(*lines: str) -> None:
    """Write lines on standard error; a line break inside one is shown as an escape."""
    print(*map(visible, lines), sep="\n", file=sys.stderr)


def tell_while_leaving(*lines: str) -> None:
    """Write lines on standard error from wherever the program is, in the middle of another line too."""
    text = "".join(f"{visible(line)}\n" for line in lines)
    with contextlib.suppress(OSError):
        os.write(2, f"\n{text}".encode(errors="replace"))


def tell_text(text: str) -> None:
    """Write a text of this program's own on standard error; its line breaks are its own."""
    print(visible(text, lines=True), end="" if text.endswith("\n") else "\n", file=sys.stderr)


def ask(question: str) -> str:
    """Ask a person at the terminal on standard error; the line that was typed, "" at the end of the input."""
    print(visible(question), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline()


def ask_hidden(question: str) -> str:
    """Ask a person at the terminal for a line that is not shown while it is typed.

    EOFError at the end of the input, OSError where the terminal cannot hide it. However the program ends meanwhile, the
    terminal shows again what is typed.
    """
    import getpass
    import warnings

    from ..stopping import undoing

    with warnings.catch_warnings(), undoing(lambda: tell("")):
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(visible(question))
        except getpass.GetPassWarning:
            raise OSError("the terminal cannot hide what is typed") from None


def show_progress(line: str) -> None:
    """Replace the last line of a terminal on standard error; "" takes it away."""
    print(f"\r\033[K{visible(line)}", end="", file=sys.stderr, flush=True)
