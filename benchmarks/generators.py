"""The same posts as a site of Jekyll, Hugo and hanpan: the table of docs/site.md.

`python -m benchmarks.generators MINIMAL_MISTAKES PAPERMOD` needs what the project does not:
`jekyll` and `hugo` of Debian, and folders of the two themes. The posts are those of the corpus
that all three can read: Markdown with a date and front matter, of which they keep title, tags and
categories. What looks like a template in them is text.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import re
import shutil
import statistics
import sys
import tempfile
import threading
from collections import Counter
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import yaml

from benchmarks.measures import ROOT, costs
from benchmarks.site import blog_of_many
from tests.conformance.test_site import Handler
from tests.support.referees.chromium import started
from tests.support.referees.lighthouse import lighthouse

if TYPE_CHECKING:
    from playwright.sync_api import Page

_URL = "https://blog.example"
Posts = dict[str, tuple[str, Path]]  # text and pictures by the name of the file
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_POST = re.compile(r"---[ \t]*\n(.*?\n)---[ \t]*\n(.*)", re.DOTALL)
_SHORTCODE = re.compile(r"\{\{[<%]")
_JEKYLL = """\
title: 비교
url: https://blog.example
locale: ko-KR
permalink: /:year/:month/:day/:title/
paginate: 10
paginate_path: /page:num/
search: true
timezone: Asia/Seoul
future: true
plugins: [jekyll-feed, jekyll-sitemap, jekyll-paginate, jekyll-include-cache, jekyll-gist]
category_archive: {type: liquid, path: /categories/}
tag_archive: {type: liquid, path: /tags/}
defaults:
  - scope: {path: "", type: posts}
    values: {layout: single, read_time: true, related: true, show_date: true}
"""
_HUGO = """\
title = "비교"
baseURL = "https://blog.example"
languageCode = "ko"
theme = "papermod"
paginate = 10
buildFuture = true
enableRobotsTXT = true
[permalinks]
posts = "/:year/:month/:day/:filename/"
[outputs]
home = ["HTML", "RSS", "JSON"]
[params]
ShowReadingTime = true
ShowPostNavLinks = true
[markup.goldmark.renderer]
unsafe = true
"""


def main() -> None:
    """Build the three sites and print what each costs and what referees say of it."""
    themes = [Path(name).resolve() for name in sys.argv[1:3]]
    with tempfile.TemporaryDirectory(prefix="hanpan-generators-") as name:
        folder = Path(name)
        posts = _posts(folder / "source")
        print(f"{len(posts)} posts", flush=True)
        sites = {
            "Jekyll, Minimal Mistakes": _jekyll(folder / "jekyll", posts, themes[0]),
            "Hugo, PaperMod": _hugo(folder / "hugo", posts, themes[1]),
            "hanpan": _hanpan(folder / "hanpan", posts),
        }
        for generator, (site, seconds, processors) in sites.items():
            print(f"\n{generator}: {seconds:.1f} s, {processors:.1f} s of processors")
            _judge(site)


def _posts(folder: Path) -> Posts:
    """Return the posts that all three read by file name; pictures are in the folder p0."""
    posts = {}
    for path in blog_of_many(folder, 217):
        post = _post(path) if path.suffix != ".mdx" else None
        if post:
            posts[post[0]] = post[1], folder / "p0"
    return posts


def _post(path: Path) -> tuple[str, str] | None:
    """Return a post's file name and text as all three take it; None where one cannot."""
    match = _POST.match(path.read_text("utf-8").replace("\r\n", "\n"))
    date = _DATE.match(path.name) or (match and _DATE.search(match[1]))
    if not match or not date or _SHORTCODE.search(match[2]):
        return None
    try:  # hanpan and Jekyll forgive more than Hugo
        head = yaml.safe_load(match[1])
    except yaml.YAMLError:
        return None
    if not isinstance(head, dict):
        return None
    name = path.stem.removeprefix(f"{date[0]}-").replace(" ", "-")
    kept = {"date": date[0], "title": str(head.get("title") or name), "render_with_liquid": False}
    kept |= {key: _names(head.get(key)) for key in ("tags", "categories")}
    lines = "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in kept.items()
    )
    return f"{date[0]}-{name}.md", f"---\n{lines}---\n{match[2]}"


def _names(value: object) -> list[str]:
    """Return names as a list: Jekyll splits a text at its blanks."""
    names = value.split() if isinstance(value, str) else value if isinstance(value, list) else []
    return [str(name) for name in names]


def _write(posts: Posts, folder: Path, pictures: Path) -> None:
    folder.mkdir(parents=True)
    for name, (text, source) in posts.items():
        (folder / name).write_text(text, "utf-8")
        if not pictures.exists():
            shutil.copytree(source, pictures)


