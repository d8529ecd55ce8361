"""What the history keeps of a run, as columns and packed data, and back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from oneroster_checks.finding import Status
from oneroster_checks.limits import PLAIN_BYTES

from .history_order import Dated
from .kept_run import KeptRun, RunEnding
from .profile_error import HistoryError

if TYPE_CHECKING:
    from oneroster_checks.changes.model import Changed, Snapshot
    from oneroster_checks.result import Result

# The columns of a run beside its profile, in the order of `values_of`.
COLUMNS = (
    "started", "utc_offset", "status", "cause", "summary", "title", "is_full", "requests", "duration_ms", "counts",
    "last_worked", "since", "differences", "ends", "ends_kind", "has_report",
)  # fmt: skip
_STATUSES = frozenset(Status)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(time: datetime) -> int:
    """A time, which has an offset, in microseconds since 1970."""
    return (time - _EPOCH) // timedelta(microseconds=1)


def time_of(moment: int) -> datetime:
    """The time of such a number, in UTC."""
    return _EPOCH + timedelta(microseconds=moment)


def run_of(result: Result, compared: Snapshot, *, has_report: bool) -> KeptRun:
    """A redacted result that names a profile, as lists show it; `compared` is its snapshot."""
    from oneroster_checks.report.words import root_title

    changed = result.changed
    first = min(result.endings, key=lambda ending: ending.ends, default=None)
    return KeptRun(
        profile=result.profile or "",
        started=compared.started,
        status=compared.status,
        cause=compared.cause,
        summary=compared.summary,
        title=root_title(result) if compared.cause else "",
        full=compared.full,
        requests=compared.requests,
        duration_ms=compared.duration_ms,
        counts=compared.counts,
        last_worked=changed.last_worked if changed else None,
        since=_since(changed, compared.status) if changed else None,
        differences=tuple(each.summary for each in changed.differences) if changed else (),
        ends=first.ends if first else None,
        ends_kind=first.kind.value if first else "",
        has_report=has_report,
    )


def _since(changed: Changed, status: Status) -> datetime | None:
    """Since when it is as this run tells: by its cause where it did not simply work."""
    return changed.since if status is Status.PASS else changed.cause_since or changed.since


def ending_of(run: Dated) -> RunEnding:
    """How a run ended."""
    status = Status(run.status) if run.status in _STATUSES else Status.ERROR
    return RunEnding(time_of(run.started), status, run.cause, run.worked)


def values_of(run: KeptRun) -> tuple[str | int | None, ...]:
    """The values of a run's columns."""
    offset = run.started.utcoffset() or timedelta()
    return (
        moment(run.started),
        round(offset.total_seconds()),
        run.status.value,
        _text(run.cause) if run.cause else None,
        _text(run.summary),
        _text(run.title),
        int(run.full),
        run.requests,
        run.duration_ms,
        json.dumps(dict(run.counts)),
        run.last_worked.isoformat() if run.last_worked else None,
        run.since.isoformat() if run.since else None,
        json.dumps(run.differences),
        run.ends.isoformat() if run.ends else None,
        run.ends_kind,
        int(run.has_report),
    )


def run_in(row: tuple[Any, ...]) -> KeptRun:
    """The run of a row: its profile, and then its columns; HistoryError where the row makes no sense."""
    profile, started, offset, status, cause, summary, title, full, requests, duration_ms, counts = row[:11]
    last_worked, since, differences, ends, ends_kind, has_report = row[11:]
    try:
        zone = timezone(timedelta(seconds=offset))
        return KeptRun(
            profile=str(profile),
            started=time_of(started).astimezone(zone),
            status=Status(status),
            cause=cause,
            summary=str(summary),
            title=str(title),
            full=bool(full),
            requests=int(requests),
            duration_ms=int(duration_ms),
            counts=dict(json.loads(counts)),
            last_worked=datetime.fromisoformat(last_worked) if last_worked else None,
            since=datetime.fromisoformat(since) if since else None,
            differences=tuple(map(str, json.loads(differences))),
            ends=date.fromisoformat(ends) if ends else None,
            ends_kind=str(ends_kind),
            has_report=bool(has_report),
        )
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise HistoryError(
            f"The history of “{profile}” cannot be read: delete the profile, or move the history elsewhere."
        ) from None


def packed(data: bytes) -> bytes:
    """Data in less room."""
    return zlib.compress(data)


def packed_report(result: Result) -> bytes:
    """A result in little room; empty where it is too large to be read again."""
    from oneroster_checks.plain import result_to_bytes

    data = result_to_bytes(result)
    return packed(data) if len(data) <= PLAIN_BYTES else b""


def result_in(data: Any) -> Result | None:
    """The result in packed data, None where there is none that can be read."""
    from oneroster_checks.plain import UnreadablePlainData, result_from_bytes

    try:
        return result_from_bytes(_unpacked(data))
    except UnreadablePlainData:
        return None


def snapshots_in(every: Iterable[Any]) -> list[Snapshot]:
    """The snapshots in packed data, without those that cannot be read."""
    from oneroster_checks.plain import UnreadablePlainData, snapshot_from_bytes

    found: list[Snapshot] = []
    for data in every:
        try:
            found.append(snapshot_from_bytes(_unpacked(data)))
        except UnreadablePlainData:
            continue
    return found


def _unpacked(data: Any) -> bytes:
    """The data, never more of it than plain data may have; empty where it is none."""
    try:
        return zlib.decompressobj().decompress(data, PLAIN_BYTES + 1)
    except (zlib.error, TypeError):
        return b""


def _text(text: str) -> str:
    """A text without halves of pairs, which the database cannot keep."""
    return text.encode(errors="replace").decode()
