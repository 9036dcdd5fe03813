"""Companion: Debian's Jekyll and Hugo, and Hexo's own rules, show what hanpan put beside posts."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html as lxml_html

from tests.support.command import hanpan

pytestmark = pytest.mark.conformance
POST = "---\nlayout: post\ntitle: 글\ndate: 2021-10-07\n---\n\n글이다.\n"
JEKYLL = {
    "_config.yml": "title: 글\nbaseurl: /blog\n",
    "_posts/2021-10-07-첫 글.md": POST,
    "_posts/2021-10-08-b.md": POST.replace("date", "permalink: /둘/\ndate"),
    "_layouts/post.html": "<html><body>{{ content }}{% include hanpan.html %}</body></html>",
    "index.html": "---\n---\n<html><body>{% for post in site.posts %}"
    "{% include hanpan.html post=post %}{% endfor %}</body></html>",
}
HUGO = {
    "hugo.toml": 'title = "글"\nbaseURL = "https://x.example/blog/"\n',
    "content/posts/첫 글.md": POST,
    "content/posts/둘/index.md": f"{POST}\n{{{{< hanpan >}}}}\n",
    "layouts/_default/single.html": '<html><body>{{ .Content }}{{ partial "hanpan.html" . }}'
    "</body></html>",
    "layouts/_default/list.html": "<html><body>{{ range .Site.RegularPages }}"
    '{{ partial "hanpan.html" . }}{{ end }}</body></html>',
}


def made(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    assert hanpan("init", "--ci", "none", cwd=root).code == 0
    ran = hanpan("build", "-e", "pdf,epub", "--publish-to", ".", cwd=root)
    assert ran.code == 0, ran.err
    return root


def links_of(site: Path, page: Path) -> list[str]:
    """Return the links of a page, which all lead to files of the site."""
    root: Any = lxml_html.document_fromstring(page.read_text("utf-8"))
    links = [str(link) for link in root.xpath("//*[@class='hanpan']/a/@href")]
    for link in links:
        path = unquote(urlsplit(link).path)
        assert path.startswith("/blog/") and (site / path.removeprefix("/blog/")).is_file(), link
    sizes = [element.text for element in root.xpath("//*[@class='hanpan']/small")]
    assert len(sizes) == len(links) and all(re.fullmatch(r"[\d.]+ [KM]B", one) for one in sizes)
    return [link.rpartition(".")[2] for link in links]


@pytest.mark.skipif(not shutil.which("jekyll"), reason="jekyll is not installed")
def test_jekyll(tmp_path: Path) -> None:
    root = made(tmp_path / "blog", JEKYLL)
    subprocess.run(["jekyll", "build", "-q"], cwd=root, check=True)
    site = root / "_site"
    assert links_of(site, site / "2021/10/07/첫-글.html") == ["pdf", "epub"]
    assert links_of(site, site / "둘/index.html") == ["pdf", "epub"]
    assert links_of(site, site / "index.html") == ["pdf", "epub"] * 2
    names = {path.relative_to(site).parts[0] for path in site.rglob("*")}
    assert names == {"2021", "둘", "index.html"}  # neither out/ nor a file of ours


@pytest.mark.skipif(not shutil.which("hugo"), reason="hugo is not installed")
def test_hugo(tmp_path: Path) -> None:
    root = made(tmp_path / "blog", HUGO)
    version = subprocess.run(["hugo", "version"], capture_output=True, text=True, check=True).stdout
    if re.search(r"v0\.(\d{1,2}|10\d)\.", version):  # before 0.110 the file is config.toml
        (root / "hugo.toml").rename(root / "config.toml")
    subprocess.run(["hugo"], cwd=root, check=True, capture_output=True)
    site = root / "public"
    assert links_of(site, site / "posts/첫-글/index.html") == ["pdf", "epub"]
    assert links_of(site, site / "posts/둘/index.html") == ["pdf", "epub"] * 2
    assert links_of(site, site / "index.html") == ["pdf", "epub"] * 2
