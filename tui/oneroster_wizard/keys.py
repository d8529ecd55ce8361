"""The keys of the wizard: one meaning for each, on every screen and in every dialog."""

from __future__ import annotations

from enum import Enum

from textual.binding import Binding


class Key(Enum):
    """A meaning with the key that has it; a screen says by `bound` what the key does there."""

    NEXT = "ctrl+n"
    BACK = "escape"
    HELP = "f1"
    QUIT = "q"
    PASTE = "f2"
    SHOW_SECRETS = "f3"
    TAKE_ALL = "ctrl+t"
    SAVE = "ctrl+s"
    RUN = "r"
    RUN_ONE = "R"
    RUN_CHANGED = "ctrl+r"
    RUN_ALL = "a"
    CANCEL = "c"
    LAST_RESULT = "o"
    HISTORY = "h"
    TRACE = "f"
    MOVE = "j"
    MOVE_ALL = "J"
    COMPARE = "k"
    FILTER = "slash"
    READ_AGAIN = "f5"
    PRACTICE = "p"
    IMPORT = "i"
    WRITE_FILE = "w"
    WRITE_MAPPING = "W"
    EDIT = "e"
    TAGS = "number_sign"
    DUPLICATE = "d"
    RENAME = "f6"
    DELETE = "x,delete"
    GO_TO_FIELD = "g"
    WATCH = "t"
    WRITE_TEST = "b"
    SUMMARY = "s"
    MESSAGE = "m"
    SECOND_MESSAGE = "M"
    COPY_TABLES = "l"
    COPY_CURL = "u"
    YES = "y"
    NO = "n"
    UNKNOWN = "question_mark"
    SORT = "v"
    REVERSE = "V"
    PAGE_DOWN = "pagedown"
    PAGE_UP = "pageup"

    def bound(
        self, action: str, title: str, *, tooltip: str = "", show: bool = True, priority: bool = False
    ) -> Binding:
        """The binding by which a screen gives this key its action, under a title of a word or two."""
        return Binding(self.value, action, title, tooltip=tooltip, show=show, priority=priority)


# How people write the keys whose names are not their own letter.
NAMES = {
    "escape": "Esc",
    "delete": "Del",
    "slash": "/",
    "enter": "Enter",
    "number_sign": "#",
    "question_mark": "?",
    "pagedown": "PgDn",
    "pageup": "PgUp",
}


def key_name(key: str) -> str:
    """A key as people write it: "ctrl+n" becomes "Ctrl+N", and "V" becomes "Shift+V"."""
    if key in NAMES:
        return NAMES[key]
    *modifiers, last = key.split("+")
    if len(last) == 1 and last.isupper():
        modifiers.append("shift")
    return "+".join([*(part.capitalize() for part in modifiers), last.upper()])
