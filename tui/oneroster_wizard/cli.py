"""The command line: what was asked for, and which command does it. Heavy imports wait until they are needed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from .commands.console import PROGRAM, complain, tell
from .commands.errors import CommandLineError
from .commands.exit_codes import ExitCode
from .lost_output import WatchedStream, watched
from .stopping import Stopped, say_stopped
from .streams import let_go


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the number is the exit code of the contract."""
    with watched("stderr") as complaints, watched("stdout") as output:
        code = _run(argv)
        # What was printed may wait until now, and a disk can be full.
        reason = output.finish() if output else ""
        if reason:
            complain(f"The output could not be written: {reason}.")
            code = max(code, ExitCode.USAGE)
        if complaints:
            complaints.finish()
    return code


def _run(argv: Sequence[str] | None) -> int:
    try:
        return _dispatch(list(sys.argv[1:] if argv is None else argv))
    except CommandLineError as error:
        complain(*error.lines)
        return ExitCode.USAGE
    except Stopped as stop:
        say_stopped(stop.number)
        return stop.exit_code
    except KeyboardInterrupt:
        tell("Interrupted.")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has seen enough; nothing can be said to them any more.
        let_go()
        return ExitCode.OK
    except SystemExit as end:
        # The parser's own, when it has shown its help.
        return int(end.code or ExitCode.OK)
    except Exception as error:
        if isinstance(sys.stdout, WatchedStream) and error is sys.stdout.lost:
            return ExitCode.USAGE
        # No traceback: its lines could repeat what somebody pasted.
        tell(f"{PROGRAM} itself failed ({type(error).__name__}). {_where(error)}")
        return ExitCode.BROKEN


def _dispatch(argv: list[str]) -> ExitCode:
    if not argv:
        from .commands.wizard import open_wizard

        return open_wizard()
    from .commands.parser import build_parser

    options = build_parser(argv).parse_args(argv)
    code: ExitCode = import_module(f".commands.{options.command}", __package__).run(options)
    return code


def _where(error: BaseException) -> str:
    """The place of the error in this program, which helps to fix it and holds nothing of the user's."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return ""
    last = frames[-1]
    name = last.filename.replace("\\", "/").rpartition("/")[2]
    return f"Please report it with this place: {name}, line {last.lineno}, in {last.name}."
