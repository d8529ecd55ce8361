"""The shapes of servers: where their addresses lie and what they want, one entry a provider and version."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from oneroster_checks.connection import OAuthVersion, OneRosterVersion, Share

V11 = "https://purl.imsglobal.org/spec/or/v1p1/scope/"
V12 = "https://purl.imsglobal.org/spec/or/v1p2/scope/"


@dataclass(frozen=True)
class Shape:
    """Where a server's addresses lie, as paths, and how it lets people in.

    `base` and `token` are what the district hands out. `roots` are the paths behind which each service
    answers; a shape may answer under more than one. `takes` says where the credentials of a token request
    may stand, `signatures` which OAuth 1 methods are verified, `needs_scope` which scopes one of must be
    asked for, `vendor` whether grade-book calls need the vendor's header. With `fixed_token` the secret itself is
    the token that every call brings.
    """

    provider: str
    base: str
    roots: tuple[str, ...]
    token: str = ""
    oauth: OAuthVersion = 2
    oneroster: OneRosterVersion = "1.2"
    client_id: str = "elm-valley-4711"
    takes: frozenset[str] = frozenset({"header", "body"})
    signatures: frozenset[str] = frozenset({"HMAC-SHA256", "HMAC-SHA1"})
    needs_scope: tuple[str, ...] = ()
    fixed_token: bool = False
    vendor: bool = False
    share: tuple[Share, ...] = ("rostering",)
    parts: frozenset[str] = field(default=frozenset({"rostering", "gradebook", "resources"}))

    def but(self, **changes: object) -> Shape:
        """The same shape with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


def _services(root: str) -> tuple[str, ...]:
    """The three service roots of 1.2 behind one base."""
    return tuple(f"{root}/{service}/v1p2" for service in ("rostering", "gradebook", "resources"))


_CAMPUS = "/campus/api/oneroster/v1p2/elm/ims/oneroster"
_CAMPUS_LEGACY = "/campus/oneroster/elm/ims/oneroster/v1p1"

CAMPUS = Shape(
    provider="infinite-campus",
    token="/campus/oauth2/token?appName=elm",
    base=_CAMPUS,
    roots=_services(_CAMPUS),
    client_id="InfiniteCampus_elm4711",
    vendor=True,
)
# Infinite Campus with the base URL that names no app.
CAMPUS_WITHOUT_APP = CAMPUS.but(
    base="/campus/api/ims/oneroster", roots=_services("/campus/api/ims/oneroster")
)
# OneRoster 1.1 with OAuth 2, on the old path.
CAMPUS_LEGACY = CAMPUS.but(oneroster="1.1", base=_CAMPUS_LEGACY, roots=(_CAMPUS_LEGACY,))
# OneRoster 1.1 as one partner writes its address.
CAMPUS_1_1 = CAMPUS.but(
    oneroster="1.1",
    base="/campus/api/ims/oneroster/rostering/v1p1",
    roots=("/campus/api/ims/oneroster/rostering/v1p1", "/campus/api/ims/oneroster/gradebook/v1p1"),
)
CAMPUS_OAUTH_1 = CAMPUS_1_1.but(oauth=1, token="")

GENERIC = Shape(
    provider="generic",
    token="/oauth2/token",
    base="/api/ims/oneroster",
    roots=_services("/api/ims/oneroster"),
)
GENERIC_1_1 = Shape(
    provider="generic",
    oneroster="1.1",
    token="/oauth/token",
    base="/ims/oneroster/v1p1",
    roots=("/ims/oneroster/v1p1",),
)
GENERIC_OAUTH_1 = GENERIC_1_1.but(oauth=1, token="")

AERIES = Shape(
    provider="aeries",
    oneroster="1.1",
    token="/aeries/token",
    base="/aeries/ims/oneroster/v1p1",
    roots=("/aeries/ims/oneroster/v1p1",),
    takes=frozenset({"header"}),
    needs_scope=(f"{V11}roster.readonly", f"{V11}roster-core.readonly"),
    parts=frozenset({"rostering", "gradebook"}),
)
POWERSCHOOL = Shape(
    provider="powerschool",
    oneroster="1.1",
    token="/oauth/access_token",
    base="/ws/oneroster/ims/oneroster/v1p1",
    roots=("/ws/oneroster/ims/oneroster/v1p1",),
    takes=frozenset({"header"}),
)
POWERSCHOOL_1_2 = POWERSCHOOL.but(
    oneroster="1.2", base="/ws/ims/oneroster", roots=_services("/ws/ims/oneroster")
)
CLASSLINK = GENERIC_1_1.but(provider="classlink", oauth=1, token="", signatures=frozenset({"HMAC-SHA1"}))
# The proxy in front of the district's server: no token URL, the secret is the token.
_PROXY = "/proxy/elm/ims/oneroster/v1p1"
CLASSLINK_PROXY = GENERIC_1_1.but(
    provider="classlink", token="", client_id="", base=_PROXY, roots=(_PROXY,), fixed_token=True
)
SKYWARD = GENERIC_1_1.but(provider="skyward", token="/elm/oauth/token")
SYNERGY = GENERIC_1_1.but(
    provider="synergy", token="/synergy/oauth/token", base="/synergy/ims/oneroster/v1p1",
    roots=("/synergy/ims/oneroster/v1p1",), share=("rostering", "gradebook"),
)  # fmt: skip
BLACKBAUD = Shape(
    provider="blackbaud",
    oneroster="1.1",
    token="/token",
    base="/afe-rostr/ims/oneroster/v1p1/",
    roots=("/afe-rostr/ims/oneroster/v1p1",),
    takes=frozenset({"header"}),
    needs_scope=(f"{V11}roster.readonly", f"{V11}roster-core.readonly"),
)
VERACROSS = Shape(
    provider="veracross",
    oneroster="1.1",
    token="/elm/oauth/oneroster",
    base="/elm/ims/oneroster/v1p1/",
    roots=("/elm/ims/oneroster/v1p1",),
    needs_scope=(f"{V11}roster.readonly", f"{V11}roster-core.readonly"),
)
ED_FI = Shape(
    provider="ed-fi",
    token="/v7/oauth/token",
    base="/v7/ims/oneroster/rostering/v1p2",
    roots=("/v7/ims/oneroster/rostering/v1p2",),
    needs_scope=(f"{V12}roster.readonly", f"{V12}roster-core.readonly"),
    parts=frozenset({"rostering"}),
)
