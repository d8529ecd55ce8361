"""What a host's certificate says of itself, once TLS has verified it."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime

# The organization stays the same when an authority changes the key with which it signs.
_NAMES = ("organizationName", "commonName")


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who issued a certificate, as it is written there ("" for nobody), and its last day in UTC, None if unreadable."""

    issuer: str = ""
    ends: date | None = None


def certificate_of(fields: Mapping[str, object]) -> Certificate:
    """What `getpeercert` gives of a certificate, typed; what cannot be read is left out."""
    issuer = dict(_names(fields.get("issuer")))
    named = next((issuer[name] for name in _NAMES if issuer.get(name)), "")
    ends: date | None = None
    with suppress(ValueError, OverflowError):
        ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(fields.get("notAfter", ""))), UTC).date()
    return Certificate(named, ends)


def _names(issuer: object) -> Iterator[tuple[str, str]]:
    """The names of an issuer with their values, from tuples of tuples of pairs."""
    for part in issuer if isinstance(issuer, tuple) else ():
        for pair in part if isinstance(part, tuple) else ():
            match pair:
                case (str(name), str(value)):
                    yield name, value
