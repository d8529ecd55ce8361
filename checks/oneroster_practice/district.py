"""A practice district: a whole OneRoster server on this machine that can be broken on purpose."""

from __future__ import annotations

import base64
import os
import secrets
import socket
from collections.abc import Sequence
from datetime import date, timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Self, get_args

from oneroster_checks.connection import (
    SHARES,
    Connection,
    Credentials,
    OAuthVersion,
    OneRosterVersion,
    Secret,
    Share,
)

from .exchange import Site
from .fault import Fault, Line, Problem
from .faults import FAULTS, fault
from .roster import SIZES

if TYPE_CHECKING:
    from .certificates import CertificateFiles
    from .server import Background

_HOST = "127.0.0.1"
_CLIENT_ID = "InfiniteCampus_practice"

# How long ago a district's credentials were made when their age is not the problem.
_AGE = timedelta(days=100)


class PracticeError(ValueError):
    """A practice district that cannot be; the text says why in one sentence."""


def problems() -> tuple[Problem, ...]:
    """Every problem that a practice district can have, in the order in which a run would meet them."""
    return tuple(found.problem for found in FAULTS.values() if found.problem is not None)


class PracticeDistrict:
    """A district that serves on 127.0.0.1 in a daemon thread, from its making until `close()`.

    `problem` is a cause of `problems()`, None for a healthy district. `oauth`, `oneroster` and `share` are
    what the problem needs, or OAuth 2, OneRoster 1.2 and rostering, where they are not given. `size` is
    small, medium, large or very-large. `port` 0 takes a free one. PracticeError is raised for a choice that
    cannot be, and OSError for a port that is taken.

    `connection` and `credentials` are what the district hands out, with the fault if that is where it lies.
    """

    connection: Connection
    credentials: Credentials

    def __init__(
        self,
        problem: str | None = None,
        *,
        oauth: OAuthVersion | None = None,
        oneroster: OneRosterVersion | None = None,
        size: str = "small",
        share: Sequence[Share] | None = None,
        port: int = 0,
    ):
        if size not in SIZES:
            raise PracticeError(f"The practice district has no size called {size}.")
        if problem is not None and problem not in FAULTS:
            raise PracticeError(f"The practice district has no problem called {problem}.")
        self._problem = problem
        broken = fault(problem)
        oauth, oneroster = _versions(broken.problem, oauth, oneroster)
        shared = _shared(broken.problem, share, oneroster)
        self._certificate: CertificateFiles | None = None
        self._background: Background | None = None
        listener = _bound(port, listening=broken.line is not Line.REFUSED)
        try:
            self._start(broken, oauth, oneroster, shared, listener, size)
        except BaseException:
            listener.close()
            self.close()
            raise

    def _start(
        self,
        broken: Fault,
        oauth: OAuthVersion,
        oneroster: OneRosterVersion,
        share: tuple[Share, ...],
        listener: socket.socket,
        size: str,
    ) -> None:
        # The web server, oauthlib and trustme are loaded when a district starts, not when one is listed.
        from .assembly import serve
        from .certificates import make_certificate
        from .server import Background

        if broken.certificate is not None:
            self._certificate = make_certificate(broken.certificate, _HOST)
        scheme = "http" if broken.certificate is None else "https"
        site = Site(scheme, _HOST, listener.getsockname()[1], oneroster)
        right = Credentials(
            Secret(base64.b64encode(secrets.token_bytes(30)).decode()),
            Secret(f"practice-vendor-{secrets.token_hex(6)}"),
            Secret(secrets.token_urlsafe(24)),
        )
        connection = Connection(
            oauth=oauth,
            oneroster=oneroster,
            base_url=site.base_url(),
            token_url=site.token_url() if oauth == 2 else "",
            client_id=_CLIENT_ID,
            share=share,
            created=date.today() - _AGE,
            ca_file="" if self._certificate is None else self._certificate.ca_file,
        )
        self.connection, self.credentials = broken.hand_out(site, connection, right)
        self._background = Background(
            serve(
                broken,
                site,
                oauth=oauth,
                share=share,
                size=size,
                client_id=_CLIENT_ID,
                right=right,
                listener=listener,
                certificate=self._certificate,
            )
        )
        self._background.start()

    def ready_line(self) -> dict[str, object]:
        """What `practice` prints when it is ready, secrets included: this is the district's handing out."""
        given = self.connection
        return {
            "ready": True,
            "oauth": given.oauth,
            "oneroster": given.oneroster,
            "base_url": given.base_url,
            "token_url": given.token_url,
            "client_id": given.client_id,
            "client_secret": self.credentials.client_secret.reveal(),
            "vendor_key": self.credentials.vendor_key.reveal(),
            "vendor_secret": self.credentials.vendor_secret.reveal(),
            "share": list(given.share),
            "created": None if given.created is None else given.created.isoformat(),
            "ca_file": given.ca_file or None,
            "timeout": given.timeout,
            "problem": self._problem,
        }

    def close(self) -> None:
        """Stop serving and leave nothing behind; a second call does nothing."""
        background, self._background = self._background, None
        if background is not None:
            background.stop()
        certificate, self._certificate = self._certificate, None
        if certificate is not None:
            certificate.remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"PracticeDistrict({self._problem!r})"


def _versions(
    problem: Problem | None, oauth: OAuthVersion | None, oneroster: OneRosterVersion | None
) -> tuple[OAuthVersion, OneRosterVersion]:
    if problem is not None:
        for wanted, needed, name in (
            (oauth, problem.oauth, "OAuth"),
            (oneroster, problem.oneroster, "OneRoster"),
        ):
            if wanted is not None and needed is not None and wanted != needed:
                raise PracticeError(f"{problem.code} shows only with {name} {needed}.")
        oauth, oneroster = oauth or problem.oauth, oneroster or problem.oneroster
        if (problem.oauth, problem.oneroster) == (1, "1.2"):
            return 1, "1.2"
    if oauth == 1 and oneroster == "1.2":
        raise PracticeError("OAuth 1 works with OneRoster 1.1 only.")
    return oauth or 2, oneroster or ("1.1" if oauth == 1 else "1.2")


def _shared(
    problem: Problem | None, share: Sequence[Share] | None, oneroster: OneRosterVersion
) -> tuple[Share, ...]:
    needed: tuple[Share, ...] = () if problem is None or problem.share is None else problem.share
    unknown = sorted(set(share or ()) - set(get_args(Share)))
    if unknown:
        raise PracticeError(f"There is no part called {unknown[0]} to share.")
    wanted = {*(share or ("rostering",)), *needed}
    if "assessments" in wanted and oneroster == "1.1":
        raise PracticeError("OneRoster 1.1 has no assessments.")
    return tuple(part for part in SHARES if part in wanted)


def _bound(port: int, *, listening: bool) -> socket.socket:
    """A socket at a port of this machine; one that does not listen keeps its port and refuses everybody."""
    # With the protocol named, asyncio turns off the delay before small packets; without, each answer waits.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            # A port that was used a moment ago can be taken again; elsewhere this would share a taken one.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((_HOST, port))
        if listening:
            listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener
