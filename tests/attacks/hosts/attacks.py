"""Hostile hosts: a post is built in time, whatever the hosts of its pictures do."""

from __future__ import annotations

from functools import partial

from tests.attacks.hosts.misbehaving import (
    ODDITIES,
    REPLIES,
    Line,
    Reply,
    misbehaving,
    self_signed,
)
from tests.attacks.judging import Attacks
from tests.attacks.running import Bounds
from tests.attacks.scene import Scene, inside, law

_SETTINGS = "[remote]\nallow_private = true\ntimeout = 2\ntotal = 5\n"
_IN_TIME = Bounds(sleep=30)  # for 5 s of the network, and of what waits for it
_BUILD = ("build", "--jobs", "1", "--json", "--edition", "html")
_PUBLIC = "198.41.0.4"  # an address of the internet: this one stands for our own host
_PRIVATE = (
    "http://127.0.0.1:{port}/x.png", "http://2130706433:{port}/x.png", "http://127.1:{port}/x.png",
    "http://0x7f.0.0.1:{port}/x.png", "http://0177.0.0.1:{port}/x.png",
    "http://[::ffff:127.0.0.1]:{port}/x.png", "http://[::1]:{port}/x.png",
    "http://0.0.0.0:{port}/x.png", "http://localhost:{port}/x.png",
    "http://private.example:{port}/x.png",
    "http://127.0.0.1.:{port}/x.png", "http://①②⑦.0.0.1:{port}/x.png", "//127.0.0.1:{port}/x.png",
    "http://rebinding.example:{port}/x.png", "http://both.example:{port}/x.png",
)  # fmt: skip
_NAMES = {
    "public.example": [_PUBLIC],
    "private.example": ["127.0.0.1"],
    "rebinding.example": [_PUBLIC, "127.0.0.1"],
    "both.example": [f"{_PUBLIC},127.0.0.1"],
}


def attacks() -> Attacks:
    """Return the attacks of this kind."""
    return {
        **{name: partial(_picture, reply) for name, reply in REPLIES.items()},
        **{name: partial(_oddity, reply) for name, reply in ODDITIES.items()},
        "many-silent": _many,
        "vendor-silent": partial(_vendor, "silent"),
        "vendor-drip": partial(_vendor, "drip-letters"),
        "vendor-flood": partial(_vendor, "flood-body"),
        "vendor-controls": partial(_vendor, "reason-controls"),
        "tls-silent": _tls_silent,
        "tls-self-signed": _tls_self_signed,
        **{f"private-{n}": partial(_private, place) for n, place in enumerate(_PRIVATE)},
        "rebinding": _rebinding,
        "names": _names,
    }


def _picture(reply: Reply, scene: Scene) -> None:
    """Build twice: in time, with a page, and without asking a second time."""
    with misbehaving(reply) as host:
        scene.make_site(f"글\n\n![그림]({host.address}/a.png)\n", _SETTINGS)
        (post,) = scene.summary(scene.hanpan(*_BUILD, bounds=_IN_TIME))["posts"]
        law("html" in post["artifacts"], f"the page was not built: {post['problems'][:2]}")
        problems = [p for p in post["problems"] if p["line"] == 8 and p["path"]]
        law(problems, f"nothing is reported at the picture's line: {post['problems'][:2]}")
        before = host.asked.total()
        scene.hanpan(*_BUILD, bounds=_IN_TIME)
        law(host.asked.total() == before, "the next build asked again for what had failed")


def _oddity(reply: Reply, scene: Scene) -> None:
    """Build with a picture that comes, and not as it should."""
    with misbehaving(reply) as host:
        scene.make_site(f"글\n\n![그림]({host.address}/a.png)\n", _SETTINGS)
        (post,) = scene.summary(scene.hanpan(*_BUILD, bounds=_IN_TIME))["posts"]
        law("html" in post["artifacts"], f"the page was not built: {post['problems'][:2]}")


def _many(scene: Scene) -> None:
    """Show forty pictures of hosts that say nothing: they share the time of one post."""
    with misbehaving(Line.wait) as host:
        pictures = "\n\n".join(f"![그림]({host.address}/{n}.png)" for n in range(40))
        scene.make_site(pictures, _SETTINGS)
        (post,) = scene.summary(scene.hanpan(*_BUILD, bounds=_IN_TIME))["posts"]
        law("html" in post["artifacts"], f"the page was not built: {post['problems'][:2]}")
        law(host.asked.total() <= 12, f"it asked {host.asked.total()} times in 5 s of 2 s each")


def _vendor(name: str, scene: Scene) -> None:
    with misbehaving(REPLIES[name]) as host:
        text = f"글\n\n![그림]({host.address}/a.png)\n"
        scene.make_site(text, _SETTINGS)
        before = scene.post.read_bytes()
        ended = scene.hanpan("vendor", "posts", bounds=_IN_TIME)
        law(ended.err or ended.out, "it says nothing")
        law(scene.post.read_bytes() == before, "the post was changed")


def _tls_silent(scene: Scene) -> None:
    """Name a host by https that never begins to speak."""
    with misbehaving(Line.wait) as host:
        scene.make_site(f"![그림](https://127.0.0.1:{host.port}/a.png)\n", _SETTINGS)
        scene.hanpan(*_BUILD, bounds=_IN_TIME)


def _tls_self_signed(scene: Scene) -> None:
    """Name a host by https whose certificate nobody has signed: it is told nothing."""
    with self_signed(Line.wait) as host:
        scene.make_site(f"![그림](https://127.0.0.1:{host.port}/a.png)\n", _SETTINGS)
        scene.hanpan(*_BUILD, bounds=_IN_TIME)
        law(not host.asked, "it spoke to a host without a certificate")


def _private(place: str, scene: Scene) -> None:
    """Have a public host redirect to one of this machine's: it is never asked."""
    with misbehaving(Line.picture) as private:
        place = place.format(port=private.port)
        with misbehaving(lambda line: line.redirect(place)) as public:
            scene.make_site("![그림](http://public.example/a.png)\n" + f"![그림]({place})\n")
            scene.hanpan(*_BUILD, env=_internet(public.port), bounds=_IN_TIME)
            law(public.asked, "the attack failed: nobody asked the public host")
        law(not private.asked, f"it asked a private host for {list(private.asked)}")


def _rebinding(scene: Scene) -> None:
    """Change a name's address between the question and the connection."""
    with misbehaving(Line.picture) as private, misbehaving(Line.picture) as public:
        address = f"http://rebinding.example:{private.port}"
        scene.make_site("\n\n".join(f"![그림]({address}/{n}.png)" for n in range(4)))
        scene.hanpan(*_BUILD, env=_internet(public.port), bounds=_IN_TIME)
        law(not private.asked, f"it asked a private host for {list(private.asked)}")


def _names(scene: Scene) -> None:
    """Name hosts that are none."""
    hosts = ("", "a" * 5000, "a..b", "-", "%00", "[", "[::1", "1.2.3.4.5", "\u3002", "xn--",
             "가" * 80, "a:b@c", "127.0.0.1:0", "127.0.0.1:-1", "::set-output name=a::b",
             "\u202eexample")  # fmt: skip
    lines = [f"![그림](http://{host}/a.png)" for host in hosts]
    lines += [f'<img src="http://{host}/a.png">' for host in hosts]
    scene.make_site("\n\n".join(lines))
    scene.hanpan(*_BUILD, env=_internet(1), bounds=_IN_TIME)


def _internet(port: int) -> dict[str, str]:
    """Return an environment in which names have the addresses that we say."""
    attack = {"names": _NAMES, "reach": {_PUBLIC: port}}
    return inside(attack)
