"""A practice district with a saved profile, for the commands that take one."""

from __future__ import annotations

import subprocess
from datetime import date
from typing import Any

from oneroster_checks.connection import Connection
from oneroster_practice import PracticeDistrict
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from .command import call, secrets_of

NAME = "lakeside"


class Saved:
    """A practice district with a saved profile, and what the command says of it."""

    def __init__(self, problem: str | None = None, **options: Any) -> None:
        self.district = PracticeDistrict(problem, **options)
        self.ready: dict[str, Any] = dict(self.district.ready_line())
        ready = self.ready
        connection = Connection(
            oauth=ready["oauth"], oneroster=ready["oneroster"], base_url=ready["base_url"],
            token_url=ready["token_url"], client_id=ready["client_id"], share=tuple(ready["share"]),
            created=date.fromisoformat(ready["created"]) if ready["created"] else None, timeout=ready["timeout"],
        )  # fmt: skip
        ProfileStore().save(Profile(NAME, connection))

    def get(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return self.call("get", *arguments, **more)

    def trace(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return self.call("trace", *arguments, **more)

    def call(self, command: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return call(command, NAME, *arguments, more={**secrets_of(self.ready), **more})
