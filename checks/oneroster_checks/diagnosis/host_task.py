"""The checks of one host as a task for another process or machine: plain, versioned data that can be pickled.

A secret is in a task only where whoever made it put it there (`CarriedSecrets`); otherwise there are references, texts
that say where the machine that runs it finds them: `env:NAME`, a variable of its environment, or `keyring:PROFILE`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from ..connection import SECRET_FIELDS, Connection, Credentials, DatedAnswer, DistrictAnswer, Secret
from ..limits import READ_MINUTES
from ..plain import result_from_bytes
from ..result import Result
from ..stages.model import Consumer, Depth
from ..urls import Place, one_place, place_of

TASK_VERSION = 2
ENVIRONMENT, KEYRING = "env:", "keyring:"


class WrongTaskVersion(Exception):
    """A task or its results come from another version of this package; the text says which, in a sentence."""

    def __init__(self, version: object) -> None:
        super().__init__(
            f"Its task is of version {version}, and this machine knows version {TASK_VERSION}: install one "
            "version of oneroster-wizard everywhere."
        )


class CarriedSecrets:
    """Secrets inside a task. Pickling one writes them down, which `Secret` refuses: only who knows that the way and
    the other end are safe makes one. No repr shows them."""

    __slots__ = ("_credentials",)

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def credentials(self) -> Credentials:
        """The secrets; those that are not set are empty."""
        return self._credentials

    def __bool__(self) -> bool:
        return bool(self._credentials.texts())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CarriedSecrets) and other._credentials == self._credentials

    def __hash__(self) -> int:
        return hash(self._credentials)

    def __repr__(self) -> str:
        return "CarriedSecrets(hidden)" if self else "CarriedSecrets(empty)"

    def __reduce__(self) -> tuple[Any, ...]:
        return _carried, tuple(getattr(self._credentials, name).reveal() for name in SECRET_FIELDS)


def _carried(*texts: str) -> CarriedSecrets:
    return CarriedSecrets(Credentials(*map(Secret, texts)))


@dataclass(frozen=True, slots=True)
class ProfileTask:
    """One profile to check. `references` has those of each secret by its field of Credentials, to be tried in turn
    where it is not `carried`; `answers` are the district's own. `max_minutes` is the limit of a full read."""

    name: str
    connection: Connection
    answers: Mapping[str, DistrictAnswer] = field(default_factory=dict)
    depth: Depth = Depth.QUICK
    max_minutes: float = READ_MINUTES
    consumer: Consumer | None = None
    references: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    carried: CarriedSecrets = field(default_factory=lambda: CarriedSecrets(Credentials()))


@dataclass(frozen=True, slots=True, repr=False)
class HostTask:
    """The profiles of one host, or of several that share one.

    Pickled, it is builtin types and its version alone, so that another version is told as such. Its repr, which
    engines for tasks log, shows how many profiles there are and nothing of them.
    """

    profiles: tuple[ProfileTask, ...]
    version: int = TASK_VERSION

    def __repr__(self) -> str:
        return f"HostTask({len(self.profiles)} profiles)"

    def __reduce__(self) -> tuple[Any, ...]:
        return _task_from, (self.version, [_plain(each) for each in self.profiles])


@dataclass(frozen=True, slots=True, repr=False)
class HostResults:
    """How the profiles of a task ended, in their order: each result as plain data, redacted as the reports are."""

    results: tuple[bytes, ...]
    version: int = TASK_VERSION

    def read(self) -> list[Result]:
        """The results; WrongTaskVersion or UnreadablePlainData when they are none of this version."""
        if self.version != TASK_VERSION:
            raise WrongTaskVersion(self.version)
        return [result_from_bytes(each) for each in self.results]

    def __repr__(self) -> str:
        return f"HostResults({len(self.results)} results)"

    def __reduce__(self) -> tuple[Any, ...]:
        return _results_from, (self.version, list(self.results))


def sharing_hosts(connections: Iterable[Connection]) -> list[list[int]]:
    """Connections in groups, each as their numbers: two are in one where they, or others between them, share a host
    (scheme, name and port) of their base or token URLs.

    No host is in two groups, so each group can run on a machine of its own and no host sees two requests at once.
    """
    leader: list[int] = []
    first_at: dict[Place, int] = {}

    def lead(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    for number, connection in enumerate(connections):
        leader.append(number)
        for place in _places(connection):
            first, second = sorted((lead(number), lead(first_at.setdefault(place, number))))
            leader[second] = first
    groups: dict[int, list[int]] = {}
    for number in range(len(leader)):
        groups.setdefault(lead(number), []).append(number)
    return list(groups.values())


def _places(connection: Connection) -> set[Place]:
    urls = (connection.base_url, connection.token_url if connection.requests_token else "")
    return {one_place(place) for url in urls if (place := place_of(url.strip())).host}


def _plain(profile: ProfileTask) -> dict[str, Any]:
    connection = asdict(profile.connection)
    if profile.connection.created is not None:
        connection["created"] = profile.connection.created.isoformat()
    return {
        "name": profile.name,
        "connection": connection,
        "answers": {question: _plain_answer(given) for question, given in profile.answers.items()},
        "depth": profile.depth.value,
        "max_minutes": profile.max_minutes,
        "consumer": profile.consumer,
        "references": {name: list(texts) for name, texts in profile.references.items()},
        "carried": profile.carried,
    }


def _plain_answer(given: DistrictAnswer) -> list[str]:
    return [given.answer, given.day.isoformat()] if isinstance(given, DatedAnswer) else [given]


def _answer(plain: list[Any]) -> DistrictAnswer:
    return DatedAnswer(plain[0], date.fromisoformat(plain[1])) if len(plain) > 1 else plain[0]


def _task_from(version: int, profiles: list[dict[str, Any]]) -> HostTask:
    # Of another version nothing is read: whoever runs it says so.
    return HostTask(tuple(map(_profile, profiles)) if version == TASK_VERSION else (), version)


def _profile(plain: dict[str, Any]) -> ProfileTask:
    connection = dict(plain["connection"])
    if connection["created"] is not None:
        connection["created"] = date.fromisoformat(connection["created"])
    references = {name: tuple(texts) for name, texts in plain["references"].items()}
    changed: dict[str, Any] = {
        "connection": Connection(**connection),
        "answers": {question: _answer(given) for question, given in plain["answers"].items()},
        "depth": Depth(plain["depth"]),
        "references": references,
    }
    return ProfileTask(**{**plain, **changed})


def _results_from(version: int, results: list[bytes]) -> HostResults:
    return HostResults(tuple(results), version)
