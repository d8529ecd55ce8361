"""The redaction of one run: it knows the secrets of the connection, also where they are in the wrong field."""

from __future__ import annotations

import re

from ..connection import SECRET_FIELDS
from ..standard.keys import looks_like_url
from ..target import Target
from .names import KnownNames
from .redactor import Redactor
from .shape import is_secret_shaped

# A scheme with its slashes, or a host with a dot or a path: anything else in an address field may be a secret.
_ADDRESS = re.compile(r"(?i)\A(?:[a-z][a-z0-9+.-]*+:?/|localhost\b|[\w-]++(?:\.[\w-]++)++(?::\d++)?(?:/|$))")


def redactor_for(target: Target, names: KnownNames | None = None) -> Redactor:
    """A redaction that knows every secret of a target, as typed and as sent, and the people of an earlier run."""
    redactor = Redactor(names=names)
    connection, credentials = target.connection, target.credentials
    for field in SECRET_FIELDS:
        sent = target.keys[field].text
        if not looks_like_url(sent):
            redactor.learn(getattr(credentials, field).reveal())
            redactor.learn(sent)
    if target.vendor:
        redactor.learn(target.vendor.reveal())
    # As typed: with OAuth 1 a target has no token URL, but what was typed there is shown.
    for text in (connection.base_url.strip(), connection.token_url.strip()):
        # A text in an address field that is no address may be a secret that was pasted there.
        # An ordinary word is none: learnt, it would be blotted out in every address.
        if is_secret_shaped(text) and not _ADDRESS.match(text):
            redactor.learn(text)
    prefix = target.provider.client_id_prefix
    secret = target.keys["client_secret"].text
    if (prefix and secret.startswith(prefix)) or looks_like_url(secret):
        # The fields are swapped, so what is in the key's field may be the secret.
        redactor.learn(connection.client_id)
        redactor.learn(target.client_id)
    redactor.spare(connection.client_id, target.client_id, connection.base_url, connection.token_url)
    redactor.spare(*connection.scope.split())
    return redactor
