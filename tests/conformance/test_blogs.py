"""A whole site beside Jekyll: the same posts, documents and pages, at the same addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.blogs import compare, jekyll_site, our_site
from tests.conformance.jekyll import has_jekyll

pytestmark = pytest.mark.conformance
CONFIG = """title: 봄
url: https://a.kr
baseurl: /blog
include: [_pages]
exclude: [old.md]
timezone: Asia/Seoul
collections:
  wiki: {output: true, permalink: "/:collection/:path/"}
  notes: {output: true}
  hidden: {output: false}
defaults:
  - {scope: {path: _pages, type: pages}, values: {permalink: "/p/:basename/"}}
"""
FILES = {
    "_posts/2026-01-02-하나.md": "---\ntitle: 하나\ncategories: [가, 나]\n---\n글이다.\n",
    "_posts/sub/2026-01-03-둘.html": "---\ntitle: 둘\n---\n<p>글이다.</p>\n",
    "blog/_posts/2026-01-04-셋.md": "---\npermalink: /3/\n---\n`<table>`\n\n- 가\n- 나\n",
    "_posts/2026-01-05-숨김.md": "---\ntitle: 숨김\npublished: false\n---\n글이다.\n",
    "_posts/undated.md": "---\ntitle: 날짜\n---\n글이다.\n",
    "_posts/2199-01-05-미래.md": "---\ntitle: 미래\n---\n글이다.\n",
    "_wiki/a.md": "---\ntitle: 위키\n---\n위키다.\n",
    "_wiki/sub/b.html": "---\ntitle: 위키\n---\n<p>위키다.</p>\n",
    "_notes/c.md": "---\ntitle: 쪽지\n---\n쪽지다.\n",
    "_hidden/d.md": "---\ntitle: 안 보임\n---\n안 보인다.\n",
    "about.md": "---\ntitle: 소개\n---\n소개한다.\n",
    "404.html": "---\ntitle: 없음\npermalink: /404.html\n---\n<p>없다.</p>\n",
    "docs/index.md": "---\ntitle: 안내\n---\n안내한다.\n",
    "docs/하위/글.md": "---\ntitle: 글\n---\n글이다.\n",
    "_pages/under.md": "---\ntitle: 밑줄\n---\n밑줄이다.\n",
    "list.md": "---\ntitle: 목록\n---\n{% for p in site.pages %}{{ p.path }};{% endfor %}\n",
    "old.md": "---\ntitle: 옛것\n---\n옛것이다.\n",
    "README.md": "# 저장소\n",
}


@pytest.mark.parametrize("style", ["date", "pretty", "none", "/:title/", "/:year/:title.html"])
def test_a_site_is_as_jekyll_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, style: str
) -> None:
    monkeypatch.delenv("HANPAN_FUTURE", raising=False)
    if not has_jekyll():
        pytest.skip("Jekyll is not installed (Debian: jekyll, ruby-kramdown-parser-gfm)")
    (tmp_path / "_config.yml").write_text(f"{CONFIG}permalink: {style}\n", "utf-8")
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    found = compare(jekyll_site(tmp_path), our_site(tmp_path))
    assert (found.ours_alone, found.theirs_alone, found.addresses) == ([], [], [])
    assert len(found.both) == 12
    assert [post.name for post in found.judged if min(post.text, post.structure) < 1] == []
