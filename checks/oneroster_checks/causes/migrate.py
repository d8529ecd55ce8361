"""Causes between the two sides of a move: whether they can be compared, and what a whole side lacks."""

from __future__ import annotations

from dataclasses import replace

from .model import Cause, Step, district, later, you
from .steps import (
    ACTIVE_YEAR_IN_CAMPUS,
    AWAIT_COMPARE,
    CAMPUS,
    CAMPUS_HELP,
    COMPARE_AGAIN,
    STANDARD,
    on_connection,
    supported,
    where_absent,
    where_known,
)

SECTION = "Moving to a new connection"

# What a verdict by one of these causes says.
NOT_YET = "It is not safe to move yet."
WITH_A_WARNING = "It is safe to move, with a warning."
BOTH_SOURCES = f"{STANDARD}; {CAMPUS_HELP}"
# The last step of the vendor before a move whatever was found.
MAPPING = you(
    "Write the mapping of old and new sourcedIds to a file, and have your software change its ids by it before the "
    "first import.",
    line="Change your ids by the mapping file before the first import.",
)


def on_new(text: str, *, line: str, reply: str = "") -> Step:
    """The district does something in the settings of the new connection. `text` begins with a small letter."""
    step = on_connection(text, line=line, reply=reply)
    changed = (
        each.replace("{vendor_own} connection", "{vendor_own} new connection").replace(
            "On the same connection", "On the same new connection"
        )
        for each in (step.text, step.again, step.apart)
    )
    whole, again, apart = changed
    return replace(step, text=whole, again=again, apart=apart)


_EXPECT_IT = where_known(
    "unexpected",
    you(
        "Add {switch} to the data you expect of the new profile.",
        line="Add it to the data you expect of the new profile.",
    ),
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="migrate.not-read",
        title="A side that could not be read",
        summary="The {side} connection could not be read whole[[: {detail}]].",
        why="Without all records of both sides, nobody can tell who would be lost in the move.",
        detection="A side refused to authorize requests, or a collection that it is expected to share ended before "
        "its end. A part that only the new side refuses is migrate.part-missing.",
        fix=(
            you("Check this connection alone, and fix what that finds first."),
            COMPARE_AGAIN,
        ),
        source=STANDARD,
        verdict="It is not known yet whether it is safe to move.",
    ),
    Cause(
        code="migrate.other-district",
        title="Two different districts",
        summary="Only {count} of {of} users of the old connection were found in the new one, and hardly any school or "
        "class.",
        why="One of the two profiles has the addresses or the key of another district, or of another application on a "
        "host that several districts share.",
        because="The two connections may be of different districts.",
        detection="Hardly any user matches by the legacy id, the sourcedId, or the identifier, and neither do the "
        "schools and the classes. Where these match, it is migrate.legacy-missing or migrate.users-lost.",
        fix=(
            you(
                "Compare the addresses and the client ids of both profiles with what the district sent.",
                line="Compare both profiles with what the district sent.",
            ),
            later(
                district(
                    "Tell {vendor} the base URL of the connection that replaces the old one.",
                    reply="the base URL of the new connection",
                    line="Send the base URL of the new connection.",
                )
            ),
            AWAIT_COMPARE,
        ),
        source=CAMPUS_HELP,
        verdict=NOT_YET,
    ),
    Cause(
        code="migrate.other-year",
        title="Two different school years",
        summary="The old connection has the school year from {old_year}, the new one that from {new_year}.",
        why="Campus serves the active school year only, so one of the connections has not been moved on, or a school "
        "year began between the two. Classes of two years cannot be compared.",
        because="Classes of two school years cannot be compared.",
        detection="The dates of the school years of both sides do not meet. Classes and enrollments are not compared "
        "then.",
        fix=(
            district(
                "Look up in the student information system which school year is active, and make it the one of both "
                "connections.",
                line="Make the same school year active for both connections.",
            ),
            AWAIT_COMPARE,
        ),
        fix_for={
            CAMPUS: (
                ACTIVE_YEAR_IN_CAMPUS,
                AWAIT_COMPARE,
            )
        },
        source=CAMPUS_HELP,
        verdict=NOT_YET,
    ),
    Cause(
        code="migrate.part-missing",
        title="A part that only the old connection shares",
        headline="[[-unexpected|{switch_is} not shared with the new connection]]"
        "[[?unexpected|{switch} is not expected of the new connection]]",
        summary="The old connection shares what the new one [[-unexpected|does not]]"
        "[[?unexpected|was not asked for, since its profile does not expect it]]: {switch}[[ ({status})]].",
        why="Data to Share is set for each connection anew. What is off there goes with the old connection.",
        because="Data to Share is set for each connection anew.",
        detection="Records of the part came from the old side, while the new one refused its collections, or had none "
        "in them. A part that the new profile does not expect is not requested, and told apart.",
        fix=(
            _EXPECT_IT,
            where_absent(
                "unexpected",
                district(
                    "Share the same data with {vendor_own} new connection as with the old one.",
                    line="Share the same data with the new connection.",
                ),
            ),
            AWAIT_COMPARE,
        ),
        fix_for={
            CAMPUS: (
                _EXPECT_IT,
                where_absent(
                    "unexpected",
                    on_new(
                        "under Data to Share, turn on {switch}, then click Save.",
                        line="On the new connection, turn it on under Data to Share.",
                    ),
                ),
                where_absent("unexpected", supported("it")),
                AWAIT_COMPARE,
            )
        },
        source=CAMPUS_HELP,
        verdict=NOT_YET,
    ),
    Cause(
        code="migrate.school-missing",
        title="Schools that only the old connection shares",
        summary="The new connection lacks {count} of the {of} schools of the old one[[, with {people} people]]"
        "[[ (for example, {examples_told})]].",
        why="The schools are selected for each connection anew. Nobody of a school that is not selected is shared.",
        because="The schools are selected for each connection anew.",
        detection="Active orgs of the type school match none of the new side by sourcedId or identifier, or one that "
        "is deleted. People and classes of these schools alone are counted here, and not among those that are lost.",
        fix=(
            district(
                "Share the schools with {vendor_own} new connection that the old one has.",
                line="Share the same schools with the new connection.",
            ),
            AWAIT_COMPARE,
        ),
        fix_for={
            CAMPUS: (
                on_new(
                    "select the schools that the old connection has, then click Save.",
                    line="On the new connection, select the same schools, then Save.",
                ),
                AWAIT_COMPARE,
            )
        },
        source=CAMPUS_HELP,
        verdict=NOT_YET,
    ),
    Cause(
        code="migrate.expires-soon",
        title="The old credentials end soon",
        summary="The credentials of the old connection expire on {ends}[[ (in {days} days)]].",
        why="OneRoster 1.1 credentials end one year after they were created. Until then the move has to be made, or "
        "the credentials renewed.",
        because="OneRoster 1.1 credentials end one year after they were created.",
        detection="The creation date of the old profile is known, its provider ends such credentials after a year, and "
        "that day is near. Nothing was requested for it.",
        fix=(
            you("Agree with the district on a day for the move before then."),
            district(
                "If the move needs longer, renew the credentials of the old connection.",
                line="If the move needs longer, renew the old credentials.",
            ),
            AWAIT_COMPARE,
        ),
        source=CAMPUS_HELP,
        verdict=WITH_A_WARNING,
    ),
)
