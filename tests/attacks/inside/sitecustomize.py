"""What Python loads first in a hanpan that is attacked from inside; HANPAN_ATTACK says how.

{"die": N, "whom": "group" | "process"}  it is killed when it touches a file for the N-th time
{"fail": N, "errno": E, "times": T}      from the N-th time on, T times, the system refuses
{"clock": SECONDS}                       its clock is so far off
{"names": {NAME: [ADDRESS, ...]}, "reach": {ADDRESS: PORT}}  a resolver of our own: each question
is answered by the next address, and a port of this machine stands for an address of the internet
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import time
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_TOUCHING = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink")


def _is_touching(event: str, arguments: tuple[Any, ...]) -> bool:
    """Tell whether an event is about a file that hanpan writes or removes."""
    if event == "open":
        return bool(arguments[2] & _WRITING) and not str(arguments[0]).startswith("/dev/")
    return event in _TOUCHING or event == "sqlite3.connect"


def _count_to(number: int, then: Any) -> None:
    count = 0

    def look(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count
        if _is_touching(event, arguments):
            count += 1
            if count >= number:
                then(count)

    sys.addaudithook(look)


def _die(whom: str) -> None:
    if whom == "group":
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def _fail(first: int, times: int, code: int, count: int) -> None:
    if count < first + times:
        raise OSError(code, os.strerror(code))


def _shift(seconds: float) -> None:
    now = time.time
    time.time = lambda: now() + seconds


def _resolve(names: dict[str, list[str]], reach: dict[str, int]) -> None:
    ask, connect = socket.getaddrinfo, socket.socket.connect
    asked: dict[str, int] = {}

    def getaddrinfo(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name in names:
            answers = names[name]
            asked[name] = asked.get(name, 0) + 1
            host = answers[min(asked[name], len(answers)) - 1]
        return [answer for part in host.split(",") for answer in ask(part, port, *rest, **more)]

    def connected(self: socket.socket, address: Any) -> None:
        if address[0] in reach:
            address = ("127.0.0.1", reach[address[0]])
        elif not str(address[0]).startswith("127."):
            raise OSError(f"this machine has no other: {address[0]}")
        connect(self, address)

    socket.getaddrinfo = getaddrinfo
    socket.socket.connect = connected  # type: ignore[method-assign, assignment]


def _begin(attack: dict[str, Any]) -> None:
    if "die" in attack:
        _count_to(attack["die"], lambda count: _die(attack["whom"]))
    if "fail" in attack:
        times, code = attack["times"], attack["errno"]
        _count_to(attack["fail"], lambda count: _fail(attack["fail"], times, code, count))
    if "clock" in attack:
        _shift(attack["clock"])
    if "names" in attack:
        _resolve(attack["names"], attack["reach"])


if "HANPAN_ATTACK" in os.environ:
    _begin(json.loads(os.environ["HANPAN_ATTACK"]))
