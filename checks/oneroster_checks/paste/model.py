"""What was found in a pasted block."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ..connection import SECRET_FIELDS, OAuthVersion, OneRosterVersion, Secret, Share

# The fields that a block may hold, in the order of the screen.
ORDER = ("base_url", "token_url", "client_id", *SECRET_FIELDS, "created")


@dataclass(frozen=True, slots=True)
class Pasted:
    """The fields of a block: addresses and client id as text, the rest as secrets that no repr shows.

    `fields` has the keys base_url, token_url and client_id, each only when it was found. `oauth` and
    `oneroster` are guesses, None when nothing shows it; `share` are the parts of the data that the text says are
    shared, empty where it says nothing. `notes` are sentences on what was corrected, doubtful or
    left out; they never hold a value.
    """

    fields: dict[str, str] = field(default_factory=dict)
    client_secret: Secret = field(default_factory=Secret)
    vendor_key: Secret = field(default_factory=Secret)
    vendor_secret: Secret = field(default_factory=Secret)
    oauth: OAuthVersion | None = None
    oneroster: OneRosterVersion | None = None
    created: date | None = None
    share: tuple[Share, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def found(self) -> tuple[str, ...]:
        """The names of everything that was filled, in the order of the screen."""
        there = {
            **self.fields,
            "client_secret": self.client_secret,
            "vendor_key": self.vendor_key,
            "vendor_secret": self.vendor_secret,
            "created": self.created,
        }
        return tuple(name for name in ORDER if there.get(name))
