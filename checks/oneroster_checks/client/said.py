"""The server's own words in an answer with an error; never from a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from ..entities import unescape
from ..http.answer import Answer
from ..limits import ERROR_BODY_VALUES, SAID_CHARACTERS, SAID_VALUES
from ..redaction.shape import is_secret_shaped
from ..standard.errors import read_error
from .challenge import challenge_words
from .markup import local_name, page_words, xml_words
from .reading import status_inside

# What holds words in an error body, the most telling first; hyphens, underscores and case are left out.
_ORDER = """error errordescription oauthproblem oauthproblemadvice errormessage errorcode code faultcode errors
    errorsummary imsxcodeminor imsxcodeminorfieldvalue imsxdescription faultstring message msg title detail details
    reason""".split()
_RANK = {key: rank for rank, key in enumerate(_ORDER)}
_CODES = frozenset({"error", "errorcode", "code", "faultcode"})
# What tells an error inside a 200, and what tells that there is none.
_ERROR_MARKS = frozenset(
    {"error", "errors", "errorcode", "errorsummary", "errordescription", "errormessage", "fault"}
)
_TOKEN_MARKS = frozenset({"accesstoken", "idtoken"})
# Names of fields that other documents have too; a record has more than these.
_COMMON_FIELDS = frozenset(
    """status title name type description comment metadata identifier role roles source location missing late parent
    children class credentials importance primary result resource category password""".split()
)
# A person by other names than the standard's.
_PERSON_FIELDS = frozenset(
    "firstname lastname fullname displayname dob dateofbirth emailaddress phonenumber".split()
)
# A record that was written into a text.
_RECORD_TEXT = re.compile(
    r"""(?i)["']sourcedId["']\s{0,3}[:=]|
    \b(?:given|family|middle|first|last|full|display|user)_?name\W{0,4}[:=]|
    \b(?:birth_?date|date_?of_?birth|e-?mail|phone|sms)\W{0,4}[:=]""",
    re.VERBOSE,
)
# Cells of a table: separators without a space behind them, in a row.
_CELL = re.compile(r"[,;|\t](?! )")
_CELLS = 3
# Bytes that are no text in more than one of so many characters are no words.
_BROKEN_SHARE = 10


def words_in(answer: Answer) -> list[str]:
    """What a server says in an answer with an error, as it wrote it, value by value; none where it is no error.

    An answer that is or holds records has no words, whatever its status.
    """
    status = answer.status
    if status is None or 300 <= status < 400:
        return []
    refused = status >= 400
    found = dict.fromkeys(value for value in _body_words(answer, refused) if not _is_data(value))
    words = list(found)[:SAID_VALUES]
    return [*words, *challenge_words(answer.challenges, words)] if refused else words


def _body_words(answer: Answer, refused: bool) -> list[str]:
    document = answer.document
    if isinstance(document, str):
        return [document] if refused else []
    if isinstance(document, (dict, list)):
        return _json_words(document) if refused or _tells_error(document) else []
    beginning = answer.text.lstrip("\ufeff \t\r\n")
    if answer.looks_like_html:
        return page_words(beginning)
    if beginning.startswith("<"):
        return xml_words(beginning, _is_record_key)
    return _text_words(beginning, refused)


def _json_words(document: object) -> list[str]:
    found: list[tuple[int, str]] = []
    level: list[tuple[object, bool]] = [(document, False)]
    seen = 0
    while level:
        below: list[tuple[object, bool]] = []
        for value, in_errors in level:
            for key, inner in _members(value):
                seen += 1
                if seen > ERROR_BODY_VALUES or _marks_record(key, inner):
                    return []
                if isinstance(inner, (dict, list)):
                    below.append((inner, in_errors or key == "errors"))
                elif (rank := _rank(key, inner, in_errors)) is not None:
                    found.append((rank, str(inner)[:SAID_CHARACTERS]))
        level = below
    return [text for _, text in sorted(found, key=lambda each: each[0])]


def _members(value: object) -> Iterator[tuple[str, object]]:
    """The members of an object, and those of a list; the members of a list of texts have no key."""
    if isinstance(value, dict):
        for key, inner in value.items():
            name = local_name(str(key))
            yield name, inner
            if isinstance(inner, list) and name in _RANK:
                # A list of texts stands for one.
                yield from ((name, text) for text in inner if isinstance(text, str))
    elif isinstance(value, list):
        yield from (("", inner) for inner in value)


def _rank(key: str, value: object, in_errors: bool) -> int | None:
    """Where a value stands among the words, None where it is none."""
    if isinstance(value, str) and value.strip():
        # What a framework found wrong stands under the name of the field: {"errors": {"scope": ["is required"]}}.
        return _RANK.get(key, _RANK["errors"] if in_errors and not key else None)
    if isinstance(value, int) and not isinstance(value, bool) and key in _CODES:
        return _RANK[key]
    return None


def _tells_error(document: object) -> bool:
    """Whether a body of a 200 says that something went wrong."""
    error = read_error(document)
    if error is not None:
        return error.failure
    if not isinstance(document, dict):
        return False
    members = islice(document.items(), ERROR_BODY_VALUES)
    keys = {local_name(str(key)) for key, value in members if value}
    if keys & _TOKEN_MARKS:
        return False
    return bool(keys & _ERROR_MARKS) or status_inside(document) is not None


def _marks_record(key: str, value: object) -> bool:
    """Whether a member of an object says that the object is a record, or holds records."""
    if isinstance(value, (dict, list)):
        return bool(value) and _is_record_key(key)
    # The name of a collection or an entity beside a text is no record: {"user": "anonymous"}.
    return _is_record_key(key) and key not in _entities()


def _is_record_key(key: str) -> bool:
    return key in _record_keys()


@cache
def _record_keys() -> frozenset[str]:
    from ..standard.fields import names

    return (frozenset(map(local_name, names())) | _PERSON_FIELDS) - _COMMON_FIELDS


@cache
def _entities() -> frozenset[str]:
    from ..standard.fields import ENTITY

    return frozenset(local_name(name.strip("/")) for each in ENTITY.items() for name in each)


def _text_words(beginning: str, refused: bool) -> list[str]:
    """The first line of a plain text; of a 200 only a sentence, since a token may be there as well."""
    line = next((line for line in beginning[:SAID_CHARACTERS].splitlines() if line.strip()), "")
    if line.count("\ufffd") * _BROKEN_SHARE > len(line) or line.lstrip().startswith(("{", "[", '"')):
        return []
    words = line.split()
    is_sentence = len(words) > 1 and not any(is_secret_shaped(word.strip(".,:;!'\"()")) for word in words)
    return [line] if refused or is_sentence else []


def _is_data(text: str) -> bool:
    """Whether a value is a record, or a row of a table, that was written as a text."""
    start = text[:SAID_CHARACTERS]
    return (
        start.lstrip().startswith(("{", "["))
        # The semicolons of entities are none of a table; escapes may be escaped once more.
        or len(_CELL.findall(unescape(unescape(start)))) >= _CELLS
        or bool(_RECORD_TEXT.search(start))
    )
