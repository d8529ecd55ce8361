"""The wizard as a command: it needs a terminal, and leaves the checklist behind in it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from .. import stopping
from .ansi_style import columns_here, style_here
from .console import tell_text, write_report_text
from .exit_codes import ExitCode

if TYPE_CHECKING:
    from ..app import WizardApp
    from ..practice_choice import PracticeChoice

# Lines longer than this are hard to read, however wide the terminal.
LONGEST_LINE = 100

_NO_TERMINAL = """\
The wizard needs a terminal, and there is none here. Run the same checks without it:

  oneroster-wizard check PROFILE            a saved connection
  oneroster-wizard check --base-url URL --token-url URL --client-id ID
                                            a connection that the options describe; its secret comes from
                                            --secret-from COMMAND, or from ONEROSTER_CLIENT_SECRET in the
                                            environment
  oneroster-wizard demo                     the practice district, with nothing to configure

`oneroster-wizard --help` tells you more.
"""


def has_terminal() -> bool:
    """Whether a person sits at both ends; Textual would start without one."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def open_wizard() -> ExitCode:
    """Open the wizard; without a terminal, say how to run the checks."""
    if not has_terminal():
        tell_text(_NO_TERMINAL)
        return ExitCode.USAGE
    from ..app import WizardApp

    return _open(WizardApp())


def open_practice(choice: PracticeChoice) -> ExitCode:
    """Open the wizard on a practice district; there has to be a terminal."""
    from ..app import WizardApp

    return _open(WizardApp.for_practice(choice))


def _open(app: WizardApp) -> ExitCode:
    from ..terminal import AppTerminal

    with AppTerminal():
        app.run()
    stopping.raise_if_told()
    result = app.last_result
    if result is not None:
        from oneroster_checks.report import checklist_text

        width = min(LONGEST_LINE, columns_here())
        write_report_text(checklist_text(result, width, style_here()), utf8=False)
    return ExitCode.FAILED if app.return_code else ExitCode.OK
