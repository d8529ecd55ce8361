"""The fields that were found in a block: each value cleaned, judged by its shape, and kept once."""

from __future__ import annotations

import re
from datetime import date

from ..labels import FIELDS
from ..standard.addresses import read_base
from .labels import Label
from .values import CAMPUS_KEY, URL, day_in, is_token_url, looks_like_key, url_in

_QUOTED = re.compile(r"""\A(["'<])([^"'>\n]*+)["'>]""")
_REMARK = re.compile(r"(?s)(?<!\s)\s++(?:\(|#|//|<-|[-–—] ).*")
_SERVICE_TAIL = re.compile(r"(?i)/(?:rostering|gradebook|resources)(/v1p\d)?$")
_NOTHING = re.compile(r"(?i)^(?:n/?a|none|null|tbd|-+|\.{3}|[x*•]+|\[.*\]|<.*>)$")


class CollectedFields:
    """What has been found so far."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.day: date | None = None
        self.notes: list[str] = []
        self.used: set[str] = set()

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)

    def take(self, label: Label, text: str, *, sentence: bool = False) -> bool:
        """Read the value behind a label; False when there is none in the text."""
        text = text.strip().strip("|").strip()
        if says_nothing(text):
            return False
        if label == "other":
            return True
        if label == "created":
            return self._take_day(text)
        if label == "vendor_pair":
            return self._take_pair(text)
        if label in ("base_url", "token_url", "url"):
            return self._take_url(label, text)
        value = self._key(label, text, sentence)
        if value:
            self.keep(label, value)
        else:
            self.note(f"The text after the {FIELDS[label]} label does not look like one; it was left out.")
        return True

    def keep(self, name: str, value: str) -> None:
        self.used.add(value)
        before = self.values.setdefault(name, value)
        if before != value and not (name == "base_url" and _one_root(before, value)):
            self.note(f"Two different values for the {FIELDS[name]} were found; the first was used.")

    def _take_url(self, label: Label, text: str) -> bool:
        name = "token_url" if label == "token_url" else "base_url"
        found: list[str] = []
        url = url_in(text, found, FIELDS[name], labelled=True)
        if not url:
            if label == "url":
                return False
            # A key in a field for an address: kept as it is, so that the address check can say so.
            url = text.split()[0] if looks_like_key(text.split()[0]) else ""
            if not url:
                self.note(f"The text after the {FIELDS[name]} label is not an address; it was left out.")
                return True
        if label == "url" and is_token_url(url):
            found = [sentence.replace(FIELDS[name], FIELDS["token_url"]) for sentence in found]
            name = "token_url"
        for sentence in found:
            self.note(sentence)
        self.keep(name, url)
        return True

    def _take_day(self, text: str) -> bool:
        day, american = day_in(text)
        if day and self.day is None:
            self.day = day
            if american:
                self.note("The creation date was read as month, day, year.")
        return day is not None

    def _take_pair(self, text: str) -> bool:
        pair = text.strip("\"'<> ,;").partition(":")
        if not pair[1]:
            self.note("The vendor key and secret were not joined by a colon; they were left out.")
            return True
        self.keep("vendor_key", pair[0].strip())
        self.keep("vendor_secret", pair[2].strip())
        return True

    def _key(self, label: Label, text: str, sentence: bool) -> str:
        """The key or secret in the text behind its label, "" when it is only words."""
        name = FIELDS[label]
        url = URL.search(text)
        if url:
            return url.group()
        quoted = _QUOTED.match(text)
        if quoted and quoted.group(2).strip():
            return quoted.group(2).strip()
        text = _REMARK.sub("", text)
        words = text.split()
        if len(words) > 1:
            if all(any(char.isdigit() for char in word) for word in words):
                self.note(f"Spaces inside the {name} were removed.")
                words = ["".join(words)]
            elif not (looks_like_key(words[0].rstrip(",.;")) or CAMPUS_KEY.match(words[0])):
                return ""
            else:
                self.note(f"Words after the {name} were left out.")
        value = words[0].strip("<>").rstrip(",;")
        if value.endswith(".") and (sentence or label == "client_id"):
            value = value.rstrip(".")
        elif value.endswith("."):
            self.note(f"The {name} ends with a period: check whether it belongs there.")
        return value.strip("\"'")


def says_nothing(text: str) -> bool:
    """Whether a value is none: empty, "n/a", "tbd", a row of asterisks."""
    return not text or (_NOTHING.match(text) is not None and not URL.search(text))


def _one_root(one: str, other: str) -> bool:
    """Whether two base URLs are the addresses of two services, or endpoints, of the same root."""

    def root(url: str) -> str:
        try:
            return _SERVICE_TAIL.sub("", read_base(url, "1.2").root)
        except ValueError:
            return url

    return root(one) == root(other)
