"""Hostile servers: what they answer is data, and what they are sent is what they need to know."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from tests.attacks import canaries
from tests.attacks.hosts.misbehaving import REPLIES, Line, misbehaving, self_signed
from tests.attacks.judging import Attacks
from tests.attacks.running import Bounds, Ended
from tests.attacks.scene import FRONT, Scene, law
from tests.attacks.servers import lies
from tests.publish.targets import ALL
from tests.support.servers.image_host import PICTURE
from tests.support.servers.serving import serving

_IN_TIME = Bounds(sleep=900)  # several requests of some minutes each
_SLOW = ("silent", "drip-head", "drip-letters", "drip-body", "chunk-extension", "early-hints")
_RUDE = ("flood-head", "flood-line", "flood-body", "gzip-bomb", "brotli-bomb", "no-http", "bytes",
         "bad-status", "switching", "length-square", "length-huge", "cut", "nothing",
         "reason-controls", "loop", "redirect-file", "redirect-controls", "busy-square",
         "busy-years", "busy-infinite", "busy-date", "busy-no-date")  # fmt: skip
TAGGED = FRONT.replace("date:", 'tags: ["글"]\ndate:')  # some platforms want one
_TAKEN = r"\S+ \S*(?:\.\.|force|users/me)"  # a request with more than an id in its place
_WHO = r"GET \S*/users/me HTTP"  # what WordPress is asked to see whether there is an API
_LISTING = "devto", "qiita", "hashnode", "blogger", "metaweblog"  # that look for a post in a list


def attacks() -> Attacks:
    """Return the attacks of this kind."""
    per_platform: dict[str, Callable[[str, Scene], None]] = {
        **{f"repeats-{name}": partial(_repeats, name) for name in lies.ENCODED},
        **{f"shape-{name}": partial(_shape, name) for name in lies.SHAPES},
        "ids": _ids,
        "orders": _orders,
        "variables": _variables,
        "redirects": _redirects,
    }
    return {
        **{
            f"{platform}-{name}": partial(attack, platform)
            for platform in ALL
            for name, attack in per_platform.items()
        },
        **{f"{p}-pictures": partial(_pictures, p) for p in ALL if ALL[p].uploads},
        **{f"{p}-endless-list": partial(_endless_list, p) for p in _LISTING},
        **{f"host-{name}": partial(_host, name) for name in (*_SLOW, *_RUDE)},
        "host-self-signed": _self_signed,
    }


class Desk:
    """A site with one post for a platform, and its server on loopback."""

    def __init__(self, scene: Scene, platform: str, server: Any) -> None:
        self.scene, self.platform, self.server = scene, platform, server
        self.target = ALL[platform]
        command = "wordpress" if platform == "metaweblog" else platform
        self.command = ("publish", command, "posts")
        way = '[crosspost.wordpress]\nway = "metaweblog"\n' if platform == "metaweblog" else ""
        settings = f'[crosspost]\nplatforms = ["{command}"]\n{way}'
        scene.make_site("글\n\n![그림](a.png)\n", settings, TAGGED)
        scene.write({"posts/a.png": PICTURE})

    def publish(self, *arguments: str, **more: Any) -> Ended:
        env = self.target.settings(self.server.url)
        return self.scene.hanpan(*self.command, *arguments, env=env, **more)

    def left(self) -> str:
        """Return all that was written for the next run."""
        files = [self.scene.site / "crosspost.lock"]
        files += canaries.regular_files(self.scene.site / ".hanpan")
        return "\n".join(f.read_text("utf-8", "replace") for f in files if f.is_file())

    def judge_truth(self) -> None:
        """Publish while the server tells the truth again: there is one post."""
        self.server.lie = lambda value: value
        ended = self.publish()
        texts = self.target.texts(self.server)
        law(len(texts) == 1, f"there are {len(texts)} posts: {ended.printed[-300:]!r}")


@contextmanager
def _desk(scene: Scene, platform: str) -> Iterator[Desk]:
    with serving(ALL[platform].server()) as server:
        server.handle_error = lambda *_: None  # the honest half may not know what a lie led to
        yield Desk(scene, platform, server)


def _repeats(encoding: str, platform: str, scene: Scene) -> None:
    """Repeat secrets: nobody reads them in what is printed or written."""
    with _desk(scene, platform) as desk:
        secrets = desk.target.secrets
        text = " ".join(lies.ENCODED[encoding](secret) for secret in secrets)
        scene.tried = 0
        for lie in lies.repeating(platform, text):
            scene.tried += 1
            desk.server.lie = lie
            shown = desk.publish("--publish", "--force").printed + desk.left()
            shown += desk.publish("--json").printed
            for secret in secrets:
                bare = re.sub(r"\s", "", secret)
                wanted = bare[: len(bare) // 2] if encoding == "cut" else bare
                law(wanted not in lies.readable(shown), f"a secret is shown: {shown[-300:]!r}")


def _shape(shape: str, platform: str, scene: Scene) -> None:
    """Answer with what is no answer: it ends one post, and the next run goes well."""
    with _desk(scene, platform) as desk:
        desk.server.lie = lambda value: lies.SHAPES[shape]
        desk.publish()
        desk.judge_truth()


def _ids(platform: str, scene: Scene) -> None:
    """Give ids that are paths, name variables or have no shape: they are quoted or refused."""
    with _desk(scene, platform) as desk:
        scene.tried = 0
        for bad in lies.BAD_IDS:
            scene.tried += 1
            with _watched(desk.server) as heads:
                desk.server.lie = lies.with_id(bad)
                desk.publish()
                desk.publish("--json")
            asked = "\n".join(heads)
            law(canaries.ENVIRONMENT not in asked, f"the server was sent a variable for {bad!r}")
            wrong = re.search(rf"(?m)^(?!{_WHO}){_TAKEN}|^X-Evil", asked)
            law(not wrong, f"an id was taken for more than that: {wrong}")
            (scene.site / "crosspost.lock").unlink(missing_ok=True)
        desk.judge_truth()


def _orders(platform: str, scene: Scene) -> None:
    """Send escape sequences and orders to runners in every text."""
    text = "\x1b[2J\x1b]0;x\x07\r\n::set-output name=a::b\n##[error]x\n\u202e\x9b31m"
    with _desk(scene, platform) as desk:
        scene.tried = 0
        for lie in lies.repeating(platform, text):
            scene.tried += 1
            desk.server.lie = lie
            desk.publish()
            desk.publish("--diff")
            desk.publish("--json")


def _variables(platform: str, scene: Scene) -> None:
    """Name a variable in every text of a post and in the ledger: it is sent nowhere."""
    with _desk(scene, platform) as desk, _watched(desk.server) as heads:
        name = "${OTHER_SECRET}"
        front = FRONT.replace('"글"', f'"{name}"').replace("date", f'tags: ["{name}"]\ndate')
        scene.post.write_text(f"{front}{name} `{name}`\n\n![{name}](a.png)\n", "utf-8")
        desk.publish()
        ledger = scene.site / "crosspost.lock"
        if ledger.is_file():
            changed = re.sub(
                r'^(id|url|slug) = ".*"', rf'\1 = "{name}"', ledger.read_text(), flags=re.M
            )
            ledger.write_text(changed, "utf-8")
            desk.publish("--force")
        law(canaries.ENVIRONMENT not in "\n".join(heads), "the server was sent a variable")


def _redirects(platform: str, scene: Scene) -> None:
    """Redirect each request to another host: it is never asked."""
    with misbehaving(Line.picture) as other:
        place = f"{other.address}/x"
        with misbehaving(lambda line: line.redirect(place, "307 Temporary Redirect")) as host:
            desk = Desk(scene, platform, host)
            env = desk.target.settings(host.address)
            scene.hanpan(*desk.command, env=env, bounds=_IN_TIME)
        law(not other.asked, "credentials were sent to where a server redirects")


def _pictures(platform: str, scene: Scene) -> None:
    """Give addresses of uploaded pictures that are markup: they stay addresses."""
    with _desk(scene, platform) as desk:
        scene.tried = 0
        for bad in lies.BAD_PICTURES:
            scene.tried += 1
            desk.server.lie = lies.with_picture(bad)
            desk.publish("--force")
            texts = "\n".join(desk.target.texts(desk.server))
            wrong = re.search(r"[\"'<>]\s*onerror=|<script|!\[x\]\(|\"\},", texts)
            law(not wrong, f"an address became markup: {wrong}")
            (scene.site / "crosspost.lock").unlink(missing_ok=True)


def _endless_list(platform: str, scene: Scene) -> None:
    """Answer every list with one more full page."""

    def more(value: Any) -> Any:
        if isinstance(value, list):
            return [{"id": n, "post_id": str(n)} for n in range(1000)]
        if isinstance(value, dict):
            value = {key: more(item) for key, item in value.items()}
            for key in value.keys() & {"hasNextPage"}:
                value |= {key: True, "endCursor": "again"}
            if "items" in value or value.get("kind") == "blogger#postList":
                value["nextPageToken"] = "again"
        return value

    with _desk(scene, platform) as desk:
        desk.server.lie = more
        desk.publish(bounds=_IN_TIME)


def _host(name: str, scene: Scene) -> None:
    """Put a host that is no API in the place of two platforms' servers."""
    with misbehaving(REPLIES[name]) as host:
        for platform in ("wordpress", "devto"):
            desk = Desk(scene, platform, host)
            env = desk.target.settings(host.address)
            ended = scene.hanpan(*desk.command, env=env, bounds=_IN_TIME)
            law(ended.code == 1 and ended.err, f"it says nothing: {ended.printed[-200:]!r}")


