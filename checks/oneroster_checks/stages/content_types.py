"""The content type by which an answer with JSON is sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..client.reading import Reading

# A media type, or one whose suffix says that it is JSON (RFC 6839, section 3.1), without its parameters.
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}")


def other_type(reading: Reading) -> str:
    """The media type of an answer where it is another than that of JSON, "" where it is not.

    A header that is missing or no media type names no other type.
    """
    found = reading.answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    is_json = found == "application/json" or found.endswith("+json")
    return found if _MEDIA_TYPE.fullmatch(found) and not is_json else ""
