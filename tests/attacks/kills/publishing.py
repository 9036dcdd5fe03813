"""Publishing killed at each request and between: there is one post in the end, whole."""

from __future__ import annotations

import threading
from functools import partial
from typing import Any

from tests.attacks.judging import Attacks
from tests.attacks.kills.killing import Kill, random_kill, start
from tests.attacks.running import Ended
from tests.attacks.scene import Scene, law
from tests.attacks.servers.attacks import TAGGED, Desk
from tests.publish.targets import ALL
from tests.support.servers.image_host import picture
from tests.support.servers.serving import serving

_BATCH = 10  # kills of one site
_MOMENTS = ("before", "after")  # a request was done
_POSTS = 2


def attacks(kills: int) -> Attacks:
    """Return the attacks of this kind: batches of kills, of each platform in turn."""
    names = sorted(ALL)
    batches = range((kills + _BATCH - 1) // _BATCH)
    batch = {
        f"publish-{names[n % len(names)]}-{n}": partial(
            _batch, names[n % len(names)], min(_BATCH, kills - n * _BATCH)
        )
        for n in batches
    }
    return {**batch, "publish-zenn": _zenn, "publish-two-at-once": _two_at_once, "vendor": _vendor}


class KillingDesk(Desk):
    """A desk whose server kills its client at a request."""

    def __init__(self, scene: Scene, platform: str, server: Any) -> None:
        super().__init__(scene, platform, server)
        for number in range(2, _POSTS + 1):
            text = f"{TAGGED.replace('글', f'글 {number}')}글 {number}\n\n![그림](b.png)\n"
            scene.write({f"posts/2026-03-0{number}-글.md": text, "posts/b.png": picture((9, 9))})

    def kill(self, kill: Kill, request: int, moment: str) -> str:
        """Publish, and kill it at a request (from 1; 0: at a time); return what it printed."""
        running = start(self.scene, self.command, kill, self.target.settings(self.server.url))
        seen = 0
        lock = threading.Lock()

        def watch(when: str) -> None:
            nonlocal seen
            with lock:
                seen += when == moment
                is_it = request and seen == request and when == moment
            if is_it:
                running.strike(kill)

        self.server.watch = watch
        try:
            running.end(kill if not request else Kill(600.0))
        finally:
            self.server.watch = lambda when: None
        return running.text()

    def judge(self, ended: Ended, what: str) -> None:
        """Raise Found unless each post is there once, as a draft."""
        law(ended.code == 0, f"{what}: the next run ended with {ended.code}: {ended.err[-400:]!r}")
        texts = self.target.texts(self.server)
        law(len(texts) == _POSTS, f"{what}: there are {len(texts)} posts and not {_POSTS}")
        statuses = set(self.target.statuses(self.server))
        law(statuses == {"draft"}, f"{what}: their statuses are {statuses}")


def _batch(platform: str, kills: int, scene: Scene) -> None:
    """Kill runs against one server, forgetting the ledger and changing the posts now and then."""
    with serving(ALL[platform].server()) as server:
        server.handle_error = lambda *_: None
        if hasattr(server, "update_window"):
            server.update_window = 0.0
        desk = KillingDesk(scene, platform, server)
        scene.tried = 0
        while scene.tried < kills:
            scene.tried += 1
            moment, request = scene.random.choice(_MOMENTS), scene.random.randrange(12)
            kill = random_kill(scene, 3.0) if not request else Kill()
            text = desk.kill(kill, request, moment)
            what = f"{moment} request {request}" if request else str(kill)
            law("Traceback (most recent" not in text, f"{what}: a traceback: {text[-400:]!r}")
            if scene.random.random() < 0.5:
                desk.judge(desk.publish(), what)
            if scene.random.random() < 0.3:
                scene.post.write_text(f"{TAGGED}판 {scene.tried}\n\n![그림](a.png)\n", "utf-8")
        desk.judge(desk.publish(), "after all")
        desk.judge(desk.publish(), "after all, once more")


def _zenn(scene: Scene) -> None:
    """Kill a run that writes into the folder of a repository."""
    settings = '[crosspost]\nplatforms = ["zenn"]\n[crosspost.zenn]\nfolder = "zenn"\n'
    scene.own.append(scene.site / "zenn")
    scene.make_site("글\n\n![그림](a.png)\n", settings)
    scene.write({"posts/a.png": picture((9, 9)), "zenn/articles/x.md": "다른 글\n"})
    arguments = ("publish", "zenn", "posts")
    scene.tried = 0
    for _ in range(10):
        scene.tried += 1
        kill = random_kill(scene, 2.0)
        running = start(scene, arguments, kill, {})
        running.end(kill)
        law("Traceback (most recent" not in running.text(), f"{kill}: {running.text()[-400:]!r}")
    ended = scene.hanpan(*arguments)
    articles = sorted(path.name for path in (scene.site / "zenn" / "articles").iterdir())
    law(ended.code == 0 and len(articles) == 2, f"there are {articles}: {ended.err[-300:]!r}")


def _two_at_once(scene: Scene) -> None:
    """Publish twice at the same time: one waits for the other, and there is one post each."""
    with serving(ALL["wordpress"].server()) as server:
        desk = KillingDesk(scene, "wordpress", server)
        env = desk.target.settings(server.url)
        runs = [start(scene, desk.command, Kill(), env) for _ in range(3)]
        for running in runs:
            running.end(Kill(240.0))
            text = running.text()
            law("Traceback (most recent" not in text, f"a traceback: {text[-400:]!r}")
        desk.judge(desk.publish(), "three runs at once")


def _vendor(scene: Scene) -> None:
    """Kill vendor while it fetches and rewrites: a post is as it was, or wholly rewritten."""
    from tests.support.servers.image_host import ImageHost

    with serving(ImageHost()) as host:
        scene.own += [scene.site / "assets", scene.site / "posts", scene.site / "static"]
        text = "\n\n".join(
            f"![그림]({host.serve(f'/{n}.png', picture((9, n + 1)))})" for n in range(9)
        )
        scene.tried = 0
        for _ in range(15):
            scene.tried += 1
            scene.make_site(text, "[remote]\nallow_private = true\n")
            before = scene.post.read_text("utf-8")
            kill = random_kill(scene, 2.0)
            running = start(scene, ("vendor", "posts"), kill, {})
            running.end(kill)
            law(
                "Traceback (most recent" not in running.text(), f"{kill}: {running.text()[-400:]!r}"
            )
            now = scene.post.read_text("utf-8")
            is_whole = now == before or (host.url("") not in now and now.count("![그림](") == 9)
            law(is_whole, f"{kill}: the post is half-rewritten: {now[:300]!r}")
        ended = scene.hanpan("vendor", "posts")
        law(ended.code == 0, f"the last run ended with {ended.code}: {ended.err[-300:]!r}")
