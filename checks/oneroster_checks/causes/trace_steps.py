"""Steps that the causes of a trace share, and the form in which each of them is written."""

from __future__ import annotations

from ..providers.campus import ROSTER, STAFF_HISTORY
from .model import Cause, Step, district, you
from .steps import AWAIT_TRACE as AWAIT_TRACE
from .steps import CAMPUS, CAMPUS_HELP, STANDARD
from .steps import TRACE_AGAIN as TRACE_AGAIN

SECTION = "One record, traced"

TELL_WHO = you(
    "Tell the district by phone who this is: messages of this tool have no names.",
    line="Tell the district by phone who this is.",
)
TELL_WHICH = you(
    "Tell the district by phone which class this is: messages of this tool have no names.",
    line="Tell the district by phone which class this is.",
)
ON_ROSTER = district(
    f"Open {ROSTER} (for a teacher, {STAFF_HISTORY}) and look for this person.",
    line="Look for this person in Roster or Staff History.",
)
FIX_DATES = district(
    "If the dates there are wrong, correct them.",
    line="If the dates are wrong there, correct them.",
)
PROVIDER_CASE = district(
    "Open a support case with the provider, with the full address and the time of the requests.",
    cites_request=True,
    line="Open a support case with the provider, citing the requests.",
)


def traced_cause(
    code: str,
    title: str,
    summary: str,
    *,
    why: str,
    detection: str,
    campus: tuple[Step, ...] = (),
    fix: tuple[Step, ...],
    because: str = "",
    standard: bool = False,
) -> Cause:
    """A cause of a trace.

    `campus` are the steps for Infinite Campus, and `standard` says that the standard is its source.
    """
    source = (
        STANDARD if standard and not campus else CAMPUS_HELP if not standard else f"{STANDARD}; {CAMPUS_HELP}"
    )
    return Cause(
        code=code,
        title=title,
        summary=summary,
        why=why,
        because=because,
        detection=detection,
        fix=fix,
        fix_for={CAMPUS: campus} if campus else {},
        source=source,
    )
