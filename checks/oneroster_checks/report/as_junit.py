"""The JUnit report, for build servers: one suite a run, one case a check.

Nothing that XML 1.0 cannot carry gets here: the report shows those characters as escapes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from xml.etree import ElementTree

from ..finding import Finding, Status
from ..result import ReportedFinding, Result
from .closing import name_of
from .records import figures
from .words import request_line, said_lines


def render(results: Sequence[Result]) -> str:
    """All runs as one JUnit XML document, ending in a line break."""
    root = ElementTree.Element("testsuites", name="oneroster-wizard")
    for result in results:
        root.append(_suite(result))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _suite(result: Result) -> ElementTree.Element:
    findings = [reported.finding for reported in result.findings]
    suite = ElementTree.Element(
        "testsuite",
        name=name_of(result),
        tests=str(len(findings)),
        failures=str(_count(findings, Status.FAIL)),
        errors=str(_count(findings, Status.ERROR)),
        skipped=str(_count(findings, Status.SKIP)),
        time=f"{result.duration_ms / 1000:.3f}",
        timestamp=result.started.isoformat(timespec="seconds"),
    )
    properties = dict(_properties(result))
    if properties:
        element = ElementTree.SubElement(suite, "properties")
        for name, value in properties.items():
            ElementTree.SubElement(element, "property", name=name, value=value)
    for reported in result.findings:
        suite.append(_case(result, reported))
    return suite


def _properties(result: Result) -> Iterator[tuple[str, str]]:
    if result.verdict.cause:
        yield "root cause", result.verdict.cause
    for read in result.read:
        for name, value in asdict(read).items():
            # A total that was not sent has no property.
            if name != "collection" and value is not None:
                yield f"read.{read.collection}.{name}", str(value).lower()


def _case(result: Result, reported: ReportedFinding) -> ElementTree.Element:
    finding = reported.finding
    case = ElementTree.Element(
        "testcase",
        classname=str(finding.stage),
        name=f"{finding.check}: {finding.title}",
        time=f"{finding.duration_ms / 1000:.3f}",
    )
    found = figures(result, reported)
    lines = [
        reported.summary,
        *found,
        *map(str, reported.fix),
        *(request_line(evidence) for evidence in finding.evidence),
        *said_lines(reported),
    ]
    text = "\n".join(lines)
    if finding.status is Status.FAIL:
        ElementTree.SubElement(
            case, "failure", type=finding.cause or "", message=reported.summary
        ).text = text
    elif finding.status is Status.ERROR:
        ElementTree.SubElement(case, "error", type=finding.cause or "", message=reported.summary).text = text
    elif finding.status is Status.SKIP:
        ElementTree.SubElement(case, "skipped", message=reported.summary)
    elif finding.status is Status.WARN:
        # JUnit knows no warning; the case passes and says what should be known.
        ElementTree.SubElement(case, "system-out").text = f"WARN [{finding.cause}] {text}"
    elif found:
        ElementTree.SubElement(case, "system-out").text = "\n".join(found)
    return case


def _count(findings: Sequence[Finding], status: Status) -> int:
    return sum(finding.status is status for finding in findings)
