"""What the terminal behind a stream can show. It decides carefully: what a terminal drops is lost to its reader."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

# As type checkers read it; `--help` does not wait for `typing`.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

# Terminals that are known to follow a link (OSC 8), by a variable that they set or by their TERM.
_LINKING_PROGRAMS = (
    "WezTerm",
    "Hyper",
    "WarpTerminal",
    "ghostty",
    "iTerm.app",
    "mintty",
    "rio",
    "tabby",
    "vscode",
)
_LINKING_TERMS = ("alacritty", "contour", "foot", "foot-extra", "wezterm", "xterm-ghostty", "xterm-kitty")
_LINKING_VARIABLES = ("DOMTERM", "WT_SESSION")
# The first release of VTE, which GNOME Terminal and its like stand on, that does it without a crash.
_LINKING_VTE = 5002
# What stands between a terminal and the program, and may drop a link.
_MULTIPLEXERS = ("TMUX", "STY", "ZELLIJ")
# The usual wish of a person who knows better: 0 for none, anything else for links.
_FORCED = "FORCE_HYPERLINK"


def is_terminal(stream: IO[str] | None) -> bool:
    """Whether a person looks at a stream."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        # It is closed.
        return False


def columns_of(stream: IO[str] | None, otherwise: int) -> int:
    """The columns of the terminal behind a stream, COLUMNS where that is set; `otherwise` where there is none."""
    if stream is None or not is_terminal(stream):
        return otherwise
    wanted = os.environ.get("COLUMNS", "")
    if wanted.isascii() and wanted.isdigit() and int(wanted[:4]) > 0:
        return int(wanted[:4])
    try:
        return os.get_terminal_size(stream.fileno()).columns or otherwise
    except (OSError, ValueError):
        return otherwise


def shows_colors(stream: IO[str] | None, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether colors may be written to a stream: a terminal that acts on escapes, and no wish against it (NO_COLOR)."""
    return is_terminal(stream) and not environment.get("NO_COLOR") and _acts_on_escapes(environment)


def shows_links(stream: IO[str] | None, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal behind a stream is known to follow a link behind words (OSC 8)."""
    if not is_terminal(stream) or not _acts_on_escapes(environment):
        return False
    forced = environment.get(_FORCED)
    if forced is not None:
        return forced not in ("", "0")
    if any(environment.get(name) for name in _MULTIPLEXERS):
        return False
    version = environment.get("VTE_VERSION", "")
    return (
        environment.get("TERM_PROGRAM") in _LINKING_PROGRAMS
        or environment.get("TERM", "") in _LINKING_TERMS
        or any(environment.get(name) for name in _LINKING_VARIABLES)
        or (version.isascii() and version.isdigit() and int(version[:6]) >= _LINKING_VTE)
    )


def _acts_on_escapes(environment: Mapping[str, str]) -> bool:
    if sys.platform == "win32":
        # The old console shows them as text.
        return any(environment.get(name) for name in ("WT_SESSION", "ANSICON", "TERM_PROGRAM", "TERM"))
    return environment.get("TERM", "") not in ("", "dumb")
