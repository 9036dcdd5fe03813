"""The preview's server from start to end: its port on loopback, and its tasks."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import sys
import webbrowser
from types import FrameType

import uvicorn

from hanpan.console import print_line
from hanpan.plan.options import Options
from hanpan.preview.app import Preview
from hanpan.preview.hub import Hub
from hanpan.preview.watch import watch
from hanpan.problems import Problem, UsageError
from hanpan.source import walk

HOST = "127.0.0.1"
PORT = 8420
_TRIED = 20  # ports from PORT on, where none is named


def serve(options: Options, *, port: int | None = None, open_page: bool | None = None) -> int:
    """Serve out/ until Ctrl-C, building what changes.

    `open_page` None: the page is opened in a browser where there is a desktop.
    Raises UsageError for a SOURCE that does not exist or a port that is not available.
    """
    walk.find(options.sources, options.out, {})  # raises before anything starts
    with listen(port) as door:
        asyncio.run(
            _serve(options, door, open_page=_has_desktop() if open_page is None else open_page)
        )
    return 0


def listen(port: int | None) -> socket.socket:
    """Return a socket on loopback at `port`, or at the first free one from PORT on."""
    for number in [port] if port is not None else range(PORT, PORT + _TRIED):
        door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, number))
            door.listen(128)
            return door
        except (OSError, OverflowError) as error:
            door.close()
            if getattr(error, "errno", None) != errno.EADDRINUSE:
                raise _no_port(number, f"cannot be used ({error})") from None
    raise _no_port(port or PORT, "is in use")


def _no_port(port: int, why: str) -> UsageError:
    remedy = "Choose another with --port, or omit --port to use a free one."
    return UsageError(Problem("port", "error", f"port {port} {why}", remedy=remedy))


class _Server(uvicorn.Server):
    """A server that lets go of open pages when it ends, and ends in the ordinary way."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end; a second Ctrl-C does not wait for anything."""
        self.force_exit = self.should_exit
        self.should_exit = True
        self._hub.close()


async def _serve(options: Options, door: socket.socket, *, open_page: bool) -> None:
    port = door.getsockname()[1]
    preview = Preview(options, port)
    config = uvicorn.Config(
        preview.app, log_config=None, lifespan="off", access_log=False, server_header=False,
        date_header=False, ws="none", timeout_graceful_shutdown=1, proxy_headers=False,
    )  # fmt: skip
    tasks = [
        asyncio.create_task(preview.builds.run()),
        asyncio.create_task(watch(options, preview.builds.want)),
    ]
    address = f"http://{HOST}:{port}/"
    print_line(f"hanpan preview: {address} (Ctrl-C ends it)", sys.stderr)
    if open_page:
        asyncio.get_running_loop().run_in_executor(None, webbrowser.open, address)
    try:
        await _Server(config, preview.hub).serve(sockets=[door])
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


def _has_desktop() -> bool:
    """Tell whether a browser would open beside the terminal rather than in it."""
    shown = sys.platform == "darwin" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    return shown and sys.stderr.isatty()
