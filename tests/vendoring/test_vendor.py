"""hanpan vendor: pictures come into the site, posts change where they name one and nowhere else."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hanpan.source.front_matter.parse import parse_post
from hanpan.source.references import comparable, references
from tests.support.blog import make_blog, tree_of
from tests.support.command import built, environment, hanpan
from tests.support.limits.growth import LINEAR, growth
from tests.support.servers.image_host import ImageHost, picture

LOOPBACK = "[remote]\nallow_private = true\ntimeout = 60\n"
POST = """---
title: 그림이 있는 글
header:
  teaser: {a}
  og_image: "{b}"
canonical_url: {a}
---
앞말 ![하나]({a}) 뒷말 `![코드]({a})` ![둘]( <{b}> "제목")

<p><img width=10 src='{b}' alt="{a}"></p>

<table><tr><td><img alt="x"
  src="{a}"></td></tr></table>

```md
![울타리]({a})
```

    ![들여 쓴 코드]({a})

<!-- ![주석]({a}) -->

[링크]({a}) 그리고 {a} 그대로. [![그림 링크]({a})]({a})

![참조][ref] ![겹침][both] [글][both]

[ref]: {b} "제목"
[both]: {a}
"""


def blog_with(folder: Path, host: ImageHost, text: str, name: str = "2026-03-01-글.md") -> Path:
    blog = make_blog(folder, posts=0, settings=LOOPBACK)
    a = host.serve("/a.png", picture((64, 48)))
    b = host.serve("/%ED%95%9C%EA%B8%80.png", picture((48, 64), "#204080"))
    path = blog / "posts" / name
    path.write_text(text.format(a=a, b=b), "utf-8", newline="")
    return path


def test_references_are_rewritten_where_they_stand_and_nowhere_else(
    tmp_path: Path, image_host: ImageHost
) -> None:
    post = blog_with(tmp_path, image_host, POST)
    before = post.read_text("utf-8")
    ran = hanpan("vendor", cwd=tmp_path)
    assert ran.code == 0, ran.err
    kept = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*-*.png"))
    assert len(kept) == 2
    place = f"/assets/vendored/127.0.0.1-{image_host.server_port}"
    new_a, new_b = (next(f"/{name}" for name in kept if stem in name) for stem in ("/a-", "한글"))
    assert all(name.startswith(place) for name in (new_a, new_b))
    a, b = image_host.url("/a.png"), image_host.url("/%ED%95%9C%EA%B8%80.png")
    expected = POST.format(a=a, b=b)
    for old, new in (
        (f"  teaser: {a}", f"  teaser: {new_a}"),
        (f'og_image: "{b}"', f'og_image: "{new_b}"'),
        (f"앞말 ![하나]({a})", f"앞말 ![하나]({new_a})"),
        (f"<{b}>", f"<{new_b}>"),
        (f"src='{b}'", f"src='{new_b}'"),
        (f'src="{a}"', f'src="{new_a}"'),
        (f"[![그림 링크]({a})]", f"[![그림 링크]({new_a})]"),
        (f"[ref]: {b}", f"[ref]: {new_b}"),
    ):
        assert expected.count(old) == 1, old
        expected = expected.replace(old, new)
    assert post.read_text("utf-8") == expected != before


def test_a_second_run_changes_nothing_and_the_blog_builds_without_the_host(
    tmp_path: Path, image_host: ImageHost
) -> None:
    text = "---\ntitle: 글\n---\n![하나]({a}) ![둘]({b})\n"
    post = blog_with(tmp_path, image_host, text)
    with_host = tree_of_page(tmp_path)
    assert hanpan("vendor", cwd=tmp_path).code == 0
    once = post.read_bytes(), sorted(tmp_path.rglob("assets/**/*"))
    asked = dict(image_host.asked)
    ran = hanpan("vendor", cwd=tmp_path)
    assert (ran.code, "0 references rewritten" in ran.out) == (0, True)
    assert (post.read_bytes(), sorted(tmp_path.rglob("assets/**/*"))) == once
    assert dict(image_host.asked) == asked
    image_host.pages.clear()
    assert tree_of_page(tmp_path) == with_host


def tree_of_page(blog: Path) -> bytes:
    built(blog, "-e", "html")
    return tree_of(blog / "out")["글/글.html"]


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("cp949", b"")]
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_bytes_are_kept(
    tmp_path: Path, image_host: ImageHost, encoding: str, mark: bytes, newline: str
) -> None:
    text = "---\ntitle: 글  \n---\n\n앞말\t ![하나]({a})  \n\n\n뒤 문단, 끝에 줄바꿈 없음"
    post = blog_with(tmp_path, image_host, text)
    raw = mark + post.read_text("utf-8").replace("\n", newline).encode(encoding)
    post.write_bytes(raw)
    os.chmod(post, 0o600)
    assert hanpan("vendor", cwd=tmp_path).code == 0
    made = post.read_bytes()
    new = re.search(rb"/assets/vendored/[^)]+", made)
    assert new is not None
    assert made == raw.replace(image_host.url("/a.png").encode(), new[0])
    assert post.stat().st_mode & 0o777 == 0o600


def test_a_dry_run_writes_nothing(tmp_path: Path, image_host: ImageHost) -> None:
    blog_with(tmp_path, image_host, POST)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    ran = hanpan("vendor", "--dry-run", cwd=tmp_path)
    assert ran.code == 0
    assert "8 references would be rewritten" in ran.out
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_what_cannot_be_fetched_stays_and_is_told(tmp_path: Path, image_host: ImageHost) -> None:
    post = blog_with(tmp_path, image_host, "---\ntitle: 글\n---\n![x]({a}x) ![y]({b})\n")
    ran = hanpan("vendor", cwd=tmp_path)
    assert ran.code == 0
    assert "posts/2026-03-01-글.md:4: warning" in ran.err and "404" in ran.err
    assert f"![x]({image_host.url('/a.pngx')})" in post.read_text("utf-8")
    assert "/assets/vendored/" in post.read_text("utf-8")


def test_nothing_is_written_outside_the_site(tmp_path: Path, image_host: ImageHost) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    blog = tmp_path / "blog"
    post = blog_with(blog, image_host, "---\ntitle: 글\n---\n![x]({a})\n")
    before = post.read_bytes()
    (blog / "assets").symlink_to(outside)
    ran = hanpan("vendor", cwd=blog)
    assert ran.code == 1 and "is outside the site" in ran.err
    assert post.read_bytes() == before and list(outside.iterdir()) == []
    (blog / "assets").unlink()
    real = outside / "글.md"
    post.rename(real)
    post.symlink_to(real)
    ran = hanpan("vendor", cwd=blog)
    assert ran.code == 1 and real.read_bytes() == before


def test_an_svg_is_made_safe(tmp_path: Path, image_host: ImageHost) -> None:
    post = blog_with(tmp_path, image_host, "---\ntitle: 글\n---\n![x]({a})\n")
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>'
    image_host.serve("/a.png", svg)
    assert hanpan("vendor", cwd=tmp_path).code == 0
    (copy,) = tmp_path.rglob("a-*.svg")
    assert b"script" not in copy.read_bytes()
    assert copy.name in post.read_text("utf-8")


@pytest.mark.parametrize(
    ("markdown", "address"),
    [
        ("![a](https://a.kr/x_(1).png)", "https://a.kr/x_(1).png"),
        ("![a](https://a.kr/한 글.png)", "https://a.kr/한 글.png"),
        ('![a](https://a.kr/x.png "제목")', "https://a.kr/x.png"),
        ("![a [b] c](//a.kr/x.png)", "//a.kr/x.png"),
        ("![a](https://a.kr/x\\_y.png){: width='50%'}", "https://a.kr/x_y.png"),
        ("<IMG alt='>' SRC=https://a.kr/x.png>", "https://a.kr/x.png"),
        ('<img src="https://a.kr/x?a=1&amp;b=2">', "https://a.kr/x?a=1&b=2"),
        ('{% include figure image_path="https://a.kr/x.png" alt="y" %}', "https://a.kr/x.png"),
        ('{{< image src="https://a.kr/x.png" >}}', "https://a.kr/x.png"),
        ("> - ![a](https://a.kr/x.png)", "https://a.kr/x.png"),
    ],
)
def test_every_way_of_naming_a_picture(markdown: str, address: str) -> None:
    text = f"---\ntitle: 글\n---\n앞말\n\n{markdown}\n"
    found = references(text, parse_post("x.md", text.encode()))
    assert comparable(address) in [reference.address for reference in found]


@pytest.mark.parametrize(
    "markdown",
    [
        "{% highlight md %}\n![a](https://a.kr/x.png)\n{% endhighlight %}",
        "{% codeblock lang:md %}\n![a](https://a.kr/x.png)\n{% endcodeblock %}",
        "~~~\n![a](https://a.kr/x.png)\n~~~",
        "<pre>\n![a](https://a.kr/x.png)\n</pre>",
        "`` ![a](https://a.kr/x.png) ` ``",
    ],
)
def test_code_is_no_reference(markdown: str) -> None:
    text = f"---\ntitle: 글\n---\n앞말\n\n{markdown}\n"
    assert references(text, parse_post("x.md", text.encode())) == []


@pytest.mark.parametrize(
    "part",
    ["![", "![a](", "<img ", "[a]: ", "`", "{% include ", "{% highlight %}", "![[", "((("],
)
def test_what_never_closes_takes_linear_time(part: str) -> None:
    def read(times: int) -> None:
        text = part * times
        references(text, parse_post("x.md", text.encode()))

    assert growth(read, 1500) < LINEAR


KILLED = """
import resource, signal, sys
from hanpan.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # the kernel kills who writes past the limit
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
sys.argv = ["hanpan", "vendor"]
main()
"""


def test_who_is_killed_while_it_writes_leaves_the_post_and_no_litter(
    tmp_path: Path, image_host: ImageHost
) -> None:
    post = blog_with(tmp_path, image_host, POST + "긴 글. " * 20_000)
    post.chmod(0o600)
    before = post.read_bytes()
    ran = subprocess.run([sys.executable, "-c", KILLED], cwd=tmp_path, env=environment())
    assert ran.returncode == -signal.SIGXFSZ
    assert post.read_bytes() == before
    cache = tmp_path / ".hanpan" / "remote" / "tmp"
    (part,) = cache.iterdir()
    assert list(tmp_path.rglob("*.part")) == [part]
    os.utime(part, (0, 0))  # of long ago
    assert hanpan("vendor", cwd=tmp_path).code == 0
    assert post.read_bytes() != before and post.stat().st_mode & 0o777 == 0o600
    assert list(cache.iterdir()) == []
