"""`hanpan preview` running in a process of its own, for tests."""

from __future__ import annotations

import http.client
import re
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.support.command import Started, started


@dataclass(frozen=True)
class Answer:
    """What the preview said."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    data: bytes

    @property
    def text(self) -> str:
        return self.data.decode("utf-8")


@dataclass(frozen=True)
class Previewed:
    """A running preview of a blog."""

    blog: Path
    port: int
    process: Started
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path as it is typed, with nothing in it mended; `_` in a header's name is -."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        host = headers.pop("host", f"127.0.0.1:{self.port}")
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in {"host": host, **headers}.items():
            if value:
                connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        is_stream = response.headers.get_content_type() == "text/event-stream"
        data = response.readline() if is_stream else response.read()
        connection.close()
        found = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status, found, data)

    def page(self, path: str, **headers: str) -> str:
        """Return a page that must be there."""
        answer = self.get(quote(path, safe="/?=&"), **headers)
        assert answer.status == 200, answer
        return answer.text

    def is_built(self) -> bool:
        """Tell whether the last build has ended."""
        return b'"building"' not in self.get("/events").data

    def once(self, is_so: Callable[[], bool], timeout: float = 60) -> None:
        """Wait until something holds."""
        end = time.monotonic() + timeout
        while not is_so():
            assert time.monotonic() < end, self.log.read_text("utf-8")
            time.sleep(0.05)


@contextmanager
def previewing(blog: Path, *arguments: str) -> Iterator[Previewed]:
    """Run `hanpan preview` for a blog; its first build has ended."""
    log = blog.parent / f"{blog.name}.log"
    asked = ("preview", "--no-open", *(arguments or ("--edition", "html,crosspost")))
    with log.open("wb") as told:
        process = started(*asked, cwd=blog, err=told)
    try:
        preview = Previewed(blog, _port(process, log), process, log)
        preview.once(lambda: (blog / "out" / "build.json").is_file() and preview.is_built())
        yield preview
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(60)


def _port(process: Started, log: Path) -> int:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", log.read_text("utf-8"))
        if found:
            return int(found[1])
        time.sleep(0.05)
    raise AssertionError(log.read_text("utf-8"))
