"""A warm process: it has imported all that hanpan does, and becomes hanpan by a fork.

Two thirds of what a command of the tests took was the loading of the same modules, and most of the
rest what any worker does once: hash the fonts and the code, read what fonts cover, compile
templates, parse stylesheets. A fork of this process has its own memory, folder, environment and
end, and runs `main` as `python -m hanpan` does. What Python decides when it starts (hashes, time
zone, encodings, paths) is as it was here: a command that asks for another is started in the usual
way, see `STARTED_WITH`.
"""

from __future__ import annotations

import array
import atexit
import contextlib
import ctypes
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from tests.attacks import bounded
from tests.support.shared import line_to, shared_folder

ROOT = Path(__file__).resolve().parents[2]
POST = "## 제목\n\n문단[^1]과 $x^2$.\n\n```python\nprint(1)\n```\n\n[^1]: 주석\n"
# Only where fork is safe, and only for what was not set before the start.
STARTED_WITH = ("PYTHON", "LC_", "LANG", "TZ", "SOURCE_DATE_EPOCH", "COVERAGE", "MALLOC")
_PR_SET_PTRACER = 0x59616D61
LATE = ("weasyprint", "_quickjs", "segno", "pypdf", "mmdr", "uharfbuzz", "ebooklib.epub", "liquid",
        "css_inline", "resvg_py", "PIL.Image", "fontTools.subset", "pypandoc")  # fmt: skip


def can_run(env: Mapping[str, str] | None) -> bool:
    """Tell whether a command with these additions to the environment may be a fork."""
    return (
        sys.platform == "linux"
        and not os.environ.get("HANPAN_TESTS_COLD")
        and not any(name.startswith(STARTED_WITH) for name in env or ())
    )


class Running:
    """A command that runs in a fork of this process's warm one, as a `subprocess.Popen`."""

    def __init__(
        self,
        arguments: list[str],
        cwd: Path,
        env: dict[str, str],
        out: int,
        err: int,
        *,
        bounds: Mapping[str, Any] | None = None,
        tracer: Sequence[str] = (),
        first: Path | None = None,
    ) -> None:
        """Start it.

        `bounds` are those of tests/attacks/bounded.py; `tracer` is a strace that is attached before
        the command begins, and `first` a program that runs in it first.
        """
        self._waiting = threading.Lock()
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(_warm_process())
        files = array.array("i", [out, err])
        self._line.sendmsg([b"."], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, files)])
        request = {"arguments": arguments, "cwd": str(cwd), "env": env,
                   "bounds": bounds, "tracer": tracer, "first": str(first or "")}  # fmt: skip
        self._line.sendall(json.dumps(request).encode() + b"\n")
        self._answers = self._line.makefile("r")
        self.pid = int(self._answers.readline())
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the code of a command that has ended."""
        if self._waiting.acquire(blocking=False):  # else another thread waits already
            try:
                if self.returncode is None and select.select([self._line], [], [], 0)[0]:
                    self._wait(None)
            finally:
                self._waiting.release()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end of the command; return its code, negative where a signal ended it.

        Raises subprocess.TimeoutExpired, and leaves the command running.
        """
        with self._waiting:
            return self._wait(timeout)

    def _wait(self, timeout: float | None) -> int:
        if self.returncode is None:
            self._line.settimeout(timeout)
            try:
                self.returncode = int(self._answers.readline())
            except TimeoutError:
                raise subprocess.TimeoutExpired("hanpan", timeout or 0) from None
            self._answers.close()
            self._line.close()
        return self.returncode

    def send_signal(self, sign: int) -> None:
        """Send a signal to the command, and not to its workers."""
        os.kill(self.pid, sign)


_lock = threading.Lock()


def _warm_process() -> str:
    with _lock:  # tests start commands in threads, too
        return _started(os.getpid())


@cache
def _started(_process: int) -> str:
    """Start the warm process unless it runs; return the address of its door."""
    door = shared_folder() / "door"

    def start(reads: int) -> subprocess.Popen[bytes]:
        door.unlink(missing_ok=True)
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.warm", str(door)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT / "pipeline"), "CI": "true"},
            stdin=reads,  # its end is the end of the warm process
            stdout=subprocess.PIPE,
            preexec_fn=heed_signals,
        )
        assert process.stdout
        with process.stdout as said:
            assert said.readline() == b"warm\n"
        return process

    line_to("warm", start)
    return str(door)


# in the warm process


