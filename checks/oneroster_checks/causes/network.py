"""Causes between this computer and the server: names, ports, silence."""

from __future__ import annotations

from .model import Cause, district, you
from .steps import AWAIT, CAMPUS, copy_in_campus

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="network.name-not-found",
        title="No server of this name",
        summary="No computer named {host} can be found[[ ({detail})]].",
        why="The host name in the address is misspelt, it exists only inside the district's network, or this "
        "computer cannot look up names at the moment.",
        detection="The name look-up fails, so no connection was tried. With network.refused the name is known.",
        fix=(
            you("Compare {host} letter by letter with the address that the district sent."),
            you("Open any public web page on this computer, to see whether names can be looked up at all."),
            you("If you use a VPN or a proxy, try with it and without it."),
            district(
                "Confirm the host name, and whether it can be reached from outside the district's network."
            ),
            AWAIT,
        ),
        fix_for={
            CAMPUS: (
                you("Compare {host} letter by letter with the address that the district sent."),
                you(
                    "Open any public web page on this computer, to see whether names can be looked up at all."
                ),
                copy_in_campus("Base URL and Token URL"),
                AWAIT,
            )
        },
        source="RFC 1035 section 4.1.1",
    ),
    Cause(
        code="network.refused",
        title="The server refuses the connection",
        summary="{host} refuses connections on port {port}.",
        why="The name is known, but nothing listens on that port: the port in the address is wrong, the "
        "service is stopped, or a firewall rejects this computer.",
        detection="The refusal comes at once. A firewall that drops packets shows as network.timeout instead.",
        fix=(
            you("Check the port in the address: an https address usually names none, and 443 is used."),
            you("Try from another network, to see whether only this one is refused."),
            district(
                "Check that the service on {host} is running and that the firewall admits {vendor_own} "
                "network on port {port}."
            ),
            AWAIT,
        ),
        source="RFC 9293 section 3.10.7",
    ),
    Cause(
        code="network.timeout",
        title="The server does not answer in time",
        summary="{host} gave no answer on port {port} within {seconds} seconds while {phase}.",
        why="While connecting, usually a firewall drops the packets or the host is down. While waiting "
        "for the answer, the server took the request and is too slow or stuck.",
        detection="Nothing came back within the time limit; the phase in the evidence says how far it got.",
        fix=(
            you("If the phase is connecting, try from another network and check this network's firewall."),
            you(
                "If the phase is waiting for the answer, try again later with a longer time limit "
                "(--timeout)."
            ),
            district(
                "Check that {host} is up and that the firewall admits {vendor_own} network on port {port}."
            ),
            AWAIT,
        ),
        source="RFC 9293 section 3.8.3",
    ),
    Cause(
        code="network.closed",
        title="The server hangs up without an answer",
        summary="{host} closed the connection on port {port} without an answer while {phase}.",
        why="Usually a firewall, a proxy or a load balancer ends the connection, or the service behind it "
        "crashed.",
        detection="A connection was opened and then ended with no HTTP answer. With network.refused it never "
        "opened.",
        fix=(
            you("Try again after a minute: a restart of the server looks the same."),
            you("Try from another network without VPN or proxy."),
            district(
                "Look into the logs of the firewall or load balancer in front of {host} for {vendor_own} "
                "requests."
            ),
            AWAIT,
        ),
        source="RFC 9293 section 3.5.2",
    ),
)
