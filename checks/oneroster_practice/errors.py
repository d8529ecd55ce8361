"""The standard's error answers, in the form of each OneRoster version."""

from __future__ import annotations

from dataclasses import dataclass

from oneroster_checks.connection import OneRosterVersion

from .exchange import Reply, json_reply

# Kinds by the words of 1.1, with the code that 1.2 has for the same.
_CODES_1P2 = {
    "unauthorized": "unauthorisedrequest",
    "unknown object": "unknownobject",
    "invalid data": "invaliddata",
}


@dataclass(frozen=True, slots=True)
class Errors:
    """Makes error answers; `plain` ones do not follow the standard."""

    version: OneRosterVersion
    plain: bool = False

    def body(self, kind: str, words: str) -> dict[str, object]:
        """The body for a kind of error in the words of OneRoster 1.1, such as `unknown object`."""
        if self.plain:
            return {"error": kind, "message": words}
        if self.version == "1.1":
            return {"statusInfoSet": [status_info("failure", "error", kind, words)]}
        field = {
            "imsx_codeMinorFieldName": "TargetEndSystem",
            "imsx_codeMinorFieldValue": _CODES_1P2.get(kind, kind),
        }
        return {
            "imsx_codeMajor": "failure",
            "imsx_severity": "error",
            "imsx_description": words,
            "imsx_CodeMinor": {"imsx_codeMinorField": [field]},
        }

    def reply(self, status: int, kind: str, words: str, *headers: tuple[str, str]) -> Reply:
        """An error answer with this status."""
        return json_reply(status, self.body(kind, words), *headers)


class Refused(Exception):
    """An answer that ends the work on a request."""

    def __init__(self, reply: Reply):
        super().__init__(reply.status)
        self.reply = reply


def status_info(major: str, severity: str, minor: str, words: str) -> dict[str, str]:
    """One member of the status information of OneRoster 1.1."""
    return {
        "imsx_codeMajor": major,
        "imsx_severity": severity,
        "imsx_codeMinor": minor,
        "imsx_description": words,
    }
