"""The causes that this tool owns: a check that broke, and runs that never began."""

from __future__ import annotations

from .model import Cause, you

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="tool.fault",
        title="A check of this tool broke",
        summary="The check {check} stopped because of a fault in this tool ({error}).",
        why="It is a fault of this tool and says nothing about the district. The other checks went on.",
        detection="The check raised an error of its own. What a server does never shows as this cause.",
        fix=(
            you("Copy the ticket summary: it holds the tool's version and no secret."),
            you("Report it with that summary to the makers of oneroster-wizard, naming {check} and {error}."),
            you("Update oneroster-wizard if there is a newer version, then run the checks again."),
        ),
        source="this tool",
    ),
    Cause(
        code="tool.secret-missing",
        title="A secret is missing",
        summary="The profile {profile} could not be checked: {reason}.",
        why="Without its secret a connection cannot be used. Nothing was sent to the district.",
        detection="Neither the keyring nor the environment has the secret. No request was sent.",
        fix=(
            you("Open the profile in the wizard, enter its secret, and choose to remember it."),
            you("Then run the checks again."),
        ),
        source="this tool",
    ),
    Cause(
        code="tool.profile-broken",
        title="The profile's file cannot be read",
        summary="The profile {profile} could not be checked: {reason}.",
        why="The file of a profile may be edited by hand; this one cannot be read any more. Nothing was sent.",
        detection="The file cannot be read, or a value in it is not allowed. No request was sent.",
        fix=(you("Correct the file, or delete it."), you("Then run the checks again.")),
        source="this tool",
    ),
    Cause(
        code="tool.keyring",
        title="The keyring cannot be used",
        summary="The profile {profile} could not be checked: {reason}.",
        why="The secrets of a saved profile are in the keyring of this computer. Nothing was sent.",
        detection="The keyring is missing, locked or silent. No request was sent.",
        fix=(you("Unlock or set up the keyring of this computer."), you("Then run the checks again.")),
        source="this tool",
    ),
    Cause(
        code="tool.ca-file",
        title="The CA file cannot be read",
        summary="The profile {profile} could not be checked: {reason}.",
        why="The profile names a file with certificate authorities. Nothing was sent.",
        detection="The file cannot be read, or holds no certificate in PEM form. No request was sent.",
        fix=(
            you("Correct the CA file of the profile, or leave it empty."),
            you("Then run the checks again."),
        ),
        source="this tool",
    ),
    Cause(
        code="tool.proxy",
        title="The proxy cannot be used",
        summary="The profile {profile} could not be checked: {reason}.",
        why="This computer is set up to reach the Internet through a proxy. Nothing was sent.",
        detection="The address of the proxy cannot be used. No request was sent.",
        fix=(
            you("Correct HTTPS_PROXY or ALL_PROXY in the environment, or the proxy of this computer."),
            you("Then run the checks again."),
        ),
        source="this tool",
    ),
)
