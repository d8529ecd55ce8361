"""`oneroster-wizard completion`: the script with which a shell completes commands, options, values, and names."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

from .completes import Named, named_by
from .console import PROGRAM, say, write_report_text
from .errors import CommandLineError
from .exit_codes import ExitCode
from .parser import COMMANDS, CommandParser, build_parser

DESCRIPTION = (
    "Prints a script that lets your shell complete commands, options, values, and the names of saved profiles, "
    "causes, and problems. Print it again after an update."
)
SHELLS = ("bash", "zsh", "fish")
EXAMPLES = (
    ("bash: in ~/.bashrc", 'eval "$(oneroster-wizard completion bash)"'),
    ("zsh: in ~/.zshrc, after compinit", 'eval "$(oneroster-wizard completion zsh)"'),
    ("fish: once", "oneroster-wizard completion fish > ~/.config/fish/completions/oneroster-wizard.fish"),
)
# The function of a shell that completes one kind of names, and what it stands on.
_FUNCTION = "_oneroster_wizard_{}"
_BASH = """
_oneroster_wizard_names() {
  local name quoted
  while IFS= read -r name; do
    printf -v quoted %q "$name"
    if [[ $name == "$2"* || $quoted == "$2"* ]]; then
      printf '%s\\n' "$quoted"
    fi
  done < <(oneroster-wizard completion --names "$1" 2>/dev/null)
}
"""
_ZSH = """
_oneroster_wizard_names() {
  local -a names
  names=("${(@f)$(oneroster-wizard completion --names $1 2>/dev/null)}")
  names=(${names:#})
  shift
  compadd "$@" -a names
}
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the shell, and what the scripts themselves ask for."""
    parser.add_argument("shell", nargs="?", choices=SHELLS, metavar="SHELL", help="bash, zsh, or fish")
    kinds = [named.value for named in Named if named is not Named.FILE]
    parser.add_argument("--names", choices=kinds, help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> ExitCode:
    """Print the script; CommandLineError where no shell is named."""
    if options.names is not None:
        found = list(_names(Named(options.names)))
        if found:
            say(*found)
    elif options.shell is None:
        raise CommandLineError(f"Name your shell: {', '.join(SHELLS)}.", f"Try: {PROGRAM} completion --help")
    else:
        write_report_text(_script(options.shell), utf8=True)
    return ExitCode.OK


def _script(shell: str) -> str:
    import shtab

    # Naming every command brings the options of each.
    parser = build_parser(tuple(COMMANDS))
    for action in _actions(parser):
        named = named_by(action)
        if named is not None:
            vars(action)["complete"] = shtab.FILE if named is Named.FILE else _completion(named)
    return f"{shtab.complete(parser, shell)}\n"


def _completion(named: Named) -> dict[str, str | dict[str, str]]:
    """How each shell completes a kind of names, in the words of shtab."""
    name = _FUNCTION.format(named.value)
    calls = f'{name}() {{ _oneroster_wizard_names {named.value} "$@"; }}'
    return {
        "bash": name,
        "zsh": name,
        "fish": f"({PROGRAM} completion --names {named.value} 2>/dev/null)",
        "preamble": {"bash": f"{_BASH}{calls}", "zsh": f"{_ZSH}{calls}"},
    }


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Every argument of a parser and of the parsers of its commands, whose descriptions go."""
    for action in parser._actions:
        yield action
        if isinstance(action.choices, dict):
            for each in action.choices.values():
                if isinstance(each, CommandParser):
                    # A shell shows the line of the list of commands, which is shorter.
                    each.description = None
                    yield from _actions(each)


def _names(named: Named) -> Iterable[str]:
    """The names of a kind; none where they cannot be read, since nobody wants a complaint behind a Tab."""
    match named:
        case Named.PROFILE | Named.TAG:
            return _of_profiles(named)
        case Named.CAUSE:
            from oneroster_checks.causes import codes

            return codes()
        case Named.PROBLEM:
            from oneroster_practice import problems

            return (problem.code for problem in problems())
        case Named.PROVIDER:
            from oneroster_checks.providers import providers

            return (provider.id for provider in providers())
        case Named.FILE:
            return ()


def _of_profiles(named: Named) -> Iterable[str]:
    from ..storage.profiles import ProfileError, ProfileStore

    try:
        profiles, _ = ProfileStore().list()
    except ProfileError:
        return ()
    if named is Named.PROFILE:
        return (profile.name for profile in profiles)
    return sorted({tag for profile in profiles for tag in profile.tags})
