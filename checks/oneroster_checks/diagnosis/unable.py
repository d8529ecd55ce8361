"""The result of a run that never began: a profile without its secret, with a broken file, and the like."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from ..causes.words import report
from ..connection import Connection, Credentials
from ..errors import CannotRun
from ..finding import Facts, Finding, Stage, Status
from ..redaction.known import redactor_for
from ..redaction.shown import redacted_facts, shown_connection
from ..result import Result, Verdict
from ..target import make_target
from .checklist import settle

# The check that such a run consists of; it comes before every other.
CHECK = "tool.start"


def unable_to_run(connection: Connection, cause_code: str, *, profile: str | None, facts: Facts) -> Result:
    """The result of a connection that could not be checked, with the verdict `error`.

    `cause_code` is one of the catalogue's own about this tool (`tool.secret-missing`, …), `facts` what its
    words need. Nothing was sent, so every point of the checklist is open.
    """
    redactor = redactor_for(make_target(connection, Credentials()))
    finding = Finding(
        check=CHECK,
        title="Start of the run",
        stage=Stage.ADDRESS,
        status=Status.ERROR,
        cause=cause_code,
        facts=redacted_facts(facts, redactor),
    )
    reported = report(finding, connection.provider)
    result = Result(
        connection=shown_connection(connection, redactor),
        started=datetime.now().astimezone(),
        duration_ms=0,
        requests=0,
        verdict=Verdict(Status.ERROR, cause_code, reported.summary, reported.fix, check=CHECK),
        findings=(reported,),
        checklist=(),
        profile=profile,
    )
    return replace(result, checklist=settle(result, {}))


def crashed(connection: Connection, kind: str, *, profile: str | None) -> Result:
    """The result of a run that this tool itself ended by a fault, of which only the `kind` of error is told."""
    return unable_to_run(connection, "tool.fault", profile=profile, facts={"check": CHECK, "error": kind})


def could_not_run(result: Result) -> bool:
    """Whether a result is that of a run that never began, for a reason on this computer that its user can end."""
    return result.verdict.check == CHECK and result.verdict.cause in frozenset(CannotRun)
