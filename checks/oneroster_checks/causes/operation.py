"""The cause in the operations that a server offers."""

from __future__ import annotations

from .model import Cause, you
from .steps import AWAIT, STANDARD, SUPPORT

SECTION = "Protocol and load"

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="operation.absent",
        title="Required operations are missing",
        summary="{count} of {of} required operations do not work[[: {detail}]].",
        why="Certification, or the software that reads the data, requires operations that this server does not offer "
        "as the standard describes them.",
        detection="A required operation is refused, not found, or answered in another form, while others work.",
        fix=(
            you("Check which of these operations your software uses, and do without them where it can."),
            SUPPORT,
            AWAIT,
        ),
        source=STANDARD,
        checked=False,
    ),
)
