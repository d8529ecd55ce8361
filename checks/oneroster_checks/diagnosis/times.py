"""Response times by operation, from the requests of a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from statistics import median
from urllib.parse import urlsplit

from ..connection import OneRosterVersion
from ..evidence import Evidence, EvidenceKind
from ..result import OperationTimes
from ..standard.matching import operation_behind


def operation_times(trace: Iterable[Evidence], version: OneRosterVersion) -> tuple[OperationTimes, ...]:
    """How fast each operation was answered, the slowest first; of data requests alone, and not of unanswered ones."""
    times: dict[str, list[int]] = defaultdict(list)
    for each in trace:
        if each.kind is EvidenceKind.REQUEST and each.method != "POST" and each.status is not None:
            operation = operation_of(each.method, each.url, version)
            if operation:
                times[operation].append(each.elapsed_ms)
    found = [
        OperationTimes(operation, len(taken), round(median(taken)), max(taken))
        for operation, taken in times.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.worst_ms, each.operation)))


def operation_of(method: str, url: str, version: OneRosterVersion) -> str:
    """The template of the path behind an address, whatever its root, "" where it is none of an operation."""
    try:
        words = [word for word in urlsplit(url).path.split("/") if word]
    except ValueError:
        return ""
    found = operation_behind(version, method, words)
    return found.path if found else ""
