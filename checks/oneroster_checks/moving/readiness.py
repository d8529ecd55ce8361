"""What a move to OneRoster 1.2 will take, from the old connection alone: nothing is requested for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..causes.model import Step, district, you
from ..causes.steps import SCREEN
from ..connection import CAMPUS, Connection
from ..providers import Provider, provider
from ..stages.lifetime import expiry
from ..when import day_words


@dataclass(frozen=True, slots=True)
class Readiness:
    """What is known before there is a new connection.

    `expires` is the day on which the old credentials end, None where that is not known, or never comes, and `ending`
    the sentence about it. `changes` are what OneRoster 1.2 does in another way, `software` what the vendor's software
    must do, `checklist` the steps up to the switch day and on it, in order; there are none of them where the connection
    is of 1.2 already.
    """

    expires: date | None
    ending: str
    changes: tuple[str, ...]
    software: tuple[str, ...]
    checklist: tuple[Step, ...]


def readiness(connection: Connection, today: date) -> Readiness:
    """What a move of this connection will take; `today` is the local day."""
    system = provider(connection.provider)
    ends = _ends(connection, system)
    if connection.oneroster == "1.2":
        return Readiness(None, "This connection is of OneRoster 1.2 already.", (), (), ())
    return Readiness(
        ends,
        _ending(connection, system, ends, today),
        tuple(_changes(connection, system)),
        tuple(_software(connection, system)),
        tuple(_checklist(connection, system)),
    )


def _ends(connection: Connection, system: Provider) -> date | None:
    is_yearly = connection.oneroster in system.yearly_credentials
    return expiry(connection.created) if connection.created and is_yearly else None


def _ending(connection: Connection, system: Provider, ends: date | None, today: date) -> str:
    if connection.oneroster not in system.yearly_credentials:
        return "No day is known on which the old credentials end."
    if ends is None:
        return (
            "OneRoster 1.1 credentials end one year after they were created. The profile has no creation date; ask the "
            "district for it."
        )
    if ends < today:
        return f"By the creation date, the old credentials expired on {day_words(ends)}, unless they were renewed."
    days = (ends - today).days
    return f"The old credentials expire on {day_words(ends)}, in {days:,} {'day' if days == 1 else 'days'}."


def _changes(connection: Connection, system: Provider) -> Iterator[str]:
    yield "Users have a list of roles, each with its org, in place of one role and a list of orgs."
    yield (
        "Rostering and the grade book are two services: the base URL is followed by /rostering/v1p2 or by "
        "/gradebook/v1p2."
    )
    if connection.oauth == 1:
        yield "Requests are authorized by a token of OAuth 2, and not by a signature of OAuth 1."
    if not system.renames_users:
        return
    yield (
        "Every user's sourcedId changes: the letter for the role goes. metadata has the old one, without the letter, "
        "as ic.legacySourcedId."
    )
    yield "A person with several roles has one record, where OneRoster 1.1 has one for each role."
    yield "Connections of OneRoster 1.2 do not expire."
    yield "Guardians are shared by Portal on their relationship; OneRoster 1.1 needed Grade Book as well."


def _software(connection: Connection, system: Provider) -> Iterator[str]:
    yield "Read roles and orgs from the list of roles, and take several roles of one user."
    if system.renames_users:
        yield (
            "Find each account by the letter of the role and ic.legacySourcedId, or by the mapping that this tool "
            "writes, before the first import."
        )
        yield "Merge the accounts of one person that had one for each role."
        yield "Ask for /students and /teachers instead of users filtered by role, which Campus may refuse."
    if connection.oauth == 1:
        yield "Request a token at the token URL, and again when it has expired."
    if connection.shares("gradebook") and system.vendor_header:
        yield "Send x-vendor-authorization with every request to the grade book."


def _checklist(connection: Connection, system: Provider) -> Iterator[Step]:
    new = "Make a new connection for {vendor} with OneRoster 1.2 and OAuth 2, with the same schools and Data to Share."
    text = new.format(vendor="the vendor")
    yield district(f"{SCREEN}. {text}" if system.id == CAMPUS else text)
    yield district(
        "Send the vendor its key, secret, base URL, and token URL over a channel that is safe for passwords.",
        sends_secret=True,
    )
    yield you("Save it as a profile of its own, and check it until it passes.")
    yield you(
        "Compare both connections here, and fix what that finds, until it says that it is safe to move."
    )
    yield you("On the switch day, stop the sync of the old connection, and back up the accounts.")
    yield you("Compare once more, and write the mapping of old and new ids to a file.")
    yield you(
        "Change the ids of all accounts by the mapping in one step, then import from the new connection."
    )
    yield you("Compare the accounts that the import opened and closed with “only new” and “only old”.")
    if connection.shares("gradebook"):
        yield you("Send one grade, and check with the district that it arrived.")
    yield district("When everything works, disable the old connection.")
