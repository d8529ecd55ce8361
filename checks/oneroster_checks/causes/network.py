"""Causes between this computer and the server: names, ports, silence."""

from __future__ import annotations

from .model import Cause, district, you
from .shared_words import OTHER_NETWORK
from .steps import AGAIN, AWAIT, BOTH_URLS_IN_CAMPUS, CAMPUS, COMPARE_PORT, where_known

SECTION = "Network and TLS"

_COMPARE = you(
    "Compare {host}[[ in the {field} field]] letter by letter with what the district sent.",
    general="Compare the host name letter by letter with what the district sent.",
    line="Compare the host name letter by letter with what was sent.",
)
_LOOK_UPS = you(
    "Open any public web page on this computer to see whether it can look up names at all.",
    line="See whether this computer can open any public web page.",
)
_FIREWALL = district(
    "Make sure that the firewall of {host} allows {vendor_own} network[[ on port {port}]].",
    line="Make sure that the firewall allows {vendor_own} network.",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="network.name-not-found",
        title="Unknown host name",
        summary="The host name {host} cannot be found from {this_computer}[[ ({detail})]].",
        why="The host name is misspelled, it exists only inside the district's network, or this computer "
        "cannot look up names at the moment.",
        because="The name may be misspelled, or known inside your network only.",
        detection="The name lookup fails, so no connection was tried. With network.refused the name is known.",
        fix=(
            _COMPARE,
            _LOOK_UPS,
            you("If you use a VPN or a proxy, try with and without it."),
            district(
                "Tell {vendor} whether {host} is right and can be reached from outside the network.",
                reply="what you find",
                general="Tell the vendor whether the host name is right and can be reached from outside the network.",
                line="Say whether the host is right and reachable from outside.",
            ),
            AWAIT,
        ),
        fix_for={CAMPUS: (_COMPARE, _LOOK_UPS, BOTH_URLS_IN_CAMPUS, AWAIT)},
        source="RFC 1035, section 4.1.1",
    ),
    Cause(
        code="network.refused",
        title="Connection refused",
        summary="There is no connection to {host}[[ on port {port}]][[: {detail}]].",
        why="The name exists, but nothing listens on that port: the port in the address is wrong, the "
        "service is stopped, or a firewall rejects this computer.",
        because="The service may be stopped, or a firewall may turn us away.",
        detection="The connection is refused, no route leads to the host, or this computer's proxy answers that it got "
        "no connection to it. A firewall that drops packets shows as network.timeout instead.",
        fix=(
            COMPARE_PORT,
            OTHER_NETWORK,
            district(
                "Make sure that the service on {host} is running.",
                line="Make sure that the service is running.",
            ),
            _FIREWALL,
            AWAIT,
        ),
        source="RFC 9293, section 3.10.7",
    ),
    Cause(
        code="network.timeout",
        title="No answer in time",
        summary="{host} did not answer[[ on port {port}]] within {seconds} seconds (while {phase}).",
        why="If this happens while connecting, usually a firewall drops the packets or the host is down. If it "
        "happens while waiting for the answer, the server accepted the request but is too slow or stuck.",
        because="[[?unconnected|A firewall may drop our requests, or the server may be "
        "down.]][[-unconnected|The server may be too busy.]]",
        detection="Nothing came back within the time limit; the phase in the evidence says how far it got.",
        fix=(
            where_known("unconnected", OTHER_NETWORK),
            you(
                "[[?unconnected|Check that your own firewall lets requests to {host} out.]]",
                line="[[?unconnected|Check that your own firewall lets these requests out.]]",
            ),
            you("[[-unconnected|Try later with a longer time limit.]]"),
            district("Make sure that {host} is running.", line="Make sure that the server is running."),
            district(
                "[[?unconnected|Make sure that the firewall of {host} allows {vendor_own} network.]]",
                line="[[?unconnected|Make sure that the firewall allows {vendor_own} network.]]",
            ),
            AWAIT,
        ),
        source="RFC 9293, section 3.8.3",
    ),
    Cause(
        code="network.closed",
        title="Connection closed without an answer",
        summary="{host} closed the connection[[ on port {port}]] without a whole answer (while {phase}).",
        why="Usually a firewall, a proxy, or a load balancer ends the connection, or the service behind it "
        "crashed.",
        because="A firewall or a load balancer may end our connections.",
        detection="A connection was opened and then ended before a whole HTTP answer had come, perhaps already during "
        "TLS. With network.refused it never opened.",
        fix=(
            you(
                "Try again after a minute: a restart of the server looks the same.",
                line="Try again after a minute.",
            ),
            OTHER_NETWORK,
            district(
                "Look for {vendor_own} requests in the logs of the firewall or load balancer in front of {host}.",
                line="Look for {vendor_own} requests in firewall or balancer logs.",
            ),
            AWAIT,
        ),
        source="RFC 9293, section 3.5.2",
    ),
    Cause(
        code="network.not-http",
        title="Port that answers with something other than HTTP",
        summary="{host} answered[[ on port {port}]] with something that is not valid HTTP[[: the port speaks "
        "{protocol}]].",
        why="The port in the address belongs to another service, such as mail or remote login, or what is behind it "
        "is broken.",
        because="The port in the address may belong to another service.",
        detection="Bytes come back that are not an HTTP answer; some protocols are known by how they begin. When "
        "nothing comes back, it is network.closed; when it is TLS, tls.needed.",
        fix=(
            COMPARE_PORT,
            district(
                "Send {vendor} the https address of the OneRoster service, with its port.",
                reply="the https address",
                line="Send {vendor} the service's https address, with its port.",
            ),
            AWAIT,
        ),
        source="RFC 9112, section 4",
    ),
    Cause(
        code="network.proxy",
        title="No way through this computer's proxy",
        summary="{this_computer_own} proxy gives no connection to {host}[[: {detail}]].",
        why="Requests to other machines go through the proxy that this computer is set up to use, and it is down, "
        "its address is wrong, or it does not allow this host. The district's server was not reached.",
        ours="our own proxy gave us no connection to your server",
        detection="The failure comes before the proxy has made a connection. When the proxy says that it got none "
        "to the host, it is network.refused.",
        fix=(
            you(
                "Correct HTTPS_PROXY or ALL_PROXY in the environment, or remove it if no proxy is needed.",
                line="Correct HTTPS_PROXY or ALL_PROXY, or remove it if not needed.",
            ),
            you(
                "Ask your IT team whether the proxy is running, needs a login, and allows {host}.",
                line="Ask your IT team whether the proxy runs and allows this host.",
            ),
            AGAIN,
        ),
        source="RFC 9110, section 9.3.6",
    ),
)