def _self_signed(scene: Scene) -> None:
    """Answer by TLS with a certificate that nobody has signed: it is told nothing."""
    with self_signed(Line.picture) as host:
        for platform in ("wordpress", "devto", "metaweblog"):
            desk = Desk(scene, platform, host)
            env = desk.target.settings(f"https://127.0.0.1:{host.port}")
            ended = scene.hanpan(*desk.command, env=env, bounds=_IN_TIME)
            law(ended.code == 1 and ended.err, f"it says nothing: {ended.printed[-200:]!r}")
        law(not host.asked, "credentials were sent to a host without a certificate")


@contextmanager
def _watched(server: Any) -> Iterator[list[str]]:
    """Collect the heads and bodies of requests as they come."""
    heads: list[str] = []
    handler = server.RequestHandlerClass

    class Watched(handler):  # type: ignore[misc, valid-type]
        def parse_request(self) -> bool:
            heads.append(self.raw_requestline.decode("latin-1"))
            is_whole = bool(super().parse_request())
            heads.extend(f"{key}: {value}" for key, value in self.headers.items())
            return is_whole

        def setup(self) -> None:
            super().setup()
            read = self.rfile.read

            def reading(*arguments: Any) -> Any:
                data = read(*arguments)
                heads.append(data.decode("utf-8", "replace"))
                return data

            self.rfile.read = reading

    server.RequestHandlerClass = Watched
    try:
        yield heads
    finally:
        server.RequestHandlerClass = handler
