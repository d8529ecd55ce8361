"""The few points that only the district can answer, each with where to look."""

from __future__ import annotations

from dataclasses import dataclass

from ..connection import Connection

_DLAC = "Instruction > Settings > Digital Learning Applications Configuration"
_ASK = "the district's OneRoster settings for this connection"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the id of the checklist row that it settles, its text, and where the answer is seen."""

    id: str
    text: str
    where: str


def questions(connection: Connection) -> tuple[Question, ...]:
    """The questions for a connection; each may be answered yes, no or unknown."""
    campus = connection.provider == "infinite-campus"

    def where(screen: str) -> str:
        return f"{_DLAC} > {screen}" if campus else _ASK

    asked = [
        Question(
            "connection-active", "Is the connection active?", where("the connection: its Status says Active")
        ),
        Question(
            "connection-enabled",
            "Is the connection enabled in the district's system, and saved?",
            where("the connection > Edit: Enabled, then Save"),
        ),
        Question(
            "schools-chosen",
            "Are all the schools that you expect chosen on the connection?",
            where("the connection > Edit: the schools"),
        ),
    ]
    if campus:
        asked.append(
            Question(
                "supported-connection",
                "Was the connection made from your tile with the green check (a supported connection)?",
                f"{_DLAC}: the tile with the green check, not “Connect to Other Applications”",
            )
        )
    if wants_grades(connection):
        asked.append(
            Question(
                "gradebook-enabled",
                "Was Grade Book switched on when the connection was configured?",
                where("the connection > Edit > Data to Share: Grade Book"),
            )
        )
        if campus:
            asked.append(
                Question(
                    "campus-learning-licence",
                    "Has the district bought Campus Learning? Without it there is no Grade Book to share.",
                    "the district's Campus licences; whoever handles the contract with Infinite Campus knows them",
                )
            )
    return tuple(asked)


def where_to_look(item: str, connection: Connection) -> str:
    """The screen on which the district sees how a point of the checklist stands, "" where none is known."""
    asked = {question.id: question.where for question in questions(connection)}
    if item == "roster-only-credentials":
        return asked.get("gradebook-enabled", "")
    if item == "data-to-share":
        return (
            f"{_DLAC} > the connection > Edit > Data to Share"
            if connection.provider == "infinite-campus"
            else _ASK
        )
    return asked.get(item, "")


def wants_grades(connection: Connection) -> bool:
    """Whether the connection is meant to reach the grade book."""
    return connection.shares("gradebook") or (
        connection.oneroster == "1.2" and connection.shares("assessments")
    )
