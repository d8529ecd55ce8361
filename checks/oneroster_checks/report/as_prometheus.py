"""Runs as metrics in the text format of Prometheus, for the textfile collector of its node exporter.

The format is that of the Prometheus documentation, "Exposition formats", version 0.0.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ..finding import Status
from ..result import Result
from .closing import name_of

_PREFIX = "oneroster_wizard_"
_STATUSES = (Status.PASS, Status.WARN, Status.FAIL, Status.ERROR)
_MILLISECONDS = 1000


@dataclass(frozen=True, slots=True)
class _Sample:
    """One value with its labels beside the profile's."""

    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


def render(results: Sequence[Result]) -> str:
    """All runs as gauges, one group of lines for each metric, ending in a line break; "" for no run."""
    lines: list[str] = []
    for name, help_text, samples in _METRICS:
        found = [(name_of(result), sample) for result in results for sample in samples(result)]
        if found:
            lines += [f"# HELP {_PREFIX}{name} {help_text}", f"# TYPE {_PREFIX}{name} gauge"]
            lines += [_line(name, profile, sample) for profile, sample in found]
    return "".join(f"{line}\n" for line in lines)


def _line(name: str, profile: str, sample: _Sample) -> str:
    labels = {"profile": profile, **sample.labels}
    told = ",".join(f'{label}="{_escaped(value)}"' for label, value in labels.items())
    value = f"{sample.value:.3f}".rstrip("0").rstrip(".")
    return f"{_PREFIX}{name}{{{told}}} {value}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _up(result: Result) -> Iterator[_Sample]:
    yield _Sample(float(result.verdict.status in (Status.PASS, Status.WARN)))


def _verdict(result: Result) -> Iterator[_Sample]:
    # Every status has a series, so that none stays behind when the verdict changes.
    for status in _STATUSES:
        yield _Sample(float(status is result.verdict.status), {"status": status.value})


def _cause(result: Result) -> Iterator[_Sample]:
    if result.verdict.cause:
        yield _Sample(1, {"cause": result.verdict.cause})


def _run_time(result: Result) -> Iterator[_Sample]:
    yield _Sample(_seconds(result.started))


def _since(result: Result) -> Iterator[_Sample]:
    if result.changed is not None and result.changed.since is not None:
        yield _Sample(_seconds(result.changed.since))


def _last_worked(result: Result) -> Iterator[_Sample]:
    if result.verdict.status in (Status.PASS, Status.WARN):
        yield _Sample(_seconds(result.started))
    elif result.changed is not None and result.changed.last_worked is not None:
        yield _Sample(_seconds(result.changed.last_worked))


def _expiry(result: Result) -> Iterator[_Sample]:
    for ending in result.endings:
        yield _Sample(ending.days, {"what": ending.kind.value})


def _requests(result: Result) -> Iterator[_Sample]:
    yield _Sample(result.requests)


def _duration(result: Result) -> Iterator[_Sample]:
    yield _Sample(result.duration_ms / _MILLISECONDS)


def _latency(result: Result) -> Iterator[_Sample]:
    if result.observed.median_ms is not None:
        yield _Sample(result.observed.median_ms / _MILLISECONDS, {"of": "median"})
    if result.times:
        yield _Sample(max(each.worst_ms for each in result.times) / _MILLISECONDS, {"of": "worst"})


def _counts(result: Result) -> Iterator[_Sample]:
    for name, number in result.counts.items():
        yield _Sample(number, {"collection": name})


def _seconds(moment: datetime) -> float:
    return moment.timestamp()


_METRICS = (
    ("up", "Whether the connection worked in its last run: 1 or 0.", _up),
    ("verdict", "The verdict of the last run: 1 for its status, 0 for every other.", _verdict),
    ("cause", "The root cause of the last run, where it named one; always 1.", _cause),
    ("run_timestamp_seconds", "When the last run began; time() minus this is its age.", _run_time),
    (
        "since_timestamp_seconds",
        "Since when the connection has worked, or failed, as in its last run.",
        _since,
    ),
    (
        "last_worked_timestamp_seconds",
        "When the connection last worked; absent if it never did.",
        _last_worked,
    ),
    ("expiry_days", "Days until credentials, the certificate, or the school year end.", _expiry),
    ("requests", "Requests of the last run.", _requests),
    ("run_duration_seconds", "How long the last run took.", _duration),
    ("latency_seconds", "Time to the end of a data response in the last run.", _latency),
    ("records", "Records that the district shares, by collection, as the last run saw them.", _counts),
)
