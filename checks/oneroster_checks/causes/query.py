"""Causes in queries: filter, sort, and fields."""

from __future__ import annotations

from .model import Cause, you
from .steps import AGAIN, AWAIT, CAMPUS, STANDARD, SUPPORT

SECTION = "Protocol and load"

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="query.filter-ignored",
        title="Filter ignored",
        summary="With the filter {filter}, {path}[[ (also {also})]] returned records that do not match it ({count}).",
        why="The server ignores the filter. Software that trusts it takes in records that it did not want.",
        because="We get records that we did not ask for.",
        detection="Records come back that do not match. A refused filter is query.filter-unsupported.",
        fix=(
            you("Read everything and filter in your own software."),
            SUPPORT,
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="query.filter-unsupported",
        title="Filter not supported",
        summary="{path}[[ (also {also})]] does not support the filter {filter}[[: {detail}]] ({status}).",
        why="The server does not offer this filter, although the standard has it.",
        because="The standard has this filter.",
        detection="The request works without the filter, and with it is refused or finds nothing.",
        fix=(
            you("Read without this filter and filter in your own software."),
            SUPPORT,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you(
                    "For roles, read /students and /teachers instead of filtering /users by role: Campus "
                    "usually refuses that filter with OneRoster 1.2.",
                    line="For roles, read /students and /teachers instead of filtering.",
                ),
                you("For other filters, filter in your own software."),
                AGAIN,
            ),
        },
        source=STANDARD,
    ),
    Cause(
        code="query.sort-ignored",
        title="Sorting ignored",
        summary="{path}[[ (also {also})]] does not sort its records by {sort}[[: {detail}]].",
        why="The server ignores sort or orderBy. Reading page by page is then less safe.",
        detection="The records come in another order than asked for, or the request is refused.",
        fix=(
            you("Sort in your own software after everything is read."),
            AGAIN,
        ),
        source=STANDARD,
    ),
    Cause(
        code="query.fields-ignored",
        title="Field selection ignored",
        summary="{path}[[ (also {also})]] does not return only the fields {fields} when they are asked for"
        "[[: {detail}]].",
        why="The server ignores the fields parameter, so answers are larger than needed.",
        detection="Records have fields beyond those asked for, or the request is refused.",
        fix=(
            you(
                "Have your software accept further fields and drop those it does not need.",
                line="Have your software drop the fields that it does not need.",
            ),
            AGAIN,
        ),
        source=STANDARD,
    ),
    Cause(
        code="query.delta-ignored",
        title="Filter by date of change ignored",
        summary="{path}[[ (also {also})]] does not return only the records that changed after a date[[: {detail}]]"
        "[[ ({status})]].",
        why="A nightly sync reads only what changed, by dateLastModified. Without that filter, it has to read "
        "everything.",
        because="Without this filter, everything has to be read every night.",
        detection="With a filter on dateLastModified, older records come back, or the request is refused. For other "
        "filters, it is query.filter-ignored or query.filter-unsupported.",
        fix=(
            you("Read everything and compare dateLastModified in your software."),
            SUPPORT,
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="query.no-match",
        title="No empty list where nothing matches",
        summary="With the filter {filter}, which matches no record, {path}[[ (also {also})]] did not return an "
        "empty list"
        "[[: {detail}]][[ ({status})]].",
        why="Software that looks a record up takes what comes back for a match, or takes the error for a failure.",
        because="Software that looks up a record may take another one for it.",
        detection="A filter with a value that no record has returns records or an error. When records that do not "
        "match come back for any filter, it is query.filter-ignored.",
        fix=(
            you("Have your software compare the answer with what it asked for."),
            SUPPORT,
            AWAIT,
        ),
        source=STANDARD,
    ),
)
