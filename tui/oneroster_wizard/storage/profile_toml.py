"""TOML that may come from anybody: what a profile can be is read, and nothing that costs more than that."""

from __future__ import annotations

from typing import Any

from oneroster_checks.limits import PROFILE_DEPTH, PROFILE_DOTS, PROFILE_DOTS_OF_A_LINE, PROFILE_VALUES

from .profile_error import ProfileError

_TOO_DEEP = "It is nested too deeply."


def read_tables(text: str, most: int = PROFILE_VALUES) -> dict[str, Any]:
    """The tables of a text; ProfileError when it is not TOML, or has more than `most` values, or deeper ones."""
    import tomllib

    # Any dot of a line may be one between the parts of a name.
    if any(line.count(".") > PROFILE_DOTS_OF_A_LINE for line in text.split("\n")):
        raise ProfileError(_TOO_DEEP)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        # Only the place is told: the reason would quote the line, and somebody may have put a secret there.
        raise ProfileError(f"It is not valid TOML{_place_of_error(text)}.") from None
    except RecursionError:
        raise ProfileError(_TOO_DEEP) from None
    except ValueError:
        # What the parser hands on of its own accord is Python's limit for whole numbers.
        raise ProfileError("It has a number with too many digits.") from None
    _refuse_more(tables, most)
    return tables


def _refuse_more(tables: dict[str, Any], most: int) -> None:
    """ProfileError for tables with more in them than a profile has; writing such a file anew would take minutes."""
    layer: list[Any] = [tables]
    count = 0
    for _ in range(PROFILE_DEPTH):
        values = [value for each in layer for value in (each.values() if isinstance(each, dict) else each)]
        count += len(values)
        layer = [value for value in values if isinstance(value, dict | list)]
    if layer:
        raise ProfileError(_TOO_DEEP)
    if count > most:
        raise ProfileError(f"It has more than {most:,} values.")


def _place_of_error(text: str) -> str:
    """Where a text stops being TOML, as the end of a sentence; "" when that is not known.

    The parser of the standard library has the place in its sentence only.
    """
    import tomlkit
    from tomlkit.exceptions import ParseError, TOMLKitError

    if text.count(".") > PROFILE_DOTS:
        return ""
    try:
        tomlkit.parse(text)
    except ParseError as error:
        # Columns are counted from 0 there, and 0 also stands for a column that is not known.
        return f" at line {error.line}, column {error.col + 1}" if error.col else f" at line {error.line}"
    except (TOMLKitError, RecursionError, ValueError):
        pass
    return ""
