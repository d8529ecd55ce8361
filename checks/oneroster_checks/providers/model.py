"""The form of a provider: what its addresses look like, which OAuth it takes, how it may be loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..connection import OAuthVersion, OneRosterVersion
from ..points import Point


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know of a provider, in a sentence or two, and the versions that it concerns, None for all."""

    text: str
    oauth: OAuthVersion | None = None
    oneroster: OneRosterVersion | None = None

    def concerns(self, oauth: OAuthVersion, oneroster: OneRosterVersion) -> bool:
        """Whether it is about one of these versions in particular."""
        return oauth == self.oauth or oneroster == self.oneroster


@dataclass(frozen=True, slots=True)
class Provider:
    """What is known of one provider.

    `fixed_token` says that some of its connections have a fixed bearer token and no token URL.
    `token_url_shape` and `base_url_shape` show an address in words, empty where none is published.
    `app_in_address` says that both addresses name an app; `same_host` that token and base URL share their host
    in every complete sample; `scope_needed` that the standard's scopes are sent when the user names none;
    `vendor_header` that grade-book requests need the vendor's own key; `page_size` the most rows
    of one page when every record is read: what the provider allows, else what other software asks for.

    What only some providers have: `yearly_credentials` are the OneRoster versions whose credentials end one
    year after they were created; `no_new_oauth1` says that connections with OAuth 1 can no longer be made;
    `settings_screen` is where the district configures a connection, `places` where each point is seen on it, and
    `key_name` what the client id is called there; `gradebook_license` the license without
    which there is no grade book to share; `has_tiles` says that a connection made from a vendor's tile
    carries more than one made by hand; `renames_users` that a move from OneRoster 1.1 to 1.2 changes the sourcedId of
    every user, and that the new record names the old one; `role_letters` that in 1.1 the letter of the role leads the
    sourcedId of a user, and in 1.2 none does; `accounts_only` are the versions that share only people with a user
    account.
    """

    id: str
    title: str
    in_sentence: str = ""
    oauth: tuple[OAuthVersion, ...] = (2, 1)
    oneroster: tuple[OneRosterVersion, ...] = ("1.2", "1.1")
    fixed_token: bool = False
    token_url_shape: str = ""
    base_url_shape: str = ""
    client_id_prefix: str = ""
    app_in_address: bool = False
    same_host: bool = False
    scope_needed: bool = False
    vendor_header: bool = False
    page_size: int = 10_000
    yearly_credentials: tuple[OneRosterVersion, ...] = ()
    no_new_oauth1: bool = False
    settings_screen: str = ""
    places: Mapping[Point, str] = field(default_factory=dict, hash=False)
    key_name: str = ""
    gradebook_license: str = ""
    has_tiles: bool = False
    renames_users: bool = False
    role_letters: bool = False
    accounts_only: tuple[OneRosterVersion, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def name_in_sentence(self) -> str:
        """What it is called inside a sentence."""
        return self.in_sentence or self.title
