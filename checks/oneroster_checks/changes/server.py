"""What is seen of the server beside its data and differs from when the connection worked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

from ..amounts import response_words
from ..standard.scopes import short_scope
from ..urls import place_of
from ..when import day_words
from .limits import RUNS_OF_A_HABIT, is_slower
from .model import DifferenceKind, Snapshot
from .seen import Seen
from .turns import turn


def changed_server(runs: Sequence[Snapshot], habit: Sequence[Snapshot]) -> Iterator[Seen]:
    """What the last of the runs saw of the server otherwise than the first, which worked.

    `habit` are the last runs in which the connection worked: what was so in any of them is no change.
    """
    yield from _scope(runs, habit)
    yield from _year(runs)
    # Another host is another server, and the change is that of the address.
    if place_of(runs[0].connection.base_url) == place_of(runs[-1].connection.base_url):
        yield from _certificate(runs, habit)
        yield from _product(runs, habit)


def slower_responses(runs: Sequence[Snapshot]) -> Iterator[Seen]:
    """Slow responses in the last of these runs of one depth, against the slowest of the last that worked before it."""
    timed = [run for run in runs if run.observed.median_ms is not None]
    worked = [at for at, run in enumerate(timed) if run.worked]
    if not worked or timed[-1] is not runs[-1]:
        return
    bound = max(timed[at].observed.median_ms or 0 for at in worked[-RUNS_OF_A_HABIT:])
    found = turn(timed[worked[-1] :], partial(_is_slow, bound))
    if found is not None:
        was, taken = found.before.observed.median_ms or 0, found.first.observed.median_ms or 0
        summary = f"The median response time rose from {response_words(was)} to {response_words(taken)} {found.words}."
        yield Seen(DifferenceKind.TIMES, summary)


def _is_slow(bound: int, run: Snapshot) -> bool:
    return is_slower(bound, run.observed.median_ms or 0)


def _certificate(runs: Sequence[Snapshot], habit: Sequence[Snapshot]) -> Iterator[Seen]:
    then, now = runs[0].observed, runs[-1].observed
    the_certificate = f"The certificate of {place_of(runs[-1].connection.base_url).host}"
    if _certificate_of(runs[-1]) is None:
        ends = then.certificate_ends
        if ends and runs[0].started.date() <= ends < runs[-1].started.date():
            summary = f"{the_certificate} that was seen when the connection last worked expired on {day_words(ends)}."
            yield Seen(DifferenceKind.CERTIFICATE, summary, lost=True)
        return
    if _certificate_of(runs[-1]) in map(_certificate_of, habit):
        return
    found = turn(runs, partial(_differs, _certificate_of, _certificate_of(runs[0])))
    if found is None:
        return
    other = then.certificate != now.certificate
    if other:
        words = f"it was issued by {_named(then.certificate)}, it is issued by {_named(now.certificate)}"
    else:
        words = f"it ended on {_day(then.certificate_ends)}, it ends on {_day(now.certificate_ends)}"
    yield Seen(
        DifferenceKind.CERTIFICATE, f"{the_certificate} was replaced {found.words}: {words}.", lost=other
    )


def _certificate_of(run: Snapshot) -> tuple[str, date | None] | None:
    seen = (run.observed.certificate, run.observed.certificate_ends)
    return seen if any(seen) else None


def _server_of(run: Snapshot) -> str | None:
    return run.observed.server or None


def _product(runs: Sequence[Snapshot], habit: Sequence[Snapshot]) -> Iterator[Seen]:
    then, now = _server_of(runs[0]), _server_of(runs[-1])
    if now is None or now in map(_server_of, habit):
        return
    found = turn(runs, partial(_differs, _server_of, then))
    if found is not None:
        summary = f"The product in the Server header changed {found.words}: it was “{then}”, it is “{now}”."
        yield Seen(DifferenceKind.SERVER, summary)


def _differs(
    value_of: Callable[[Snapshot], object | None], value: object | None, run: Snapshot
) -> bool | None:
    """Whether a run saw something else than this value, None where it, or whoever saw the value, saw nothing."""
    other = value_of(run)
    return None if other is None or value is None else other != value


def _scope(runs: Sequence[Snapshot], habit: Sequence[Snapshot]) -> Iterator[Seen]:
    was, now = frozenset(runs[0].observed.scopes), frozenset(runs[-1].observed.scopes)
    # A token that opened everything that is expected now did not lack a scope.
    enough = (run for run in habit if set(run.connection.share) >= set(runs[-1].connection.share))
    if not now or any(now == frozenset(run.observed.scopes) for run in enough):
        return
    lost, gained = was - now, now - was

    def is_so(run: Snapshot) -> bool | None:
        has = run.observed.scopes
        return lost.isdisjoint(has) and gained <= set(has) if has else None

    found = turn(runs, is_so)
    if found is None:
        return
    parts = [
        f"{verb} {_scopes(names, was | now)}" for verb, names in (("lost", lost), ("gained", gained)) if names
    ]
    yield Seen(DifferenceKind.SCOPE, f"The token {' and '.join(parts)} {found.words}.", lost=bool(lost))


def _scopes(names: frozenset[str], every: frozenset[str]) -> str:
    """Scopes in a sentence, by their last part where that tells them apart from all others."""
    short = [short_scope(name) for name in every]
    shown = (short_scope(name) if short.count(short_scope(name)) == 1 else name for name in names)
    found = [f"“{name}”" for name in sorted(shown)]
    return f"the scope {found[0]}" if len(found) == 1 else f"the scopes {', '.join(found)}"


def _year(runs: Sequence[Snapshot]) -> Iterator[Seen]:
    ends = runs[0].observed.year_ends
    if ends is None or not runs[0].started.date() <= ends < runs[-1].started.date():
        return
    summary = f"The school year or term that was current when the connection last worked ended on {day_words(ends)}."
    next_ends = runs[-1].observed.year_ends
    yield Seen(DifferenceKind.YEAR, summary, lost=next_ends is None or next_ends <= ends)


def _named(issuer: str) -> str:
    return f"“{issuer}”" if issuer else "an authority without a name"


def _day(day: date | None) -> str:
    return day_words(day) if day else "an unknown day"
