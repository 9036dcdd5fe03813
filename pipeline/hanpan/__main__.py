"""`python -m hanpan` is `hanpan`: Ctrl-C ends it at any moment, while modules load as well."""

from __future__ import annotations

import atexit
import os
import sys
from _signal import (  # type: ignore[import-not-found]
    SIG_IGN,
    SIGINT,
    default_int_handler,
    getsignal,
    signal,
)

TYPE_CHECKING = False  # `typing` and `signal` take longer to load than all else here
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

STOPPED = 130  # the exit code of a process that SIGINT ends, as shells give it


def _end(number: int = SIGINT, frame: FrameType | None = None) -> NoReturn:
    """End at once: nothing is being written, or only under a temporary name."""
    os.write(2, b"stopped; the next build continues from here\n")
    os._exit(STOPPED)


_IS_OURS = getsignal(SIGINT) is default_int_handler  # nohup has it ignored
if _IS_OURS:
    signal(SIGINT, _end)
    # At last Python gives signals back to the system, which would kill it without a word.
    atexit.register(signal, SIGINT, SIG_IGN)


def main() -> None:
    """Run the command line. Before and after its command, Ctrl-C ends the process at once."""
    from hanpan.cli import main as run

    if not _IS_OURS:
        run()
        return
    sys.unraisablehook = _report
    try:
        signal(SIGINT, _interrupt)
        run()
    except KeyboardInterrupt:  # the command had just ended
        _end()
    except SystemExit as end:
        signal(SIGINT, _end)
        if end.code == STOPPED:  # else Python may kill itself with the signal
            sys.stdout.flush()
            os._exit(STOPPED)
        raise


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    """Let the command end in order; another Ctrl-C does not wait for that."""
    signal(SIGINT, _end_silently)
    raise KeyboardInterrupt


def _end_silently(number: int, frame: FrameType | None) -> NoReturn:
    os._exit(STOPPED)


def _report(unraisable: sys.UnraisableHookArgs) -> None:
    """Report what a destructor or a callback raised; an interrupt there would be lost."""
    if unraisable.exc_type is KeyboardInterrupt:
        _end()
    sys.__unraisablehook__(unraisable)


if __name__ == "__main__":
    main()