def _jekyll(folder: Path, posts: Posts, theme: Path) -> tuple[Path, float, float]:
    for part in ("_data", "_includes", "_layouts", "_sass", "assets"):
        shutil.copytree(theme / part, folder / part)
    _write(posts, folder / "_posts", folder / "p0")
    (folder / "_config.yml").write_text(_JEKYLL, "utf-8")
    for name, layout in (
        ("index", "home"), ("archive", "posts"), ("categories", "categories"), ("tags", "tags"),
    ):  # fmt: skip
        address = "/" if name == "index" else f"/{name}/"
        page = f"---\nlayout: {layout}\ntitle: {name}\npermalink: {address}\n---\n"
        (folder / f"{name}.html").write_text(page, "utf-8")
    return folder / "_site", *costs(["jekyll", "build", "--disable-disk-cache"], folder=folder)


def _hugo(folder: Path, posts: Posts, theme: Path) -> tuple[Path, float, float]:
    shutil.copytree(theme, folder / "themes/papermod", ignore=shutil.ignore_patterns(".git"))
    _write(posts, folder / "content/posts", folder / "static/p0")
    (folder / "config.toml").write_text(_HUGO, "utf-8")
    (folder / "content/archive.md").write_text(
        '---\ntitle: archive\nlayout: archives\nurl: "/archive/"\n---\n', "utf-8"
    )
    return folder / "public", *costs(["hugo", "--quiet"], folder=folder)


def _hanpan(folder: Path, posts: Posts) -> tuple[Path, float, float]:
    _write(posts, folder / "_posts", folder / "p0")
    (folder / "_config.yml").write_text(_JEKYLL, "utf-8")
    (folder / "site.toml").write_text("[source]\nfuture = true\n", "utf-8")
    command = [sys.executable, "-m", "hanpan", "build", "--edition", "site", "--offline"]
    return folder / "out/site", *costs(command, allowed=(0, 1), folder=folder)


def _judge(site: Path) -> None:
    """Print the weights of pages, what axe finds, and Lighthouse's scores."""
    pages = [path for path in sorted(site.rglob("index.html")) if _is_post(site, path)]
    sizes = [len(gzip.compress(path.read_bytes())) for path in pages]
    middle = pages[sizes.index(statistics.median_high(sizes))]
    print(f"{len(pages)} pages of posts; HTML, packed, in the middle: {sizes[pages.index(middle)]}")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root = f"http://127.0.0.1:{server.server_address[1]}/"
    chosen = [page.parent.relative_to(site).as_posix() + "/" for page in pages[:: len(pages) // 20]]
    post = middle.parent.relative_to(site).as_posix() + "/"
    with started() as browser:
        tab = browser.new_page(viewport={"width": 390, "height": 844})
        print("a post loads", _load(tab, root, post), "; the index", _load(tab, root, ""))
        scripts = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8")
        rules: Counter[str] = Counter()
        for address in ["", "archive/", "tags/", *chosen]:
            tab.goto(root + address)
            tab.evaluate(scripts)
            rules.update(one["id"] for one in tab.evaluate("axe.run()")["violations"])
        print(f"axe on {3 + len(chosen)} pages: {dict(rules)}")
    for address in ("", post, "archive/"):
        with contextlib.suppress(AssertionError):  # a page that waits for others' servers
            print(address or "index", lighthouse(root + address).scores, flush=True)
    server.shutdown()


def _is_post(site: Path, path: Path) -> bool:
    return bool(re.match(r"\d{4}/\d\d/\d\d/", path.relative_to(site).as_posix()))


def _load(tab: Page, root: str, address: str) -> str:
    """Return what a page loads of its own, in KB, and how often it asks others."""
    sizes: Counter[str] = Counter()
    asked = 0

    def count(response: object) -> None:
        kind = response.request.resource_type  # type: ignore[attr-defined]
        sizes[kind] += int(response.headers.get("content-length", 0))  # type: ignore[attr-defined]

    def note(request: object) -> None:
        nonlocal asked
        asked += urlsplit(request.url).hostname not in ("127.0.0.1", None)  # type: ignore[attr-defined]

    tab.on("response", count)
    tab.on("request", note)
    tab.goto(root + address, wait_until="load")
    tab.remove_listener("response", count)
    tab.remove_listener("request", note)
    kinds = ", ".join(f"{kind} {size // 1000}" for kind, size in sorted(sizes.items()))
    return f"{sum(sizes.values()) // 1000} KB ({kinds}), {asked} requests to others"


class _Host(Handler):
    """A host that sends no policy, which pages of others would break."""

    policy: str = ""


if __name__ == "__main__":
    main()
