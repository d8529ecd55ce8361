"""`oneroster-wizard profiles`: lists, shows, deletes, imports and exports saved profiles."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

from oneroster_checks.connection import Connection
from oneroster_checks.labels import authorization_label

from .. import stopping
from ..storage.profiles import KeptRun, Profile, ProfileError, ProfileStore
from .completes import Named, completes
from .console import complain, say, tell
from .errors import CommandLineError
from .exit_codes import ExitCode
from .export_profiles import add_export, export_profiles
from .import_profiles import add_import, import_profiles
from .parser import CommandParser
from .tag_option import add_tag, tagged

DESCRIPTION = "Lists the saved profiles, shows or deletes one of them, and imports or exports many."

EXAMPLES = (
    ("the saved profiles, and how each one's last run ended", "oneroster-wizard profiles list"),
    ("one of them, without its secrets", "oneroster-wizard profiles show my-district"),
    ("what an import would save", "oneroster-wizard profiles import districts.csv --dry-run"),
    ("pass all of them on, without secrets", "oneroster-wizard profiles export --output districts.toml"),
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the actions of `profiles`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", parser_class=CommandParser)
    add_tag(actions.add_parser("list", help="list the saved profiles"))
    for action in ("show", "delete"):
        name = actions.add_parser(action, help=f"{action} one profile").add_argument("name", metavar="NAME")
        completes(name, Named.PROFILE)
    add_import(actions.add_parser("import", help="save the connections of a CSV or TOML file"))
    add_export(actions.add_parser("export", help="write profiles, without secrets, as TOML or CSV"))


def run(options: argparse.Namespace) -> ExitCode:
    """Carry out one action; CommandLineError when the profile cannot be used."""
    store = ProfileStore()
    try:
        if options.action == "show":
            say(*_shown(store, store.load(options.name)))
            return ExitCode.OK
        if options.action == "import":
            return import_profiles(options)
        if options.action == "export":
            return export_profiles(options)
        if options.action == "delete":
            return _delete(store, options.name)
        return _list(store, getattr(options, "tag", []))
    except ProfileError as error:
        raise CommandLineError(str(error)) from None


def _list(store: ProfileStore, tags: Sequence[str]) -> ExitCode:
    found, broken = tagged(store, tags) if tags else store.list()
    newest = _newest(store)
    for profile in found:
        last = next(iter(newest.get(profile.name, ())), None)
        ending = f"{last.status} on {last.started:%Y-%m-%d %H:%M}" if last else "not run yet"
        connection = profile.connection
        say(
            f"{profile.name}: {connection.provider}, {_authorization(connection)}, "
            f"OneRoster {connection.oneroster}, {ending}{_in_a_list(profile)}"
        )
    if not found and not broken:
        say("There is no saved profile. The wizard saves one: run `oneroster-wizard`.")
    for entry in broken:
        complain(f"{entry.path}: {entry.sentence}")
    return ExitCode.USAGE if broken else ExitCode.OK


def _newest(store: ProfileStore) -> Mapping[str, list[KeptRun]]:
    """The last run of each profile; that of none, with a complaint, where the history cannot be read."""
    try:
        return store.history.newest(1)
    except ProfileError as error:
        complain(str(error))
        return {}


def _shown(store: ProfileStore, profile: Profile) -> list[str]:
    connection = profile.connection
    lines = [
        f"Name: {profile.name}",
        f"Provider: {connection.provider}",
        f"OAuth: {connection.oauth}",
        f"Fixed token: {'yes' if connection.fixed_token else 'no'}",
        f"OneRoster: {connection.oneroster}",
        f"Base URL: {connection.base_url}",
        f"Token URL: {connection.token_url}",
        f"Client id: {connection.client_id}",
        f"Data you expect: {', '.join(connection.share)}",
        f"Created: {connection.created.isoformat() if connection.created else 'unknown'}",
        *([f"District: {profile.district}"] if profile.district else []),
        f"Tags: {', '.join(profile.tags) or 'none'}",
        f"File: {store.path_of(profile.name)}",
    ]
    last = next(iter(_newest(store).get(profile.name, ())), None)
    if last:
        lines.append(f"Last run: {last.status}, {last.started:%Y-%m-%d %H:%M}. {last.summary}")
    return lines


def _in_a_list(profile: Profile) -> str:
    return f", tags: {', '.join(profile.tags)}" if profile.tags else ""


def _authorization(connection: Connection) -> str:
    return authorization_label(connection.oauth, fixed_token=connection.fixed_token)


def _delete(store: ProfileStore, name: str) -> ExitCode:
    from ..storage.keyring_trouble import remedy_for
    from ..storage.secrets import SERVICE, KeyringTrouble, SecretStore

    # The file of the right spelling first, so that a wrong name never touches the keyring.
    profile = store.load(name)
    left = ""
    try:
        stopping.run(SecretStore().delete(profile.name))
    except KeyringTrouble as trouble:
        # What says that it keeps nothing there is not held by a keyring that cannot be used.
        if profile.remember and (trouble.kind != "missing" or trouble.half):
            complain(
                f"{trouble.sentence} {remedy_for(trouble.kind)}",
                f"The profile “{profile.name}” was kept, so that its secrets are not left behind.",
            )
            return ExitCode.USAGE
        if profile.remember:
            left = (
                "This session has no keyring, so no secret was looked for. If it was saved in another "
                f"session, such as the desktop, remove its {SERVICE} entries from that keyring."
            )
    store.delete(profile.name)
    secrets = " and its secrets" if profile.remember and not left else ""
    say(f"Deleted the profile “{profile.name}”{secrets}.")
    if left:
        tell(left)
    return ExitCode.OK
