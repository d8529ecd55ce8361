"""Causes of the encrypted connection: certificates, TLS versions, and the clocks."""

from __future__ import annotations

from .model import Cause, district, you
from .steps import AGAIN, AWAIT

_CA_FILE = "in the CA file field (on the command line: --ca-file)"

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="tls.expired",
        title="The server's certificate is not valid today",
        summary="The certificate of {host} is not valid on today's date[[; its last day was {expires}]]"
        "[[ ({detail})]].",
        why="A certificate is valid between two dates. Usually it was not renewed in time; if it is not "
        "valid yet, this computer's clock may be wrong.",
        detection="The dates of the certificate are the only fault; its name and issuer were not the reason.",
        fix=(
            you("Check the date and time of this computer."),
            district("Ask whoever runs {host} to install a renewed certificate."),
            AWAIT,
        ),
        source="RFC 5280 section 4.1.2.5",
    ),
    Cause(
        code="tls.wrong-host",
        title="The certificate belongs to another name",
        summary="The certificate that {host} shows is for another name[[ ({detail})]].",
        why="Either the address uses a name that the certificate does not list, or the request reached "
        "another server than the one meant.",
        detection="The certificate is in order but does not list the host name in the address.",
        fix=(
            you(
                "Compare {host} with the address that the district sent; an IP address or a short name "
                "usually fails."
            ),
            district("Tell {vendor} the host name for which the certificate was made."),
            district("If {host} is right, ask whoever runs it for a certificate that lists this name."),
            AWAIT,
        ),
        source="RFC 9110 section 4.3.4",
    ),
    Cause(
        code="tls.untrusted",
        title="The certificate's issuer is not trusted",
        summary="The certificate of {host} comes from an issuer that this computer does not trust[[ "
        "({detail})]].",
        why="The certificate is self-signed, comes from a private authority, or the server does not send the "
        "intermediate certificate. A proxy that inspects traffic looks the same.",
        detection="Dates and name are not the reason: the chain does not end at a trusted authority. The "
        "evidence says whether it is self-signed or incomplete.",
        fix=(
            district("Check that {host} sends its whole chain, with the intermediate certificate."),
            you("If your own network inspects TLS, ask your IT for the PEM file of its authority."),
            district("If the authority is the district's own, send {vendor} its PEM file."),
            you(f"Name that PEM file {_CA_FILE}, then run the checks again."),
        ),
        source="RFC 5280 section 6",
        fields=("ca_file",),
    ),
    Cause(
        code="tls.protocol",
        title="No common TLS version",
        summary="{host} and this computer have no TLS version or cipher in common[[ ({detail})]].",
        why="Usually the server offers only old versions that are no longer safe, or it demands a client "
        "certificate.",
        detection="The TLS talk ends before a certificate is judged. With tls.not-tls the server speaks no "
        "TLS.",
        fix=(
            district("Ask whoever runs {host} to offer TLS 1.2 or 1.3."),
            you("Check that this computer's system and Python are up to date."),
            AWAIT,
        ),
        source="RFC 8996, RFC 8446 section 4.2.1",
    ),
    Cause(
        code="tls.not-tls",
        title="The port does not speak https",
        summary="The address says https, but port {port} of {host} answers unencrypted.",
        why="The port in the address belongs to an http service, or a proxy in between answers by itself.",
        detection="The first bytes from the server are not TLS. With tls.protocol they are TLS, but not a "
        "version in common.",
        fix=(
            you("Check the port in the address; without a port, https uses 443."),
            district("Tell {vendor} the https address and port of the service."),
            AWAIT,
        ),
        source="RFC 9110 section 4.2.2",
    ),
    Cause(
        code="clock.skew",
        title="This computer's clock is wrong",
        summary="This computer's clock is {minutes} minutes {direction} the server's[[ ({server_date})]].",
        why="OAuth 1 signs the time, and servers refuse requests that are more than a few minutes off. "
        "OAuth 2 works all the same, but tokens then seem to end too early or too late.",
        detection="The Date header of the answers and this computer's clock differ by more than five minutes.",
        fix=(
            you("Turn on setting the time automatically in this computer's date and time settings."),
            you("In a virtual machine or container, set the clock of the host too."),
            district(
                "If this computer's clock is right, ask whoever runs the server to set the server's clock."
            ),
            AGAIN,
        ),
        source="RFC 5849 section 3.3",
        explains=("oauth1.rejected", "oauth1.expired"),
        strength=8,
    ),
)
