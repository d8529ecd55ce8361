"""Which difference is the likeliest reason that a connection does not work: by what the root cause says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ..causes import entry_of
from ..causes.model import Cause
from .comparable import naming
from .model import DifferenceKind, Snapshot
from .seen import Seen

# Beside the fields that a cause calls wrong: the kinds of change that every cause of a section (the first part of its
# code) may come from.
OF_SECTIONS = {
    "network": (DifferenceKind.TIMES,),
    "tls": (DifferenceKind.CERTIFICATE,),
    "sharing": (DifferenceKind.SCOPE,),
    "gradebook": (DifferenceKind.SCOPE,),
    "payload": (DifferenceKind.SERVER,),
    "paging": (DifferenceKind.SERVER,),
    "query": (DifferenceKind.SERVER,),
    "operation": (DifferenceKind.SERVER,),
    "error": (DifferenceKind.SERVER,),
    "year": (DifferenceKind.YEAR,),
    "load": (DifferenceKind.TIMES,),
}
# The same for single causes: those of what a token opens, of what stands between, and of a server that is too busy.
OF_CAUSES = {
    "access.forbidden": (DifferenceKind.SCOPE,),
    "access.token-rejected": (DifferenceKind.SCOPE,),
    "access.part-broken": (DifferenceKind.SCOPE,),
    "access.blocked": (DifferenceKind.SERVER,),
    "access.gateway-key": (DifferenceKind.SERVER,),
    "access.error-answer": (DifferenceKind.SERVER,),
    "access.redirected": (DifferenceKind.SERVER,),
    "access.login-page": (DifferenceKind.SERVER,),
    "access.not-json": (DifferenceKind.SERVER,),
    "access.server-error": (DifferenceKind.TIMES, DifferenceKind.SERVER),
    "access.throttled": (DifferenceKind.TIMES,),
    "token.blocked": (DifferenceKind.SERVER,),
}
# The sections whose causes are about the parts that are expected: a part that was added fails for the first time.
_OF_PARTS = frozenset({"sharing", "gradebook"})
# The sections whose causes come before any data, which a year that is over does not stop.
_BEFORE_DATA = frozenset({"tool", "clock", "address", "key", "network", "tls", "token", "oauth1"})
# What follows from a year that is over.
YEAR_OVER = "year.not-active"
# The fields that say whose data is asked for, where, and by whom; any other seldom stops a connection.
_OF_THE_DISTRICT = frozenset(
    """base_url token_url client_id client_secret fixed_token vendor_key vendor_secret oauth oneroster
    provider scope""".split()
)


def likeliest_first(seen: Sequence[Seen], now: Snapshot, cause_since: datetime) -> list[Seen]:
    """Differences with the likeliest reason of this run's root cause first; what merely follows from one comes last.

    What came when it already failed by this cause, which it has without a break from `cause_since` on, is no reason
    of it, and comes behind all others.
    """
    root = entry_of(now.cause)
    wrong = (*root.fields, *_fields_looked_at(now))
    return sorted(
        seen,
        key=lambda each: (
            _is_late(each, now, cause_since),
            _place(each, root, wrong, now),
            _within(each, wrong),
        ),
    )


def _is_late(seen: Seen, now: Snapshot, cause_since: datetime) -> bool:
    before = seen.after
    if before is None:
        return False
    return before.started >= cause_since or (not before.worked and before.cause == now.cause)


def _place(seen: Seen, root: Cause, wrong: Sequence[str], now: Snapshot) -> int:
    section = root.code.partition(".")[0]
    concerned = (*OF_SECTIONS.get(section, ()), *OF_CAUSES.get(root.code, ()))
    match seen.kind:
        case DifferenceKind.FIELD | DifferenceKind.SECRET:
            if seen.is_less:
                return 7
            if seen.subject in wrong or (seen.subject == "share" and section in _OF_PARTS):
                return 0
            return 2 if seen.subject in _OF_THE_DISTRICT else 4
        case DifferenceKind.YEAR if root.code in entry_of(YEAR_OVER).explains:
            return 1
        case DifferenceKind.YEAR if section in _BEFORE_DATA:
            return 9
        case DifferenceKind.SCOPE if not seen.lost:
            return 9
        case DifferenceKind.CERTIFICATE | DifferenceKind.SCOPE | DifferenceKind.SERVER | DifferenceKind.YEAR:
            if seen.kind in concerned:
                return 1
            return 3 if seen.lost or seen.kind is DifferenceKind.SERVER else 9
        case DifferenceKind.TIMES:
            return 1 if seen.kind in concerned else 7
        case DifferenceKind.COUNT:
            return 5 if seen.lost else 8
        case DifferenceKind.FINDING:
            return 6 if now.findings[seen.subject].cause == root.code else 7


def _within(seen: Seen, wrong: Sequence[str]) -> int:
    """The place among those that are as likely: the field to go to first is before the others."""
    return wrong.index(seen.subject) if seen.subject in wrong else len(wrong)


def _fields_looked_at(now: Snapshot) -> tuple[str, ...]:
    """The fields that the check which names the root cause looks at, where the cause itself names none."""
    from ..diagnosis.plan import every_check

    checks = naming(now)
    return tuple(
        dict.fromkeys(field for check in every_check() if check.id in checks for field in check.fields)
    )
