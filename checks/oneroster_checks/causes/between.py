"""Causes in what stands between this computer and the student information system, or in what it says of its own."""

from __future__ import annotations

from .model import Cause, Step, district, you
from .steps import AWAIT, STANDARD

SECTION = "Access"

_PUBLIC_ADDRESS = you(
    'Look up the public IP address of the network that you are in; any "what is my IP" page shows it.'
)
_OTHER_NETWORK = you(
    "Run the checks from the network that your production system uses. If they pass there, only this network "
    "is blocked."
)
_ALLOW = district(
    "Have whoever runs the firewall or content filter allow {vendor_own} public IP address, or the paths of OneRoster "
    "on {host}; {vendor} sends the address."
)
_BLOCKED_STEPS: tuple[Step, ...] = (_OTHER_NETWORK, _PUBLIC_ADDRESS, _ALLOW, AWAIT)
_BLOCKED_WHY = (
    "A firewall, a content filter, a bot check, or a list of allowed addresses answered before the request reached the "
    "student information system. The key and secret were not looked at."
)
_HOW = (
    "[[, with the marks of {product}]][[, from {server}]][[ instead of {usual_server}]]"
    "[[; the refusal speaks of {about}]][[; only {only} are refused]]"
)
_KEY_HEADER = you(
    "[[-login|Have your own software send that key, too, in the header that the gateway names.]]"
)
_NO_LOGIN = district(
    "[[?login|Have whoever runs it turn that login off for the paths of OneRoster: a request has only one place for "
    "credentials, which the token needs.]]"
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="access.blocked",
        title="Blocked before the student information system",
        summary=f"Something in front of {{host}} refused the data requests[[ to {{path}}]] ({{status}}{_HOW}).",
        why=_BLOCKED_WHY,
        detection="The refusal is a page of another product than the one that answered the token request or other data "
        "get the same page, or it is a web server's or proxy's own page, or it speaks of the caller's address, or only "
        "requests with parameters or a filter are refused. A refusal by the student information system itself is "
        "access.forbidden.",
        fix=_BLOCKED_STEPS,
        source="RFC 9110, section 15.5.4",
    ),
    Cause(
        code="access.gateway-key",
        title="Gateway asks for a key of its own",
        summary="[[-login|A gateway]][[?login|A web server or proxy]] in front of {host}[[ ({product})]] wants a "
        "[[-login|key]][[?login|login]] of its own before it looks at OAuth ({status}).",
        why="Some hosts put an API gateway in front of the student information system. It has keys of its own, apart "
        "from the key and secret of the connection. A web server may ask for a login of its own in the same way.",
        detection="The refusal names an API key or a subscription key, or its challenge is none of OAuth: another "
        "scheme, or a web server's own page with a challenge for a user name and password. With access.token-rejected "
        "the token itself is refused.",
        fix=(
            district(
                "[[-login|Send {vendor} the gateway's key and the name of its header over a channel that is safe for "
                "passwords, or have the gateway let OneRoster through without one.]]",
                sends_secret=True,
            ),
            _KEY_HEADER,
            _NO_LOGIN,
            AWAIT,
        ),
        source="RFC 9110, section 11.6.1",
    ),
    Cause(
        code="access.error-answer",
        title="Error from the application",
        summary="{host} answered every data request that was tried with an error of its own ({status})[[: {said}]].",
        why="The application refuses to serve this connection for a reason of its own, such as a district that is not "
        "set up, or a license that has ended. Its own words say which.",
        detection="Every answer is an error of the application, such as a 400, 402, or 406, or an error inside a 200, "
        "and none of the other causes of access fits.",
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
        detection="The refusal is a page with no OAuth error, of another product than the one that answers data "
        "requests, or a web server's or proxy's own page, or it speaks of the caller's address. A refusal by the token "
        "URL itself has an OAuth error code.",
        fix=_BLOCKED_STEPS,
        source="RFC 9110, section 15.5.4",
    ),
)
