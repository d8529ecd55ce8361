"""Causes that a trace finds in enrollments, and in how a server answers it."""

from __future__ import annotations

from .model import Cause, district, you
from .trace_steps import AWAIT_TRACE, FIX_DATES, ON_ROSTER, PROVIDER_CASE, TELL_WHO, TRACE_AGAIN, traced_cause
from .trace_steps import SECTION as SECTION

_ROSTER_SIS = district(
    "Look for this person in the class in the student information system, and correct it there.",
    line="Look for this person in the class, and correct it there.",
)

CAUSES: tuple[Cause, ...] = (
    traced_cause(
        "trace.no-enrollment",
        "No enrollment",
        "No enrollment names this {traced}[[ in the class {only_class}]].",
        why="Without an enrollment, nobody sees the person in a class. The person may not be scheduled yet.",
        because="The person may not be scheduled yet.",
        detection="A filter by the user brings no enrollment although it brings those of others, or all enrollments "
        "were read. If the list of a class has one, it is trace.hidden-by-filter.",
        campus=(TELL_WHO, ON_ROSTER, district("If the record is missing there, add it."), AWAIT_TRACE),
        fix=(TELL_WHO, _ROSTER_SIS, AWAIT_TRACE),
    ),
    traced_cause(
        "trace.enrollment-ended",
        "Enrollment ended",
        "[[?several|{several} of {links} enrollments ended, the last on {day}, so the {traced} is not in those "
        "classes]]"
        "[[-several|The enrollment ended on {day}, so the {traced} is not in that class]] today.",
        why="Software takes a person out of a class on the day on which the enrollment ends. The person may have "
        "changed classes.",
        because="After its end date, an enrollment no longer counts.",
        detection="endDate of the enrollment lies before today, and no other enrollment of the person in that class "
        "counts today.",
        campus=(TELL_WHO, ON_ROSTER, FIX_DATES, AWAIT_TRACE),
        fix=(TELL_WHO, _ROSTER_SIS, AWAIT_TRACE),
    ),
    traced_cause(
        "trace.enrollment-not-begun",
        "Enrollment in the future",
        "[[?several|{several} of {links} enrollments have not begun, the last begins on {day}, so the {traced} is not "
        "in those classes]][[-several|The enrollment begins on {day}, so the {traced} is not in that class]] yet.",
        why="Software shows a class from the day on which the enrollment begins.",
        because="Before its begin date, an enrollment does not count yet.",
        detection="beginDate of the enrollment lies after today, and no other one in that class counts today.",
        campus=(you("Wait for that day if it is right."), TELL_WHO, ON_ROSTER, FIX_DATES, AWAIT_TRACE),
        fix=(you("Wait for that day if it is right."), TELL_WHO, _ROSTER_SIS, AWAIT_TRACE),
    ),
    traced_cause(
        "trace.enrollment-deleted",
        "Deleted enrollment",
        "[[?several|{several} of {links} enrollments are marked as deleted, so the {traced} is not in those classes]]"
        "[[-several|The enrollment is marked as deleted, so the {traced} is not in that class]].",
        why="An enrollment with the status tobedeleted was removed from the class in the student information system.",
        because="A deleted enrollment tells our software to remove it.",
        detection="The enrollment has the status tobedeleted, and there is no other one of the person in that class.",
        campus=(TELL_WHO, ON_ROSTER, district("If it was removed by mistake, add it again."), AWAIT_TRACE),
        fix=(TELL_WHO, _ROSTER_SIS, AWAIT_TRACE),
    ),
    traced_cause(
        "trace.enrollment-other-role",
        "Enrolled in another role",
        "The {traced} is enrolled[[ as {roles}]], which is another role than expected.",
        why="Software shows a person in a class in the role of the enrollment.",
        because="The enrollment has another role than expected.",
        detection="The enrollment counts today, and its role is another than the one that was asked for.",
        campus=(TELL_WHO, ON_ROSTER, district("Correct the role of the record there."), AWAIT_TRACE),
        fix=(TELL_WHO, _ROSTER_SIS, AWAIT_TRACE),
    ),
    traced_cause(
        "trace.hidden-by-filter",
        "Hidden by a filter",
        "The list of a class has an enrollment of this {traced} that a filter by user does not bring, so software that "
        "filters does not see it.",
        why="A server whose filters miss records gives different answers to the same question.",
        because="Two ways to ask for the same records bring different answers.",
        detection="A filter by the user brings no enrollment, although it brings those of others, and the list of "
        "enrollments of a class has one.",
        fix=(
            you(
                "Have your software read enrollments without that filter, or by class.",
                line="Have your software read enrollments by class.",
            ),
            PROVIDER_CASE,
            AWAIT_TRACE,
        ),
        standard=True,
    ),
    traced_cause(
        "trace.own-list-differs",
        "Missing from the person's list of classes",
        "An enrollment names a class[[ ({record})]] that is not in the list of classes of this {traced}.",
        why="Software that asks for the classes of a person does not see that class.",
        because="Two ways to ask for the same records bring different answers.",
        detection="The enrollment counts today and the class is there, but the list of classes below the student or "
        "teacher, read to its end, lacks it.",
        fix=(
            you("Have your software find classes by enrollments."),
            PROVIDER_CASE,
            AWAIT_TRACE,
        ),
        standard=True,
    ),
    traced_cause(
        "trace.changed-today",
        "Changed today",
        "A record of this chain was changed today, so software that reads at night does not have it yet.",
        why="Campus asks partners to read differences once a night. What changed since then comes with the next read.",
        detection="dateLastModified of a record in the chain is of today, by the time of this computer.",
        fix=(
            you(
                "Have your software read the district again, or wait for the next night.",
                line="Read the district again, or wait for the next night.",
            ),
            TRACE_AGAIN,
        ),
    ),
    traced_cause(
        "trace.needs-whole-list",
        "A list must be read whole",
        "Filters did not show what is there, so {paths} must be read whole to find the records.",
        why="Filters are optional for a server. Without them, one record is only found by reading the whole list.",
        detection="A filter brings records that do not have the value, or an error, or does not bring a record that is "
        "there.",
        fix=(you("Trace it once more and allow the whole list to be read."), TRACE_AGAIN),
        standard=True,
    ),
    traced_cause(
        "trace.stopped",
        "Records could not be read",
        "The request for {path} failed[[ ({status})]].",
        why="The connection or a part of its data does not work, so no record can be traced.",
        detection="The first page of a list that the trace needs does not come.",
        fix=(you("Run the checks of this connection: they find out why."), TRACE_AGAIN),
        standard=True,
    ),
)
