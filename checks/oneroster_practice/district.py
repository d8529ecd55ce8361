"""A practice district: a whole OneRoster server on this computer that can be broken on purpose."""

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

from .fault import Fault, PortBehavior, Problem, Side, TracedKind
from .faults import FAULTS, fault_of
from .planting import TooMany
from .site import Site
from .sizes import SIZES

if TYPE_CHECKING:
    from .certificates import CertificateFiles
    from .server import ServerThread

_HOST = "127.0.0.1"
_CLIENT_ID = "InfiniteCampus_practice"

# How old a district's credentials are when their age is not the problem.
_AGE = timedelta(days=100)


class PracticeError(ValueError):
    """A choice that no practice district can have; the text says why in one sentence."""


class PracticeDistrict:
    """A district that serves on 127.0.0.1 in a daemon thread, from its making until `close()`.

    `problem` is the code of one of `problems()`, None for a healthy district. `oauth`, `oneroster` and `share`
    are what the problem needs, or OAuth 2, OneRoster 1.2 and rostering, where they are not given. `size` is a
    name of SIZES. `count` is how many times a problem of the data is there, None for its usual number. `port` 0
    takes a free one. `side` is which one of a move it is, None for a district alone (see `pair.py`). PracticeError is
    raised for a choice that cannot be, and OSError
    for a port that is taken.

    `connection` and `credentials` are what the district hands out; where the fault is in them, they have it.
    `traced` is the record whose trace names the problem, as its kind and id, None where no trace is needed for it.
    """

    connection: Connection
    credentials: Credentials
    traced: tuple[TracedKind, str] | None

    def __init__(
        self,
        problem: str | None = None,
        *,
        oauth: OAuthVersion | None = None,
        oneroster: OneRosterVersion | None = None,
        size: str = "small",
        share: Sequence[Share] | None = None,
        port: int = 0,
        count: int | None = None,
        side: Side | None = None,
    ):
        if size not in SIZES:
            raise PracticeError(f"The practice district has no size called {size}.")
        if problem is not None and problem not in FAULTS:
            raise PracticeError(f"The practice district has no problem called {problem}.")
        known = fault_of(problem).problem
        if known is not None and known.pair and side is None:
            raise PracticeError(f"{problem} is between the two sides of a move: `practice --pair` has it.")
        self._problem = problem
        fault = fault_of(problem, side)
        oauth, oneroster = _versions(known, oauth, oneroster)
        shared = _shared(known, share, oneroster)
        count = _count(known, count)
        self._certificate: CertificateFiles | None = None
        self._thread: ServerThread | None = None
        listener = _bound(port, listening=fault.port is not PortBehavior.REFUSE)
        try:
            self._start(fault, oauth, oneroster, shared, listener, size, count)
        except TooMany as error:
            listener.close()
            self.close()
            raise PracticeError(f"{problem} cannot be planted {count:,} times. {error}") from None
        except BaseException:
            listener.close()
            self.close()
            raise

    def _start(
        self,
        fault: Fault,
        oauth: OAuthVersion,
        oneroster: OneRosterVersion,
        share: tuple[Share, ...],
        listener: socket.socket,
        size: str,
        count: int,
    ) -> None:
        # The web server, oauthlib and trustme are loaded when a district starts, not when problems are listed.
        from .assembly import district_server, records_of
        from .certificates import certificate_files, make_certificate
        from .server import ServerThread

        if fault.certificate is not None:
            self._certificate = certificate_files(fault.certificate)
            make_certificate(self._certificate, fault.certificate, _HOST)
        scheme = "http" if fault.certificate is None else "https"
        site = Site(scheme, _HOST, listener.getsockname()[1], oneroster)
        accepted = Credentials(
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
        self.connection, self.credentials = fault.hand_out(site, connection, accepted)
        traced = None if fault.problem is None else fault.problem.traced
        self.traced = (
            None if traced is None else (traced.kind, traced.id(records_of(fault, site, SIZES[size])))
        )
        self._thread = ServerThread(
            district_server(
                fault,
                site,
                oauth=oauth,
                share=share,
                size=SIZES[size],
                client_id=_CLIENT_ID,
                credentials=accepted,
                listener=listener,
                certificate=self._certificate,
                count=count,
            )
        )
        self._thread.start()

    def ready_line(self) -> dict[str, object]:
        """What `practice` prints when it is ready: all that the district hands out, its secrets included."""
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
            "trace": None if self.traced is None else dict(zip(("kind", "id"), self.traced, strict=True)),
        }

    def close(self) -> None:
        """Stop serving and leave nothing behind. Closing twice does no harm."""
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.stop()
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
        raise PracticeError(f"There is no part of the data called {unknown[0]}.")
    wanted = {*(share or ("rostering",)), *needed}
    if "assessments" in wanted and oneroster == "1.1":
        raise PracticeError("OneRoster 1.1 has no assessments.")
    return tuple(part for part in SHARES if part in wanted)


def _count(problem: Problem | None, wanted: int | None) -> int:
    usual = None if problem is None else problem.count
    if wanted is None:
        return usual or 0
    if usual is None:
        raise PracticeError("Only a data problem, such as data.missing-email, takes a count.")
    if wanted < 1:
        raise PracticeError("The count of a problem is 1 or more.")
    return wanted


def _bound(port: int, *, listening: bool) -> socket.socket:
    """A socket bound to a port of this computer; one that does not listen refuses every connection."""
    # asyncio turns off the delay before small packets only where the protocol is named.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            # A port that was used a moment ago can be taken again; on Windows this would share a taken one.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((_HOST, port))
        if listening:
            listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener
