"""A blog whose pictures lie on a bad host: every edition is built, each fault is told once."""

from __future__ import annotations

import re
from pathlib import Path

from hanpan.editions import BY_DEFAULT
from tests.support.blog import add_post, make_blog
from tests.support.command import built, hanpan
from tests.support.servers.dripping import Dripping, chunk_extension
from tests.support.servers.image_host import ImageHost, picture
from tests.support.servers.serving import serving

LOOPBACK = "[remote]\nallow_private = true\ntimeout = 1\nmax_bytes = 50_000\ntotal = 20\n"
# what is wrong -> path on the host, and what the author is told
FAULTS = {
    "slow": ("/slow", "1 s"),
    "mute": ("/mute", "1 s|no answer"),
    "hung up": ("/drop", "broken|without sending|disconnected"),
    "failing": ("/failing", "500"),
    "empty": ("/empty.png", "empty|not a picture"),
    "of another kind": ("/paper.png", "not a picture"),
    "cut off": ("/cut", "cut|incomplete|without sending"),
    "huge": ("/huge", "larger than 50000 bytes"),
    "said to be huge": ("/said-huge", "larger than 50000 bytes"),
    "in circles": ("/loop", "redirects"),
    "away": ("/away", "only http and https"),
    "gone": ("/gone.png", "404"),
    "a web page": ("/page.png", "is a web page, not a picture"),
    "broken": ("/broken.png", "not a picture|cut off|cannot be decoded"),
}


def test_every_fault_is_told_at_its_line_and_nothing_stops(
    tmp_path: Path, image_host: ImageHost
) -> None:
    image_host.serve("/empty.png", b"")
    image_host.serve("/paper.png", b"%PDF-1.7\n%")
    image_host.serve("/page.png", b"<!doctype html><p>no hotlinks")
    image_host.serve("/broken.png", picture((64, 64))[:60])
    good = image_host.serve("/good", picture((64, 48)))
    blog = make_blog(tmp_path, posts=0, settings=LOOPBACK)
    lines = [f"![{name}]({image_host.url(path)})\n" for name, (path, _) in FAULTS.items()]
    lines += [f"![돌아서]({image_host.url('/hop3')})\n", f"![좋다]({good})\n"]
    lines += [f"![글로 보낸]({image_host.url('/plain.png')})\n"]
    add_post(blog, "2026-03-01-글.md", "---\ntitle: 글\n---\n" + "\n".join(lines))
    summary = built(blog)
    (post,) = summary["posts"]
    assert {name.partition("/")[0] for name in post["artifacts"]} == set(BY_DEFAULT)
    told = [p for p in post["problems"] if p["rule"] in ("image-unreachable", "image-broken")]
    assert [p["line"] for p in told] == list(range(4, 4 + 2 * len(FAULTS), 2))
    for (path, said), problem in zip(FAULTS.values(), told, strict=True):
        assert path in problem["message"]
        assert re.search(said, problem["message"]), problem["message"]
    page = (blog / "out/글/글.html").read_text("utf-8")
    assert page.count('class="missing-image"') == len(FAULTS)
    assert page.count("data:image/") >= 3  # good, behind redirects, sent as another type
    asked = dict(image_host.asked)
    built(blog)
    assert dict(image_host.asked) == asked  # a failure is not asked again at once


def test_a_private_address_is_not_asked(tmp_path: Path, image_host: ImageHost) -> None:
    blog = make_blog(tmp_path, posts=0)
    add_post(
        blog, "2026-03-01-글.md", f"---\ntitle: 글\n---\n![그림]({image_host.url('/a.png')})\n"
    )
    ran = hanpan("build", "-e", "html", cwd=blog)
    assert ran.code == 0
    assert "private address" in ran.err + ran.out
    assert not image_host.asked


def test_a_host_that_drips_costs_its_pictures_and_only_one_build_waits_for_it(
    tmp_path: Path,
) -> None:
    settings = "[remote]\nallow_private = true\ntimeout = 0.3\ntotal = 120\n"
    blog = make_blog(tmp_path, posts=0, settings=settings)
    with serving(Dripping(chunk_extension, picture())) as server:
        lines = [f"![{number}]({server.url(f'/{number}.png')})\n" for number in range(12)]
        add_post(blog, "2026-03-01-글.md", "---\ntitle: 글\n---\n" + "\n".join(lines))
        (post,) = built(blog)["posts"]
        assert {name.partition("/")[0] for name in post["artifacts"]} == set(BY_DEFAULT)
        assert [p["rule"] for p in post["problems"]].count("image-unreachable") == 12
        asked = server.asked.copy()
        assert asked.total() <= 8  # by two threads at a time, for two pictures or three
        assert built(blog)["steps"]["run"] == 0
        assert server.asked == asked
