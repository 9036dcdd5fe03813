"""Public paths: pictures are where the author's own generator puts them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import tree
from hanpan.crosspost.pictures import number_pictures
from hanpan.files import Files
from hanpan.reading import read
from hanpan.site import load_site
from tests.support.reading import Web

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
HEXO = {"_config.yml": "url: https://b.example\nsource_dir: source\npermalink: :year/:title/\n"}
HUGO = {"hugo.toml": 'baseURL = "https://b.example/x/"\n'}
HUGO_DIRS = {
    "hugo.toml": 'baseURL = "https://b.example/x/"\ncontentDir = "pages"\n'
    'staticDir = ["static", "files"]\n'
}
HUGO_NONE = {"hugo.toml": 'baseURL = "https://b.example/x/"\nstaticDir = []\n'}
JEKYLL = {"_config.yml": "url: https://b.example\nbaseurl: /x\npermalink: /:title/\n"}
ASTRO = {"astro.config.mjs": "", "site.toml": 'url = "https://b.example"\n'}
DOCUSAURUS = {"docusaurus.config.js": "", "site.toml": 'url = "https://b.example"\n'}
PLAIN = {"site.toml": 'url = "https://b.example"\n'}


@pytest.mark.parametrize(
    ("settings", "post", "written", "file", "address"),
    [
        (HEXO, "source/_posts/a.md", "/img/p.svg", "source/img/p.svg", "/img/p.svg"),
        (HEXO, "source/_posts/a.md", "p.svg", "source/_posts/a/p.svg", "/2020/a/p.svg"),
        (HEXO, "source/_posts/a.md", "그림.svg", "source/_posts/a/그림.svg",
         "/2020/a/%EA%B7%B8%EB%A6%BC.svg"),
        (HEXO, "source/_posts/a.md", "b/p.svg", "source/_posts/b/p.svg", ""),
        (HUGO, "content/posts/a.md", "/img/p.svg", "static/img/p.svg", "/x/img/p.svg"),
        (HUGO, "content/posts/a/index.md", "p.svg", "content/posts/a/p.svg", "/x/posts/a/p.svg"),
        (HUGO, "content/posts/a/index.md", "/p.svg", "assets/p.svg", ""),
        (HUGO_DIRS, "pages/posts/a.md", "/p.svg", "files/p.svg", "/x/p.svg"),
        (HUGO_DIRS, "pages/posts/a.md", "/p.svg", "pages/p.svg", ""),
        (HUGO_NONE, "content/posts/a.md", "/p.svg", "assets/p.svg", ""),
        (JEKYLL, "_posts/2020-01-01-a.md", "/img/p.svg", "img/p.svg", "/x/img/p.svg"),
        (JEKYLL, "_posts/2020-01-01-a.md", "p.svg", "_posts/p.svg", ""),
        (ASTRO, "src/content/blog/a.md", "/img/p.svg", "public/img/p.svg", "/img/p.svg"),
        (ASTRO, "src/content/blog/a.md", "./p.svg", "src/content/blog/p.svg", ""),
        (DOCUSAURUS, "blog/a.md", "/img/p.svg", "static/img/p.svg", "/img/p.svg"),
        (PLAIN, "posts/a.md", "p.svg", "posts/p.svg", "/posts/p.svg"),
    ],
)  # fmt: skip
def test_a_picture_is_where_the_generator_shows_it(
    tmp_path: Path, settings: dict[str, str], post: str, written: str, file: str, address: str
) -> None:
    text = f"---\ntitle: 글\ndate: 2020-01-01\nimage: {written}\n---\n\n![점]({written})\n"
    for path, data in {**settings, post: text, file: SVG.decode()}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(data, "utf-8")
    files = Files(load_site(tmp_path), Web())
    document = read(post, "a", files).document
    (picture,) = number_pictures(document, tree.parse_xml(document.body), files).values()
    full = f"https://b.example{address}" if address else ""
    assert (picture.url, document.meta.og_image_url) == (full, full)
