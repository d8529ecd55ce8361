"""Saved profiles: one TOML file each in the user's configuration folder, the last run beside it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .private_files import write_private
from .profile_file import (
    HEADER,
    Profile,
    ProfileError,
    as_tables,
    clean_name,
    file_stem,
    merged,
    read_tables,
    refuse_secrets,
)

if TYPE_CHECKING:
    from oneroster_checks.result import Result

__all__ = ["BrokenProfile", "LastRun", "Profile", "ProfileError", "ProfileStore"]

_LAST = ".last.json"
# Far more than a profile has; a larger file is something else under this name.
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class BrokenProfile:
    """A file that is not a readable profile: where it is, and one sentence on what is wrong with it."""

    path: Path
    sentence: str


@dataclass(frozen=True, slots=True)
class LastRun:
    """How the last run of a profile ended: the verdict's status, cause and sentence, and when it began."""

    status: str
    cause: str | None
    summary: str
    when: datetime


# The class below has a method named list, which would hide the type in its own annotations.
Listing = tuple[list[Profile], list[BrokenProfile]]


class ProfileStore:
    """The profiles of one folder, by default `profiles` in the user's configuration folder.

    Every method that gets a name raises ProfileError, with a sentence for the user, when the name cannot be
    used or the file cannot be read or written.
    """

    def __init__(self, folder: Path | None = None) -> None:
        if folder is None:
            from platformdirs import user_config_path

            folder = user_config_path("oneroster-wizard", appauthor=False) / "profiles"
        self.folder = folder

    def list(self) -> Listing:
        """Every profile by name, and every file that is none with the reason."""
        found: dict[str, Profile] = {}
        broken: list[BrokenProfile] = []
        every = list(self._read_all())
        # Of two with one name, the one in the file of that name is the real one.
        every.sort(key=lambda each: isinstance(each[1], Profile) and each[0].stem != file_stem(each[1].name))
        for path, profile in every:
            if isinstance(profile, ProfileError):
                broken.append(BrokenProfile(path, str(profile)))
            elif profile.name in found:
                sentence = f'It has the name "{profile.name}", which another profile has: change one of them.'
                broken.append(BrokenProfile(path, sentence))
            else:
                found[profile.name] = profile
        return sorted(found.values(), key=lambda profile: profile.name.casefold()), broken

    def load(self, name: str) -> Profile:
        """The profile of this name."""
        return self._at(self._existing(name))[0]

    def save(self, profile: Profile) -> None:
        """Write a profile, whether new or known; lines of its file that this version does not know stay."""
        name = clean_name(profile.name)
        refuse_secrets(profile.connection)
        path = self._find(name)
        tables = as_tables(replace(profile, name=name))
        if path is None:
            path = self._free_path(name)
        else:
            tables = merged(self._at(path)[1], tables)
        self._write(path, tables)

    def delete(self, name: str) -> None:
        """Remove a profile and its last run. Its secrets are the keyring's: see SecretStore.delete."""
        path = self._existing(name)
        try:
            path.unlink()
            _last_of(path).unlink(missing_ok=True)
        except OSError as error:
            raise ProfileError(f'"{name}" could not be deleted: {_reason(error)}.') from None

    def rename(self, old: str, new: str) -> None:
        """Give a profile another name; its last run goes along."""
        before = self._existing(old)
        name = self._unused(new, but=clean_name(old))
        profile, tables = self._at(before)
        after = self._free_path(name, but=before)
        # The new file is whole before the old one goes, so that a failure between leaves both, never none.
        self._write(after, merged(tables, as_tables(replace(profile, name=name))))
        if after != before:
            try:
                if _last_of(before).exists():
                    _last_of(before).replace(_last_of(after))
                before.unlink()
            except OSError as error:
                raise ProfileError(
                    f'"{name}" is saved; "{old}" could not be removed: {_reason(error)}.'
                ) from None

    def duplicate(self, old: str, new: str) -> None:
        """Save a copy under another name, without the last run."""
        profile, tables = self._at(self._existing(old))
        name = self._unused(new)
        self._write(self._free_path(name), merged(tables, as_tables(replace(profile, name=name))))

    def path_of(self, name: str) -> Path:
        """Where a profile is."""
        return self._existing(name)

    def last_run(self, name: str) -> LastRun | None:
        """How the last run ended; None when there was none, or what is kept of it cannot be read."""
        path = self._find(clean_name(name))
        try:
            kept: Any = json.loads(_last_of(path).read_text(encoding="utf-8")) if path else None
            if not isinstance(kept, dict):
                return None
            cause = kept["cause"]
            when = datetime.fromisoformat(kept["when"])
            return LastRun(
                str(kept["status"]), None if cause is None else str(cause), str(kept["summary"]), when
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def save_run(self, name: str, result: Result) -> None:
        """Keep the result of a run beside its profile, as the redacted JSON of the reports."""
        path = self._existing(name)
        from oneroster_checks.report import render

        kept = {
            "status": result.verdict.status.value,
            "cause": result.verdict.cause,
            "summary": result.verdict.summary,
            "when": result.started.isoformat(),
            "report": json.loads(render([result], "json")),
        }
        try:
            write_private(_last_of(path), json.dumps(kept, indent=2, ensure_ascii=False) + "\n")
        except OSError as error:
            raise ProfileError(f'The result of "{name}" could not be kept: {_reason(error)}.') from None

    def _read_all(self) -> Iterator[tuple[Path, Profile | ProfileError]]:
        try:
            paths = sorted(path for path in self.folder.glob("*.toml") if not path.name.startswith("."))
        except OSError:
            return
        for path in paths:
            try:
                yield path, self._at(path)[0]
            except ProfileError as error:
                yield path, error

    def _at(self, path: Path) -> tuple[Profile, dict[str, Any]]:
        try:
            if path.stat().st_size > _MOST_BYTES:
                raise ProfileError("It is too large to be a profile.")
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise ProfileError("It is not a text in UTF-8.") from None
        except OSError as error:
            raise ProfileError(f"It cannot be read: {_reason(error)}.") from None
        return read_tables(text, name=path.stem)

    def _find(self, name: str) -> Path | None:
        """The file whose profile has this name; its own file first: people copy and rename files."""
        own = self.folder / f"{file_stem(name)}.toml"
        if own.exists():
            with contextlib.suppress(ProfileError):
                if self._at(own)[0].name == name:
                    return own
        every = self._read_all()
        return next(
            (path for path, found in every if isinstance(found, Profile) and found.name == name), None
        )

    def _existing(self, name: str) -> Path:
        kept = clean_name(name)
        path = self._find(kept)
        if path is None:
            own = self.folder / f"{file_stem(kept)}.toml"
            if own.exists():
                try:
                    self._at(own)
                except ProfileError as error:
                    raise ProfileError(f"The profile in {own} is broken. {error}") from None
            raise ProfileError(f'There is no profile with the name "{kept}".')
        return path

    def _unused(self, name: str, but: str = "") -> str:
        kept = clean_name(name)
        if kept != but and self._find(kept) is not None:
            raise ProfileError(f'There is a profile with the name "{kept}" already.')
        return kept

    def _free_path(self, name: str, but: Path | None = None) -> Path:
        """A path that no other file has: a broken profile, or one renamed by hand, is never written over."""
        stem = file_stem(name)
        path, count = self.folder / f"{stem}.toml", 1
        while path.exists() and path != but:
            count += 1
            path = self.folder / f"{stem}.{count}.toml"
        return path

    def _write(self, path: Path, tables: dict[str, Any]) -> None:
        import tomli_w

        try:
            write_private(path, HEADER + tomli_w.dumps(tables))
        except OSError as error:
            raise ProfileError(f"{path} could not be written: {_reason(error)}.") from None


def _last_of(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(".toml") + _LAST)


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
