"""The standard's error responses, in the format of each OneRoster version."""

from __future__ import annotations

from dataclasses import dataclass

from oneroster_checks.connection import OneRosterVersion

from .exchange import Response, json_response

# The minor codes of 1.1 that 1.2 writes in another way.
_CODES_1P2 = {
    "unauthorized": "unauthorisedrequest",
    "unknown object": "unknownobject",
    "invalid data": "invaliddata",
}


@dataclass(frozen=True, slots=True)
class ErrorResponses:
    """Makes error responses for a version; `plain` ones are not in the standard's format."""

    version: OneRosterVersion
    plain: bool = False

    def body(self, code: str, words: str) -> dict[str, object]:
        """The body for a minor code as OneRoster 1.1 writes it, such as `unknown object`."""
        if self.plain:
            return {"error": code, "message": words}
        if self.version == "1.1":
            return {"statusInfoSet": [status_info("failure", "error", code, words)]}
        field = {
            "imsx_codeMinorFieldName": "TargetEndSystem",
            "imsx_codeMinorFieldValue": _CODES_1P2.get(code, code),
        }
        return {
            "imsx_codeMajor": "failure",
            "imsx_severity": "error",
            "imsx_description": words,
            "imsx_CodeMinor": {"imsx_codeMinorField": [field]},
        }

    def response(self, status: int, code: str, words: str, *headers: tuple[str, str]) -> Response:
        """An error response with this status."""
        return json_response(status, self.body(code, words), *headers)

    def unknown_object(self) -> Response:
        """A 404 for a record or a list that does not exist."""
        return self.response(404, "unknown object", "There is no such object.")


class RequestRefused(Exception):
    """A request that is refused; `response` is what the caller gets."""

    def __init__(self, response: Response):
        super().__init__(response.status)
        self.response = response


def status_info(major: str, severity: str, minor: str, words: str) -> dict[str, str]:
    """One member of the status information of OneRoster 1.1."""
    return {
        "imsx_codeMajor": major,
        "imsx_severity": severity,
        "imsx_codeMinor": minor,
        "imsx_description": words,
    }
