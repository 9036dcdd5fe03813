"""A warm process: it has imported all that hanpan does, and becomes hanpan by a fork.

Two thirds of what a command of the tests took was the loading of the same modules. A fork of this
process has its own memory, folder, environment and end, and runs `main` as `python -m hanpan`
does. What Python decides when it starts (hashes, time zone, encodings, paths) is as it was here:
a command that asks for another is started in the usual way, see `STARTED_WITH`.
"""

from __future__ import annotations

import array
import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
# Only where fork is safe, and only for what was not set before the start.
STARTED_WITH = ("PYTHON", "LC_", "LANG", "TZ", "SOURCE_DATE_EPOCH", "COVERAGE", "MALLOC")
LATE = ("weasyprint", "ziamath", "segno", "pypdf", "mmdr", "uharfbuzz", "ebooklib.epub", "liquid",
        "css_inline", "resvg_py", "PIL.Image", "fontTools.subset", "pypandoc")  # fmt: skip


def can_run(env: Mapping[str, str] | None) -> bool:
    """Tell whether a command with these additions to the environment may be a fork."""
    return (
        sys.platform == "linux"
        and not os.environ.get("HANPAN_TESTS_COLD")
        and not any(name.startswith(STARTED_WITH) for name in env or ())
    )


def run(
    arguments: list[str], cwd: Path, env: dict[str, str], timeout: float
) -> tuple[int, str, str]:
    """Run a command in a fork of this process's warm one; return its code and what it printed."""
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as out,
        tempfile.TemporaryFile("w+", encoding="utf-8") as err,
        socket.socket(socket.AF_UNIX) as line,
    ):
        line.settimeout(timeout)
        line.connect(_warm_process())
        files = array.array("i", [out.fileno(), err.fileno()])
        line.sendmsg([b"."], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, files)])
        request = {"arguments": arguments, "cwd": str(cwd), "env": env}
        line.sendall(json.dumps(request).encode() + b"\n")
        with line.makefile("r") as answers:
            process = int(answers.readline())
            try:
                code = int(answers.readline())
            except TimeoutError:
                os.kill(process, signal.SIGKILL)
                raise subprocess.TimeoutExpired(arguments, timeout) from None
        return code, _text(out), _text(err)


def _text(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


_lock = threading.Lock()


def _warm_process() -> str:
    with _lock:  # tests start commands in threads, too
        return _started(os.getpid())


@cache
def _started(_process: int) -> str:
    """Start the warm process of this one; return the address of its door."""
    folder = tempfile.TemporaryDirectory(prefix="hanpan-warm-")
    door = f"{folder.name}/door"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.warm", door],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "pipeline"), "CI": "true"},
        stdin=subprocess.PIPE,  # its end is the end of the warm process
        stdout=subprocess.PIPE,
    )
    assert process.stdin and process.stdout
    assert process.stdout.readline() == b"warm\n"

    def end() -> None:
        process.communicate()
        folder.cleanup()

    atexit.register(end)
    return door


# in the warm process


def serve(path: str) -> None:
    """Fork for whoever comes to the door, until the process that started this one is gone."""
    _import_everything()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen()
        print("warm", flush=True)
        while True:
            ready, _, _ = select.select([door, sys.stdin], [], [])
            if sys.stdin in ready:
                _reap()
                return
            line, _ = door.accept()
            _reap()
            if not os.fork():
                door.close()
                _answer(line)
                return
            line.close()


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _import_everything() -> None:
    import hanpan

    for module in pkgutil.walk_packages(hanpan.__path__, "hanpan."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in LATE:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()


def _answer(line: socket.socket) -> None:
    """Become hanpan, in a child of this fork, which tells how it ended."""
    files = array.array("i")
    _, ancillary, _, _ = line.recvmsg(1, socket.CMSG_SPACE(2 * files.itemsize))
    files.frombytes(ancillary[0][2])
    with line.makefile("r") as requests:
        request = json.loads(requests.readline())
    process = os.fork()
    if process:
        line.sendall(f"{process}\n".encode())
        _, status = os.waitpid(process, 0)
        with contextlib.suppress(OSError):  # nobody waits any longer
            line.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
        os._exit(0)
    line.close()
    _become_hanpan(files, request["arguments"], request["cwd"], request["env"])


def _become_hanpan(
    files: array.array[int], arguments: list[str], cwd: str, env: dict[str, str]
) -> None:
    from hanpan import cli

    nothing = os.open(os.devnull, os.O_RDONLY)
    for file, place in ((nothing, 0), (files[0], 1), (files[1], 2)):
        os.dup2(file, place)
        os.close(file)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    sys.path[0] = cwd  # as with `python -m`
    sys.argv = [str(Path(cli.__file__).with_name("__main__.py")), *arguments]
    gc.unfreeze()  # else some extensions report all that they hold as leaked
    cli.main()


if __name__ == "__main__":
    serve(sys.argv[1])
