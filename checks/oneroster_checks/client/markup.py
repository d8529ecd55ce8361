"""What a web page or an error in XML says: the texts of a few of its elements."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from html.parser import HTMLParser

from ..entities import without_impossible
from ..limits import PAGE_CHARACTERS, SAID_CHARACTERS

_HEADINGS = ("h1", "h2")
# The elements of SOAP faults and of errors as frameworks write them in XML, without prefix, hyphens and underscores.
_XML_WORDS = frozenset(
    """faultcode faultstring code errorcode error errordescription errormessage message title detail reason text
    imsxdescription imsxcodeminor imsxcodeminorfieldvalue""".split()
)
_XML_ERRORS = ("fault", "error", "problem", "exception", "imsxstatusinfo", "statusinfoset")


class _Texts(HTMLParser):
    """Collects the text of the elements that are wanted, in order; `names` are those of every element."""

    def __init__(self, wanted: Callable[[str], bool]) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self.names: set[str] = set()
        self._wanted = wanted
        self._open: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins; what stands in a wanted one is its own text."""
        name = local_name(tag)
        self.names.add(name)
        if self._wanted(name):
            self._open = name
            self.found.append((name, ""))

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if local_name(tag) == self._open:
            self._open = None

    def handle_data(self, data: str) -> None:
        """A text between two tags."""
        if self._open is not None:
            name, text = self.found[-1]
            self.found[-1] = (name, (text + data)[:SAID_CHARACTERS])


def page_words(text: str) -> list[str]:
    """The title of a web page and its first heading, as far as its beginning has them."""
    read = _read(text, lambda name: name == "title" or name in _HEADINGS)
    titles = [words for name, words in read.found if name == "title" and words.strip()]
    headings = [words for name, words in read.found if name in _HEADINGS and words.strip()]
    return titles[:1] + headings[:1]


def xml_words(text: str, is_record: Callable[[str], bool]) -> list[str]:
    """What an error in XML says; nothing where it is none, or where `is_record` knows the name of an element."""
    read = _read(text, lambda name: name in _XML_WORDS)
    if any(map(is_record, read.names)) or not any(name.startswith(_XML_ERRORS) for name in read.names):
        return []
    return [words for _, words in read.found]


def local_name(tag: str) -> str:
    """The name of an element, or the key of an object, in lower case and without prefix, hyphens and underscores."""
    return tag.rpartition(":")[2].lower().replace("_", "").replace("-", "")


def _read(text: str, wanted: Callable[[str], bool]) -> _Texts:
    # It is not closed: what is cut off at the end of the beginning is not looked at again and again.
    texts = _Texts(wanted)
    # At a marked section that it does not know ("<![x[") the reader gives up; what came before it is read.
    with suppress(AssertionError):
        texts.feed(without_impossible(text[:PAGE_CHARACTERS]))
    return texts
