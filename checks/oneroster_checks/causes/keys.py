"""Causes that the fields show before any request: swapped fields, impossible pairs, odd keys."""

from __future__ import annotations

from .model import Cause, Point, district, later, you
from .steps import (
    AGAIN,
    AWAIT,
    CAMPUS,
    CAMPUS_HELP,
    PARTNERS_HELP,
    copy_in_campus,
    copy_secret_in_campus,
    on_connection,
    version_in_campus,
    where_absent,
    where_known,
)

SECTION = "Address"

_CREDENTIALS = (Point.CREDENTIALS_CORRECT,)
_CHOOSE_OAUTH = you(
    "[[Choose OAuth {wanted} as the OAuth version.]]",
    general="If the server asks for another OAuth version, choose it.",
)
_OAUTH_2_BY_TOKEN_URL = where_absent(
    "wanted", you("If a token URL came with the key and secret, choose OAuth 2.")
)
_ONEROSTER_1_1_BY_PATH = where_absent(
    "wanted",
    you(
        "If the base URL contains v1p1 and there is no token URL, choose OneRoster 1.1.",
        line="If a v1p1 base URL has no token URL, choose OneRoster 1.1.",
    ),
)
_TOKEN_URL_IF_ANY = copy_in_campus(
    "the Token URL", but=", if there is one,", line="On the connection, copy any Token URL and send it."
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="address.fields-swapped",
        title="Values in the wrong fields",
        summary="A value is in the wrong field: {what}.",
        why="The four values often come in one mail without clear labels. Even printed instructions have been "
        "seen to swap the secret and the base URL.",
        because="The values probably got mixed up when they were copied.",
        ours="some of the values that we had entered were in the wrong fields",
        detection="A field contains the kind of value that belongs in another: a URL in a key field, a key in a URL "
        "field, or a secret that begins like a client id; or the token URL and the base URL are in each other's "
        "place, or the same.",
        fix=(
            you(
                "Put each value in its own field: two of the four are web addresses, two are not.",
                line="Put each value in its own field: two are web addresses.",
            ),
            later(
                district(
                    "If one of the four is missing, send the key, secret, base URL, and token URL to {vendor} again, "
                    "each with its label, over a channel that is safe for passwords.",
                    sends_secret=True,
                    line="If one of the four is missing, send all four again safely.",
                )
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you(
                    "Put each value in its own field. The client id begins with InfiniteCampus_, the token URL "
                    "contains /oauth2/token, the base URL contains /oneroster, and the secret is the one left over.",
                    line="Put each of the four values in its own field.",
                ),
                later(
                    on_connection(
                        "if one of the four is missing, copy the Key, Secret, Base URL, and Token URL under "
                        "Information to Share, each with its label, and send them to {vendor} over a channel that is "
                        "safe for passwords.",
                        line="If one of the four is missing, copy and send all four safely.",
                        sends_secret=True,
                    )
                ),
                AGAIN,
            )
        },
        source=f"{CAMPUS_HELP}; {PARTNERS_HELP}",
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="address.unsupported-combination",
        title="OAuth version that does not fit",
        summary="[[?asked|{host} asks for OAuth {wanted}, but {this_side} is set to OAuth {chosen}]]"
        "[[?opened|{host} returned data for OAuth {wanted}, but {this_side} is set to OAuth {chosen}]]"
        "[[-wanted|The choice was OAuth 1 and OneRoster 1.2, a pair that does not exist]].",
        why="OneRoster 1.2 allows OAuth 2 only. OneRoster 1.1 allows OAuth 1 and OAuth 2, and each connection has one "
        "of them.",
        because="Each connection has one OneRoster version and one OAuth version, and both sides need the "
        "same.",
        detection="The two choices alone show it, and nothing is sent; or signed requests are refused and the "
        "WWW-Authenticate header asks for OAuth 2 alone; or no token URL is there, or data requests are refused and "
        "the header asks for OAuth 1, and a request signed with OAuth 1 returns data.",
        fix=(
            _CHOOSE_OAUTH,
            _OAUTH_2_BY_TOKEN_URL,
            _ONEROSTER_1_1_BY_PATH,
            where_absent(
                "wanted",
                district(
                    "Tell {vendor} the OneRoster version and the OAuth version of the connection, and its token URL if "
                    "it has one.",
                    reply="the two versions, and the token URL if there is one",
                    line="Send the OneRoster and OAuth versions and any token URL.",
                ),
            ),
            where_known(
                "wants_token_url",
                district("Send {vendor} the token URL of the connection as text.", reply="the token URL"),
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                _CHOOSE_OAUTH,
                _OAUTH_2_BY_TOKEN_URL,
                _ONEROSTER_1_1_BY_PATH,
                where_absent("wanted", version_in_campus("OneRoster and OAuth versions")),
                where_absent("wanted", _TOKEN_URL_IF_ANY),
                where_known("wants_token_url", copy_in_campus("the Token URL")),
                AWAIT,
            )
        },
        source="1EdTech OneRoster 1.2",
        fields=("oauth", "oneroster"),
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="key.missing",
        title="Missing key or secret",
        summary="[[-that_we_have|The {field} is empty]][[?that_we_have|The {field} is still missing]]"
        "[[, and so is the {also}]].",
        why="Without them nothing can be sent. Often only the key or only the secret was pasted, or the secret was "
        "sent apart from the rest.",
        because="We cannot connect without it.",
        detection="The field is empty, or contains nothing but spaces and quotes.",
        fix=(
            where_absent(
                "fixed_token", you("Put the key and secret that the district sent in their fields.")
            ),
            you("[[?fixed_token|Put the fixed token that the district sent in its field.]]"),
            where_absent(
                "fixed_token",
                district(
                    "If you have not sent both yet, send them to {vendor} over a channel that is safe for passwords.",
                    sends_secret=True,
                    line="If you have not sent both yet, send them safely.",
                ),
            ),
            district(
                "[[?fixed_token|If you have not sent the bearer token yet, send it to {vendor} over a channel that "
                "is safe for passwords.]]",
                sends_secret=True,
                line="[[?fixed_token|If you have not sent the bearer token yet, send it safely.]]",
            ),
            AGAIN,
        ),
        fix_for={
            CAMPUS: (
                you(
                    "Put what the district sent as Key and Secret in the client id and client secret fields.",
                    line="Put the Key and Secret in the client id and secret fields.",
                ),
                copy_secret_in_campus("the Key and Secret"),
                AGAIN,
            )
        },
        source=CAMPUS_HELP,
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="key.unexpected-format",
        title="Client id in an unexpected format",
        summary="The {field}[[ {that_we_have}]] does not begin with {expected}, as the keys of this provider do.",
        why="Usually it is another system's key, the secret in the wrong field, or a key that lost its "
        "beginning when it was copied.",
        because="A key can lose its beginning when it is copied.",
        detection="Only the beginning of the client id is odd. It is a warning while the key works, and "
        "the root cause when the key is refused.",
        fix=(
            you(
                "Compare the {field} field with the key that the district sent, from the first character.",
                general="Compare the client id field with the key that the district sent, from the first character.",
                line="Compare the client id with the key that the district sent.",
            ),
            district(
                "Copy the key of this connection and send it to {vendor} as text.",
                reply="the key",
                line="Copy the key of this connection and send it as text.",
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you(
                    "Compare the {field} field with the key that the district sent, from InfiniteCampus_ on.",
                    general="Compare the client id field with the key that the district sent, from InfiniteCampus_ on.",
                    line="Compare the client id with the key that the district sent.",
                ),
                copy_in_campus("the Key", but=", with InfiniteCampus_ at its beginning,"),
                AWAIT,
            )
        },
        source=CAMPUS_HELP,
        explains=("token.invalid-client", "token.unauthorized-client", "oauth1.rejected", "oauth1.expired"),
        strength=7,
        disproves=_CREDENTIALS,
    ),
    Cause(
        code="key.stray-characters",
        title="Stray characters in a key or secret",
        summary="The {field}[[ {that_we_have}]] contains characters that do not belong to it: {what}.",
        why="Copying from an email, a table, or a PDF adds spaces, line breaks, quotes, or invisible characters. "
        "Spaces and quotes around the value, line breaks, and invisible characters were removed for this run; "
        "spaces inside were kept, except in a fixed token, where they were removed too, and so was the word Bearer.",
        because="Mail programs and tables add spaces, quotes, or line breaks to a value.",
        detection="The value contains white space, quotes around it, or invisible characters, or a fixed token has the "
        "word Bearer in front. It is a warning while the key works, and the root cause when the client id or secret is "
        "refused and had something inside that does not belong there.",
        fix=(
            you(
                "Clear the {field} field and paste the value again, from its first to its last character.",
                general="Clear the field and paste the value again, from its first to its last character.",
                line="Clear the[[ {field}]] field and paste the value again.",
            ),
            you("If it was broken over two lines, join them without a space."),
            district(
                "Send the value to {vendor} again on one line, without quotes around it, over a channel that is safe "
                "for passwords.",
                sends_secret=True,
                line="Send the value again safely, on one line and without quotes.",
            ),
            AWAIT,
        ),
        source=PARTNERS_HELP,
        explains=("token.invalid-client", "token.unauthorized-client", "oauth1.rejected", "oauth1.expired"),
        strength=6,
        disproves=_CREDENTIALS,
    ),
)
