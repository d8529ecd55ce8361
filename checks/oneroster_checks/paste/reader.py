"""From a pasted block to fields: labels with their values first, then what its shape tells."""

from __future__ import annotations

import re

from ..connection import SHARES, OAuthVersion, OneRosterVersion, Secret, Share
from ..standard.addresses import versions_in
from .collected_fields import CollectedFields
from .labelled_lines import by_shape, walk
from .labels import label_of
from .limits import PASTED_CHARACTERS
from .model import Pasted
from .plain_lines import json_pairs, lines_of
from .shares import mentions_grade_book, shares_in

_SAID_VERSION = re.compile(
    r"(?i)one\s?roster[\s®™]*+(?:api\s*+)?(?:version|ver\.?|v)?\s*+[:=]?\s*+v?(1\.[12])(?!\d)"
    r"|\bversion\s*+[:=]?\s*+(1\.[12])\b"
)
_OAUTH_1 = re.compile(r"(?i)\boauth[\s_-]*+(?:version)?\s*+[:=]?\s*+v?1(?:\.0a?)?(?![\d.])")
_OAUTH_2 = re.compile(
    r"(?i)\boauth[\s_-]*+(?:version)?\s*+[:=]?\s*+v?2(?:\.0)?(?![\d.])|client[_ ]credentials"
)
_CONSUMER = re.compile(r"(?i)consumer[\s_]*+(?:key|secret)")


def read_block(text: str) -> Pasted:
    """The fields in a block that a district sent: a mail, a table, JSON, an .env file, in any order.

    Never raises. Nothing in the notes is a value of the block.
    """
    collected = CollectedFields()
    if len(text) > PASTED_CHARACTERS:
        collected.note("The text is very long: only its beginning was read.")
        text = text[:PASTED_CHARACTERS]
    pairs = json_pairs(text)
    lines = lines_of(text, collected.notes)
    if pairs:
        for name, value in pairs:
            label = label_of(name)
            if label:
                collected.take(label, value)
    else:
        walk(lines, collected)
    by_shape(lines, collected, known=bool(pairs))
    return _finish("\n".join(lines), collected)


def _finish(text: str, collected: CollectedFields) -> Pasted:
    values = collected.values
    if not values:
        collected.note("Nothing was found that looks like a key or an address.")
    return Pasted(
        fields={name: values[name] for name in ("base_url", "token_url", "client_id") if name in values},
        client_secret=Secret(values.get("client_secret", "")),
        vendor_key=Secret(values.get("vendor_key", "")),
        vendor_secret=Secret(values.get("vendor_secret", "")),
        oauth=_oauth(text, values),
        oneroster=_oneroster(text, values, collected),
        created=collected.day,
        share=_share(text, collected),
        notes=tuple(collected.notes),
    )


def _share(text: str, collected: CollectedFields) -> tuple[Share, ...]:
    listed = shares_in(text)
    # A vendor pair is for the grade book alone.
    if "vendor_key" in collected.values and not {"gradebook", "assessments"} & {*listed}:
        listed = (*listed, "gradebook")
    if "gradebook" not in listed and mentions_grade_book(text):
        collected.note("The text mentions the grade book. If you need it, tick it under Data you expect.")
    return tuple(share for share in SHARES if share in listed)


def _oauth(text: str, values: dict[str, str]) -> OAuthVersion | None:
    one = bool(_OAUTH_1.search(text))
    two = bool(_OAUTH_2.search(text))
    if one != two:
        return 1 if one else 2
    if "token_url" in values:
        return 2
    return 1 if not two and _CONSUMER.search(text) else None


def _oneroster(text: str, values: dict[str, str], collected: CollectedFields) -> OneRosterVersion | None:
    by_url = [version for version in versions_in(values.get("base_url", "")) if version in ("1.1", "1.2")]
    reported = {first or second for first, second in _SAID_VERSION.findall(text)}
    if by_url and reported and set(by_url) != reported:
        collected.note(
            "The text and the base URL name different OneRoster versions; the base URL's was used."
        )
    found = by_url[-1] if by_url else reported.pop() if len(reported) == 1 else None
    return "1.1" if found == "1.1" else "1.2" if found == "1.2" else None
