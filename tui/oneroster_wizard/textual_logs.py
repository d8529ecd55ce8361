"""Textual's own logs, which repeat every key and every paste, and with them the secrets: none is ever written."""

from __future__ import annotations

import os

from textual import constants

# TEXTUAL=debug writes every key into a file, TEXTUAL=devtools sends every message to a port of this machine.
_TELLING = ("debug", "devtools")


def turn_logs_off() -> None:
    """Let TEXTUAL_LOG, TEXTUAL_DEBUG, and the features of TEXTUAL that tell what is typed have no effect.

    An app reads the features when it is made, so this comes first.
    """
    constants.__dict__.update(LOG_FILE=None, DEBUG=False)
    features = os.environ.get("TEXTUAL", "").split(",")
    if "TEXTUAL" in os.environ:
        kept = [name for name in features if name.strip().lower() not in _TELLING]
        os.environ["TEXTUAL"] = ",".join(kept)
