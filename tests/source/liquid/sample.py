"""A small Jekyll blog, and a post of it rendered."""

from __future__ import annotations

from pathlib import Path

from hanpan.files import Files
from hanpan.site import load_site
from hanpan.source.front_matter.parse import parse_post
from hanpan.source.lines import RenderedBody
from hanpan.source.liquid import render
from tests.support.reading import Web

CONFIG = "title: 봄의 기록\nurl: https://blog.example.kr\npermalink: /:categories/:title/\n"
BLOG = {
    "_config.yml": CONFIG,
    "_posts/2026-01-02-다른-글.md": "---\ntitle: 다른 글\ncategories: [Dev]\n---\n글\n",
    "_posts/sub/2025-05-05-old.md": "---\ntitle: 옛 글\npermalink: /old/\ntags: [봄]\n---\n글\n",
    "_includes/card.html": "<div>\n    <b>{{ include.title }}</b>\n\n    끝\n</div>\n",
    "_includes/round.html": "{% include round.html %}",
    "_data/links.yml": "- name: 하나\n  url: /a\n- name: 둘\n  url: /b\n",
    "_data/ko/words.json": '{"hello": "안녕"}',
    "_data/people.csv": "name,age\n김봄,30\n",
}
NAME = "_posts/2026-03-01-글.md"
FRONT = "---\ntitle: 시험\ngallery:\n  - image_path: /a.png\n    alt: 가\n---\n"


def rendered(folder: Path, body: str, *, blog: dict[str, str] | None = None) -> RenderedBody:
    """Return a post's body, which begins on line 7, rendered in our small blog."""
    for path, text in {**(BLOG if blog is None else blog), NAME: FRONT + body}.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    files = Files(load_site(folder), Web())
    return render(parse_post(NAME, files.read(NAME)), files)


def text_of(found: RenderedBody) -> str:
    return "\n".join(line.text for line in found.lines)
