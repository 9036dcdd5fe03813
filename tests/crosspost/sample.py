"""A document with a bit of everything, and ways to read payloads back."""

from __future__ import annotations

import io
import json
import re
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pypandoc
from PIL import Image

from hanpan import tree
from hanpan.crosspost.dialect import MarkdownDialect
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.platform import Platform
from hanpan.document import Asset, Document, Meta
from hanpan.editions import Rendered, crosspost
from hanpan.files import Fetched, Files
from hanpan.site import Crosspost, Identity, Site

SITE = "https://blog.example"
TEX = (
    '<math{}><semantics><mi>E</mi><annotation encoding="application/x-tex">{}</annotation>'
    "</semantics></math>"
)
BODY = f"""<h1 id="첫-제목">첫 제목</h1>
<p>문단에는 <strong>굵게(bold)</strong>는 물론 <em>기울임</em>이라는 것과 <code>a_b</code>가 있다.
줄 끝은 이어진다. H<sub>2</sub>O, 10<sup>9</sup>, <kbd>Ctrl</kbd>, <mark>표시</mark>.</p>
<p>줄을 바꾸고<br/>각주도 단다<a href="#fn-1" class="footnote-ref" id="fnref-1"><sup>1</sup></a>.
수식은 {TEX.format("", "E = mc^2")} 그리고</p>
<p>{TEX.format(' display="block"', "a_1 + b")}</p>
<h3 id="목록">목록</h3>
<ul><li>하나<ul><li>안쪽<ol><li>더 안쪽</li></ol></li></ul></li><li>둘</li></ul>
<ol start="3"><li><p>셋</p><p>셋의 둘째 문단</p></li><li><p>넷</p></li></ol>
<ul class="task-list"><li><span class="task-box" role="img" aria-label="완료" data-checked="true"/>
끝난 일</li><li><span class="task-box" role="img" aria-label="미완료" data-checked="false"/>
남은 일</li></ul>
<table><thead><tr><th>이름</th><th style="text-align: right;">값</th></tr></thead><tbody>
<tr><td><code>a|b</code></td><td style="text-align: right;">1</td></tr>
<tr><td>둘<br/>줄</td><td style="text-align: right;">2 | 3</td></tr></tbody></table>
<pre><code class="language-python">def 인사():
    return "안녕"  # 끝

x = 1
</code></pre>
<blockquote><p>인용</p><ul><li>안의 목록</li></ul></blockquote>
<div class="notice--info"><p>알림 상자</p></div>
<p><img src="asset:aaaaaaaaaaaaaaaa" alt="점 하나" width="40" height="20"/></p>
<figure><img src="asset:bbbbbbbbbbbbbbbb" alt="멀리 있는 그림"/>
<figcaption>그림 설명</figcaption></figure>
<p><img data-missing="unreachable" data-src="/none.png" alt="없는 그림"/></p>
<details><summary>접은 글</summary><p>안의 내용</p></details>
<dl><dt>용어</dt><dd>뜻</dd></dl>
<p class="embed"><a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ">YouTube</a></p>
<p><ruby>漢字<rt>한자</rt></ruby>, <a href="#목록">안쪽 링크</a>,
<a href="{SITE}/2020/%EA%B8%80/">다른 글</a>,
1~3일과 4~5일, 별표 * 하나, _가_나, &lt;b&gt;, AT&amp;T, &amp;copy;, https://example.com/a_b_c</p>
<hr/>
<section class="footnotes"><ol><li id="fn-1"><p>각주의 글.<a href="#fnref-1" class="footnote-back"
aria-label="본문으로">↩</a></p></li></ol></section>"""


def png(colour: str = "#0b6b5d") -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (40, 20), colour).save(out, "PNG")
    return out.getvalue()


class Pictures:
    """A fetcher whose network holds one picture, whatever the address."""

    def fetch(self, url: str) -> Fetched:
        return Fetched(png("#0a5f9e"), "image/png")

    def fingerprint(self, url: str) -> str:
        return "unknown"


def document(body: str = BODY, **meta: Any) -> Document:
    """Return a document with `body`; its teaser is the local picture."""
    fields: dict[str, Any] = {
        "title": "[기록] 어디에 붙여도 살아남는 글",
        "date": "2026-11-01T09:00:00+09:00",
        "modified": "2026-11-01T09:00:00+09:00",
        "lang": "ko",
        "excerpt": "줄거리",
        "categories": ("기록",),
        "tags": ("C++", "한글 조판", "git", "GIT", "a,b"),
        "canonical_url": f"{SITE}/글/",
    }
    fields |= meta
    return Document(
        source="posts/글.md",
        slug="글",
        meta=Meta(**fields),
        body=body,
        assets=(
            Asset("aaaaaaaaaaaaaaaa", "file:assets/그림 하나.png", "image/png", 40, 20),
            Asset("bbbbbbbbbbbbbbbb", "remote:https://far.example/b.png", "image/png", 40, 20),
        ),
        teaser="aaaaaaaaaaaaaaaa",
    )


def files(folder: Path, *, url: str = SITE, **settings: Any) -> Files:
    """Return the door of a site in `folder` that holds the local picture."""
    (folder / "assets").mkdir(exist_ok=True)
    (folder / "assets" / "그림 하나.png").write_bytes(png())
    site = Site(
        root=folder, identity=Identity(title="시험", url=url), crosspost=Crosspost(**settings)
    )
    return Files(site, Pictures())


def render(folder: Path, post: Document | None = None, **settings: Any) -> Rendered:
    """Render the payloads of a document."""
    return crosspost.render(post or document(), files(folder, **settings))


def texts(rendered: Rendered) -> dict[str, str]:
    """Return the text files of all payloads by `platform/name`."""
    return {
        artifact.path.split("/crosspost/")[1]: artifact.data.decode()
        for artifact in rendered.artifacts
        if "/images/" not in artifact.path
    }


def load(text: str) -> Any:
    """Read a JSON file."""
    return json.loads(text)


def squeezed(text: str) -> str:
    """Return text without blanks, with raised digits as plain ones: what a reader would compare."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def text_of_html(html: str) -> str:
    """Return the text of an HTML payload without blanks."""
    return squeezed(tree.text_of(tree.parse(html)))


def gfm(*markdown: str) -> list[str]:
    """Return what GitHub's Markdown makes of texts, read by pandoc in one call."""
    mark = "zzsplitzz"
    done = subprocess.run(
        [
            pypandoc.get_pandoc_path(),
            "-f",
            "gfm-emoji+hard_line_breaks",
            "-t",
            "html",
            "--wrap=none",
        ],
        input=f"\n\n{mark}\n\n".join(markdown),
        capture_output=True,
        text=True,
        check=True,
    )
    return re.split(rf"<p>{mark}</p>\n?", done.stdout)


def lowering(folder: Path, **dialect: Any) -> Lowering:
    """Return a lowering to a Markdown platform of no name, for the writer alone."""
    door = files(folder)
    fields: dict[str, Any] = {
        "html": ("strong", "em", "del", "code", "br"),
        "special": "$",
        "maths": ("$", "$"),
        "maths_block": ("$$\n", "\n$$"),
        **dialect,
    }
    platform = Platform("plain", "Plain", "paste", markdown=MarkdownDialect(**fields))
    return Lowering(document(), platform, door, Identity(), Crosspost(), {})
