"""What looks like a secret by itself: a value that nobody made up as a word, or a title that means one."""

from __future__ import annotations

import difflib
import re

from oneroster_checks.connection import SECRET_FIELDS
from oneroster_checks.urls import names_secret

from .columns import squeezed
from .problem import label_of_field

# A name may be long and have a year in it; in a made-up value figures and letters change places again and again.
_RUN = re.compile(r"[A-Za-z0-9+/=~!$%^&*#]{16,}")
_CHANGE = re.compile(r"(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])")
_CHANGES = 3
_UUID = re.compile(r"(?i)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
_NEAR = 0.75


def holds_key(text: str) -> bool:
    """Whether a part of a text looks like a made-up key; names and words with numbers do not."""
    if _UUID.search(text):
        return True
    return any(len(_CHANGE.findall(run)) >= _CHANGES for run in _RUN.findall(text))


def means_secret(title: str) -> bool:
    """Whether the title of a column means one of secrets, or is one misspelled."""
    plain = squeezed(title)
    known = [squeezed(label_of_field(name)) for name in SECRET_FIELDS]
    return names_secret(plain) or bool(difflib.get_close_matches(plain, [*known, "secret"], 1, _NEAR))
