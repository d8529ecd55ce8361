"""Why a run could not begin, in words for the screen."""

from __future__ import annotations

from oneroster_checks.errors import CAFileError, InputError


def input_trouble(error: InputError) -> str:
    """The sentence of an error about the input, and where in the wizard it is put right."""
    where = " It is on the Connection step, under More." if isinstance(error, CAFileError) else ""
    return f"{error}{where}"
