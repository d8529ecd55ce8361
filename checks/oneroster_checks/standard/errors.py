"""The standard's error bodies, read leniently in the forms of both versions."""

from __future__ import annotations

from dataclasses import dataclass

# The codes of both versions; any other text of a server is not repeated (oneroster.md, "Answers").
_KNOWN = {
    code.replace(" ", "").replace("_", "").lower(): code
    for code in (
        "full success", "unknown object", "invalid data", "unauthorized", "invalid_sort_field",
        "invalid_filter_field", "invalid_selection_field", "forbidden", "server_busy", "unauthorisedrequest",
        "unknownobject", "internal_server_error", "deletefailure", "unsupported", "invaliddata", "fullsuccess",
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StatusInfo:
    """An error as the standard writes it: whether it says failure, and its known minor codes."""

    failure: bool
    codes: tuple[str, ...]

    def says(self, *codes: str) -> bool:
        """Whether one of these codes is among them, whatever its spaces, underscores and case."""
        wanted = {_flat(code) for code in codes}
        return any(_flat(code) in wanted for code in self.codes)


def read_error(document: object) -> StatusInfo | None:
    """The status information inside decoded JSON, None when there is none in the standard's form."""
    if isinstance(document, list) and len(document) == 1:
        document = document[0]
    if not isinstance(document, dict):
        return None
    holder: object = document
    for key in ("statusInfoSet", "statusInfo", "imsx_StatusInfo", "imsx_statusInfo"):
        if key in document:
            holder = document[key]
    entries = holder if isinstance(holder, list) else [holder]
    found = [entry for entry in entries if isinstance(entry, dict) and _has_major(entry)]
    if not found:
        return None
    codes = [code for entry in found for code in _minor_codes(entry)]
    majors = {_flat(entry.get("imsx_codeMajor", entry.get("imsx_CodeMajor", ""))) for entry in found}
    severities = {_flat(entry.get("imsx_severity", "")) for entry in found}
    failure = (
        "failure" in majors or "unsupported" in majors or ("error" in severities and "success" not in majors)
    )
    return StatusInfo(failure, tuple(codes))


def in_standard_form(document: object) -> bool:
    """Whether an error body has the standard's form, of either version."""
    info = read_error(document)
    return info is not None and info.failure


def _has_major(entry: dict[str, object]) -> bool:
    return "imsx_codeMajor" in entry or "imsx_CodeMajor" in entry


def _minor_codes(entry: dict[str, object]) -> list[str]:
    raw: list[object] = [entry.get("imsx_codeMinor")]
    minor = entry.get("imsx_CodeMinor")
    if isinstance(minor, dict):
        fields = minor.get("imsx_codeMinorField")
        for item in fields if isinstance(fields, list) else [fields]:
            if isinstance(item, dict):
                raw.append(item.get("imsx_codeMinorFieldValue"))
    return [_KNOWN[_flat(code)] for code in raw if isinstance(code, str) and _flat(code) in _KNOWN]


def _flat(code: object) -> str:
    return str(code).replace(" ", "").replace("_", "").lower()
