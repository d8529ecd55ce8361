"""Causes in what stands between this computer and the student information system, or in what it says of its own."""

from __future__ import annotations

from .model import Cause, district, you
from .steps import AWAIT, STANDARD, where_absent, where_known

SECTION = "Access"

_OTHER_NETWORK = you(
    "Run the checks from the network that your production system uses. If they pass there, only this network "
    "is blocked."
)
_PUBLIC_ADDRESS = you(
    'Look up the public IP address of the network that is blocked (any "what is my IP" page shows it), and send it to '
    "the district."
)
_ALLOW = district(
    "Have whoever runs the firewall or content filter allow {vendor_own} public IP address, or the paths of OneRoster "
    "on {host}."
)
_ALLOW_PARAMETERS = district(
    "Have whoever runs the firewall in front of {host} allow requests with parameters, such as limit, offset, and "
    "filter, to the paths of OneRoster."
)
_BLOCKED_WHY = (
    "A firewall, a content filter, a bot check, or a list of allowed addresses answered before the request reached the "
    "student information system. Its refusal says nothing about the key and secret."
)
_HOW = (
    "[[, with the marks of {product}]][[, from {server}]][[ instead of {usual_server}]]"
    "[[; only {only} are refused]]"
)
_KEY_HEADER = you(
    "Have your own software send that key, too, in the header that the gateway names; these checks cannot send it."
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="access.blocked",
        title="Blocked before the student information system",
        summary=f"Something in front of {{host}} refused the data requests[[ to {{path}}]] ({{status}}{_HOW}).",
        why=_BLOCKED_WHY,
        detection="The refusal bears marks of a known product that other answers lack; or it is a 403, 406, or 451 "
        "of another product than the one that issued the token or returned other data, by the Server header; or only "
        "requests with parameters are refused. Without such a sign, a refusal is access.forbidden.",
        fix=(
            where_absent("only", _OTHER_NETWORK),
            where_absent("only", _PUBLIC_ADDRESS),
            where_absent("only", _ALLOW),
            where_known("only", _ALLOW_PARAMETERS),
            AWAIT,
        ),
        source="RFC 9110, section 15.5.4",
    ),
    Cause(
        code="access.gateway-key",
        title="Gateway asks for a key of its own",
        summary="A gateway in front of {host}[[ ({product})]] wants a key of its own before it looks at OAuth "
        "({status}).",
        why="Some hosts put an API gateway in front of the student information system. It has keys of its own, apart "
        "from the key and secret of the connection.",
        detection="A 401 or 403 speaks of an API key or a subscription key, its challenge names a scheme of the "
        "gateway's own, or its headers are those of Amazon's gateway without a key. With access.token-rejected the "
        "token itself is refused.",
        fix=(
            district(
                "Send {vendor} the gateway's key and the name of its header over a channel that is safe for "
                "passwords, or have the gateway let OneRoster through without one.",
                sends_secret=True,
            ),
            _KEY_HEADER,
            AWAIT,
        ),
        source="RFC 9110, section 11.6.1",
    ),
    Cause(
        code="access.error-answer",
        title="Error from the application",
        summary="{host} answered[[ all {tried}]][[ {refused} of {requests}]] data requests[[ at {path}]] with an "
        "error of its own ({status})[[: {said}]].",
        why="The application refuses to serve this connection for a reason of its own, such as a district that is not "
        "set up, or a license that has ended. Its own words say which.",
        detection="The first data requests, all or most of them, get an error of the application, such as a 400, "
        "402, or 406, or an error inside a 200, and none of the other causes of access fits.",
        fix=(
            you("Read what the server said, and send it to the district with the time of the request."),
            district("Have the provider's support look up what {host} means by it."),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="token.blocked",
        title="Token request blocked",
        summary=f"Something in front of {{host}} refused the token request ({{status}}{_HOW}).",
        why=_BLOCKED_WHY,
        detection="The refusal has no OAuth error code and bears the marks of a known product, or it is a 403, 406, "
        "or 451 of another product than the one that answers data requests on the same host, by the Server header. "
        "Without such a sign, it is token.unauthorized-client or token.not-an-endpoint.",
        fix=(_OTHER_NETWORK, _PUBLIC_ADDRESS, _ALLOW, AWAIT),
        source="RFC 9110, section 15.5.4",
    ),
)
