"""Raw HTML of every kind, mended: what goes in, what comes out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hanpan.source.addresses import valid_address
from tests.support.reading import sound

CASES = {
    "center": (
        "<center>가운데</center>",
        '<div style="text-align: center">가운데</div>',
    ),
    "align": (
        '<p align="right">오른쪽</p><img align="left" src="a.png"/>',
        '<p style="text-align: right">오른쪽</p><img class="align-left" alt=""/>',
    ),
    "font": (
        '<p><font color="red" size="5" face="궁서">붉은 글</font></p>',
        '<p><span style="color: red; font-size: 1.4em">붉은 글</span></p>',
    ),
    "old names": ("<p><tt>a</tt><strike>b</strike></p>", "<p><code>a</code><del>b</del></p>"),
    "unknown element": ("<p><foo-bar>글</foo-bar></p>", "<p>글</p>"),
    "presentational table": (
        '<table border="1" cellpadding="3"><tbody><tr><td align="center" valign="top" nowrap="">'
        "글</td></tr></tbody></table>",
        '<table><tbody><tr><td style="vertical-align: top; '
        'text-align: center">글</td></tr></tbody></table>',
    ),
    "style": (
        '<p style="color: red; position: absolute; *zoom: 1; width: 50%; junk">글</p>',
        '<p style="color: red; width: 50%">글</p>',
    ),
    "theme colours": ('<p style="color: #000; background: white">글</p>', "<p>글</p>"),
    "marker": (
        '<p><span style="background-color: #fff5b1">글</span></p>',
        '<p><span style="background-color: #fff5b1; color: #1c1e21">글</span></p>',
    ),
    "ink on paper of its own": (
        '<p style="color: white; background: #c00; margin: 0 auto; border: 1px solid #ddd">글</p>',
        '<p style="color: white; background-color: #c00; margin: 0 auto; '
        'border: 1px solid #ddd">글</p>',
    ),
    "values that are none": (
        '<p style="color: blurple; width: 100; margin: url(x); border: 1px dotty">글</p>',
        "<p>글</p>",
    ),
    "callout of Notion": ("<aside>글</aside>", '<div class="notice">글</div>'),
    "landmarks": ("<header>가</header><nav>나</nav>", "<div>가</div><div>나</div>"),
    "role": ('<p role="banner" aria-label="x" tabindex="0">글</p>', "<p>글</p>"),
    "handlers and data": ('<p onclick="x()" data-x="1" contenteditable="">글</p>', "<p>글</p>"),
    "block in phrase": (
        "<p>앞 <strong><ul><li>하나</li></ul></strong> 뒤</p>",
        '<div class="paragraph">앞 <div style="font-weight: bold"><ul><li>하나</li></ul></div>'
        " 뒤</div>",
    ),
    "block in heading": (
        "<h2><div>제목</div></h2>",
        '<h2 id="제목"><span class="line">제목</span></h2>',
    ),
    "item without list": (
        "<div><li>하나</li><li>둘</li></div>",
        "<div><ul><li>하나</li><li>둘</li></ul></div>",
    ),
    "text in list": ("<ul>글<li>하나</li></ul>", "<ul><li>글</li><li>하나</li></ul>"),
    "list in list": (
        "<ul><li>하나</li><ul><li>안</li></ul></ul>",
        "<ul><li>하나<ul><li>안</li></ul></li></ul>",
    ),
    "value in ul": ('<ul><li value="3">글</li></ul>', "<ul><li>글</li></ul>"),
    "term alone": ("<dl><dt>말</dt></dl>", "<dl><dt>말</dt><dd/></dl>"),
    "descriptions alone": (
        "<dl><dd>풀이</dd></dl>",
        '<div><div class="description">풀이</div></div>',
    ),
    "foot before body": (
        "<table><tfoot><tr><td>끝</td></tr></tfoot><tbody><tr><td>글</td></tr></tbody></table>",
        "<table><tbody><tr><td>글</td></tr></tbody><tfoot><tr><td>끝</td></tr></tfoot></table>",
    ),
    "two captions": (
        "<figure><figcaption>하나</figcaption>글<figcaption>둘</figcaption></figure>",
        '<figure>글<div class="caption">둘</div><figcaption>하나</figcaption></figure>',
    ),
    "details": (
        "<details><p>글</p></details>",
        "<details><summary>…</summary><p>글</p></details>",
    ),
    "stray summary": ("<summary>글</summary>", "<div>글</div>"),
    "link in link": (
        '<p><a href="https://a.kr/">가<b><a href="https://b.kr/">나</a></b></a></p>',
        '<p><a href="https://a.kr/">가<b>나</b></a></p>',
    ),
    "ids": (
        '<h2 id="한글">가</h2><p id="x">나</p><p id="x">다 <a href="#%ED%95%9C%EA%B8%80">라'
        "</a></p>",
        '<h2 id="한글">가</h2><p id="x">나</p><p id="x-1">다 <a href="#한글">라</a></p>',
    ),
    "old anchor": (
        '<p><a name="곳"></a>글 <a href="#곳">길</a></p>',
        '<p><span id="곳"/>글 <a href="#곳">길</a></p>',
    ),
    "link without words": ('<p>글<a href="https://a.kr/"> </a>끝</p>', "<p>글 끝</p>"),
    "link to nothing": ('<p><a href="#없음">글</a></p>', "<p>글</p>"),
    "script link": ('<p><a href="javascript:alert(1)">글</a></p>', "<p>글</p>"),
    "local link": ('<p><a href="file:///C:/x">글</a></p>', "<p>글</p>"),
    "relative link": (
        '<p><a href="../다른-글/" target="_top">글</a></p>',
        '<p><a href="https://example.com/%EB%8B%A4%EB%A5%B8-%EA%B8%80/">글</a></p>',
    ),
    "broken formula": (
        "<p><math><mfrac><mi>x</mi></mfrac>글</math></p>",
        '<p><code class="tex">x글</code></p>',
    ),
    "ruby, the older kind": (
        "<p><ruby><rb>東</rb><rb>京</rb><rt>동</rt><rt>경</rt></ruby> <ruby>舊<rb>金山</rb><rtc>"
        "<rt>구</rt><rt>금산</rt></rtc><rtc>샌프란시스코</rtc></ruby></p>",
        "<p><ruby>東<rt>동</rt>京<rt>경</rt></ruby> <ruby><ruby>舊<rt>구</rt>金山<rt>금산</rt>"
        "</ruby><rt>샌프란시스코</rt></ruby></p>",
    ),
    "ruby": (
        "<p><ruby>漢<rt>한</rt></ruby><ruby><rt>글</rt></ruby></p>",
        "<p><ruby>漢<rt>한</rt></ruby>글</p>",
    ),
}


def _mended(folder: Path, body: str) -> str:
    return re.sub(' data-(missing|src)="[^"]*"', "", sound(folder, body))


@pytest.mark.parametrize("name", CASES)
def test_mended(name: str, tmp_path: Path) -> None:
    before, after = CASES[name]
    assert _mended(tmp_path, before) == after
    assert _mended(tmp_path, after) == after, "mending twice changes nothing"


def test_drawings_keep_what_draws_and_own_their_ids(tmp_path: Path) -> None:
    drawing = (
        '<svg viewBox="0 0 9 9"><defs><path id="a" d="M0 0"/></defs><use href="#a"/>'
        '<script>x()</script><style>p { color: red }</style><a href="https://a.kr"><text>길</text>'
        '</a><rect onclick="x()" fill="url(#a)" style="fill: url(https://a.kr/x)"/>'
        "<foreignObject><p>글</p></foreignObject></svg>"
    )
    out = sound(tmp_path, f'<p id="a">글</p><div>{drawing}</div><div>{drawing}</div>')
    for gone in ("script", "style", "foreignObject", "onclick", "a.kr", "<a "):
        assert gone not in out
    for name in ("a-1", "a-2"):
        assert out.count(f'id="{name}"') == out.count(f'"#{name}"') == 1
        assert f'fill="url(#{name})"' in out
    assert out.count("<text>길</text>") == 2


def test_formulas_keep_how_they_are_set(tmp_path: Path) -> None:
    formula = (
        '<math display="block"><mtable><mtr><mtd columnalign="right" '
        'style="text-align: right; padding-right: 0"><mi>x</mi></mtd></mtr></mtable></math>'
    )
    said = formula.replace("<math ", '<math onclick="x()" href="https://a.kr" ')
    assert sound(tmp_path, said) == formula


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("https://한글.kr/", "https://xn--bj0bj06e.kr/"),
        ("https://a.kr:**443**/", None),
        ("https://ko.wikipedia.org/wiki/한글", "https://ko.wikipedia.org/wiki/%ED%95%9C%EA%B8%80"),
        ("http://example.com/a b", "http://example.com/a%20b"),
        ("http://example.com/a[1]|x?q={y}^`", "http://example.com/a%5B1%5D%7Cx?q=%7By%7D%5E%60"),
        ("http://example.com/100%", "http://example.com/100%25"),
        ("http://example.com/%ED%95%9C", "http://example.com/%ED%95%9C"),
        ("http://한글.kr/", "http://xn--bj0bj06e.kr/"),
        ("HTTP://EXAMPLE.com:8080/", "http://example.com:8080/"),
        ("http://example.com:99999/", None),
        ("http://[bad", None),
        ("https://", None),
        ("mailto:누구@example.com", "mailto:%EB%88%84%EA%B5%AC@example.com"),
        ("chrome://settings", None),
    ],
)
def test_address(address: str, wanted: str | None) -> None:
    assert valid_address(address) == (wanted or "")
