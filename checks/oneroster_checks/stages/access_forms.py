"""Where nothing is found at the base URL: its other forms on the same host, and the other OneRoster version."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..connection import OneRosterVersion
from ..evidence import Evidence
from ..limits import PAGE_ROWS
from ..standard.addresses import service_roots
from ..standard.operations import collection
from ..standard.scopes import other_version, versions_of
from ..standard.suggestions import other_version_roots, suggested_roots
from .context import RunContext

if TYPE_CHECKING:
    from ..client.oauth1 import SignatureMethod
    from ..client.reading import Reading


@dataclass(slots=True)
class FoundForm:
    """What other addresses showed, each with one request.

    `suggestion` is the form under which data was found, `likely` one that answered in OneRoster's form without data,
    "" for none; `version` the other OneRoster version where its own address has data, `root` that address, and `base`
    the base URL that leads there, "" where the one that was typed does once that version is chosen.
    """

    suggestion: str = ""
    likely: str = ""
    version: OneRosterVersion | None = None
    root: str = ""
    base: str = ""
    proof: list[Evidence] = field(default_factory=list)


async def look_elsewhere(run: RunContext, path: str) -> FoundForm:
    """Try the other forms of the base URL for the chosen version and one address of the other, until data is found.

    Where the token names the other version, that one comes first. A suggested form is used from then on.
    """
    found = FoundForm()
    named = versions_of(run.scope_given)
    if named and run.connection.oneroster not in named:
        await _other_version(run, path, found)
    if found.version is None:
        await _other_forms(run, path, found)
    if not found.suggestion and found.version is None and not named:
        await _other_version(run, path, found)
    return found


async def _other_version(run: RunContext, path: str, found: FoundForm) -> None:
    target, other = run.target, other_version(run.connection.oneroster)
    if run.is_late or (run.connection.oauth == 1 and other == "1.2"):
        # OneRoster 1.2 knows no signed requests.
        return
    app = target.app or target.token_app
    roots = other_version_roots(target.base.root, other, app=app, campus=run.provider.app_in_address)
    for form in roots[:1]:
        root = _root_of(form, other, path, run)
        reading = await run.data.list(
            path, limit=PAGE_ROWS, root=root, note=f"at an address of OneRoster {other}"
        )
        found.proof.append(reading.evidence)
        if reading.good:
            found.version, found.root = other, root
            if service_roots(target.base.root, other)["rostering"] != service_roots(form, other)["rostering"]:
                found.base = form


async def _other_forms(run: RunContext, path: str, found: FoundForm) -> None:
    target, version = run.target, run.connection.oneroster
    forms = suggested_roots(
        target.base.root, version, app=target.app or target.token_app, campus=run.provider.app_in_address,
        shape=run.provider.base_url_shape,
    )  # fmt: skip
    for form in forms:
        # A server that refuses slowly would keep a person waiting for minutes.
        if run.is_slow or run.is_late:
            return
        reading = await run.data.list(
            path, limit=PAGE_ROWS, root=_root_of(form, version, path, run), note="at a suggested address"
        )
        found.proof.append(reading.evidence)
        if run.signing is not None and _refuses(reading):
            # Here a signature is judged at last, and perhaps the other method is the one that is known.
            reading = await _signed_otherwise(run, path, _root_of(form, version, path, run))
            found.proof.append(reading.evidence)
        if reading.good:
            run.data.roots = service_roots(form, version)
            run.readings.clear()
            run.readings[path] = reading
            run.signature = run.signing
            found.suggestion = form
            return
        if reading.shows_oneroster and not found.likely:
            found.likely = form


def _root_of(form: str, version: OneRosterVersion, path: str, run: RunContext) -> str:
    """The root of the service that a collection belongs to, behind a form of the base URL."""
    return service_roots(form, version)[collection(run.connection.oneroster, path).service]


def _refuses(reading: Reading) -> bool:
    from ..client.reading import Kind

    return reading.kind in (Kind.UNAUTHORIZED, Kind.FORBIDDEN, Kind.BAD_REQUEST)


async def _signed_otherwise(run: RunContext, path: str, root: str) -> Reading:
    from ..client.oauth1 import METHODS

    other: SignatureMethod = next(method for method in METHODS if method != run.signing)
    signer = run.signer(other)
    note = f"at a suggested address, signed with {other}"
    reading = await run.data.list(path, limit=PAGE_ROWS, root=root, authorizer=signer, note=note)
    if reading.good:
        run.signing, run.data.authorizer = other, signer
    return reading
