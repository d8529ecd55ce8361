"""Diagnose a OneRoster connection: which check fails, why, and who fixes it where.

`run()` gives the result of all checks, `stream()` what happens while they run:

    result = asyncio.run(run(Connection(base_url=…, token_url=…, client_id=…), Credentials(Secret(…))))
    print(result.verdict.summary)

Importing this package loads no HTTP library; every name below is loaded on its first use.
"""

from __future__ import annotations

from importlib import import_module

from .version import __version__

# As type checkers read it: `typing` would be most of what importing this package takes.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .causes import Cause, cause, codes
    from .causes.explanation import explain
    from .causes.remaining import problems
    from .changes.model import Changed, Difference, DifferenceKind, Ending, EndingKind, Observed
    from .clock import Clock
    from .connection import (
        SHARES,
        Answer,
        Connection,
        Credentials,
        OAuthVersion,
        OneRosterVersion,
        Secret,
        Share,
    )
    from .diagnosis.checklist import Question, answered, questions
    from .diagnosis.host_run import HostRunStopped, Machine, run_host
    from .diagnosis.host_task import (
        CarriedSecrets,
        HostResults,
        HostTask,
        ProfileTask,
        WrongTaskVersion,
        sharing_hosts,
    )
    from .diagnosis.many import Ended, RunJob, run_many
    from .diagnosis.options import RunOptions
    from .diagnosis.plain_machine import PlainMachine
    from .diagnosis.plan import touched_by
    from .diagnosis.runner import run, stream
    from .diagnosis.watch import Tried, watch
    from .errors import (
        CAFileError,
        CannotRun,
        InputError,
        InvalidConnection,
        InvalidOption,
        ProxyError,
        SecretPickled,
        UnknownCause,
        UnknownCheck,
        UnknownFormat,
        UnknownProvider,
    )
    from .events import (
        CheckFinished,
        CheckInfo,
        CheckStarted,
        Event,
        ReadProgress,
        RequestMade,
        RunFinished,
        RunStarted,
        Waiting,
    )
    from .evidence import Evidence, EvidenceKind
    from .finding import Finding, Stage, Status
    from .http.transient import TransientErrorKind
    from .labels import Who
    from .points import Point
    from .providers import Note, Provider, provider, providers
    from .report import (
        FORMATS,
        MESSAGES,
        DistrictMessage,
        Letterhead,
        checklist_text,
        district_message,
        message_to_district,
        render,
        second_message,
        ticket,
    )
    from .result import (
        ChecklistItem,
        CollectionRead,
        FoundProblem,
        OperationTimes,
        ReportedFinding,
        Result,
        Step,
        Verdict,
    )
    from .stages.model import CONSUMERS, Consumer, Depth

# Every public name and the module that it comes from.
_HOME = {
    "causes": "Cause cause codes",
    "causes.explanation": "explain",
    "causes.remaining": "problems",
    "changes.model": "Changed Difference DifferenceKind Ending EndingKind Observed",
    "clock": "Clock",
    "connection": "SHARES Answer Connection Credentials OAuthVersion OneRosterVersion Secret Share",
    "diagnosis.checklist": "Question answered questions",
    "diagnosis.host_run": "HostRunStopped Machine run_host",
    "diagnosis.host_task": "CarriedSecrets HostResults HostTask ProfileTask WrongTaskVersion sharing_hosts",
    "diagnosis.many": "Ended RunJob run_many",
    "diagnosis.options": "RunOptions",
    "diagnosis.plain_machine": "PlainMachine",
    "diagnosis.plan": "touched_by",
    "diagnosis.runner": "run stream",
    "diagnosis.watch": "Tried watch",
    "errors": "CAFileError CannotRun InputError InvalidConnection InvalidOption ProxyError SecretPickled UnknownCause "
    "UnknownCheck UnknownFormat UnknownProvider",
    "events": "CheckFinished CheckInfo CheckStarted Event ReadProgress RequestMade RunFinished RunStarted Waiting",
    "evidence": "Evidence EvidenceKind",
    "finding": "Finding Stage Status",
    "http.transient": "TransientErrorKind",
    "labels": "Who",
    "points": "Point",
    "providers": "Note Provider provider providers",
    "report": "FORMATS MESSAGES DistrictMessage Letterhead checklist_text district_message message_to_district render "
    "second_message ticket",
    "result": "ChecklistItem CollectionRead OperationTimes FoundProblem ReportedFinding Result Step Verdict",
    "stages.model": "CONSUMERS Consumer Depth",
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names.split()}

__all__ = [
    "CONSUMERS",
    "FORMATS",
    "MESSAGES",
    "SHARES",
    "Answer",
    "CAFileError",
    "CannotRun",
    "CarriedSecrets",
    "Cause",
    "Changed",
    "CheckFinished",
    "CheckInfo",
    "CheckStarted",
    "ChecklistItem",
    "Clock",
    "CollectionRead",
    "Connection",
    "Consumer",
    "Credentials",
    "Depth",
    "Difference",
    "DifferenceKind",
    "DistrictMessage",
    "Ended",
    "Ending",
    "EndingKind",
    "Event",
    "Evidence",
    "EvidenceKind",
    "Finding",
    "FoundProblem",
    "HostResults",
    "HostRunStopped",
    "HostTask",
    "InputError",
    "InvalidConnection",
    "InvalidOption",
    "Letterhead",
    "Machine",
    "Note",
    "OAuthVersion",
    "Observed",
    "OneRosterVersion",
    "OperationTimes",
    "PlainMachine",
    "Point",
    "ProfileTask",
    "Provider",
    "ProxyError",
    "Question",
    "ReadProgress",
    "ReportedFinding",
    "RequestMade",
    "Result",
    "RunFinished",
    "RunJob",
    "RunOptions",
    "RunStarted",
    "Secret",
    "SecretPickled",
    "Share",
    "Stage",
    "Status",
    "Step",
    "TransientErrorKind",
    "Tried",
    "UnknownCause",
    "UnknownCheck",
    "UnknownFormat",
    "UnknownProvider",
    "Verdict",
    "Waiting",
    "Who",
    "WrongTaskVersion",
    "__version__",
    "answered",
    "cause",
    "checklist_text",
    "codes",
    "district_message",
    "explain",
    "message_to_district",
    "problems",
    "provider",
    "providers",
    "questions",
    "render",
    "run",
    "run_host",
    "run_many",
    "second_message",
    "sharing_hosts",
    "stream",
    "ticket",
    "touched_by",
    "watch",
]


def __getattr__(name: str) -> object:
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f".{module}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
