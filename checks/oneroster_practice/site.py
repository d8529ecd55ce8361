"""Where a practice district serves: its host, its paths, and the addresses that it hands out."""

from __future__ import annotations

from dataclasses import dataclass

from oneroster_checks.connection import OneRosterVersion

# The one application that a practice district serves, and a second that its token endpoint knows.
APP = "practice"
OTHER_APP = "elsewhere"

TOKEN_PATH = "/campus/oauth2/token"


@dataclass(frozen=True, slots=True)
class Site:
    """Where a practice district serves, and the addresses that it hands out when nothing is wrong."""

    scheme: str
    host: str
    port: int
    oneroster: OneRosterVersion

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.host}:{self.port}"

    def token_url(self, app: str = APP) -> str:
        """The token URL of an application."""
        return f"{self.origin}{TOKEN_PATH}?appName={app}"

    def base_url(self, oneroster: OneRosterVersion | None = None) -> str:
        """The base URL in the current form, for the district's own version or another."""
        return self.origin + current_path(oneroster or self.oneroster)

    def legacy_base_url(self) -> str:
        """The base URL in the old form."""
        return self.origin + legacy_path(self.oneroster)

    def service_url(self, service: str) -> str:
        """The root of a service: rostering, gradebook or resources."""
        return self.base_url() + service_suffix(self.oneroster, service)


def current_path(oneroster: OneRosterVersion) -> str:
    """The path of a base URL as Campus gives it today."""
    if oneroster == "1.2":
        return f"/campus/api/oneroster/v1p2/{APP}/ims/oneroster"
    return f"/campus/api/oneroster/v1p1/{APP}/ims/oneroster/v1p1"


def legacy_path(oneroster: OneRosterVersion) -> str:
    """The path of an old base URL: it names no application for 1.2, and one in another place for 1.1."""
    if oneroster == "1.2":
        return "/campus/api/ims/oneroster"
    return f"/campus/oneroster/{APP}/ims/oneroster/v1p1"


def service_suffix(oneroster: OneRosterVersion, service: str) -> str:
    """What a vendor appends to the base URL for a service; 1.1 has one root for all, so "" there."""
    return f"/{service}/v1p2" if oneroster == "1.2" else ""
