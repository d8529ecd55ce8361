"""What can be wrong with the input of a run: one class each. Nothing that a server does raises."""

from __future__ import annotations


class InputError(Exception):
    """The input of a run is wrong; the text is one sentence that says what to change."""


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


class CAFileError(InputError):
    """The CA file cannot be read, or holds no certificate in PEM form. `reason` says which, in a few words."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"The CA file {path} cannot be read: {reason}.")
        self.path = path
        self.reason = reason


class ProxyError(InputError):
    """The proxy that this computer is set up to use cannot be used."""


class SecretPickled(TypeError):
    """Something tried to pickle or copy a secret, which would write it down."""
