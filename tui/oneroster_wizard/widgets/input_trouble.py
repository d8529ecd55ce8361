"""Why a run could not begin, in words for the screen."""

from __future__ import annotations

from oneroster_checks.errors import CAFileError, InputError, ProxyError


def input_trouble(error: InputError) -> str:
    """The sentence of an error about the input, and where in the wizard it is put right."""
    match error:
        case CAFileError():
            return f"{error} It is on the Connection step, under More."
        case ProxyError():
            # A program keeps the environment with which it was started.
            return f"{error} Then start the wizard again."
        case _:
            return str(error)
