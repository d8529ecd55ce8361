"""Causes in what stands between this computer and the student information system, or in what it says of its own."""

from __future__ import annotations

from .model import Cause, Point, Step, district, you
from .steps import AWAIT, COMPARE_BASE_URL, STANDARD, where_absent

SECTION = "Access"

_PUBLIC_ADDRESS = you(
    '[[-partly|Look up the public IP address of that network (any "what is my IP" page shows it) and send it to the '
    "district.]]",
    line="[[-partly|Send the district that network's public IP address.]]",
)
_OTHER_NETWORK = you(
    "[[-partly|Run the checks from the network that your production system uses. If they pass there, only this "
    "network is blocked, and the district has nothing to do.]]",
    line="[[-partly|Run the checks from your production system's network.]]",
)
# Where only some requests are blocked, the address that they come from is allowed already.
_FILTER = "Ask whoever runs the firewall or content filter to let"
_ALLOW: tuple[Step, ...] = (
    district(
        f"[[-partly|{_FILTER} {{vendor_own}} public IP address through to the OneRoster service on {{host}}.]]",
        line="[[-partly|Have the firewall or filter allow {vendor_own} IP address.]]",
    ),
    district(
        f"[[?path|{_FILTER} requests to {{path}} through, as it does with the other OneRoster requests to {{host}}.]]",
        general=f"If only one kind of data is blocked, a{_FILTER[1:]} requests for it through, as it does with the "
        "other OneRoster requests.",
        line="[[?path|Have the firewall or filter allow requests for this data.]]",
    ),
    district(
        f"[[?only|{_FILTER} {{only}}, such as ?limit=100, through to the OneRoster service on {{host}}.]]",
        general=f"If only requests with parameters or a filter are blocked, a{_FILTER[1:]} those through, too.",
        line="[[?only|Have the firewall or filter allow {only}.]]",
    ),
)
_BLOCKED_STEPS: tuple[Step, ...] = (_OTHER_NETWORK, _PUBLIC_ADDRESS, *_ALLOW, AWAIT)
_BLOCKED_WHY = (
    "A firewall, a content filter, a bot check, or a list of allowed addresses answered before the request reached the "
    "student information system. Such an answer says nothing about the key, the secret, or the connection."
)
_HOW = (
    "[[, with the marks of {product}]][[, from {server}]][[ instead of {usual_server}]]"
    "[[; the refusal mentions {about}]]"
)
_KEY_HEADER = you(
    "[[-login|Have your software send that key, too, in the header that the gateway names. These checks cannot send "
    "it.]]",
    line="[[-login|Have your software send that key in the gateway's header.]]",
)
_NO_LOGIN = district(
    "[[?login|Ask whoever runs it to turn that login off for the paths of OneRoster: a request has only one place for "
    "credentials, which the token needs.]]",
    line="[[?login|Ask whoever runs it to turn that login off for OneRoster.]]",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="access.blocked",
        title="Blocked before the student information system",
        summary="Something in front of the student information system on {host} answered the data requests"
        f"[[ to {{path}}]] in its place ({{status}}{_HOW}[[; only {{only}} got that answer]]).",
        why=_BLOCKED_WHY,
        because="[[-partly|The firewall or content filter there may not know our network.]]",
        detection="The refusal bears marks of a known product that other answers lack; or it is a 403, 406, or 451 "
        "of another product than the one that issued the token or returned other data, by the Server header; or it is "
        "a web server's or proxy's own page, or mentions the caller's address; or only requests with parameters or a "
        "filter are refused. Without such a sign, a refusal is access.forbidden.",
        fix=_BLOCKED_STEPS,
        source="RFC 9110, section 15.5.4",
    ),
    Cause(
        code="access.gateway-key",
        title="Gateway asks for a key of its own",
        summary="[[-login|A gateway]][[?login|A web server or proxy]] in front of {host}[[ ({product})]] wants a "
        "[[-login|key]][[?login|login]] of its own besides OAuth ({status}).",
        why="Some hosts put an API gateway in front of the student information system. It has keys of its own, apart "
        "from the key and secret of the connection. A web server may ask for a login of its own in the same way.",
        because="Our key and secret are for the student information system, not for what is in front of it.",
        detection="A 401 or 403 mentions an API key or a subscription key, its challenge names a scheme of the "
        "gateway's own, its headers are those of Amazon's gateway without a key, or a web server's own page asks for "
        "a user name and password. With access.token-rejected the token itself is refused.",
        fix=(
            district(
                "[[-login|Send {vendor} the gateway's key and the name of its header over a channel that is safe for "
                "passwords, or ask whoever runs the gateway to let OneRoster through without a key.]]",
                sends_secret=True,
                line="[[-login|Send the gateway's key safely, or let OneRoster in without it.]]",
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
        summary="{host} answered[[ all {tried}]][[ {refused} of {requests}]] data requests[[ at {path}]] with an "
        'error of its own ({status})[[: "{said}"]].',
        why="The application refuses to serve this connection for a reason of its own, such as a district that is not "
        "set up, or a license that has ended. Its own words say which.",
        because="Only the provider can say what this answer means.",
        detection="The first data requests, all or most of them, get an error of the application, such as a 400, "
        "402, or 406, or an error inside a 200, and none of the other causes of access fits.",
        fix=(
            district(
                "Ask the provider's support what this answer from {host} means.",
                cites_request=True,
                reply="what the support answers",
                line="Ask the provider's support what this answer means.",
            ),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="access.redirected",
        suggestion_suffices=True,
        title="Data redirected to another address",
        summary="{host} redirects data requests[[ at {path}]][[ to {location}]] ({status})[[: {detail}]]"
        "[[?followed|; this run followed the redirect on the same host]]"
        "[[?in_vain|; this run followed the redirect once, and no data came]]"
        "[[?not_sent|; the credentials were not sent there]].",
        why="The service moved, the address is not complete, or a proxy sends requests somewhere else. Software that "
        "follows no redirects fails, and credentials must not follow one to another host.",
        because="The service may have moved.",
        ours="the base URL that we had entered leads to another address",
        detection="A redirect that leads to no login page. Within the same scheme, host, and port one redirect of a "
        "GET is followed: a warning where data comes from there. A redirect to a login page is access.login-page.",
        fix=(
            you(
                "[[Put this in the base URL field: {suggestion}]]",
                uses_suggestion=True,
                general="If another base URL is not redirected, put that one in the base URL field.",
                line="[[?suggestion|Put the suggested address in the base URL field.]]",
            ),
            you(
                "[[?followed|Have your software follow redirects of GET requests on the same host, or request the "
                "address that they lead to.]]",
                line="[[?followed|Have your software follow GET redirects on the same host.]]",
            ),
            where_absent("followed", COMPARE_BASE_URL),
            where_absent(
                "followed",
                district(
                    "Tell {vendor} whether the OneRoster service moved, and send its base URL as text.",
                    reply="the base URL as it is now",
                    line="Say whether the service moved, and send its base URL.",
                ),
            ),
            AWAIT,
        ),
        source="RFC 9110, section 15.4",
        fields=("base_url",),
        suspects=True,
        disproves=(Point.CREDENTIALS_CORRECT,),
    ),
    Cause(
        code="access.part-broken",
        title="One kind of data fails",
        joined=("path",),
        summary="Requests for {path} fail[[ after {after} records]][[ ({status})]][[: {detail}]], while {works} works.",
        why="The server has a fault in this kind of data, or does not allow it for this connection. The address and "
        "the credentials are in order.",
        because="The address and the credentials are right, since other data comes back.",
        detection="One kind of data fails, is refused, or is not found, and another was returned after that. When "
        "everything fails, it is access.server-error or access.forbidden; a part that the district turns on by "
        "itself and that is refused is one of sharing.* or gradebook.*.",
        fix=(
            district(
                "Open a support case with the provider: say that requests for {path} fail[[ ({status})]] while {works} "
                "works, and give the full address and the time of one of them.",
                cites_request=True,
                general="Open a support case with the provider: say that one kind of data fails while others work, and "
                "give the full address and the time of one request.",
                line="Open a support case with the provider, citing one request.",
            ),
            AWAIT,
        ),
        source=STANDARD,
    ),
    Cause(
        code="token.blocked",
        title="Token request blocked",
        summary="Something in front of the token URL on {host} answered the token request in its place "
        f"({{status}}{_HOW}).",
        why=_BLOCKED_WHY,
        because="[[-partly|The firewall or content filter there may not know our network.]]",
        detection="The refusal has no OAuth error code and bears the marks of a known product, is a web server's or "
        "proxy's own page, or mentions the caller's address; or it is a 403, 406, or 451 of another product than the "
        "one that answers data requests on the same host, by the Server header. Without such a sign, it is "
        "token.unauthorized-client or token.not-an-endpoint.",
        fix=_BLOCKED_STEPS,
        source="RFC 9110, section 15.5.4",
    ),
)
