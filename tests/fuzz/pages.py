"""A strict reading of an HTML page: balanced, and without an element or attribute that its template does not write."""

from __future__ import annotations

from html.parser import HTMLParser

from ..mail_links import MAIL

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# No report has any of these, whatever its template writes; of drawings none that loads, runs or holds something else.
_NEVER = frozenset(
    "script iframe object embed form input img base frame applet video audio "
    "foreignobject use image animate set feimage".split()
)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: set[tuple[str, str]] = set()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add((tag, ""))
        self.seen |= {(tag, name) for name, _ in attrs}
        if tag in _NEVER or any(name.startswith("on") for name, _ in attrs):
            self.wrong.append(f"<{tag} {attrs}>")
        for name, value in attrs:
            if name in ("href", "src", "action") and not _is_harmless(tag, name, value or ""):
                self.wrong.append(f"{name}={value!r}")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"a comment: {data[:60]}")

    def unknown_decl(self, data: str) -> None:
        self.wrong.append(f"a declaration: {data[:60]}")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"an instruction: {data[:60]}")


def _is_harmless(tag: str, name: str, value: str) -> bool:
    """Whether an address is a page of the web, a place in this one, or the beginning of a mail to nobody."""
    if value.startswith(("https://", "#")):
        return True
    return (tag, name) == ("a", "href") and MAIL.fullmatch(value) is not None


def _read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    if reader.open:
        reader.wrong.append(f"never closed: {reader.open}")
    return reader


def written(page: str) -> frozenset[tuple[str, str]]:
    """The elements of a page, each with "" and with each of its attributes."""
    return frozenset(_read(page).seen)


def faults_of(page: str, template: frozenset[tuple[str, str]]) -> list[str]:
    """What is wrong with a page whose template writes these elements and attributes; nothing for a right one."""
    reader = _read(page)
    foreign = sorted(reader.seen - template)
    return [*reader.wrong, *(f"not of the template: <{tag} {name}>" for tag, name in foreign)]
