"""The causes on this computer: a check that crashed, limits that a run keeps, and what a saved profile lacks to run."""

from __future__ import annotations

from dataclasses import replace

from ..errors import CannotRun
from .model import Cause, you
from .steps import AGAIN, where_absent

SECTION = "This tool"

_SOURCE = "README of oneroster-wizard"
_CRASHED = "A check in this tool crashed. The district is not at fault."
_NOT_ALL = "One of this tool's own limits was reached, so not everything was checked."
_NOT_RUN = "The connection was not checked: something is missing or wrong on this computer."
# One step for both: a folder without room often cannot be written to for another reason next time.
_MAKE_ROOM = you(
    "[[?disk|Make room in this computer's folder for temporary files, and make sure that it can be written to.]]",
    line="[[?disk|Make room in the temporary folder, and make it writable.]]",
)
_AT_THE_PROMPT = you(
    "To check it once without the keyring, check this profile alone in a terminal, and enter the secret at the "
    "prompt.",
    line="To check it once, run it in a terminal and enter the secret.",
)
_IN_A_SCRIPT = you(
    "In a script, use --secret-from, or set ONEROSTER_CLIENT_SECRET in the environment.",
    line="In a script, use --secret-from or set ONEROSTER_CLIENT_SECRET.",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        code="tool.fault",
        title="Crashed check",
        summary="The check {check} crashed in this tool ({error}), which says nothing about the district.",
        why="It is a bug in this tool. The other checks went on.",
        detection="The check raised an error of its own. What a server does never shows as this cause.",
        fix=(
            you(
                "Copy the ticket summary: it has the tool's version and no secret.",
                line="Copy the ticket summary: it has no secret.",
            ),
            you("Report it with that summary to the makers of oneroster-wizard."),
            you("If there is a newer version of oneroster-wizard, install it."),
            AGAIN,
        ),
        source=_SOURCE,
        verdict=_CRASHED,
    ),
    Cause(
        code="tool.run-limit",
        title="Limit of this tool for one run",
        summary="This run reached this tool's own limit[[ of {seconds} seconds]][[ of {requests} requests]]"
        "[[-journal|: the disk of this computer, where it keeps the records for the time of the run, is {disk}]]"
        "[[?journal|: the list of test records to remove could not be saved on this computer]], so not everything was "
        "checked.",
        why="A run may take a little less than three times the time limit of one request, and send only so many "
        "requests, so that it ends whatever comes back. What was not checked may be in order.",
        detection="The time or the requests of the run were used up, or this computer's disk was full or not writable: "
        "the records of a full read are kept there for the time of the run, and the list of the records that a write "
        "test has to remove. What the server asks to wait is not counted. When one request gets no answer within its "
        "own time limit, it is network.timeout.",
        fix=(
            you(
                "[[?seconds|Set a longer time limit for one request (--timeout on the command line): the whole run may "
                "take almost three times that.]]",
                line="[[?seconds|Set a longer time limit for one request (--timeout).]]",
            ),
            you(
                "[[?disk|Make room on this computer, and make sure that your home folder and the folder for temporary "
                "files can be written to.]]",
                line="[[?disk|Make room on this computer, and make its folders writable.]]",
            ),
            you(
                "[[-disk|To run only what was left out, choose the last line of the list in the wizard, and press O.]]",
                general="To run only what was left out, choose the last line of the list in the wizard, and press O.",
                line="[[-disk|To run only the rest, press O on the last line of the list.]]",
            ),
            AGAIN,
        ),
        source=_SOURCE,
        verdict=_NOT_ALL,
        told_last=6,
    ),
    Cause(
        code="tool.read-limit",
        title="Limit of this tool for a full read",
        summary="This tool stopped reading {path} after {received} records[[ of {total}]], by a limit of its own[[: "
        "{poor} pages brought fewer than {fewer} new records each]][[: it reads at most {most} records of one "
        "collection]][[: the disk of this computer, where it keeps the records for the time of the run, is {disk}]]"
        "[[: it sends at most {requests} requests for a full read]][[: a full read may take {minutes}]]"
        "[[, and with about {works} records a page where {asked} were asked for, the rest would take longer]].",
        why="A full read ends, however many pages there are. What was not read may be in order, and is not judged.",
        detection="Pages stayed far below the size that was asked for and the rest would take longer than allowed, or "
        "1,000 pages brought fewer than ten new records each, or the time or the records of a full read were used "
        "up, or this computer's disk was full or not writable.",
        fix=(
            _MAKE_ROOM,
            you(
                "[[?minutes|If it needs more time, allow it more (--max-minutes on the command line).]]",
                line="[[?minutes|If it needs more time, allow it more (--max-minutes).]]",
            ),
            you(
                "[[-disk|Ask the provider how many records a page may have, and whether the collection is that "
                "large.]]",
                line="[[-disk|Ask the provider for its page limit and the collection's size.]]",
            ),
            AGAIN,
        ),
        source=_SOURCE,
        verdict=_NOT_ALL,
        told_last=5,
    ),
    Cause(
        code=CannotRun.SECRET_MISSING.value,
        title="Missing client secret",
        summary="There is no [[?fixed_token|fixed token]][[-fixed_token|client secret]][[ for the profile {profile}]] "
        "[[-worker|on this computer]][[on the worker {worker}]][[: {reason}]].",
        why="A secret is never written into a profile. It comes from the keyring, from the environment, or "
        "from a prompt in a terminal.",
        detection="Neither the keyring, for the hosts of this profile, nor ONEROSTER_CLIENT_SECRET has the secret, and "
        "nobody could be asked. On the worker of a cluster a variable of the profile's own takes the place of "
        "ONEROSTER_CLIENT_SECRET.",
        fix=(
            you(
                "[[-worker|Open the profile in the wizard, enter the client secret, and save it in the keyring.]]",
                line="[[-worker|In the wizard, open the profile and save its client secret.]]",
            ),
            replace(where_absent("worker", _AT_THE_PROMPT), general=_AT_THE_PROMPT.text),
            replace(where_absent("worker", _IN_A_SCRIPT), general=_IN_A_SCRIPT.text),
            you(
                "[[?worker|Start every worker of the cluster with {variable} in its environment.]]",
                general="If the checks ran on a cluster, start every worker with the profile's own variable in its "
                "environment.",
                line="[[?worker|Start every worker with the profile's own variable set.]]",
            ),
            AGAIN,
        ),
        source=_SOURCE,
        verdict=_NOT_RUN,
        fields=("client_secret",),
    ),
    Cause(
        code=CannotRun.PROFILE_BROKEN.value,
        title="Unreadable profile",
        summary="The profile[[ {profile}]] cannot be read[[: {reason}]].",
        why="The file is not valid TOML, or one of its values is not possible. It was probably edited by hand.",
        detection="The file of the profile is there, and no connection can be made from it.",
        fix=(
            you(
                "Open the file of the profile in an editor and correct what is named here.",
                line="Correct what is named here in the file of the profile.",
            ),
            you(
                "If it cannot be corrected, delete the file and create the profile again in the wizard.",
                line="If that fails, delete the file and create the profile again.",
            ),
            AGAIN,
        ),
        source=_SOURCE,
        verdict=_NOT_RUN,
    ),
    Cause(
        code=CannotRun.PROFILE_CHANGED.value,
        title="Profile changed meanwhile",
        summary="The profile[[ {profile}]] was not checked as it was first read[[: {reason}]].",
        why="Another program or window changed, renamed, or deleted the profile after these checks began. Its "
        "secret may belong to another server by now, so nothing was sent.",
        detection="The profile is read again with its secret, and its connection is no longer the one to be checked.",
        fix=(
            you(
                "Open the profile in the wizard, and make sure that its connection is the right one.",
                line="Open the profile, and check its connection.",
            ),
            AGAIN,
        ),
        source=_SOURCE,
        verdict=_NOT_RUN,
    ),
    Cause(
        code=CannotRun.KEYRING.value,
        title="Keyring failure",
        summary="The keyring of this computer did not give the secrets[[ of the profile {profile}]]"
        "[[: {reason}]].",
        why="The keyring is locked or missing, or it is waiting for somebody. Without a desktop, there often is none.",
        detection="The keyring failed or did not answer in time. With one that works and has no secret, it is "
        "tool.secret-missing.",
        fix=(
            you("Unlock the keyring of this computer."),
            _AT_THE_PROMPT,
            _IN_A_SCRIPT,
            AGAIN,
        ),
        source=_SOURCE,
        verdict=_NOT_RUN,
    ),
    Cause(
        code=CannotRun.CA_FILE.value,
        title="Unusable CA file",
        summary="The CA file[[ of the profile {profile}]] cannot be used[[: {reason}]].",
        why="The file was moved or deleted, cannot be read, or has no certificate in PEM form.",
        detection="The CA file is read before the first request, and that failed.",
        fix=(
            you(
                "Put the path of a readable PEM file in the CA file field, or clear it if none is needed.",
                line="Put a readable PEM file in the CA file field, or clear it.",
            ),
            AGAIN,
        ),
        source=_SOURCE,
        verdict=_NOT_RUN,
        fields=("ca_file",),
    ),
    Cause(
        code=CannotRun.PROXY.value,
        title="Unusable proxy",
        summary="The proxy that this computer is set up to use cannot be used[[ for the profile {profile}]]"
        "[[: {reason}]].",
        why="The address of the proxy in HTTPS_PROXY or ALL_PROXY is not one that this tool can use.",
        detection="The proxy's address is read before the first request, and that failed.",
        fix=(
            you("Correct HTTPS_PROXY or ALL_PROXY in the environment."),
            you(
                "If the district's host can be reached without a proxy, name it in NO_PROXY instead.",
                line="If the host needs no proxy, name it in NO_PROXY instead.",
            ),
            AGAIN,
        ),
        source=_SOURCE,
        verdict=_NOT_RUN,
    ),
)
