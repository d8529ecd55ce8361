"""Causes in the form of the answers: envelopes, versions, records."""

from __future__ import annotations

from .model import Cause, district, you
from .steps import AGAIN, AWAIT, CAMPUS, copy_in_campus, prove_in_campus

SUPPORT = district(
    "Open a support case with the provider, with the full address and the time of the request."
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="payload.not-oneroster",
        title="The answer is JSON but not OneRoster",
        summary="{path} answers with JSON, but without the list {expected}[[; it holds {found}]].",
        why="Another service answers at this address, or the base URL lacks a part. Some servers answer any "
        "unknown path with a description of themselves.",
        detection="The answer is a success and JSON, and no list of the standard is in it.",
        fix=(
            you("Compare the base URL field with what the district sent."),
            district("Confirm the base URL of the OneRoster interface and send it to {vendor}."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                copy_in_campus("the Base URL"),
                prove_in_campus("/orgs"),
                AWAIT,
            )
        },
        source="OneRoster 1.1 and 1.2 (A)",
    ),
    Cause(
        code="payload.other-key",
        title="The list has another name than the standard's",
        summary="{path} answers with the list {found}, where the standard says {expected}.",
        why="Some servers name the list after the path. It was understood for this run; other software "
        "may find nothing.",
        detection="The list is there under another known name. Without any known list it is "
        "payload.not-oneroster.",
        fix=(
            you("Have your software accept {found} as well as {expected} for {path}."),
            SUPPORT,
            AWAIT,
        ),
        source="OneRoster 1.1 and 1.2 (A)",
    ),
    Cause(
        code="payload.version-mismatch",
        title="The records are of another OneRoster version",
        summary="The records at {path} are in the form of OneRoster {found}, but OneRoster {expected} "
        "was chosen.",
        why="The two versions describe people and classes in different ways. Some servers serve one version "
        "under the path of the other.",
        detection="The fields of the records show the version, whatever the path says. When the path says "
        "it, the cause is address.version-mismatch.",
        fix=(
            you("Choose OneRoster {found} for this connection, if the district made it with that version."),
            district("Tell {vendor} which OneRoster version the connection has, and its base URL."),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                copy_in_campus("the OneRoster version and the Base URL"),
                you("Choose the version that the district named and put its base URL into the field."),
                AGAIN,
            )
        },
        source="OneRoster 1.1 and 1.2 (A)",
        explains=("payload.invalid",),
        strength=1,
    ),
    Cause(
        code="payload.invalid",
        title="Records break the standard",
        summary="In {count} of {sampled} records looked at, something breaks the standard"
        "[[, most often the field {field}]][[ ({detail})]].",
        why="A required field is empty, or a value is of the wrong kind or not one of the allowed words. "
        "Software that is strict refuses such records.",
        detection="Single fields of the records are wrong while the list itself has the right form.",
        fix=(
            you("See the details of the check for each field and how often it is wrong."),
            district(
                "Fill in the empty fields in the student information system, where they can be filled in."
            ),
            district("For wrong kinds of values, open a support case with the provider."),
            AWAIT,
        ),
        source="OneRoster 1.1 and 1.2 (A)",
    ),
)
