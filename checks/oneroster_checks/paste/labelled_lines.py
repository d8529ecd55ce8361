"""Walking through the lines of a block: labels with values behind or below them, then what shapes tell."""

from __future__ import annotations

import re

from ..connection import SECRET_FIELDS
from ..labels import FIELDS
from .collected_fields import CollectedFields
from .labels import Label, label_of
from .limits import INNER_LABEL_WORDS, LABEL_CHARACTERS
from .values import CAMPUS_KEY, URL, goes_on, is_base_url, is_token_url, looks_like_key, url_goes_on, url_in

# White space is read from its beginning only, and only once.
_SEPARATOR = re.compile(
    r"""(?x)(?:(?<!\s)\s++)?+(?:=>|->|→|:(?!//)|=|\|)\s*+
    |(?<!\s)\s++(?:[-–—]\s++|(?:is|are)(?:\s*+:\s++|\s++))|(?<!\t)\t++|(?<!\s)\s{2,}+"""
)
_SIGN = re.compile(r"(?:(?<!\s)\s++)?+(?:=>|->|→|:(?!//)|=)")
_RULE = re.compile(r"[\s|:+=_-]+")
_BETWEEN_CELLS = re.compile(r"\t+|\|")
_SHELL = re.compile(r"\A\s*+(?:export|set|\$env:)\s*+(?=\w++\s*+=)")
_VERB = re.compile(r"\b(?:is|are)\b")
_WORD = re.compile(r"(?:(?<=[\s,;])|^)[^\s,;]")


def walk(lines: list[str], collected: CollectedFields) -> None:
    """Labels with values behind them, below them, or below a whole row or column of labels."""
    waiting: list[Label] = []
    index = 0
    while index < len(lines):
        line, index = lines[index], index + 1
        if not line.strip(" |\t") or _RULE.fullmatch(line):
            continue
        cells = [cell.strip() for cell in _BETWEEN_CELLS.split(line) if cell.strip()]
        labels: list[Label] = [label for cell in cells if (label := label_of(cell.rstrip(":= ")))]
        if len(labels) == len(cells):
            if len(cells) > 1:
                waiting = []
            waiting += labels
            continue
        if len(waiting) > 1 and len(cells) == len(waiting) and not labels:
            for label, cell in zip(waiting, cells, strict=True):
                collected.take(label, cell)
            waiting = []
            continue
        pairs = _pairs(line, cells)
        if pairs:
            waiting = []
            label, value, sentence = pairs[-1]
            value, index = _with_next(label, value, lines, index, collected)
            pairs[-1] = (label, value, sentence)
            for label, value, sentence in pairs:
                if not collected.take(label, value, sentence=sentence) and not value.strip():
                    waiting.append(label)
        elif waiting:
            value = line
            if len(waiting) == 1:
                value, index = _with_next(waiting[0], line, lines, index, collected)
            if collected.take(waiting[0], value):
                waiting.pop(0)


def _pairs(line: str, cells: list[str]) -> list[tuple[Label, str, bool]]:
    """The labels of one line, each with the text behind it, and whether that is a sentence ("… is …")."""
    if len(cells) > 1:
        found: list[tuple[Label, str, bool]] = []
        for first, second in zip(cells[::2], cells[1::2], strict=False):
            label = label_of(first.rstrip(":= "))
            if label:
                found.append((label, second, False))
        if found:
            return found
    starts = _label_starts(line)
    if len(starts) > 1:
        pieces = [line[start:end] for start, end in zip(starts, [*starts[1:], len(line)], strict=True)]
        several = [pair for piece in pieces if (pair := _pair(piece)) is not None]
        return [(label, value.rstrip(" ,;"), sentence) for label, value, sentence in several]
    whole = _pair(line)
    return [whole] if whole else []


def _label_starts(line: str) -> list[int]:
    """Where in a line the labels begin that have a sign behind them."""
    starts: list[int] = []
    behind = 0
    for sign in _SIGN.finditer(line):
        # No label begins further before its sign.
        first = max(behind, sign.start() - LABEL_CHARACTERS)
        words = [word.start() for word in _WORD.finditer(line, first, sign.start())][-INNER_LABEL_WORDS:]
        start = next((start for start in words if label_of(line[start : sign.start()])), None)
        if start is not None:
            starts.append(start)
            behind = sign.end()
    return starts


