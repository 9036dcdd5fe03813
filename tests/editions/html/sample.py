"""A document with a bit of everything, made by hand: what the tests of the page render."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

from PIL import Image

from hanpan.document import Asset, Document, Heading, Meta
from hanpan.editions.html.render import render
from hanpan.files import Fetched, Files
from hanpan.site import Html, Identity, Site

SITE = "한판 시험장"
URL = "https://hanpan.example"
PICTURE, TEASER = "0123456789abcdef", "fedcba9876543210"
BODY = (
    "<p>첫 문단에는 <strong>굵은 획</strong>과 <em>눕지 않는 강조</em>, "
    "<code>render()</code>가 있다."
    ' 漢字와 옛글 \u1112\u119e\u11ab글, 그림글자 😀도 있다.<sup><a id="fnref-1" href="#fn-1"'
    ' class="footnote-ref" role="doc-noteref">1</a></sup></p>'
    '<h1 id="첫-마당">첫 마당</h1><h3 id="건너뛴-제목">건너뛴 <code>제목</code></h3>'
    '<pre><code class="language-python">def 인사(name: str) -> str:\n'
    '    """두 줄에\n    걸친 글."""\n'
    '    return f"안녕, {name}" if 1 &lt; 2 else ""\n</code></pre>'
    "<pre><code>┌──┐\n│판│\n└──┘\n</code></pre>"
    '<h2 id="표">표</h2><table><thead><tr><th></th><th>값</th></tr></thead>'
    "<tbody><tr><td>가로로 긴 설명이 든 칸</td><td>1,234</td></tr></tbody></table>"
    '<p><img src="asset:0123456789abcdef" alt="초록 네모" width="300"/>'
    '<img src="asset:0123456789abcdef" width="50%"/></p>'
    '<p><img data-missing="not found" data-src="/x.png" alt="사라진 그림"/></p>'
    '<p><math display="block"><semantics><msup><mi>x</mi><mn>2</mn></msup>'
    '<annotation encoding="application/x-tex">x^2</annotation></semantics></math></p>'
    '<ul class="task-list"><li><span class="task-box" role="img" aria-label="완료"'
    ' data-checked="true"></span> 한 일</li></ul>'
    '<div class="notice--warning"><p>조심할 일.</p></div>'
    '<p style="color: red">붉은 글</p>'
    '<section id="footnotes" class="footnotes" role="doc-endnotes"><hr/><ol>'
    '<li id="fn-1"><p>각주의 글<a href="#fnref-1" class="footnote-back" role="doc-backlink"'
    ' aria-label="본문으로">↩︎</a></p></li></ol></section>'
)
META = Meta(
    title='줄 끝의 <어절> & "따옴표"',
    date="2026-10-02T09:00:00+09:00",
    modified="2026-10-05T09:00:00+09:00",
    lang="ko",
    excerpt="어절을 쪼개지 않는 법 </script><b>",
    categories=("조판",),
    tags=("한글", "C++"),
    author="편집실",
    canonical_url=f"{URL}/posts/eojeol/",
    og_image_url=f"{URL}/assets/teaser.png",
)
DOCUMENT = Document(
    source="posts/2026-10-02-eojeol.md",
    slug="어절",
    meta=META,
    body=BODY,
    headings=(
        Heading(1, "첫-마당", "첫 마당"),
        Heading(3, "건너뛴-제목", "건너뛴 제목"),
        Heading(2, "표", "표"),
    ),
    assets=(
        Asset(PICTURE, "file:assets/picture.png", "image/png", 600, 200),
        Asset(TEASER, "file:assets/teaser.png", "image/png", 1200, 630),
    ),
    teaser=TEASER,
)
ENGLISH = replace(
    DOCUMENT,
    slug="english",
    meta=replace(META, title="A word at the end", lang="en", og_image_url="", author=""),
    body='<h2 id="a">One</h2><p>Plain <em>words</em>.</p>',
    headings=(Heading(2, "a", "One"),),
    assets=(),
    teaser="",
)


class NoNetwork:
    """A fetcher that has nothing."""

    def fetch(self, url: str) -> Fetched:
        raise OSError(f"no network for {url}")

    def fingerprint(self, url: str) -> str:
        return "failed"


def site_files(root: Path, html: Html | None = None) -> Files:
    """Return the door of a site with the sample's two pictures."""
    (root / "assets").mkdir(exist_ok=True)
    for name, size in (("picture", (600, 200)), ("teaser", (1200, 630))):
        data = io.BytesIO()
        Image.new("RGB", size, "#0b6b5d").save(data, "PNG")
        (root / f"assets/{name}.png").write_bytes(data.getvalue())
    identity = Identity(title=SITE, url=URL)
    return Files(Site(root, identity=identity, html=html or Html()), NoNetwork())


def page(document: Document, files: Files) -> str:
    """Return the text of a document's page."""
    return render(document, files).artifacts[0].data.decode("utf-8")
