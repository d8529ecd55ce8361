"""Parts of the data that the district does not share: several of them are one problem, fixed in one step."""

from __future__ import annotations

from collections.abc import Mapping

from ..finding import Finding
from . import entry_of
from .model import Cause, district, you
from .shared_words import ADD_SCOPE, CLEAR_SCOPE, ONLY_TURNED_ON, SELECT_SCHOOLS
from .steps import (
    AWAIT,
    CAMPUS,
    CAMPUS_HELP,
    NEW_VALUES,
    SCHOOLS_IN_CAMPUS,
    SEND_NEW_VALUES,
    license_needed,
    share_in_campus,
    supported,
    where_known,
)

# The causes that say that a part is refused, each with its part; that of a missing scope has it as a fact.
REFUSED_PARTS: Mapping[str, str] = {
    "sharing.rostering-off": "rostering",
    "sharing.demographics-off": "demographics",
    "gradebook.not-enabled": "gradebook",
    "sharing.assessments-off": "assessments",
    "sharing.scope-missing": "",
}
_NOT_ALL_NEEDED = you(
    "If you do not need one of these parts, take it out of the data you expect.",
    line="If one is not needed, take it out of the data you expect.",
)
# The words for several of them. It has no code: the cause of the first part is named.
SEVERAL = Cause(
    code="",
    title="Parts of the data are not shared",
    headline="{switches_are} not shared",
    summary="[[?roster|Rostering works, but the]][[-roster|The]] connection does not share {parts_or}: the requests "
    "were refused[[ ({status})]][[ ({statuses})]][[; the token's scope lacks {scopes_needed}]].",
    why="These parts are off for this connection, or the token lacks their scopes.",
    because=ONLY_TURNED_ON,
    detection="Several parts are refused while others return data.",
    fix=(
        ADD_SCOPE,
        district(
            "Turn on {parts_and} for {vendor_own} connection.",
            line="Turn on these parts for {vendor_own} connection.",
        ),
        where_known("rostering", SELECT_SCHOOLS),
        district(
            "[[Grant {vendor_own} key {scope_needed}.]]",
            line="[[?scope_needed|Grant {vendor_own} key what its scope lacks.]]",
        ),
        _NOT_ALL_NEEDED,
        AWAIT,
    ),
    fix_for={
        CAMPUS: (
            CLEAR_SCOPE,
            share_in_campus("{switches}", line="On the connection, turn on these parts under Data to Share."),
            where_known("rostering", SCHOOLS_IN_CAMPUS),
            supported("one of them"),
            license_needed("If one of them is still not offered"),
            SEND_NEW_VALUES,
            NEW_VALUES,
            _NOT_ALL_NEEDED,
            AWAIT,
        )
    },
    source=CAMPUS_HELP,
)


def words_for(finding: Finding) -> Cause:
    """The catalogue's words for a finding: those of its cause, or of several parts that it tells as one."""
    return SEVERAL if "parts" in finding.facts else entry_of(finding.cause)
