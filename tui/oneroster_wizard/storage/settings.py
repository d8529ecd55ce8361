"""What the user has settled for all connections: the names in messages, and the theme; a TOML file."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ..limits import SETTING_CHARACTERS, SETTINGS_BYTES
from .profile_error import ProfileError
from .profile_folder import default_folder

HEADER = """\
# Settings of oneroster-wizard. You may edit this file; lines that are not understood are kept.
"""
# What each setting is called inside a sentence.
_LABELS = {
    "product": "product's name",
    "sender": "sender's name",
    "theme": "theme",
    "names": "names",
}
# What `names` says once they were asked for, whatever stayed empty.
ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings, each "" where the user has settled nothing.

    `product` and `sender` are the names in a message to the district: what the vendor's product is called, and who
    writes; `names` is ASKED once the wizard has asked for them. `theme` is the id of the wizard's theme.
    """

    product: str = ""
    sender: str = ""
    theme: str = ""
    names: str = ""


class SettingsFile:
    """The settings of one file, by default `settings.toml` beside the folder of the user's own profiles.

    Every method raises ProfileError, with a sentence for the user, when the file cannot be read or written.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or default_folder().parent / "settings.toml"

    def load(self) -> Settings:
        """The settings; those of a new user where there is no file."""
        text = self._text()
        return Settings() if text is None else self._read(text)

    def save(self, settings: Settings) -> None:
        """Write the settings; lines that this version does not know stay."""
        from oneroster_checks.files import reason_of

        from .private_files import write_private

        wanted = {
            each.name: clean_setting(each.name, getattr(settings, each.name)) for each in fields(Settings)
        }
        text = self._text()
        if text is not None:
            self._read(text)
        try:
            write_private(self.path, _changed(text, wanted))
        except OSError as error:
            raise ProfileError(f"{self.path} could not be written: {reason_of(error)}.") from None

    def _text(self) -> str | None:
        from oneroster_checks.files import read_file, reason_of

        try:
            return read_file(self.path, SETTINGS_BYTES).decode("utf-8-sig").replace("\r\n", "\n")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            raise ProfileError(f"The settings in {self.path} are not UTF-8 text.") from None
        except OSError as error:
            raise ProfileError(f"The settings in {self.path} cannot be read: {reason_of(error)}.") from None

    def _read(self, text: str) -> Settings:
        from .profile_toml import read_tables

        try:
            tables = read_tables(text)
            return Settings(**{each.name: _setting(tables, each.name) for each in fields(Settings)})
        except ProfileError as error:
            raise ProfileError(
                f"The settings in {self.path} are not used. {error} Correct the file, or delete it."
            ) from None


def _setting(tables: dict[str, Any], name: str) -> str:
    value = tables.get(name, "")
    if not isinstance(value, str):
        raise ProfileError(f'"{name}" must be a text in quotes.')
    return clean_setting(name, value)


def clean_setting(name: str, text: str) -> str:
    """A setting, or a name in a message, in one line; ProfileError with a sentence when it cannot be one."""
    from .one_line import one_line

    return one_line(text, _LABELS[name], SETTING_CHARACTERS)


def _changed(text: str | None, wanted: dict[str, str]) -> str:
    """The text of the file with these settings in it; those that are empty have no line of their own."""
    import tomlkit

    from .profile_document import toml_text

    try:
        document = tomlkit.parse(text or HEADER)
        for name, value in wanted.items():
            if value and document.get(name) != value:
                document[name] = toml_text(value)
            elif not value and name in document:
                del document[name]
        return tomlkit.dumps(document)
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError, AssertionError):
        # The writer nests deeper than the reader, and reads some texts otherwise.
        raise ProfileError(
            "The settings file has lines that could not be kept. Correct it in an editor, or delete it."
        ) from None
