"""What ends on a known day: credentials, a certificate, a school year, each with who acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ..connection import Connection
from ..finding import Finding, Status
from ..providers import provider
from ..result import Result
from ..stages.lifetime import expiry
from ..urls import host_of
from ..when import day_words
from .limits import SOON_DAYS
from .model import Ending, EndingKind, Observed

# The causes whose sentences tell of an end, or that it is over.
_TOLD_BY = {
    EndingKind.CREDENTIALS: frozenset({"oauth1.expires-soon", "oauth1.expired"}),
    EndingKind.CERTIFICATE: frozenset({"tls.expired"}),
    EndingKind.YEAR: frozenset({"year.not-active"}),
}


def endings(
    connection: Connection, observed: Observed, findings: Iterable[Finding], today: date
) -> tuple[Ending, ...]:
    """Everything whose end is known on the day of a run, the soonest first.

    What is over is there only where no finding says so.
    """
    found = tuple(findings)
    made = (
        _ending(kind, ends, today, connection) for kind, ends in _ends(connection, observed, found, today)
    )
    told = (each for each in made if each.days >= 0 or not _is_told(each.kind, found))
    return tuple(sorted(told, key=lambda each: each.ends))


def forewarnings(result: Result) -> tuple[Ending, ...]:
    """What people are to be warned of: it ends soon, or is over, and no finding of the result says so."""
    found = tuple(each.finding for each in result.findings)
    return tuple(each for each in result.endings if each.soon and not _is_told(each.kind, found))


def for_district(ending: Ending, connection: Connection) -> str:
    """The sentence for the district: when something ends, and what to do before."""
    day = day_words(ending.ends)
    over = ending.days < 0
    match ending.kind:
        case EndingKind.CREDENTIALS if over:
            return f"The credentials of our connection expired on {day}. Please renew them."
        case EndingKind.CREDENTIALS:
            return f"The credentials of our connection expire on {day}. Please renew them before then."
        case EndingKind.CERTIFICATE if over:
            return (
                f"The certificate of {_host(connection)} expired on {day}. Please have a new one installed."
            )
        case EndingKind.CERTIFICATE:
            return (
                f"The certificate of {_host(connection)} expires on {day}. Please have a new one installed before "
                "then."
            )
        case EndingKind.YEAR if over:
            return f"The last school year or term that we see ended on {day}. Please make the current one active."
        case EndingKind.YEAR:
            return (
                f"The current school year or term ends on {day}. Please make the next one active after that."
            )


def _ends(
    connection: Connection, observed: Observed, findings: Sequence[Finding], today: date
) -> Iterator[tuple[EndingKind, date]]:
    created = connection.created
    if created and connection.oneroster in provider(connection.provider).yearly_credentials:
        ends = expiry(created)
        # Old credentials that work were renewed, on a day that nobody here knows.
        age = next((each for each in findings if each.check == "oauth1.age"), None)
        if ends > today or age is None or age.status is not Status.PASS:
            yield EndingKind.CREDENTIALS, ends
    if observed.certificate_ends:
        yield EndingKind.CERTIFICATE, observed.certificate_ends
    if observed.year_ends:
        yield EndingKind.YEAR, observed.year_ends


def _ending(kind: EndingKind, ends: date, today: date, connection: Connection) -> Ending:
    days = (ends - today).days
    when = f"{day_words(ends)} ({_days_words(days)})"
    return Ending(kind, ends, days, days <= SOON_DAYS[kind], _summary(kind, when, days < 0, connection))


def _summary(kind: EndingKind, when: str, over: bool, connection: Connection) -> str:
    match kind:
        case EndingKind.CREDENTIALS if over:
            return f"The credentials expired on {when}, unless the district renewed them."
        case EndingKind.CREDENTIALS:
            return f"The credentials expire on {when}, unless the district renews them before then."
        case EndingKind.CERTIFICATE if over:
            return f"The certificate of {_host(connection)} expired on {when}; the district has to have it renewed."
        case EndingKind.CERTIFICATE:
            return f"The certificate of {_host(connection)} expires on {when}, unless the district has it renewed."
        case EndingKind.YEAR if over:
            return (
                f"The last school year or term that was seen ended on {when}; the district has to make the current one "
                "active."
            )
        case EndingKind.YEAR:
            return (
                f"The current school year or term ends on {when}; after that, the district has to make the next one "
                "active."
            )


def _host(connection: Connection) -> str:
    return host_of(connection.base_url) or "the base URL"


def _days_words(days: int) -> str:
    match days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case -1:
            return "yesterday"
        case _:
            return f"in {days:,} days" if days > 0 else f"{-days:,} days ago"


def _is_told(kind: EndingKind, findings: Sequence[Finding]) -> bool:
    """Whether a finding tells of an end: by its cause, or as the day by which credentials have to be renewed."""
    if kind is EndingKind.CREDENTIALS and any(each.failed and "expires" in each.facts for each in findings):
        return True
    return any(each.cause in _TOLD_BY[kind] for each in findings)
