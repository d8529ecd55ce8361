"""Other forms of a base URL: what a wrong one may be meant as, and where the other OneRoster version would be."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ..connection import OneRosterVersion
from ..limits import SUGGESTED_ADDRESSES
from ..urls import split
from .addresses import VERSION_PATH, campus_app, service_roots, without_doubling

_TAIL = re.compile(r"(?i)/(?:(?:rostering|gradebook|resources)(?:/v1p[0-9])?|v1p[0-9])$")
_IMS = "/ims/oneroster"
_PLACEHOLDER = re.compile(r"<[^<>]*>")


def suggested_roots(
    root: str, version: OneRosterVersion, *, app: str = "", campus: bool = False, shape: str = ""
) -> tuple[str, ...]:
    """Other forms of a base URL's root on the same host that might be the right one, likeliest first.

    `app` is the app name known from either URL, `shape` the provider's base URL with `<...>` for what differs by
    district. At most `SUGGESTED_ADDRESSES`, none of which leads to the same rostering root as the given one.
    """
    forms: list[str] = []
    plain = without_doubling(root)
    forms.append(plain)
    stem = _TAIL.sub("", plain)
    if not stem.lower().endswith(_IMS):
        forms.append(f"{stem.removesuffix('/ims').removesuffix('/oneroster')}{_IMS}")
    if campus:
        forms += _campus_forms(plain, version, app)
    if version == "1.2":
        forms += [stem, f"{stem}/v1p2"]
    else:
        forms += [f"{stem}/v1p1", f"{stem}/rostering/v1p1"]
    forms += _from_the_host(plain, shape)
    return _different(forms, root, version)


def other_version_roots(
    root: str, other: OneRosterVersion, *, app: str = "", campus: bool = False
) -> tuple[str, ...]:
    """The roots under which the other OneRoster version would be, by a base URL's root, likeliest first."""
    stem = _TAIL.sub("", without_doubling(root))
    if campus and not stem.lower().endswith("/campus/api/ims/oneroster"):
        forms = _campus_forms(stem, other, app)
    else:
        forms = [f"{stem}/{VERSION_PATH[other]}" if other == "1.1" else stem]
    return tuple(forms)


def _different(forms: list[str], root: str, version: OneRosterVersion) -> tuple[str, ...]:
    """The forms that lead to rostering roots of their own, as somebody types them."""
    tried = {service_roots(root, version)["rostering"]}
    result: list[str] = []
    for form in forms:
        target = service_roots(form, version)["rostering"]
        if target not in tried:
            tried.add(target)
            # 1.1 has one root, which is what the user types; 1.2 has several behind a common one.
            result.append(target if version == "1.1" else form)
    return tuple(result[:SUGGESTED_ADDRESSES])


def _from_the_host(root: str, shape: str) -> list[str]:
    """What may lie on a host whatever path was typed: the provider's own, and the standard's."""
    parts = split(root)
    if parts is None or not parts.netloc:
        return []
    host = f"{parts.scheme}://{parts.netloc}"
    first = next((word for word in parts.path.split("/") if word), "")
    forms = [f"{host}{_IMS}"]
    if first and first.lower() != "ims":
        forms.append(f"{host}/{first}{_IMS}")
    known = split(_PLACEHOLDER.sub("-", shape))
    path = urlsplit(shape).path if known and "://" in shape else ""
    if path:
        # The district's own part of the path, where the shape has one, is what was typed first.
        forms.append(f"{host}{_PLACEHOLDER.sub(first or '-', path)}".rstrip("/"))
    return forms


def _campus_forms(root: str, version: OneRosterVersion, app: str) -> list[str]:
    """The forms that the reference knows for Campus, on this host (infinite-campus.md, "Addresses")."""
    parts = urlsplit(root)
    campus = f"{parts.scheme}://{parts.netloc}/campus"
    app = app or campus_app(root)
    forms: list[str] = []
    if version == "1.2":
        if app:
            forms.append(f"{campus}/api/oneroster/v1p2/{app}/ims/oneroster")
        forms.append(f"{campus}/api/ims/oneroster")
    else:
        if app:
            forms += [
                f"{campus}/api/oneroster/v1p1/{app}/ims/oneroster/v1p1",
                f"{campus}/oneroster/{app}/ims/oneroster/v1p1",
            ]
        forms.append(f"{campus}/api/ims/oneroster/rostering/v1p1")
    return forms
