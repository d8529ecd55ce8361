"""The causes in the operations that a server offers."""

from __future__ import annotations

from .model import Cause, you
from .steps import AWAIT, STANDARD, SUPPORT

SECTION = "Protocol and load"

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="operation.absent",
        title="Missing operations",
        summary="[[?consumer|Some of what {consumer} needs did not work]][[-consumer|{count} of {of} operations "
        "did not work]][[-consumer|, {required} of them required for certification]][[: {detail}]].",
        why="Certification, or the software that reads the data, requires operations that this server does not offer "
        "as the standard describes them.",
        because="The standard has these operations, and software relies on them.",
        detection="An operation is refused, not found, or answered in another form, for records that the same server "
        "returned, while others work.",
        fix=(
            you(
                "Check which of these operations your software uses, and do without them where you can.",
                line="Check which of these your software uses and can do without.",
            ),
            SUPPORT,
            AWAIT,
        ),
        source=STANDARD,
        joined=("detail",),
    ),
    Cause(
        code="operation.disagrees",
        title="Lists that disagree",
        summary="{count} of {of} lists did not agree with others that have the same records[[: {detail}]].",
        why="The server builds some lists in another way than the collection that they are a part of, so what software "
        "reads depends on which list it asks for.",
        because="What we read depends on which list we ask for.",
        detection="A list has records of another kind or of another parent, or lacks one that refers to it, while both "
        "lists come back. An enrollment of somebody who is nowhere is accounts.* or data.dangling-reference.",
        fix=(
            you(
                "Read the whole collection, and make the shorter list in your own software.",
                line="Read the whole collection, and make the list in your software.",
            ),
            SUPPORT,
            AWAIT,
        ),
        source=STANDARD,
    ),
)
