"""What can be wrong with the input of a run: one class each. Nothing that a server does raises."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar


class CannotRun(StrEnum):
    """Why a run cannot begin on this computer: the codes of these causes in the catalog."""

    SECRET_MISSING = "tool.secret-missing"
    PROFILE_BROKEN = "tool.profile-broken"
    PROFILE_CHANGED = "tool.profile-changed"
    KEYRING = "tool.keyring"
    CA_FILE = "tool.ca-file"
    PROXY = "tool.proxy"


class InputError(Exception):
    """The input of a run is wrong; the text is one sentence that says what to change.

    `cause` is what a report of several profiles calls it, `told` the reason in it.
    """

    cause: ClassVar[CannotRun] = CannotRun.PROFILE_BROKEN

    @property
    def told(self) -> str:
        """The reason as it stands behind the cause's own words."""
        return str(self)


class InvalidConnection(InputError):
    """A connection or its credentials name something that does not exist, or have a value that cannot be."""


class UnknownProvider(InvalidConnection):
    """There is no provider of this id."""


class InvalidOption(InputError):
    """An option of a run, or an answer to a question, has a value that cannot be."""


class UnknownCheck(InputError):
    """There is no check of this id in this connection."""


class UnknownCause(InputError):
    """The catalogue has no cause of this code."""


class UnknownFormat(InputError):
    """There is no report in this format."""


class InvalidSubject(InputError):
    """What is to be traced cannot be looked up; the text says what to change."""


class InvalidPath(InputError):
    """The path of a request leads to another host, or is none that can be sent."""


class CAFileError(InputError):
    """The CA file cannot be read, or holds no certificate in PEM form. `reason` says which, in a few words."""

    cause = CannotRun.CA_FILE

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"The CA file {path} cannot be read: {reason}.")
        self.path = path
        self.reason = reason

    @property
    def told(self) -> str:
        """The path, and the reason in a few words."""
        return f"{self.path}: {self.reason}"


class ProxyError(InputError):
    """The proxy that this computer is set up to use cannot be used.

    `reason` is a clause, `fix` another that says where to correct it; together they are one sentence.
    """

    cause = CannotRun.PROXY

    def __init__(self, reason: str, fix: str = "") -> None:
        super().__init__(f"{reason}: {fix}." if fix else f"{reason}.")
        self.reason = reason

    @property
    def told(self) -> str:
        """The reason alone: where to correct it is among the steps of the cause."""
        return f"{self.reason}."


class SecretPickled(TypeError):
    """Something tried to pickle or copy a secret, which would write it down."""
