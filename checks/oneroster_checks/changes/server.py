"""What is seen of the server beside its data and differs from when the connection worked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial

from ..amounts import response_words
from ..causes import entry_of
from ..standard.scopes import short_scope
from ..urls import place_of
from ..when import day_words
from .likeliest import YEAR_OVER
from .limits import is_slower
from .model import DifferenceKind, Snapshot
from .seen import Seen
from .turns import Past, Turn, move, turn


def changed_server(past: Past) -> Iterator[Seen]:
    """What the run saw of the server otherwise than when it last worked.

    What was so in any of the last runs that worked is no change.
    """
    yield from _scope(past)
    yield from _year(past)
    here = _of_one_host(past)
    if here is not None:
        yield from _certificate(here)
        yield from _product(here)


def slower_responses(past: Past) -> Iterator[Seen]:
    """Slow responses, against the slowest of the last runs that worked; all runs are of one depth."""
    if past.now.observed.median_ms is None:
        return
    timed = past.only(lambda run: run.observed.median_ms is not None)
    if not timed.worked:
        return
    bound = max(run.observed.median_ms or 0 for run in timed.habit)
    found = turn(timed.since(lambda run: True), partial(_is_slow, bound))
    if found is not None:
        taken, now = found.first.observed.median_ms or 0, past.now.observed.median_ms
        later = f", and it is {response_words(now)} now" if is_slower(taken, now) else ""
        rose = f"rose from {response_words(bound)} to {response_words(taken)}"
        summary = f"The median response time {rose} {found.words}{later}."
        yield Seen(DifferenceKind.TIMES, summary, after=found.before)


def _is_slow(bound: int, run: Snapshot) -> bool:
    return is_slower(bound, run.observed.median_ms or 0)


def _of_one_host(past: Past) -> Past | None:
    """Only the runs against the host of now; None where it last worked with another, which is another server."""
    known = past.since(lambda run: run.shows_connection)
    if not known or not past.now.shows_connection:
        return None
    place = place_of(past.now.connection.base_url)
    if place_of(known[0].connection.base_url) != place:
        return None
    return past.only(lambda run: run.shows_connection and place_of(run.connection.base_url) == place)


def _certificate(past: Past) -> Iterator[Seen]:
    now = past.now
    runs = past.since(lambda run: _certificate_of(run) is not None)
    if not runs:
        return
    the_certificate = f"The certificate of {place_of(now.connection.base_url).host}"
    if _certificate_of(now) is None:
        yield from _expired(the_certificate, runs, past)
        return
    found = move(past, _certificate_of)
    if found is None or found.now in map(_certificate_of, past.habit):
        return
    then = runs[0].observed
    other = then.certificate != now.observed.certificate
    if other:
        issuers = _named(then.certificate), _named(now.observed.certificate)
        words = f"it was issued by {issuers[0]}, it is issued by {issuers[1]}"
    else:
        ends = _day(then.certificate_ends), _day(now.observed.certificate_ends)
        words = f"the old one was valid until {ends[0]}, the new one is valid until {ends[1]}"
    summary = f"{the_certificate} was replaced {found.words}: {words}."
    yield Seen(DifferenceKind.CERTIFICATE, summary, lost=other, after=found.left.before)


def _expired(the_certificate: str, runs: Sequence[Snapshot], past: Past) -> Iterator[Seen]:
    """The certificate that was last seen, which may be a newer one than when it last worked, where it is over."""
    newest = next(run for run in reversed(runs) if _certificate_of(run) is not None)
    ends = newest.observed.certificate_ends
    if ends is None or not newest.started.date() <= ends < past.now.started.date():
        return
    is_that_one = _certificate_of(past.last) == _certificate_of(newest)
    seen = "seen when the connection last worked" if is_that_one else "last seen"
    summary = f"{the_certificate} that was {seen} expired on {day_words(ends)}."
    yield Seen(DifferenceKind.CERTIFICATE, summary, lost=True, after=_until(ends, past.runs))


def _certificate_of(run: Snapshot) -> tuple[str, date | None] | None:
    seen = (run.observed.certificate, run.observed.certificate_ends)
    return seen if any(seen) else None


def _product(past: Past) -> Iterator[Seen]:
    found = move(past, _server_of)
    if found is None or found.now in map(_server_of, past.habit):
        return
    words = f"it was “{found.was}”, it is “{found.now}”"
    summary = f"The product in the Server header changed {found.words}: {words}."
    yield Seen(DifferenceKind.SERVER, summary, after=found.left.before)


def _server_of(run: Snapshot) -> str | None:
    return run.observed.server or None


def _scope(past: Past) -> Iterator[Seen]:
    runs, now = past.since(lambda run: bool(run.observed.scopes)), frozenset(past.now.observed.scopes)
    # A token that opened everything that is expected now did not lack a scope.
    enough = (run for run in past.habit if set(run.connection.share) >= set(past.now.connection.share))
    if not runs or not now or any(now == frozenset(run.observed.scopes) for run in enough):
        return
    was = frozenset(runs[0].observed.scopes)
    moved: dict[datetime, list[tuple[str, Turn]]] = {}
    for name in was ^ now:
        found = turn(runs, partial(_has_moved, name, name in now))
        if found is not None:
            moved.setdefault(found.first.started, []).append((name, found))
    for _, together in sorted(moved.items()):
        names, found = frozenset(name for name, _ in together), together[0][1]
        lost, gained = names - now, names & now
        parts = [
            f"{verb} {_scopes(some, was | now)}"
            for verb, some in (("lost", lost), ("gained", gained))
            if some
        ]
        summary = f"The token {' and '.join(parts)} {found.words}."
        yield Seen(DifferenceKind.SCOPE, summary, lost=bool(lost), after=found.before)


def _has_moved(name: str, is_there: bool, run: Snapshot) -> bool | None:
    """Whether a scope is there, or is not, as it is now; None where no scope was seen."""
    has = run.observed.scopes
    return (name in has) is is_there if has else None


def _scopes(names: frozenset[str], every: frozenset[str]) -> str:
    """Scopes in a sentence, by their last part where that tells them apart from all others."""
    short = [short_scope(name) for name in every]
    shown = (short_scope(name) if short.count(short_scope(name)) == 1 else name for name in names)
    found = [f"“{name}”" for name in sorted(shown)]
    return f"the scope {found[0]}" if len(found) == 1 else f"the scopes {', '.join(found)}"


def _year(past: Past) -> Iterator[Seen]:
    now = past.now
    over = entry_of(YEAR_OVER)
    # With such a cause the year may have ended long before it was the reason: until then it worked, with a warning.
    is_reason = now.cause in (over.code, *over.explains)
    runs = past.since(_is_in_year if is_reason else lambda run: run.observed.year_ends is not None)
    ends = runs[0].observed.year_ends if runs else None
    if ends is None or not runs[0].started.date() <= ends < now.started.date():
        return
    newest = next(run.observed.year_ends for run in reversed(runs) if run.observed.year_ends is not None)
    if newest > ends and now.observed.year_ends is None and not is_reason:
        return
    if runs[0] is past.last:
        the_year = "The school year or term that was current when the connection last worked"
    else:
        the_year = "The last school year or term that was seen"
    summary = f"{the_year} ended on {day_words(ends)}."
    yield Seen(DifferenceKind.YEAR, summary, lost=newest <= ends, after=_until(ends, past.runs))


def _is_in_year(run: Snapshot) -> bool:
    return run.observed.year_ends is not None and run.started.date() <= run.observed.year_ends


def _until(day: date, runs: Sequence[Snapshot]) -> Snapshot | None:
    """The last run until the end of a day."""
    return next((run for run in reversed(runs) if run.started.date() <= day), None)


def _named(issuer: str) -> str:
    return f"“{issuer}”" if issuer else "an authority without a name"


def _day(day: date | None) -> str:
    return day_words(day) if day else "an unknown day"
