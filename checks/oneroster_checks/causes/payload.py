"""Causes in the form of the answers: lists, versions, records."""

from __future__ import annotations

from .model import Cause, Point, district, you
from .shared_words import COMPARE_COPIED, SEND_BASE_URL
from .steps import (
    AGAIN,
    AWAIT,
    CAMPUS,
    COMPARE_BASE_URL,
    STANDARD,
    SUPPORT,
    copy_in_campus,
    version_in_campus,
)

SECTION = "Protocol and load"
_OTHER_LIST = you(
    "[[?found|If the base URL is right, have your software read the list {found} as well as {expected}.]]",
    general="If the list has another name and the base URL is right, have your software read it under both names.",
    line="[[?found|If the base URL is right, read the list under both names.]]",
)

_THAT_VERSION = you(
    "Choose that version and put its base URL in its field, then run the checks again.",
    line="Enter that version and base URL, then run the checks again.",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="payload.not-oneroster",
        title="JSON that is not OneRoster",
        summary="{path} returned JSON without the list {expected}[[, but with records in a list named {found}]]"
        "[[: {detail}]].",
        why="Another service is at this address, or the base URL lacks a part. Some servers answer any "
        "unknown path with a description of themselves.",
        because="Another service may be at this address, or a part of it may be missing.",
        detection="The answer is a success and JSON, and has no list of the standard. The same JSON for every "
        "request is access.base-url-wrong.",
        fix=(
            COMPARE_BASE_URL,
            _OTHER_LIST,
            SEND_BASE_URL,
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                copy_in_campus("the Base URL"),
                COMPARE_COPIED,
                _OTHER_LIST,
                AGAIN,
            )
        },
        source=STANDARD,
        fields=("base_url",),
        suspects=True,
        disproves=(Point.CREDENTIALS_CORRECT,),
    ),
    Cause(
        code="payload.other-key",
        title="List under another name",
        joined=("path", "found", "expected"),
        summary="{paths} returned [[?found|{lists_found}]][[-found|a list without a name]], where the standard says "
        "{names_expected}.",
        why="Some servers name the list after the path. It was understood for this run; other software "
        "may find nothing.",
        because="Software that follows the standard finds no records there.",
        detection="The list is there under another known name. Without any known list it is "
        "payload.not-oneroster.",
        fix=(
            you(
                "[[?found|Have your software accept {names_found} as well as {names_expected} for {paths}.]]",
                general="If the list has another name, have your software accept both names.",
                line="[[?found|Have your software accept both names.]]",
            ),
            you(
                "[[-found|Have your software accept a list without a name as well as {names_expected} for "
                "{paths}.]]",
                general="If the list has no name, have your software accept it like that, too.",
                line="[[-found|Have your software accept a list without a name, too.]]",
            ),
            SUPPORT,
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="payload.list-missing",
        title="Empty object instead of an empty list",
        summary="{path}[[ and {further} more]] returned an empty JSON object, where the standard expects an empty "
        "list.",
        why="It was read as an empty list for this run. Software that looks for the list in every response may fail.",
        because="Software that looks for the list in every answer may fail.",
        detection="The answer is a success with a JSON object that has nothing in it, its X-Total-Count is absent or "
        "0, and the server returned records in lists before. Any other JSON without a list is payload.not-oneroster.",
        fix=(
            you("Have your software read an empty JSON object as an empty list."),
            SUPPORT,
            AWAIT,
        ),
        source=STANDARD,
        told_last=1,
    ),
    Cause(
        code="payload.version-mismatch",
        title="Records of another OneRoster version",
        summary="The records at {path} have the form of OneRoster {found}, but {this_side} is set to OneRoster "
        "{expected}.",
        why="The two versions describe people and classes in different ways. Some servers serve one version "
        "under the path of the other.",
        because="The two versions describe people and classes in different ways.",
        detection="The fields of the records show the version, whatever the path says. When the path says "
        "it, the cause is address.version-mismatch.",
        fix=(
            district(
                "Tell {vendor} which OneRoster version the connection has, and its base URL.",
                reply="the OneRoster version and the base URL",
                line="Send the connection's OneRoster version and base URL.",
            ),
            _THAT_VERSION,
        ),
        fix_for={
            CAMPUS: (
                version_in_campus(),
                copy_in_campus("the Base URL"),
                _THAT_VERSION,
            )
        },
        source=STANDARD,
        fields=("oneroster",),
        explains=("payload.invalid",),
        strength=1,
    ),
    Cause(
        code="payload.invalid",
        title="Records do not meet the standard",
        summary="In {count} of {of} records checked[[ ({share}%)]], something breaks the standard"
        "[[: {detail}]].",
        why="A required field is empty, or a value has the wrong type or is not one of the allowed words. "
        "Strict software refuses such records.",
        because="Software that follows the standard may refuse such records.",
        detection="Single fields of the records are wrong while the list itself has the right form. At full depth, "
        "every record is judged; words and times that are wrong are then data.unknown-vocabulary and data.timestamps.",
        fix=(
            you(
                "See in the details of the check which fields are wrong, and how often.",
                line="See in the check's details how often each field is wrong.",
            ),
            district(
                "Fill in the empty fields in the student information system, where that is possible.",
                line="Fill in the empty fields, where that is possible.",
            ),
            district(
                "For values of the wrong type, open a support case with the provider.",
                line="For values of the wrong type, open a support case.",
            ),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="payload.content-type",
        title="JSON under another content type",
        summary="{path} returned its JSON with the content type {found} instead of application/json.",
        why="The data was understood for this run. Software that goes by the content type refuses it.",
        because="Software that goes by the content type refuses such an answer.",
        detection="An answer is a list in JSON, and its Content-Type header names another media type.",
        fix=(
            you(
                "Have your software read the answer as JSON, whatever its content type.",
                line="Read the answer as JSON, whatever its content type.",
            ),
            SUPPORT,
            AWAIT,
        ),
        source=f"RFC 8259, section 11; {STANDARD}",
        told_last=1,
    ),
    Cause(
        code="payload.reference-type",
        title="References without the right type",
        summary="The type is missing or wrong in {count} of {of} references[[ of {records} records]]"
        "[[: {detail}]].",
        why="A reference names the type of the record that it leads to. Software that goes by the type cannot "
        "follow it.",
        because="Software that goes by the type cannot follow these references.",
        detection="The field type of a reference is absent or not that of the standard. A reference to a record that "
        "is not there is data.dangling-reference.",
        fix=(
            you(
                "Have your software tell the type from the field that the reference is in.",
                line="Take the type from the field that the reference is in.",
            ),
            SUPPORT,
            AWAIT,
        ),
        source=STANDARD,
    ),
)
