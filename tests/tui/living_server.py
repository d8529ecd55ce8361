"""A district for the wizard's tests that answers as it is, until the test replaces an answer."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from oneroster_checks.connection import Connection, Credentials, Secret, Share
from oneroster_wizard.draft import Draft
from tests.checks.districts.district import SECRET, District, Living
from tests.checks.districts.shapes import CAMPUS

from ..servers import LoopServer, Reply, Request


@dataclass
class ScriptedDistrict:
    """Answers as its district does, except to a path with the ending `path`, where `instead` is the answer."""

    living: Living
    path: str = ""
    instead: Reply | None = None

    def __call__(self, request: Request) -> Reply:
        if self.instead is not None and request.path.endswith(self.path):
            return self.instead
        return self.living(request)

    def says(self, path: str, reply: Reply | None) -> None:
        """From now on this is the answer to a path; None is the honest one again."""
        self.path, self.instead = path, reply


@asynccontextmanager
async def living_server(*share: Share) -> AsyncGenerator[tuple[LoopServer, ScriptedDistrict, Draft]]:
    """The server of an Infinite Campus district, what it answers, and a draft with the right values."""
    shape = replace(CAMPUS, share=("rostering", *share))
    scripted = ScriptedDistrict(Living(District(shape), time.time))
    async with LoopServer(scripted) as server:
        origin = f"http://127.0.0.1:{server.port}"
        connection = Connection(
            base_url=origin + shape.base,
            token_url=origin + shape.token,
            client_id=shape.client_id,
            share=shape.share,
        )
        yield server, scripted, Draft(connection=connection, credentials=Credentials(Secret(SECRET)))
