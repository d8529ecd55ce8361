"""Limits of what a run remembers for as long as it lasts, only to save time or memory: results do not hang on them."""

from __future__ import annotations

# What the redaction remembers of what it has looked through: texts without a secret, and what words hold when they are
# decoded; and the longest of each.
CLEAN_TEXTS_KEPT = 300
CLEAN_CHARACTERS = 1000
WORDS_KEPT = 300
WORD_KEPT_CHARACTERS = 60
