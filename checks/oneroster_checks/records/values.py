"""Single values of records, each distinct one judged once: dates, moments, email addresses, usernames."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from ..limits import REMEMBERED_CHARACTERS, VALUES_REMEMBERED

# How an email address, or the moment of a last change, is not in order.
MISSING, MALFORMED = "missing", "malformed"
NO_MOMENT, FUTURE = "no moment", "future"

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})"
)
_KEY_BYTES = 32

T = TypeVar("T")


class Judged(dict[str, T]):
    """What a function says of texts, asked once for each distinct one as long as there are not too many."""

    def __init__(self, judge: Callable[[str], T]) -> None:
        super().__init__()
        self._judge = judge

    def __missing__(self, value: str) -> T:
        found = self._judge(value)
        if len(self) >= VALUES_REMEMBERED:
            self.clear()
        if len(value) <= REMEMBERED_CHARACTERS:
            self[value] = found
        return found


def is_date(value: str) -> bool:
    """Whether a text is a day that exists, as YYYY-MM-DD."""
    if not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def moment(value: str) -> datetime | None:
    """The moment that a text says in the standard's form, with its offset; None when it says none."""
    if not _MOMENT.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def email_fault(value: str) -> str | None:
    """How an email address is not in order, None when it is."""
    address = value.strip()
    if not address:
        return MISSING
    return None if address.count("@") == 1 and "." in address.partition("@")[2] else MALFORMED


class RunValues:
    """The judgements of one run on a day: `date_fault`, `moment_fault` and so on are asked as `[value]`.

    `hashed` gives a number for a user name or an email address, upper and lower case alike: by a key that only this
    run has, so that nobody can look a name up by it.
    """

    def __init__(self, today: date) -> None:
        now = datetime.combine(today, datetime.now().time()).astimezone(UTC)
        self._latest = now + timedelta(days=1)
        # Behind a beginning that nobody knows Python's own hash, SipHash, tells as little as one made for keys,
        # whatever PYTHONHASHSEED is; and there are hundreds of thousands to be made.
        self._key = secrets.token_hex(_KEY_BYTES)
        self.is_date = Judged(is_date)
        self.is_moment = Judged(lambda value: moment(value) is not None)
        self.modified_fault = Judged(self._modified_fault)

    def hashed(self, value: str) -> int | None:
        """A number for a text that says who somebody is; None for an empty one."""
        return self.hashes([value])[0]

    def hashes(self, values: Iterable[str | None]) -> list[int | None]:
        """A number for each of several such texts."""
        key = self._key
        known = [value.strip().casefold() if value else "" for value in values]
        return [hash(key + value) if value else None for value in known]

    def _modified_fault(self, value: str) -> str | None:
        found = moment(value)
        if found is None:
            return NO_MOMENT
        return FUTURE if found > self._latest else None
