"""The way into the program. Importing it is its first act: from then on a signal ends the program quietly.

Only the installed command and `python -m oneroster_wizard` import this module; everything else is beneath `cli`.
"""

from __future__ import annotations

import os
import sys

# `signal` takes milliseconds to import; what it stands on is there since the interpreter began. Nothing is held yet.
_early = sys.modules.get("_signal")
if _early is not None and _early.getsignal(2) is _early.default_int_handler:
    _early.signal(2, lambda number, frame: os._exit(130))

from .stopping import install  # noqa: E402  the handler above comes first
from .streams import complete_streams, let_go  # noqa: E402

install()
complete_streams()


def main() -> int:
    """Run the command of this process's arguments; the number is the exit code of the contract."""
    from .cli import main as run
    from .no_dumps import no_core_file

    no_core_file()
    code = run()
    let_go()
    return code
