"""Causes that the fields show before any request: exchanged fields, impossible pairs, odd keys."""

from __future__ import annotations

from .model import Cause, district, you
from .steps import AGAIN, AWAIT, CAMPUS, CONNECTION, SHARED_BLOCK, copy_in_campus, copy_secret_in_campus

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="address.fields-swapped",
        title="Two fields are exchanged",
        summary="Values seem to be in the wrong fields: {what}.",
        why="The four values often come in one mail without clear labels. Secret and base URL have been seen "
        "exchanged even in printed instructions.",
        detection="A field holds the kind of value that belongs into another: an address in a key field, a "
        "key in an address field, or a secret that begins like a client id.",
        fix=(
            you("Put each value into its own field: two are web addresses, two are not."),
            you(
                "If it is not clear which is which, ask the district to send the four values with their "
                "labels."
            ),
            district("Send key, secret, base URL and token URL to {vendor} again, each with its label."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you(
                    "Put each value into its own field. The Key begins with InfiniteCampus_ and is the "
                    "client id; the Token URL holds /oauth2/token; the Base URL holds /oneroster; the "
                    "Secret is the one that is left."
                ),
                copy_secret_in_campus("Key, Secret, Base URL and Token URL, each with its label,"),
                AGAIN,
            )
        },
        source="Infinite Campus help (A), partners' help pages (B/C)",
    ),
    Cause(
        code="address.unsupported-combination",
        title="OAuth 1 does not go with OneRoster 1.2",
        summary="OAuth 1 was chosen together with OneRoster 1.2, and that pair does not exist.",
        why="OneRoster 1.2 allows OAuth 2 only. OAuth 1 belongs to OneRoster 1.1.",
        detection="The two choices alone show it; nothing was sent.",
        fix=(
            you("Ask the district which OneRoster version and which OAuth version the connection has."),
            you("If a token URL came with the key and secret, choose OAuth 2."),
            you("If the base URL holds v1p1 and there is no token URL, choose OneRoster 1.1."),
            AGAIN,
        ),
        fix_for={
            CAMPUS: (
                you("If a Token URL came with the Key and Secret, choose OAuth 2."),
                you("If the Base URL holds v1p1 and there is no Token URL, choose OneRoster 1.1."),
                copy_in_campus("the OneRoster version, the OAuth version, Base URL and Token URL"),
                AWAIT,
            )
        },
        source="OneRoster 1.2 (A)",
    ),
    Cause(
        code="key.unexpected-format",
        title="The client id does not look like a Campus key",
        summary="The {field} does not begin with InfiniteCampus_, as the keys of Infinite Campus do.",
        why="Usually it is another system's key, the secret in the wrong field, or a key that lost its "
        "beginning when it was copied.",
        detection="Only the beginning of the client id is odd. It is a warning while the key works, and "
        "the root cause when the key is refused.",
        fix=(
            you(
                "Compare the client id field with the key that the district sent, from the first "
                "character on."
            ),
            you("Make sure that the secret is not in the client id field."),
            district("Copy the key of this connection again and send it to {vendor}."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you(
                    "Compare the client id field with the Key that the district sent, from "
                    "InfiniteCampus_ on."
                ),
                district(
                    f"{CONNECTION}. Copy the Key from {SHARED_BLOCK}, with InfiniteCampus_ at its "
                    "beginning, and send it to {vendor}."
                ),
                AWAIT,
            )
        },
        source="Infinite Campus help (A)",
        explains=("token.invalid-client", "token.unauthorized-client", "oauth1.rejected", "oauth1.expired"),
        strength=7,
    ),
    Cause(
        code="key.stray-characters",
        title="Characters that do not belong to the key",
        summary="The {field} holds characters that do not belong to it: {what}.",
        why="Copying from a mail, a table or a PDF adds spaces, line breaks, quotes or invisible "
        "characters. At the ends they were left out for this run; inside the value they were sent as "
        "they are.",
        detection="The value holds white space, quotes or invisible characters; nothing else about it is odd.",
        fix=(
            you("Delete the {field} field and paste the value again, from its first to its last character."),
            you("If it was broken over two lines, join the lines without a space."),
            district("Send the value again as plain text on one line, without quotes around it."),
            AWAIT,
        ),
        source="partners' help pages (B/C)",
        explains=("token.invalid-client", "token.unauthorized-client", "oauth1.rejected", "oauth1.expired"),
        strength=6,
    ),
)
