"""The command line: what was asked for, and who does it. Heavy imports wait until they are needed."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence

from .commands.parser import CommandLineError, build_parser

OK, FAILED, USAGE, BROKEN, INTERRUPTED = 0, 1, 2, 3, 130

# Lines longer than this are hard to read, however wide the terminal.
LONGEST_LINE = 100

_NO_TERMINAL = """\
The wizard needs a terminal, and there is none here. Run the same checks without it:

  oneroster-wizard check PROFILE            a saved connection
  oneroster-wizard check --base-url URL --token-url URL --client-id ID
                                            a connection that the options describe; the secret comes from
                                            ONEROSTER_CLIENT_SECRET in the environment
  oneroster-wizard demo                     the practice district, with nothing to configure

`oneroster-wizard --help` tells the rest.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the number is the exit code of the contract."""
    try:
        return _dispatch(list(sys.argv[1:] if argv is None else argv))
    except CommandLineError as error:
        print(f"oneroster-wizard: {error}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has seen enough; nothing can be said to them any more.
        sys.stderr.close()
        return OK
    except Exception as error:
        # No traceback: its lines could repeat what somebody pasted.
        print(f"oneroster-wizard itself failed ({type(error).__name__}). {_where(error)}", file=sys.stderr)
        return BROKEN


def _dispatch(argv: list[str]) -> int:
    if not argv:
        if not has_terminal():
            print(_NO_TERMINAL, end="", file=sys.stderr)
            return USAGE
        return _wizard()
    options = build_parser().parse_args(argv)
    command: str = options.command
    if command == "check":
        from .commands.check import check

        return check(options)
    if command == "demo":
        return _demo(options)
    if command == "practice":
        from .commands.practice import practice

        return practice(options)
    if command == "explain":
        return _explain(options)
    from .commands.profiles import profiles

    return profiles(options)


def _explain(options: argparse.Namespace) -> int:
    from oneroster_checks.causes.explanation import explain, listing
    from oneroster_checks.errors import UnknownCause

    if options.cause is None:
        print(listing())
        return OK
    try:
        print(explain(options.cause, options.provider))
    except UnknownCause:
        raise CommandLineError(
            f"there is no cause “{options.cause}”. `oneroster-wizard explain` lists them."
        ) from None
    return OK


def has_terminal() -> bool:
    """Whether a person sits at both ends; Textual would start without one."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _wizard() -> int:
    from .app import WizardApp

    return _run(WizardApp())


def _demo(options: argparse.Namespace) -> int:
    from .commands.parser import known_problem

    problem = known_problem(options.problem)
    if not has_terminal() or options.format is not None or options.output is not None:
        from .commands.check import demo

        return demo(options, problem)
    from .app import WizardApp

    return _run(WizardApp.for_practice(problem))


def _run(app: object) -> int:
    """Run the wizard, then leave the checklist in the terminal's scrollback."""
    from .app import WizardApp

    assert isinstance(app, WizardApp)
    app.run()
    result = app.last_result
    if result is not None:
        from oneroster_checks.report import checklist_text

        print(checklist_text(result, min(LONGEST_LINE, shutil.get_terminal_size().columns)), end="")
    return app.return_code or OK


def _where(error: BaseException) -> str:
    """The place of the error in this program, which helps to mend it and holds nothing of the user's."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return ""
    last = frames[-1]
    name = last.filename.replace("\\", "/").rpartition("/")[2]
    return f"Please report it with this place: {name}, line {last.lineno}, in {last.name}."
