"""The plan of a run: which checks apply, and in which order they come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from graphlib import TopologicalSorter

from ..connection import Connection, Credentials
from ..errors import UnknownCheck
from ..events import LIMITS_CHECK, CheckInfo
from ..finding import Status
from ..result import ReportedFinding, Result
from ..stages import (
    access,
    accounts,
    address,
    data_classes,
    data_people,
    data_references,
    data_values,
    enrollments,
    errors,
    fixed_token,
    full_read,
    gradebook,
    guardians,
    load,
    network,
    oauth1,
    operations,
    paging,
    payload,
    query,
    redirects,
    sharing,
    token,
    verified_answers,
    verified_guardians,
    verified_order,
    verified_paging,
    verified_people,
    verified_queries,
    write_scope,
    write_test,
    year,
)
from ..stages.consumers import certification, google, microsoft
from ..stages.model import Check, Consumer, Depth, Precondition
from ..stages.write_test import REMOVAL
from ..target import Target, make_target
from ..validation import validate

_STAGES = (
    address,
    network,
    token,
    fixed_token,
    oauth1,
    access,
    redirects,
    sharing,
    year,
    full_read,
    enrollments,
    payload,
    accounts,
    guardians,
    gradebook,
    paging,
    query,
    errors,
    write_scope,
    operations,
    verified_paging,
    verified_queries,
    verified_people,
    verified_order,
    verified_answers,
    verified_guardians,
    # Behind those that make requests, during which the rules are answered.
    data_references,
    data_values,
    data_people,
    data_classes,
    google,
    microsoft,
    certification,
    load,
    write_test,
)


@cache
def every_check() -> tuple[Check, ...]:
    """All checks, each behind what it requires and comes after, else in the order of their stages."""
    declared = [check for stage in _STAGES for check in stage.CHECKS]
    position = {check.id: index for index, check in enumerate(declared)}
    by_id = {check.id: check for check in declared}
    before = {check.id: _ids((*check.requires, *check.after), declared) for check in declared}
    sorter = TopologicalSorter(
        {id: [name for name in names if name in by_id] for id, names in before.items()}
    )
    sorter.prepare()
    ordered: list[Check] = []
    ready = sorted(sorter.get_ready(), key=position.__getitem__)
    while ready:
        id = ready.pop(0)
        ordered.append(by_id[id])
        sorter.done(id)
        ready = sorted([*ready, *sorter.get_ready()], key=position.__getitem__)
    return tuple(ordered)


def plan(
    target: Target,
    only: Collection[str] | None = None,
    depth: Depth = Depth.QUICK,
    options: Collection[str] = (),
    consumer: Consumer | None = None,
) -> tuple[Check, ...]:
    """The checks that apply to a target, in order; with `only`, those and whatever they require.

    `options` are the options of the run that some checks need, such as `write_test`. The steps of a consumer are among
    them for that consumer, or where `only` names them.
    UnknownCheck when `only` names a check that does not exist, or none that has a place in this connection.
    """
    applying = [
        check
        for check in every_check()
        if check.applies(target) is None
        and (check.depth is Depth.QUICK or depth is Depth.FULL)
        and (not check.option or check.option in options)
        and (check.consumer in (None, consumer) or check.id in (only or ()))
    ]
    if only is None:
        return tuple(applying)
    by_id = {check.id: check for check in applying}
    every = {check.id for check in every_check()}
    unknown = [id for id in only if id not in every]
    if unknown or not any(id in by_id for id in only):
        named = ", ".join(unknown or only) or "none"
        raise UnknownCheck(f"There is no such check in this connection: {named}.")
    wanted: set[str] = set()
    stack = [id for id in only if id in by_id]
    while stack:
        id = stack.pop()
        if id not in wanted:
            wanted.add(id)
            stack += required_among(by_id[id], by_id)
    return tuple(check for check in applying if check.id in wanted)


@cache
def needs_option(id: str) -> bool:
    """Whether a check is in no run but one with an option of its own, such as the steps of a write test."""
    return any(check.option for check in every_check() if check.id == id)


def checks_of_option(option: str) -> tuple[str, ...]:
    """The ids of the checks that only runs with an option have, in order."""
    return tuple(check.id for check in every_check() if check.option == option)


def steps_that_write(consumer: Consumer | None) -> tuple[str, ...]:
    """The ids of the steps of a consumer that are parts of a write test, in order; none for None."""
    return tuple(
        check.id
        for check in every_check()
        if check.consumer and check.consumer == consumer and REMOVAL in check.after
    )


@cache
def _by_id() -> Mapping[str, Check]:
    return {check.id: check for check in every_check()}


@cache
def required_by(check: Check) -> frozenset[str]:
    """The ids of the checks that one requires, those that establish its preconditions among them."""
    return frozenset(_ids(check.requires, every_check()))


def required_among(check: Check, present: Collection[str]) -> frozenset[str]:
    """The ids of the checks that one requires among those that are present, such as those of a run.

    Where a required check has no place in a connection, what it requires itself stands in for it.
    """
    required = required_by(check)
    if required.issubset(present):
        return required
    by_id = _by_id()
    found: set[str] = set()
    stack, seen = list(required), set[str]()
    while stack:
        id = stack.pop()
        if id in present:
            found.add(id)
        elif id not in seen and id in by_id:
            seen.add(id)
            stack += required_by(by_id[id])
    return frozenset(found)


def _ids(names: Iterable[str | Precondition], checks: Iterable[Check]) -> list[str]:
    """The ids behind names of checks and preconditions."""
    establishing = [(check.establishes, check.id) for check in checks if check.establishes is not None]
    ids: list[str] = []
    for name in names:
        ids += (
            [id for established, id in establishing if established is name]
            if isinstance(name, Precondition)
            else [name]
        )
    return ids


@cache
def info(check: Check) -> CheckInfo:
    """A check as listeners see it."""
    return CheckInfo(check.id, check.title, check.description, check.stage)


def touched_by(
    fields: Collection[str], connection: Connection, credentials: Credentials
) -> tuple[str, ...] | None:
    """The checks to run again after these fields of a connection or its credentials changed.

    Those that look at a field, and what requires them. None when that is every check: a field that opens
    the way to the data, or one that no check names, since it may change anything. InvalidConnection or
    UnknownProvider when the connection, as it is now, cannot be run.
    """
    validate(connection, credentials)
    applying = plan(make_target(connection, credentials))
    declared = {field for check in every_check() for field in check.fields}
    if not fields or any(field not in declared for field in fields):
        return None
    present = {check.id for check in applying}
    touched: dict[str, Check] = {}
    for check in applying:
        if set(check.fields) & set(fields) or required_among(check, present) & touched.keys():
            touched[check.id] = check
    if any(check.establishes is not None for check in touched.values()):
        return None
    return tuple(touched)


def with_waiting(only: Collection[str], previous: Result) -> frozenset[str]:
    """The checks of a partial run, and those that were skipped before because of one of them.

    What a limit of the run left out stands for the finding that says so.
    """
    wanted = set(only)
    left_out = {each.finding.check for each in previous.findings if each.finding.limit}
    if left_out and LIMITS_CHECK.check in wanted:
        wanted = (wanted - {LIMITS_CHECK.check}) | left_out
    present = {each.finding.check for each in previous.findings}
    for check in every_check():
        finding = previous.finding(check.id)
        if finding is None or finding.status is not Status.SKIP:
            continue
        if required_among(check, present) & wanted:
            wanted.add(check.id)
    return frozenset(wanted)


def merged(findings: Sequence[ReportedFinding], previous: Result, target: Target) -> list[ReportedFinding]:
    """The new findings with those of an earlier run, in the order of a whole run.

    An earlier finding stays for a check that did not run again and still has a place in this connection.
    """
    applying = [check.id for check in every_check() if check.applies(target) is None]
    found = {each.finding.check: each for each in previous.findings if each.finding.check in applying}
    found |= {each.finding.check: each for each in findings}
    position = {id: index for index, id in enumerate(applying)}
    return sorted(found.values(), key=lambda each: position.get(each.finding.check, len(position)))
