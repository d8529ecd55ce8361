"""The few points that only the district can answer, each with where to look."""

from __future__ import annotations

from dataclasses import dataclass

from ..connection import Connection
from ..points import Point
from ..providers import Provider, provider

# Where a district looks whose system has no screen that is known here.
_SETTINGS = "the settings of this OneRoster connection in the district's system"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the id of the checklist row that it settles, its text, and where the answer is seen."""

    id: str
    text: str
    where: str


def questions(connection: Connection) -> tuple[Question, ...]:
    """The questions for a connection; each may be answered yes, no or unknown."""
    known = provider(connection.provider)
    asked = [
        _question(known, Point.CONNECTION_ACTIVE, "Is the connection active?"),
        _question(
            known, Point.CONNECTION_ENABLED, "Is the connection enabled in the district's system and saved?"
        ),
        _question(known, Point.SCHOOLS_CHOSEN, "Are all the schools you expect selected on the connection?"),
    ]
    if known.has_tiles:
        asked.append(
            _question(
                known,
                Point.SUPPORTED_CONNECTION,
                "Was the connection made from your own tile, the one with the green check (a supported connection)?",
            )
        )
    if wants_grades(connection):
        asked.append(
            _question(
                known,
                Point.GRADEBOOK_ENABLED,
                "Was Grade Book turned on when the connection was configured?",
            )
        )
        if known.gradebook_license:
            asked.append(
                _question(
                    known,
                    Point.CAMPUS_LEARNING_LICENSE,
                    f"Does the district have a {known.gradebook_license} license? Without it, Grade Book cannot be "
                    "shared.",
                )
            )
    return tuple(asked)


# What the district looks at on the screen of the connection, by point.
_ON_THE_SCREEN = {
    Point.CONNECTION_ACTIVE: "Edit > Status: Active",
    Point.CONNECTION_ENABLED: "Edit > Status: Enabled, then Save",
    Point.SCHOOLS_CHOSEN: "Edit > the list of schools",
    Point.SUPPORTED_CONNECTION: "the tile with the green check, not “Connect to Other Applications”",
    Point.GRADEBOOK_ENABLED: "Edit > Data to Share > Grade Book",
    Point.ROSTER_ONLY_CREDENTIALS: "Edit > Data to Share > Grade Book",
    Point.DATA_TO_SHARE: "Edit > Data to Share",
}


def where_to_look(point: Point, known: Provider) -> str:
    """Where the district sees whether a point is in order, "" where no place is known."""
    if point is Point.CAMPUS_LEARNING_LICENSE and known.gradebook_license:
        return f"the district's contract with {known.title}"
    if point not in _ON_THE_SCREEN:
        return ""
    if not known.settings_screen:
        return _SETTINGS
    return f"{known.settings_screen} > {_ON_THE_SCREEN[point]}"


def _question(known: Provider, point: Point, text: str) -> Question:
    return Question(point.value, text, where_to_look(point, known))


def wants_grades(connection: Connection) -> bool:
    """Whether the connection is meant to reach the grade book."""
    return connection.shares("gradebook") or (
        connection.oneroster == "1.2" and connection.shares("assessments")
    )
