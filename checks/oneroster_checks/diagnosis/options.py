"""What a run can be told beside the connection, and whether it makes sense."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypedDict, get_args

from ..clock import Clock
from ..connection import Answer, Connection, Credentials, DistrictAnswer, answer_of
from ..errors import InvalidOption
from ..http.gates import HostGates
from ..limits import LONGEST_READ_MINUTES, READ_MINUTES, SHORTEST_READ_MINUTES, is_read_limit
from ..made_records import Leftovers, WriteJournal
from ..providers import provider
from ..result import Result
from ..stages.model import CONSUMERS, Consumer, Depth

_KINDS: Mapping[str, tuple[type, str]] = {
    "profile": (str, "a text"),
    "https_proxy": (str, "a text"),
    "previous": (Result, "the Result of an earlier run"),
    "clock": (Clock, "a Clock"),
    "gates": (HostGates, "the HostGates of all runs"),
    "write_test": (str, "the sourcedId of a class"),
}


class RunOptions(TypedDict, total=False):
    """How a run is made, beside the connection; everything may be left out.

    `answers` are the district's own to the questions of the checklist, by the question's id; one with a day lapses
    after ANSWER_DAYS. `only` names the
    checks to run, with whatever they require; None runs all. `previous` is a result whose other findings stay;
    what was skipped there because of a named check runs again too, and the finding of the limits (`tool.limits`)
    names what they left out. `depth` FULL reads every page of the
    roster. `profile` is the name that the result carries, `https_proxy` the proxy for requests to other
    machines, `clock` what tells the time and waits. `max_minutes` are the minutes that a full read may take.
    `write_test` is the sourcedId of a class: naming it is the user's yes to writing test records there and removing
    them again. `leftovers` are those that earlier write tests left and that this run is to remove, and `journal`
    remembers what is written until it is gone.
    `consumer` adds the steps of that consumer, at depth FULL whatever `depth` says. `gates` are those of all runs that
    are under way in this event loop, so that no host sees two requests at once.
    """

    answers: Mapping[str, DistrictAnswer] | None
    only: Collection[str] | None
    profile: str | None
    https_proxy: str | None
    previous: Result | None
    depth: Depth
    clock: Clock
    max_minutes: float
    write_test: str | None
    leftovers: Sequence[Leftovers]
    journal: WriteJournal
    consumer: Consumer | None
    gates: HostGates | None


def depth_of(options: RunOptions) -> Depth:
    """The depth of a run: the steps of a consumer are of depth FULL."""
    return Depth.FULL if options.get("consumer") else options.get("depth", Depth.QUICK)


def validate_options(options: Mapping[str, object]) -> None:
    """InvalidOption, with one sentence, when an option of a run has a value that cannot be.

    TypeError for an option that does not exist, as for any unknown keyword. Types are checked too, since the
    options may come from a program without a type checker.
    """
    for name in options:
        if name not in RunOptions.__annotations__:
            raise TypeError(f"a run got an unexpected keyword argument {name!r}")
    validate_answers(options.get("answers"))
    only = options.get("only")
    if only is not None and not _are_texts(only):
        raise InvalidOption("The option “only” must be a collection of check ids, such as (“token.issue”,).")
    if not isinstance(options.get("depth", Depth.QUICK), Depth):
        raise InvalidOption(
            f"The option “depth” must be {' or '.join(f'Depth.{each.name}' for each in Depth)}."
        )
    if not is_read_limit(options.get("max_minutes", READ_MINUTES)):
        raise InvalidOption(
            f"The option “max_minutes” must be a number from {SHORTEST_READ_MINUTES:g} to {LONGEST_READ_MINUTES:g}."
        )
    consumer = options.get("consumer")
    if consumer is not None and consumer not in CONSUMERS:
        raise InvalidOption(f"The option “consumer” must be one of {', '.join(CONSUMERS)}.")
    for name, (kind, words) in _KINDS.items():
        value = options.get(name)
        if value is not None and not isinstance(value, kind):
            raise InvalidOption(f"The option “{name}” must be {words}.")


def validate_writes(connection: Connection, credentials: Credentials, options: Mapping[str, object]) -> None:
    """InvalidOption when a run may write to the grade book, and its connection cannot.

    Both, the connection and the options, are valid in themselves.
    """
    class_id, leftovers = options.get("write_test"), options.get("leftovers")
    if class_id is None and not leftovers:
        return
    if class_id is not None and not str(class_id).strip():
        raise InvalidOption("The write test needs the sourcedId of a class.")
    if not connection.shares("gradebook"):
        raise InvalidOption(
            "The write test writes to the grade book, which is not among the data you expect. Add gradebook to it."
        )
    if provider(connection.provider).vendor_header and not (
        credentials.vendor_key and credentials.vendor_secret
    ):
        raise InvalidOption(
            "The write test needs the vendor key and the vendor secret, since this provider requires them for the "
            "grade book."
        )


def validate_answers(answers: object) -> None:
    """InvalidOption when answers are not by the ids of questions, or one is none that can be given."""
    if answers is None:
        return
    choices = get_args(Answer)
    if not isinstance(answers, Mapping) or not _are_texts(answers):
        raise InvalidOption("The option “answers” must map the ids of questions to yes, no, or unknown.")
    for question, given in answers.items():
        answer = answer_of(given)
        if not isinstance(answer, str):
            raise InvalidOption("The option “answers” must map the ids of questions to yes, no, or unknown.")
        if answer not in choices:
            raise InvalidOption(f"The answer to “{question}” must be one of {', '.join(choices)}.")


def _are_texts(values: object) -> bool:
    if isinstance(values, str) or not isinstance(values, Collection):
        return False
    return all(isinstance(each, str) for each in values)
