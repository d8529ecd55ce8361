"""A command that prints a secret: it is run without a shell, and nothing that it prints is ever shown."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import threading
import time

from oneroster_checks.connection import Secret

from .. import stopping
from ..limits import SECRET_COMMAND_BYTES, SECRET_COMMAND_END_S, SECRET_COMMAND_S
from .errors import CommandLineError


def secret_of(command: str, option: str) -> Secret:
    """The first line that a command prints; `option` is what it was given with.

    CommandLineError when it cannot be run, fails, prints nothing, too much or no text, or takes too long. No word of
    it or of its output is in the sentence: somebody may have given the secret itself.
    """
    printed, code = _run(_words(command, option), option)
    if code != 0:
        raise CommandLineError(
            f"The {option} command failed (exit code {code}). Run it on its own to see why; its output is not "
            "shown here."
        )
    try:
        line = printed.split(b"\n", 1)[0].decode().strip("\r\ufeff")
    except UnicodeDecodeError:
        raise CommandLineError(f"The output of the {option} command is not UTF-8 text.") from None
    if not line.strip():
        raise CommandLineError(f"The first line that the {option} command prints is empty.")
    return Secret(line)


def _words(command: str, option: str) -> list[str] | str:
    if sys.platform == "win32" and command.strip():
        # Windows splits a command line itself, by its own rules for quotation marks.
        return command
    try:
        words = shlex.split(command)
    except ValueError:
        raise CommandLineError(f"The {option} command has an unmatched quotation mark.") from None
    if not words:
        raise CommandLineError(f"{option} takes a command that prints the secret.")
    return words


def _run(words: list[str] | str, option: str) -> tuple[bytes, int]:
    """What a command prints, and its exit code."""
    try:
        # It asks for a password in a window or on the terminal itself, if at all; its own complaints may quote secrets.
        process = subprocess.Popen(
            words, bufsize=0, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it cannot be a command"
        raise CommandLineError(
            f"The {option} command cannot be run ({reason}). Give a command that prints the secret, such as "
            f'{option} "op read op://vault/item/field".'
        ) from None
    pieces: list[bytes] = []
    reader = threading.Thread(target=_read, args=(process, pieces), daemon=True)
    # A signal ends this program at once, and the command with it.
    with stopping.undoing(process.kill):
        ends = time.monotonic() + SECRET_COMMAND_S
        reader.start()
        reader.join(SECRET_COMMAND_S)
        too_much = sum(map(len, pieces)) > SECRET_COMMAND_BYTES
        if too_much:
            process.kill()
        # One that has closed its output may go on for ever.
        too_long = reader.is_alive() or not _ended(process, ends)
        if too_long:
            process.kill()
        code = process.wait()
        # What the command itself has started may still hold the pipe; nobody waits for that.
        reader.join(SECRET_COMMAND_END_S)
    if process.stdout is not None and not reader.is_alive():
        process.stdout.close()
    if too_long:
        raise CommandLineError(
            f"The {option} command took longer than {SECRET_COMMAND_S:g} seconds. Run it on its own first, so that "
            "your password manager is unlocked."
        )
    if too_much:
        raise CommandLineError(f"The {option} command prints more than a secret.")
    return b"".join(pieces), code


def _ended(process: subprocess.Popen[bytes], ends: float) -> bool:
    """Whether a command has ended by a time of the monotonic clock."""
    try:
        process.wait(max(0.0, ends - time.monotonic()))
    except subprocess.TimeoutExpired:
        return False
    return True


def _read(process: subprocess.Popen[bytes], pieces: list[bytes]) -> None:
    """Read what a command prints to its end, or a little more than a secret can be."""
    if process.stdout is None:
        return
    size = 0
    while size <= SECRET_COMMAND_BYTES:
        piece = os.read(process.stdout.fileno(), SECRET_COMMAND_BYTES + 1 - size)
        if not piece:
            return
        pieces.append(piece)
        size += len(piece)
