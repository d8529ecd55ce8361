"""Limits of what is read in a pasted text."""

from __future__ import annotations

# Words of a label in a pasted text: on a line or in a cell of its own, and in the middle of a line.
LABEL_WORDS = 8
INNER_LABEL_WORDS = 5
LABEL_CHARACTERS = 200
# A pasted text; a mail with its whole thread is far shorter.
PASTED_CHARACTERS = 100_000
