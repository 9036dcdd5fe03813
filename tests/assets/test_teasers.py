"""Teasers and pictures from elsewhere, good and bad, as a build meets them (issue 2, "Teaser")."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from hanpan.editions import BY_DEFAULT
from tests.support.blog import add_post, make_blog
from tests.support.command import Ran, built, hanpan
from tests.support.editions_read import Built, colour
from tests.support.servers.image_host import ImageHost, bomb, claiming, picture
from tests.support.servers.serving import serving

PLATFORMS = ("tistory", "naver", "velog", "wordpress")
RED = (192, 32, 64)  # of #c82040, to the nearest 32
COVER = (1200, 630)  # what is drawn where the teaser is out of reach
LOOPBACK = "[remote]\nallow_private = true\ntimeout = 2\nmax_bytes = 200_000\n"
ONCE_ONLY = f"{LOOPBACK}retry_after = 0\n"


def post_with(teaser: str, body: str = "본문 한 줄.") -> str:
    return f"---\ntitle: 대표 그림\ndate: 2026-03-01\nheader:\n  teaser: {teaser}\n---\n\n{body}\n"


def problems(summary: dict[str, Any], source: str) -> list[dict[str, Any]]:
    """Return what the build says of a post, all of whose editions it must have built."""
    (post,) = [post for post in summary["posts"] if post["source"].endswith(source)]
    assert {name.partition("/")[0] for name in post["artifacts"]} in (set(BY_DEFAULT), {"html"})
    # that loopback speaks no https is said too, and rightly
    return [found for found in post["problems"] if found["rule"] != "crosspost-http-image"]


def test_a_remote_teaser_is_fetched_once_and_stands_in_all_editions(
    tmp_path: Path, image_host: ImageHost
) -> None:
    url = image_host.serve("/teaser.png", picture((800, 420), "#c82040"))
    blog = make_blog(tmp_path, posts=0, settings=LOOPBACK)
    add_post(blog, "2026-03-01-one.md", post_with(url))
    add_post(blog, "2026-03-02-two.md", post_with(url))
    summary = built(blog, "--jobs", "1", "-e", "html")
    built(blog, blog / "posts/2026-03-01-one.md")
    assert image_host.asked["/teaser.png"] == 1
    assert problems(summary, "one.md") == []
    one = Built(blog / "out", "one")
    assert colour(one.page_pictures()[0]) == RED
    assert colour(one.pdf_pictures(0)[0]) == RED
    assert RED in {
        colour(one.epub_cover().crop((0, y, 1200, y + 400))) for y in range(0, 1600, 200)
    }
    assert colour(one.epub_pictures()[0]) == RED
    assert (one.page.xpath("//meta[@property='og:image']/@content")) == [url]
    for platform in PLATFORMS:
        assert colour(one.payload_picture(platform, 1)) == RED
        first = one.manifest(platform)["images"][0]
        assert (first["role"], first["src"]) == ("teaser", url)
    (entry,) = json.loads((blog / "assets.lock").read_text("utf-8")).items()
    assert entry[0] == url and len(entry[1]["sha256"]) == 64


def test_a_fetched_teaser_outlives_its_host_and_its_lock_outlives_the_cache(
    tmp_path: Path,
) -> None:
    blog = make_blog(tmp_path, posts=0, settings=ONCE_ONLY)
    with serving(ImageHost()) as host:
        url = host.serve("/teaser.png", picture((800, 420), "#c82040"))
        add_post(blog, "2026-03-01-one.md", post_with(url))
        built(blog, "-e", "html")
        lock = (blog / "assets.lock").read_bytes()
        shutil.rmtree(blog / ".hanpan")  # a fresh clone has the lock, and no cache
        assert problems(built(blog, "--out", "two", "-e", "html"), "one.md") == []
        assert host.asked["/teaser.png"] == 2
        shutil.rmtree(blog / ".hanpan")
        host.serve("/teaser.png", picture((800, 420), "#204080"))
        (changed,) = problems(built(blog, "--out", "three", "-e", "html"), "one.md")
        assert changed["rule"] == "teaser-unreachable"
        assert "checksum differs from the one in assets.lock" in changed["message"]
        host.serve("/teaser.png", picture((800, 420), "#c82040"))
        built(blog, "--out", "four", "-e", "html")
    assert problems(built(blog, "--out", "five", "-e", "html"), "one.md") == []
    assert problems(built(blog, "--out", "six", "--offline", "-e", "html"), "one.md") == []
    assert colour(Built(blog / "six", "one").page_pictures()[0]) == RED
    assert (blog / "assets.lock").read_bytes() == lock


def bad_addresses(host: ImageHost) -> dict[str, tuple[str, str]]:
    """Return what goes wrong on the network: name of the post -> address, words of the message."""
    whole = picture((800, 420), "#c82040")
    with serving(ImageHost()) as gone:
        down = gone.url("/a.png")
    return {
        "gone": (host.url("/none.png"), "answered 404"),
        "page": (host.serve("/page.png", b"<!DOCTYPE html><p>hello"), "a web page"),
        "text": (host.serve("/text.png", "그림이 아닌 글".encode()), "is not a picture"),
        "empty": (host.serve("/empty.png", b""), "is empty"),
        "truncated": (host.serve("/half.png", whole[: len(whole) // 2]), "is cut off"),
        "cut": (host.url("/cut"), "answer is malformed"),
        "claims": (host.serve("/claims.png", claiming(50_000, 50_000)), "50 million pixels"),
        "bomb": (host.serve("/bomb.png", bomb(20_000, 20_000)), "50 million pixels"),
        "loop": (host.url("/loop"), "more than 5 redirects"),
        "scheme": (host.url("/away"), "only http and https"),
        "huge": (host.serve("/big.png", b"x" * 200_001), "larger than 200000 bytes"),
        "slow": (host.url("/slow"), "2 s"),
        "down": (down, "does not accept connections"),
        "nowhere": ("https://no-such-host.invalid/a.png", "cannot be resolved"),
    }


def test_a_bad_remote_teaser_is_a_warning_and_a_drawn_cover_stands_in(
    tmp_path: Path, image_host: ImageHost
) -> None:
    blog = make_blog(tmp_path, posts=0, settings=LOOPBACK)
    bad = bad_addresses(image_host)
    for name, (url, _) in bad.items():
        add_post(blog, f"2026-03-01-{name}.md", post_with(url))
    summary = built(blog, "-e", "html")
    for name, (url, words) in bad.items():
        (problem,) = problems(summary, f"{name}.md")
        assert problem["rule"] == "teaser-unreachable", name
        assert (problem["severity"], problem["line"]) == ("warning", 5), name
        assert words in problem["message"] and url in problem["message"], name
        assert problem["remedy"]
        assert not Built(blog / "out", name).page_pictures(), name  # its title says enough
    built(blog, blog / "posts/2026-03-01-gone.md")
    post = Built(blog / "out", "gone")
    assert [image.width > 1000 for image in post.pdf_pictures(0)] == [True]
    assert post.epub_cover().size[0] >= 1000
    for platform in PLATFORMS:
        assert post.manifest(platform)["images"][0]["local"].startswith("images/01-cover")
        assert post.payload_picture(platform, 1).size == COVER
    assert not (blog / "assets.lock").exists()
    assert hanpan("build", "--strict", "-e", "html", cwd=blog).code == 1


def test_private_addresses_are_refused_unless_the_site_allows_them(
    tmp_path: Path, image_host: ImageHost
) -> None:
    blog = make_blog(tmp_path, posts=0)
    add_post(blog, "2026-03-01-one.md", post_with(image_host.serve("/a.png", picture())))
    (problem,) = problems(built(blog, "-e", "html"), "one.md")
    assert problem["rule"] == "teaser-unreachable" and "allow_private" in problem["message"]
    assert not image_host.asked


def test_offline_asks_nothing_and_the_next_build_heals(
    tmp_path: Path, image_host: ImageHost
) -> None:
    blog = make_blog(tmp_path, posts=0, settings=LOOPBACK)
    url = image_host.serve("/teaser.png", picture((800, 420), "#c82040"))
    add_post(blog, "2026-03-01-one.md", post_with(url, f"![몸](<{url}>)"))
    found = problems(built(blog, "--offline", "-e", "html"), "one.md")
    assert {problem["rule"] for problem in found} == {"teaser-unreachable", "image-unreachable"}
    assert all("--offline" in problem["message"] for problem in found)
    assert not image_host.asked
    assert problems(built(blog, "-e", "html"), "one.md") == []
    assert colour(Built(blog / "out", "one").page_pictures()[0]) == RED


LOCAL = {  # name of the post -> what its front matter names, rule, words of the message
    "none": ("/assets/none.png", "teaser-missing", "is not in the site"),
    "folder": ("/assets", "teaser-missing", "is not in the site"),
    "text": ("/assets/text.png", "teaser-broken", "is not a picture"),
    "empty": ("/assets/empty.png", "teaser-broken", "is empty"),
    "half": ("/assets/half.jpg", "teaser-broken", "is cut off"),
    "bomb": ("/assets/bomb.png", "teaser-broken", "50 million pixels"),
    "outside": ("../../outside.png", "teaser-missing", "is not in the site"),
    "linked": ("/assets/link.png", "teaser-missing", "is not in the site"),
    "disk": ("file:///etc/hostname", "teaser-missing", "own disk"),
}


def test_a_bad_local_teaser_is_a_warning_too(tmp_path: Path) -> None:
    (tmp_path / "outside.png").write_bytes(picture())
    blog = make_blog(tmp_path / "blog", posts=0)
    assets = blog / "assets"
    assets.mkdir()
    whole = picture((800, 420), "#c82040", "JPEG")
    (assets / "text.png").write_text("그림이 아닌 글", "utf-8")
    (assets / "empty.png").touch()
    (assets / "half.jpg").write_bytes(whole[: len(whole) // 2])
    (assets / "bomb.png").write_bytes(bomb(20_000, 20_000))
    (assets / "link.png").symlink_to(tmp_path / "outside.png")
    for name, (teaser, _, _) in LOCAL.items():
        add_post(blog, f"2026-03-01-{name}.md", post_with(f'"{teaser}"'))
    summary = built(blog, "-e", "html")
    built(blog, "-e", "pdf", blog / "posts/2026-03-01-half.md")
    for name, (_, rule, words) in LOCAL.items():
        problem, *why = problems(summary, f"{name}.md")
        assert [one["rule"] for one in why] == ["file-unreadable"] * (name == "linked")
        assert (problem["rule"], problem["severity"], problem["line"]) == (rule, "warning", 5), name
        assert words in problem["message"], name
        assert not Built(blog / "out", name).page_pictures(), name  # its title says enough
    printed = Built(blog / "out", "half").pdf_pictures(0)
    assert [image.width > 1000 for image in printed] == [True]


def test_bad_pictures_of_a_body_are_one_warning_each_and_a_placeholder_in_every_edition(
    tmp_path: Path, image_host: ImageHost
) -> None:
    blog = make_blog(tmp_path, posts=0, settings=LOOPBACK)
    bad = {name: url for name, (url, _) in bad_addresses(image_host).items()}
    bad["absent"], bad["folder"] = "/assets/absent.png", "/posts"
    good = image_host.serve("/good.png", picture((400, 300), "#c82040"))
    lines = [f"![사진 {name}]({url})\n" for name, url in {**bad, "멀쩡함": good}.items()]
    add_post(blog, "2026-03-01-one.md", "---\ntitle: 그림들\n---\n\n" + "\n".join(lines))
    found = problems(built(blog), "one.md")
    said = [
        (problem["line"], problem["rule"]) for problem in found if problem["rule"][:5] == "image"
    ]
    rules = ["image-unreachable"] * (len(bad) - 2) + ["image-missing"] * 2
    assert said == [(5 + 2 * index, rule) for index, rule in enumerate(rules)]
    one = Built(blog / "out", "one")
    assert [colour(image) for image in one.page_pictures()] == [RED]
    assert [colour(image) for image in one.epub_pictures()] == [RED]
    texts = {
        "html": one.page.text_content(),
        "pdf": one.pdf_text(),
        "epub": one.epub("text/post.xhtml").decode(),
        **{name: one.payload(name, "preview.html") for name in PLATFORMS},
    }
    for edition, text in texts.items():
        for name in bad:
            assert f"사진 {name}" in text, (edition, name)


def test_a_site_with_a_broken_lock_is_told_so(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=1)
    (blog / "assets.lock").write_text("<<<<<<< HEAD\n")
    ran: Ran = hanpan("build", cwd=blog)
    assert ran.code == 2 and "assets.lock:1: error:" in ran.err
