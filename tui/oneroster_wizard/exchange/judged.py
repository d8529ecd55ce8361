"""What no profile that goes from one computer to another may be: without an address, or with a secret in a field.

Import and export judge alike, so that what is exported always comes back.
"""

from __future__ import annotations

from collections.abc import Iterator

from oneroster_checks.connection import SECRET_FIELDS, TEXT_FIELDS, Connection, Credentials
from oneroster_checks.labels import capitalized
from oneroster_checks.limits import HIDDEN_CUT_CHARACTERS
from oneroster_checks.paste.values import CAMPUS_KEY, looks_like_key
from oneroster_checks.urls import host_of
from oneroster_checks.visible import acts

from ..storage.profile_error import ProfileError
from ..storage.profile_file import Profile, refuse_long, refuse_secrets
from .key_like import holds_key
from .noted import SWAPPED, findings_of
from .problem import label_of_field

_SCHEMES = ("http://", "https://")
# A scope is an address, or words with these between them; a key has none of them.
_IN_A_SCOPE = frozenset("/.:")


def problems_of(profile: Profile, credentials: Credentials | None = None) -> Iterator[tuple[str, str]]:
    """The fields of a profile with what has to be changed in them, and of the secrets that came with it."""
    connection = profile.connection
    secrets = credentials or Credentials()
    found: set[str] = set()
    if any(acts(char) for char in profile.name):
        yield "name", "It has an invisible character in it. Type the name again."
    if any(acts(char) for char in profile.district):
        yield "district", "It has an invisible character in it. Type it again."
    judged = (*_missing(connection), *_fields(connection), *_swapped(connection), *_secrets(profile, secrets))
    for name, sentence in (*judged, *_keys(profile)):
        # One thing at a time is enough for a field.
        if name not in found:
            found.add(name)
            yield name, sentence
    if any(acts(char) for question in profile.answers for char in question):
        yield "answers", "A question has an invisible character in its name. Remove it."


def _missing(connection: Connection) -> Iterator[tuple[str, str]]:
    if connection.fixed_token and connection.oauth == 1:
        yield "fixed_token", "A fixed token goes with OAuth 2 only. Change one of them."
    if not connection.base_url.strip():
        yield "base_url", "It is missing. Enter the address the district sent."
    if connection.requests_token and not connection.token_url.strip():
        yield "token_url", "It is missing, and OAuth 2 needs it. If the connection uses OAuth 1, say so."
    if not connection.fixed_token and not connection.client_id.strip():
        yield "client_id", "It is missing. Enter the key the district sent."


def _fields(connection: Connection) -> Iterator[tuple[str, str]]:
    for name in TEXT_FIELDS:
        text = str(getattr(connection, name))
        if not text:
            continue
        alone = Connection(**{name: text})  # type: ignore[arg-type]
        try:
            refuse_long(alone)
            refuse_secrets(alone)
        except ProfileError as error:
            yield name, str(error)
        if any(acts(char) for char in text):
            yield name, "It has a line break or an invisible character in it. Type it again."
        if name in ("base_url", "token_url") and not _is_address(text):
            yield name, "This is not an address. Enter it in full, starting with https://."
    if any(looks_like_key(word) and not _IN_A_SCOPE & set(word) for word in connection.scope.split()):
        yield (
            "scope",
            "This looks like a secret. Put the secret into its own column, and leave the scope empty.",
        )


def _swapped(connection: Connection) -> Iterator[tuple[str, str]]:
    for name, finding in findings_of(connection):
        if finding.cause == SWAPPED:
            what = str(finding.facts.get("what", ""))
            yield name, f"{capitalized(what)}. Put each value where it belongs."


def _keys(profile: Profile) -> Iterator[tuple[str, str]]:
    for name, text in _words(profile):
        if holds_key(text):
            yield (
                name,
                "This looks like a secret. Put the secret into its own column, and choose another text.",
            )


def _words(profile: Profile) -> list[tuple[str, str]]:
    """The texts of a profile that are no values of its connection."""
    tags = " ".join(profile.tags)
    return [
        ("name", profile.name), ("tags", tags), ("district", profile.district), ("moves_to", profile.moves_to)
    ]  # fmt: skip


def _is_address(text: str) -> bool:
    return text.strip().lower().startswith(_SCHEMES) and host_of(text) != ""


def _secrets(profile: Profile, secrets: Credentials) -> Iterator[tuple[str, str]]:
    connection = profile.connection
    if bool(secrets.vendor_key) != bool(secrets.vendor_secret):
        half = "vendor_secret" if secrets.vendor_key else "vendor_key"
        yield half, f"It is missing: the {label_of_field('vendor_pair')} go together."
    if CAMPUS_KEY.match(secrets.client_secret.reveal()) and not CAMPUS_KEY.match(connection.client_id):
        yield "client_secret", "This looks like the client id. Swap the two."
    for each in SECRET_FIELDS:
        text = getattr(secrets, each).reveal()
        if len(text) < HIDDEN_CUT_CHARACTERS or each == "vendor_key":
            continue
        kept = [*_words(profile)]
        kept += [(name, str(getattr(connection, name))) for name in TEXT_FIELDS]
        for name, field in kept:
            if text in field:
                yield name, f"It contains this line's {label_of_field(each)}. Remove it."