def serve(path: str, *editions: str) -> NoReturn:
    """Fork for whoever comes to the door, until the process that started this one is gone.

    `editions` are those of which it has made one; none is all of them.
    """
    _import_everything()
    from hanpan.editions import EDITIONS, SLOW_TO_LOAD

    _render_once(editions or tuple(EDITIONS))
    if len(os.listdir("/proc/self/task")) > 1:  # some Pangos keep a thread: no fork would have it
        quick = [name for name in EDITIONS if name not in SLOW_TO_LOAD]
        os.execv(sys.executable, [sys.executable, "-m", "tests.support.warm", path, *quick])
    gc.collect()
    gc.freeze()
    running: dict[int, tuple[int, socket.socket]] = {}  # pidfd -> process and who waits for it
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen()
        print("warm", flush=True)
        while True:
            ready, _, _ = select.select([door, sys.stdin, *running], [], [])
            if sys.stdin in ready:
                os._exit(0)  # else some extensions report all that they hold as leaked
            for ended in running.keys() & set(ready):
                process, line = running.pop(ended)
                os.close(ended)
                _tell_end(line, os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
            if door in ready:
                line, _ = door.accept()
                files, request = _read(line)
                process = os.fork()
                if process:
                    running[os.pidfd_open(process)] = process, line
                    for file in files:
                        os.close(file)
                else:
                    others = [one.detach() for _, one in running.values()]
                    for file in (door.detach(), *running, *others):
                        os.close(file)
                    _answer(line, files, request)


def _tell_end(line: socket.socket, code: int) -> None:
    with line, contextlib.suppress(OSError):  # nobody waits any longer
        line.sendall(f"{code}\n".encode())


def _import_everything() -> None:
    import hanpan

    for module in pkgutil.walk_packages(hanpan.__path__, "hanpan."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in LATE:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def _render_once(editions: Sequence[str]) -> None:
    """Fill the caches of a process that has built these editions of a post."""
    from hanpan import pandoc
    from hanpan.editions.index import render_index
    from hanpan.files import Files, NoNetwork
    from hanpan.files.digests import OF_PROCESS
    from hanpan.runner.state import State
    from hanpan.runner.tools import tools_of
    from hanpan.site import load_site
    from tests.support.every_edition import printed

    with tempfile.TemporaryDirectory(prefix="hanpan-warm-post-") as folder:
        os.environ["HANPAN_CACHE"] = folder  # else the first command to end would remove it
        printed(Path(folder), POST, editions=editions)
        with contextlib.closing(State(Path(folder) / "state")) as state:
            tools_of(state, OF_PROCESS)
        render_index((), Files(load_site(Path(folder)), NoNetwork()))
    pandoc.stop()  # each build has its own


def _read(line: socket.socket) -> tuple[array.array[int], dict[str, Any]]:
    """Return the files for what a command says, and the command."""
    files = array.array("i")
    _, ancillary, _, _ = line.recvmsg(1, socket.CMSG_SPACE(2 * files.itemsize))
    files.frombytes(ancillary[0][2])
    with line.makefile("r") as requests:
        return files, json.loads(requests.readline())


def _answer(line: socket.socket, files: array.array[int], request: Mapping[str, Any]) -> NoReturn:
    """Become hanpan, in a child of this fork if somebody has to watch it."""
    bounds = request["bounds"]
    if bounds or request["tracer"]:
        _watch_a_child(request)
    if bounds:
        bounded.bound(bounds["heap"], bounds["file"])
    os.setsid()  # a test may send a signal to all that the command has started
    line.sendall(f"{os.getpid()}\n".encode())
    line.close()
    _become_hanpan(files, request)


def _watch_a_child(request: Mapping[str, Any]) -> None:
    """Fork, and watch the child until its end; return in the child alone."""
    bounds = request["bounds"]
    if bounds:
        bounded.adopt()
    begin, may_begin = os.pipe()
    process = os.fork()
    if process:
        if request["tracer"]:
            _attach(request["tracer"], process)
        os.close(may_begin)
        if bounds:
            bounded.watch(process, bounds["report"], bounds["cpu"], bounds["sleep"])
            os._exit(0)
        _end_as(os.waitpid(process, 0)[1])
    os.close(may_begin)
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, -1, 0, 0, 0)  # whoever may attach to others, to this
    os.read(begin, 1)
    os.close(begin)


def _end_as(status: int) -> NoReturn:
    """End as another process has, also where a signal ended that."""
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        if -code != signal.SIGKILL:
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code)


def _attach(tracer: Sequence[str], process: int) -> None:
    """Start a tracer of a process, and wait until it traces."""
    running = subprocess.Popen([*tracer, "-p", str(process)], stdin=subprocess.DEVNULL)
    status = Path(f"/proc/{process}/status")
    while "TracerPid:\t0" in status.read_text("utf-8") and running.poll() is None:
        time.sleep(0.005)


def heed_signals() -> None:
    """Undo what a shell's background or nohup hands on: signals that are ignored."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def _become_hanpan(files: array.array[int], request: Mapping[str, Any]) -> NoReturn:
    from hanpan import cli

    cwd = request["cwd"]
    nothing = os.open(os.devnull, os.O_RDONLY)
    for file, place in ((nothing, 0), (files[0], 1), (files[1], 2)):
        os.dup2(file, place)
        os.close(file)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(request["env"])
    tempfile.tempdir = None  # the command's own environment says where that is
    if request["first"]:
        runpy.run_path(request["first"])
    sys.path[0] = cwd  # as with `python -m`
    sys.argv = [str(Path(cli.__file__).with_name("__main__.py")), *request["arguments"]]
    code = _exit_code(cli.main)
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # taking Python down takes a fifth of a second: it touches all memory


def _exit_code(main: Callable[[], None]) -> int:
    """Run `main`; return the code with which Python would end."""
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    serve(*sys.argv[1:])
