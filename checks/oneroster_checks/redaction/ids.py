"""Ids as they may be shown: whole in forms that can be no name, shortened to their ends in any other.

A server may call a record or a request by a name, a phone number or a birth date. Of such an id the ends stay, so
that records can be told apart; never a digest, which those who have a list of names could look up.
"""

from __future__ import annotations

import re
from functools import cache

HIDDEN = "[hidden]"
CUT = "…"
# Made by machines: a UUID, at least so many hexadecimal digits, a ULID, the ids of requests at Cloudflare and
# Amazon.
_UUID = re.compile(r"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HEX = re.compile(r"(?i)[0-9a-f]{16,64}")
_ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
_RAY = re.compile(r"([0-9a-f]{16})-[A-Z]{3}")
_AMAZON = re.compile(r"Root=1-([0-9a-f]{8}-[0-9a-f]{24})")
# A birth date has eight digits, a phone number seven to eleven; one letter or two are no name.
_NUMBER = re.compile(r"[A-Za-z]{0,2}[0-9]{1,6}[A-Za-z]?")
# A person's number behind the letter of the role, as Infinite Campus has it in 1.1 (reference, A); nobody writes a
# phone number so.
_ROLE_AND_NUMBER = re.compile(r"[A-Za-z][0-9]{1,7}")
_WORD_AND_NUMBER = re.compile(r"(?<![A-Za-z])([A-Za-z]++)[0-9]{1,6}")
_MOST_DIGITS = 6
# Three numbers in a row may be a date, and two digits are enough for its year.
_PARTS_OF_A_DATE = 3
_DATE_DIGITS = 4
_BETWEEN = re.compile(r"[-_.:=/+]")
_DIGITS = re.compile(r"[0-9]+")
# Of eight hexadecimal digits three are letters as a rule; with fewer than one it may be a number.
_DIGITS_A_LETTER = 8
_SHORTENED = re.compile(r"(?s).{0,2}…(?:.{0,2})")
# From so many characters on two at each end say too little to tell what stands between.
_LONG, _MIDDLE = 8, 5
# Words beside the standard's own of which ids, scopes and lists are made.
_PLAIN = frozenset(
    """id ids req request trace root self self- parent span corr correlation sourced guid uuid
    sch cls crs stu tch enr sess session sec section sub acad term year yr dist dept sis key no num nr x
    data item list row entry payload response result value record object element member content set
    roster core readonly createput delete read write all admin api access default openid profile email offline oneroster
    demographics gradebook resource resources http https purl imsglobal org spec or lti or scope scopes v1 v2 v1p1 v1p2
    application text json xml html plain javascript csv octet stream problem vnd charset www form urlencoded
    vendor hal ld geo atom rss soap jose scim css markdown pdf zip gzip image png jpeg gif svg yaml ndjson seq error
    orwt rostering campus ims learningdata oauth oauth2 token schools district districts www com
    true false none null and practice
    limit offset filter sort orderby fields appname asc desc sourcedid""".split()
)


def shown_id(text: str) -> str:
    """An id, or what is left of it; what was shortened or hidden before stays as it is."""
    is_shown = text == HIDDEN or _SHORTENED.fullmatch(text) or is_open(text)
    return text if is_shown else shortened_id(text)


def shortened_id(text: str) -> str:
    """Only the ends of a text: two characters each of a long one, and fewer of a short one."""
    if len(text) >= _LONG:
        return f"{text[:2]}{CUT}{text[-2:]}"
    return f"{text[0]}{CUT}{text[-1]}" if len(text) >= _MIDDLE else f"{text[:1]}{CUT}"


def is_uuid(text: str) -> bool:
    """Whether a text has the form of a UUID."""
    return _UUID.fullmatch(text) is not None


def is_open(text: str) -> bool:
    """Whether a text has a form that can be no name, no birth date and no number of a person."""
    # Most are one of these two.
    if text.isascii() and text.isdigit():
        return len(text) <= _MOST_DIGITS
    if _ROLE_AND_NUMBER.fullmatch(text):
        return True
    of_a_request = _RAY.fullmatch(text) or _AMAZON.fullmatch(text)
    if of_a_request or _UUID.fullmatch(text):
        return _is_random((of_a_request[1] if of_a_request else text).replace("-", ""))
    if _ULID.fullmatch(text):
        return any(char.isdigit() for char in text[10:])
    digits = groups = 0
    for part in _BETWEEN.split(text):
        if _HEX.fullmatch(part) and _is_random(part):
            continue
        named = _WORD_AND_NUMBER.fullmatch(part)
        if not (
            part.lower() in _words()
            or len(part) <= 1
            or _NUMBER.fullmatch(part)
            or (named and named[1].lower() in _words())
        ):
            return False
        numbers = _DIGITS.findall(part) if part.lower() not in _words() else []
        digits += sum(map(len, numbers))
        groups += len(numbers)
    return digits <= (_DATE_DIGITS if groups >= _PARTS_OF_A_DATE else _MOST_DIGITS)


def _is_random(digits: str) -> bool:
    """Whether hexadecimal digits are neither a number nor a text in disguise."""
    letters = sum(char.isalpha() for char in digits)
    even = digits[: len(digits) // 2 * 2]
    return letters >= len(digits) // _DIGITS_A_LETTER and not all(
        32 <= byte < 127 for byte in bytes.fromhex(even)
    )


@cache
def _words() -> frozenset[str]:
    from ..standard.fields import ENTITY, names, words

    several = {each.lower() for each in (*names(), *words(), *ENTITY.values())}
    return frozenset(several | {f"{each}s" for each in several}) | _PLAIN