def _pair(text: str) -> tuple[Label, str, bool] | None:
    text = _SHELL.sub("", text).strip()
    for match in _SEPARATOR.finditer(text):
        if match.start() == 0:
            continue
        if match.start() > LABEL_CHARACTERS:
            break
        label = label_of(text[: match.start()].strip("\"' "))
        if label:
            return label, text[match.end() :], bool(_VERB.search(match.group()))
    # No sign between them: "Client ID InfiniteCampus_…", "Token URL https://…".
    head, _, last = text.rpartition(" ")
    label = (
        label_of(head)
        if head and (URL.match(last) or CAMPUS_KEY.match(last) or looks_like_key(last))
        else None
    )
    return (label, last, False) if label else None


def _with_next(
    label: Label, value: str, lines: list[str], index: int, collected: CollectedFields
) -> tuple[str, int]:
    """The value with the lines that a line break cut off it, and the index behind them."""
    while index < len(lines):
        following = lines[index].strip()
        value = value.rstrip()
        url = URL.search(value)
        if not value or not following or _begins_anew(following, in_url=url is not None):
            break
        if url and url.end() >= len(value.rstrip()) and label in ("base_url", "token_url", "url"):
            if not url_goes_on(url.group(), following):
                break
            name = (
                "token_url" if label == "token_url" or is_token_url(url.group() + following) else "base_url"
            )
        elif label in ("client_id", *SECRET_FIELDS) and not url and goes_on(value.strip("\"'"), following):
            name = label
        else:
            break
        collected.note(f"Removed a line break inside the {FIELDS[name]}.")
        value, index = value + following, index + 1
    return value, index


def _begins_anew(line: str, *, in_url: bool) -> bool:
    """Whether a line has a label of its own; "appName=…" is the rest of an address where one is cut."""
    pair = _pair(line)
    return label_of(line.rstrip(":= ")) is not None or (
        pair is not None and not (in_url and pair[0] == "other")
    )


def by_shape(lines: list[str], collected: CollectedFields, *, known: bool) -> None:
    """What has no label but a shape: addresses, a Campus key, the one text left that looks like a key."""
    left: list[str] = []
    index = 0
    while index < len(lines):
        line, index = lines[index], index + 1
        for match in URL.finditer(line):
            url = match.group()
            while not known and match.end() == len(line) and index < len(lines):
                following = lines[index].strip()
                if not following or label_of(following.rstrip(":= ")) or not url_goes_on(url, following):
                    break
                url, index = url + following, index + 1
            notes: list[str] = []
            name = "token_url" if is_token_url(url) else "base_url" if is_base_url(url) else ""
            whole = url_in(url, notes, FIELDS[name], labelled=False) if name else ""
            name = "token_url" if is_token_url(whole) else "base_url" if is_base_url(whole) else ""
            if name and name not in collected.values and whole not in collected.used:
                if url != match.group():
                    collected.note(f"Removed a line break inside the {FIELDS[name]}.")
                for sentence in notes:
                    collected.note(sentence)
                collected.keep(name, whole)
        key = CAMPUS_KEY.search(URL.sub(" ", line))
        if key and "client_id" not in collected.values and key.group() not in collected.used:
            collected.keep("client_id", key.group())
        word = line.strip("\"'<>,; ")
        if looks_like_key(word) and not CAMPUS_KEY.match(word) and word not in collected.used:
            left.append(word)
    for line in lines:
        bare = [] if known or URL.search(line) or " " in line.strip() else [line.strip()]
        for word in bare:
            for name, fits in (("token_url", is_token_url), ("base_url", is_base_url)):
                if name not in collected.values and fits(f"https://{word}") and word not in collected.used:
                    url = url_in(word, collected.notes, FIELDS[name], labelled=False)
                    if url and url not in collected.used:
                        collected.keep(name, url)
    left = [word for word in dict.fromkeys(left) if not (is_token_url(word) or is_base_url(word))]
    if "client_secret" not in collected.values and "client_id" in collected.values and len(left) == 1:
        collected.keep("client_secret", left[0])
        collected.note("The client secret had no label: the only text of that shape was used.")
