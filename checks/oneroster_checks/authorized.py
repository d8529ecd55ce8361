"""How a request was authorized, as far as it takes to make it again; no secret and no token is in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# The header with the vendor's own key and secret, which Campus asks for on grade-book requests.
VENDOR_HEADER = "x-vendor-authorization"


class TokenForm(StrEnum):
    """Where a token request carries the client id and secret."""

    # A Basic header, both halves form-encoded as the standard asks.
    HEADER = "header"
    BODY = "body"
    # A Basic header with both halves as they are.
    PLAIN_HEADER = "plain header"


class AuthorizedBy(StrEnum):
    """What a request carries to be let in."""

    NOTHING = "nothing"
    # The client id and secret, in a token request.
    CLIENT = "client"
    # The token that the last granted token request before it brought.
    TOKEN = "token"
    FIXED_TOKEN = "fixed token"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Authorized:
    """How one request was authorized.

    `form` and `scope` ("" for none) are those of a token request, None and "" for any other. `vendor` says that the
    header with the vendor's own pair was sent, `made_up` that the secret or the token was made up to see whether the
    server looks at it.
    """

    by: AuthorizedBy = AuthorizedBy.NOTHING
    form: TokenForm | None = None
    scope: str = ""
    vendor: bool = False
    made_up: bool = False
