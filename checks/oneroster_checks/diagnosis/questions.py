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


# The points that are seen in the settings of the connection, whatever the district's system is.
_IN_SETTINGS = frozenset(
    {
        Point.CONNECTION_ACTIVE,
        Point.CONNECTION_ENABLED,
        Point.SCHOOLS_CHOSEN,
        Point.SUPPORTED_CONNECTION,
        Point.GRADEBOOK_ENABLED,
        Point.ROSTER_ONLY_CREDENTIALS,
        Point.DATA_TO_SHARE,
    }
)


def where_to_look(point: Point, known: Provider) -> str:
    """Where the district sees whether a point is in order, "" where no place is known."""
    if point is Point.CAMPUS_LEARNING_LICENSE and known.gradebook_license:
        return f"the district's contract with {known.title}"
    if point in known.places:
        return f"{known.settings_screen} > {known.places[point]}"
    return _SETTINGS if point in _IN_SETTINGS else ""


def _question(known: Provider, point: Point, text: str) -> Question:
    return Question(point.value, text, where_to_look(point, known))


def wants_grades(connection: Connection) -> bool:
    """Whether the connection is meant to reach the grade book."""
    return connection.shares("gradebook") or (
        connection.oneroster == "1.2" and connection.shares("assessments")
    )
