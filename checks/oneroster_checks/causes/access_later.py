"""Causes of a server that cannot answer now: faults, maintenance, and limits of requests."""

from __future__ import annotations

from .model import Cause, district, you
from .shared_words import ON_THE_SERVER, WAIT_AND_RETRY
from .steps import AGAIN, ASK_OF_MAINTENANCE, AWAIT, CAMPUS, CASE_IF_IT_LASTS, MAINTENANCE_ENDS

SECTION = "Access"

_CAMPUS_CASE = you(
    "If it lasts, open a case with Campus, with the full request address, the app and parameters, and the times.",
    line="If it lasts, open a case with Campus, citing the request.",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="access.server-error",
        title="Server error",
        headline="[[?maintenance|Maintenance page instead of data]]",
        summary="{host} [[-maintenance|returned a server error]][[?maintenance|answered with a maintenance page]]"
        "[[ at {path}]] ({status}[[, {tried} requests]]"
        "[[, {refused} of {requests} requests]][[, {tries} times in a row]])"
        "[[ and asks to wait {retry_after} seconds]][[; this tool waits at most {longest_wait_s} seconds for one "
        "answer]].",
        why="The server has a fault or is under maintenance. The credentials are rarely the reason.",
        because=ON_THE_SERVER,
        detection="The first data requests, all or most of them, get a 5xx status or a maintenance page, or data "
        "that came before no longer does. When other data comes, it is access.part-broken.",
        fix=(
            WAIT_AND_RETRY,
            ASK_OF_MAINTENANCE,
            MAINTENANCE_ENDS,
            CASE_IF_IT_LASTS,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                WAIT_AND_RETRY,
                district(
                    "[[-maintenance|Tell {vendor} whether Campus is under maintenance.]]",
                    reply="what you find",
                ),
                MAINTENANCE_ENDS,
                _CAMPUS_CASE,
                AGAIN,
            )
        },
        source="RFC 9110, section 15.6",
    ),
    Cause(
        code="access.throttled",
        title="Too many requests",
        summary="{host} refuses requests[[ at {path}]] because there are too many (HTTP 429"
        "[[, {tries} times in a row]])[[ and asks to wait {retry_after} seconds]]"
        "[[; this tool waits at most {longest_wait_s} seconds for one answer]]"
        "[[; this tool waits at most {run_wait_s} seconds in one run]].",
        why="A request limit is used up, usually by another program with the same key.",
        because="A request limit is used up, usually by another program with the same key.",
        detection="429 goes on after the time that Retry-After gives, or this tool does not wait that long. "
        "When waiting helps, it is load.throttled.",
        fix=(
            you("Stop other programs that use the same key."),
            you("Wait an hour before the next run."),
            district("Ask the provider what the limit is and who uses it up.", reply="the answer"),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you(
                    "Stop other programs that use the same key. Campus asks for one request at a time during "
                    "school hours and at most five at once outside them.",
                    line="Stop other programs that use the same key.",
                ),
                you("Wait an hour, then run the checks again."),
            ),
            "classlink": (
                you(
                    "Stop other programs that use the same key: ClassLink usually answers 429 with "
                    "Retry-After.",
                    line="Stop other programs that use the same key.",
                ),
                you("Wait an hour, then run the checks again."),
            ),
        },
        source="RFC 6585, section 4",
    ),
)
