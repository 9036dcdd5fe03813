"""Sending payloads of a real build through the engine, within the process of the test."""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from pathlib import Path
from types import TracebackType

import pytest

from hanpan.cli import main
from hanpan.publish.client import Visibility
from hanpan.publish.clients.wordpress import connect
from hanpan.publish.engine import PublishEngine
from hanpan.publish.http import Http
from hanpan.publish.last_sent import LastSentStore
from hanpan.publish.ledger import open_ledger
from hanpan.publish.ledger_text import LedgerEntry
from hanpan.publish.outcome import SendOptions, SendResult
from hanpan.publish.payload import Payload, load_payload
from hanpan.publish.secrets import Credentials
from hanpan.site.crosspost import PlatformSettings
from tests.crosspost.sample import png
from tests.publish.press import Press
from tests.support.blog import POST, add_post, make_blog
from tests.support.command import Ran, built

NO_ADDRESS = 'title = "시험"\nauthor = "글쓴이"\n[crosspost]\nplatforms = ["wordpress"]\n'


def picture_blog(folder: Path, posts: int = 2, *, shared: str = "") -> Path:
    """Lay out a blog without an address, whose posts have a picture each: it is uploaded."""
    make_blog(folder, posts=0)
    (folder / "site.toml").write_text(NO_ADDRESS, "utf-8")
    (folder / "assets").mkdir(exist_ok=True)
    for number in range(1, posts + 1):
        name = shared or f"그림-{number}.png"
        (folder / "assets" / name).write_bytes(png(f"#{number * 5:02x}6b5d"))
        text = POST.format(title=f"글 {number}") + f"\n![그림 {number}](/assets/{name})\n"
        add_post(folder, f"2026-03-{number:02}-글-{number}.md", text)
    return folder


def payloads(blog: Path) -> list[Payload]:
    """Build the blog's payloads for WordPress, and load them in the order of the posts."""
    posts = built(blog, "posts", "--edition", "crosspost")["posts"]
    places = [post["artifacts"]["crosspost/wordpress"] for post in posts]
    return [load_payload(blog / "out" / place) for place in places]


def hanpan_here(*arguments: str, cwd: Path, env: Mapping[str, str] | None = None) -> Ran:
    """Run the command line within this process, which has loaded its modules already.

    What is built must be up to date: this process has threads, and forks no workers.
    """
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(cwd)
        patch.setattr("sys.argv", ["hanpan", *arguments])
        for name, value in {"CI": "true", **(env or {})}.items():
            patch.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            main()
    return Ran(int(ended.value.code or 0), out.getvalue(), err.getvalue())


class Desk:
    """A run of the engine: opened anew for each run, as a process would."""

    def __init__(self, blog: Path, press: Press, *, is_there: bool = True) -> None:
        self.blog = blog
        self._press = press
        self._is_there = is_there
        self._stack = ExitStack()

    def __enter__(self) -> Desk:
        credentials = Credentials(environ=self._press.environment)
        last_sent = LastSentStore(self.blog / ".hanpan" / "publish")
        ledger = open_ledger(self.blog / "crosspost.lock", last_sent.folder)
        http = self._stack.enter_context(Http(credentials, pause=0.01))
        client = connect(http, credentials, PlatformSettings())
        self.ledger = self._stack.enter_context(ledger)
        exists = lambda source: self._is_there and (self.blog / source).is_file()  # noqa: E731
        self.engine = PublishEngine(
            client, self.ledger, last_sent, exists, sleep=lambda seconds: None
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def entry(self, payload: Payload) -> LedgerEntry:
        """Return what the ledger says of a post."""
        found = self.ledger.entry((payload.source, payload.platform, self._press.url))
        assert found
        return found


def send(
    blog: Path,
    press: Press,
    payload: Payload,
    visibility: Visibility | None = None,
    *,
    force: bool = False,
) -> SendResult:
    """Send a payload in a run of its own; the press's log is that of this run."""
    press.log.clear()
    with Desk(blog, press) as desk:
        return desk.engine.publish(payload, SendOptions(visibility, force))
