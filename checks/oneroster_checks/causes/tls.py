"""Causes of the encrypted connection: certificates, TLS versions, and the clocks."""

from __future__ import annotations

from .model import Cause, district, later, you
from .steps import AGAIN, AWAIT, COMPARE_PORT, SUGGESTION

SECTION = "Network and TLS"

_COMPARE = you(
    "Compare {host}[[ in the {field} field]] with what the district sent; an IP address or a short name "
    "usually fails.",
    general="Compare the host name with what the district sent; an IP address or a short name usually fails.",
    line="Compare the host name with what the district sent.",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="tls.expired",
        title="Certificate out of date",
        summary="The certificate that {host} sends to {this_computer} is not valid today[[: {detail}]]"
        "[[ (its last day: {expires})]].",
        why="A certificate is valid between two dates. Usually it was not renewed in time; if it is not "
        "valid yet, this computer's clock may be wrong.",
        because="Our computer accepts a certificate only between its two dates.",
        detection="The certificate is refused because of its dates: it has expired, or is not valid yet.",
        fix=(
            you("Check the date and time of this computer."),
            district(
                "Ask whoever runs {host} to install a renewed certificate.",
                line="Ask whoever runs the server to install a renewed certificate.",
            ),
            AWAIT,
        ),
        source="RFC 5280, section 4.1.2.5",
    ),
    Cause(
        code="tls.wrong-host",
        title="Certificate for another name",
        summary="The certificate that {host} sends to {this_computer} is for another name.",
        why="Either the address uses a name that the certificate does not list, or the request reached "
        "another server than the one meant.",
        because="Our computer accepts a certificate only for the names that it lists.",
        detection="The certificate is refused because it does not list the host name in the address.",
        fix=(
            _COMPARE,
            district(
                "Tell {vendor} which host name the certificate was made for.", reply="the right host name"
            ),
            later(
                district(
                    "If {host} is right, ask whoever runs it to install a certificate that lists this name.",
                    general="If the host name is right, ask whoever runs the host to install a certificate that lists "
                    "this name.",
                    line="If the name is right, ask for a certificate that lists it.",
                )
            ),
            AWAIT,
        ),
        source="RFC 9110, section 4.3.4",
    ),
    Cause(
        code="tls.untrusted",
        title="Certificate from an untrusted issuer",
        summary="The certificate that {host} sends comes from an issuer that is not known to {this_computer}"
        "[[: {detail}]].",
        why="The certificate is self-signed, comes from a private authority, or the server does not send the "
        "intermediate certificate. A proxy that inspects traffic looks the same.",
        because="Our computer accepts only certificates whose issuer it knows.",
        detection="The certificate is refused because its chain does not end at an authority that this computer "
        "trusts. The evidence says what is known of it: self-signed, or an issuer or intermediate certificate that "
        "is missing.",
        fix=(
            you(
                "If your own network inspects TLS, ask your IT team for the PEM file of its authority.",
                line="If your network inspects TLS, ask IT for its PEM file.",
            ),
            district(
                "Ask whoever runs {host} to make it send its whole chain, with the intermediate certificate.",
                line="Have the server send its whole certificate chain.",
            ),
            later(
                district(
                    "If the certificate comes from {district_own} own authority, send {vendor} its PEM file.",
                    reply="the PEM file",
                    line="If the authority is {district_own} own, send its PEM file.",
                )
            ),
            you(
                "Put the path of that PEM file in the CA file field (--ca-file), then run the checks again.",
                line="Put its path in the CA file field, then run the checks again.",
            ),
        ),
        source="RFC 5280, section 6",
        fields=("ca_file",),
    ),
    Cause(
        code="tls.protocol",
        title="No common TLS version",
        headline="[[?client_certificate|Client certificate required]]",
        summary="{host} [[-client_certificate|and {this_computer} could not agree on a TLS version or cipher]]"
        "[[refuses a request without a {client_certificate}]][[ ({detail})]].",
        why="Usually the server offers only old versions that are no longer safe, or it demands a client "
        "certificate.",
        because="[[-client_certificate|Our computer accepts TLS 1.2 and 1.3.]][[?client_certificate|We have "
        "a key and a secret, but no client certificate.]]",
        detection="TLS ends because nothing is in common, or because the server asks for a certificate of this "
        "computer, or a proxy answers that no client certificate came. With tls.not-tls the server does not speak TLS.",
        fix=(
            district(
                "[[-client_certificate|Ask whoever runs {host} to turn on TLS 1.2 or 1.3.]]",
                line="[[-client_certificate|Ask whoever runs the server to turn on TLS 1.2 or 1.3.]]",
            ),
            you("[[-client_certificate|Update this computer's system and Python.]]"),
            district(
                "[[?client_certificate|Ask whoever runs {host} to let OneRoster in without a client certificate: the "
                "standard identifies a client by its key and secret.]]",
                line="[[?client_certificate|Have the server let OneRoster in without a client certificate.]]",
            ),
            AWAIT,
        ),
        source="RFC 8996; RFC 8446, section 4.2.1",
    ),
    Cause(
        code="tls.not-tls",
        title="Port without https",
        summary="The address says https, but {host} answers unencrypted[[ on port {port}]].",
        why="The port in the address belongs to an http service, or a proxy in between answers by itself.",
        because="We send credentials over encrypted connections only.",
        detection="The first bytes from the server are not TLS, or TLS gets no answer and unencrypted HTTP gets one. "
        "With tls.protocol they are TLS, but no version is in common.",
        fix=(
            COMPARE_PORT,
            district(
                "Send {vendor} the https address of the service, with its port.",
                reply="the https address",
                line="Send {vendor} the service's https address, with its port.",
            ),
            AWAIT,
        ),
        source="RFC 9110, section 4.2.2",
    ),
    Cause(
        code="tls.needed",
        suggestion_suffices=True,
        title="Port that needs https",
        summary="The address begins with http://, but {host} speaks TLS[[ on port {port}]], so it needs https://.",
        why="A port serves either http or https. The address lost its s, or names the port of the other service.",
        ours="the {field} that we had entered began with http:// instead of https://",
        detection="The unencrypted request gets status 400, something that is not HTTP, or nothing, and a TLS "
        "handshake on the same port gets a TLS answer. The opposite is tls.not-tls.",
        fix=(
            SUGGESTION,
            you("Change http:// to https://[[ in the {field} field]]."),
            AGAIN,
        ),
        source="RFC 9110, section 4.2.2",
    ),
    Cause(
        code="clock.skew",
        title="This computer's clock and the server's differ",
        headline="{this_computer_own} clock and the server's differ",
        summary="[[?minutes|{this_computer_own} clock is {minutes} {direction} the server's]]"
        "[[?minutes|, which refuses the time in signatures ({problem})]]"
        "[[-minutes|The server refuses the time in signatures]][[-minutes| ({problem})]]"
        "[[?corrected|, and a signature with the server's own time was accepted]].",
        why="OAuth 1 signs the time, and servers refuse requests that are more than a few minutes off. "
        "OAuth 2 works all the same, but tokens then seem to end too early or too late.",
        because="Requests are refused, or tokens end too early, when the two clocks disagree.",
        ours="our computer's clock and your server's differ[[ by {minutes}]]",
        detection="The Date header of the answers and this computer's clock differ by more than five minutes. With "
        "OAuth 1 less is enough where the server refuses the time by its published code, or accepts a signature that "
        "carries its own time.",
        fix=(
            you(
                "Turn on automatic time in this computer's date and time settings.",
                line="Turn on automatic time in this computer's settings.",
            ),
            you("In a virtual machine or container, set the host's clock too."),
            later(
                district(
                    "Check the clock of {district_own} server[[: it is {minutes} {server_direction} {vendor_alone}]].",
                    line="Check the clock of {district_own} server.",
                    reply="what you find",
                )
            ),
            AGAIN,
        ),
        source="RFC 5849, section 3.3",
        explains=("oauth1.rejected", "oauth1.expired"),
        strength=8,
    ),
)
