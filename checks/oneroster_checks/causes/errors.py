"""Causes in how the server refuses: the form of its errors, and data without credentials."""

from __future__ import annotations

from .model import Cause, Point, district, you
from .steps import AGAIN, AWAIT, STANDARD

SECTION = "Protocol and load"

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="error.shape",
        title="Errors in another format",
        summary="{path}[[ (also {also})]] answered with an error in a format other than the standard's ({status})"
        "[[: {detail}]].",
        why="Software that reads the standard's error codes learns nothing from it. Even certified servers "
        "differ here.",
        detection="The answer to a sourcedId that does not exist says success, or is an error whose body is not the "
        "standard's status information.",
        fix=(
            you(
                "Have your software go by the HTTP status and treat the body as a hint.",
                line="Have your software go by the HTTP status.",
            ),
            AGAIN,
        ),
        source=STANDARD,
    ),
    Cause(
        code="error.unsafe",
        title="Data without valid credentials",
        summary="{path}[[ (also {also})]] returns data to anyone[[, even {detail}]].",
        why="Anyone who knows the address can read this data, and perhaps that of students. This is urgent.",
        because="Anyone who knows the address can read this data. This is urgent.",
        detection="The same request was made without credentials or with forged ones, and data came back.",
        fix=(
            you("Phone the district now, and do not pass the address on."),
            district(
                "Ask whoever runs the server to let nobody from outside the network reach it until this is fixed.",
                line="Ask whoever runs the server to block outside access for now.",
            ),
            district("Ask whoever runs the server to require the key and secret."),
            AWAIT,
        ),
        source=f"RFC 6750, section 3; {STANDARD}",
        undoes=(
            Point.CONNECTION_ACTIVE,
            Point.CONNECTION_ENABLED,
            Point.CREDENTIALS_CORRECT,
            Point.CREDENTIALS_CURRENT,
        ),
    ),
)
