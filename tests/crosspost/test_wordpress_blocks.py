"""Code and tables as blocks of WordPress; what it holds of them is judged in tests/conformance."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.crosspost.sample import document, load, render, texts

CODE = (
    '<pre data-lines="1"><code class="language-{}">a[1] = "&lt;b&gt;"\n\n    # [toc]\n</code></pre>'
)
ROW = "<tr><td>가</td><td>나</td></tr>"


def content(folder: Path, body: str) -> str:
    return texts(render(folder, document(body), platforms=("wordpress",), backlink="none"))[
        "wordpress/content.html"
    ].split("<!-- /wp:image -->\n\n", 1)[1]


def dropped(folder: Path, body: str) -> list[tuple[str, str, int]]:
    rendered = texts(render(folder, document(body), platforms=("wordpress",)))
    losses = load(rendered["wordpress/manifest.json"])["dropped"]
    return [(loss["name"], loss["detail"], loss["count"]) for loss in losses]


def test_code_is_a_block_of_one_colour(tmp_path: Path) -> None:
    assert content(tmp_path, CODE.format("python")) == (
        '<!-- wp:code {"className":"language-python"} -->\n'
        '<pre class="wp-block-code language-python"><code>a&#91;1] = "&lt;b&gt;"\n\n'
        "    # &#91;toc]</code></pre>\n<!-- /wp:code -->\n"
    )
    plain = content(tmp_path, "<pre><code>\n x\n</code></pre>")
    assert plain == (
        '<!-- wp:code -->\n<pre class="wp-block-code"><code>\n x</code></pre>\n<!-- /wp:code -->\n'
    )
    # two hyphens would end the comment that names the class
    assert content(tmp_path, CODE.format("a--b")).startswith("<!-- wp:code -->\n")
    assert ("code-lines", "", 1) in dropped(tmp_path, CODE.format("python"))


def test_a_table_is_a_block_with_its_alignment_spans_and_caption(tmp_path: Path) -> None:
    table = (
        "<table><caption>표 <em>하나</em></caption><thead><tr><th>가</th>"
        '<th style="text-align: center;">나</th></tr></thead><tbody><tr><th colspan="2">\n<p>다'
        '</p>\n</th></tr><tr><td style="text-align: right;">1<br/>2</td><td rowspan="2">'
        "<code>x|y</code></td></tr></tbody><tbody><tr><td></td></tr></tbody></table>"
    )
    left, centre, right = (
        f' class="has-text-align-{place}" data-align="{place}"'
        for place in ("left", "center", "right")
    )
    assert content(tmp_path, table) == (
        '<!-- wp:table {"hasFixedLayout":false} -->\n<figure class="wp-block-table"><table>'
        f"<thead><tr><th{left}>가</th><th{centre}>나</th></tr></thead>"
        f'<tbody><tr><th{left} colspan="2">다</th></tr><tr><td{right}>1<br>2</td>'
        '<td rowspan="2"><code>x|y</code></td></tr><tr><td></td></tr></tbody></table>'
        '<figcaption class="wp-element-caption">표 <em>하나</em></figcaption></figure>\n'
        "<!-- /wp:table -->\n"
    )
    assert not dropped(tmp_path, table)


def test_a_table_in_a_figure_takes_its_caption(tmp_path: Path) -> None:
    figure = f"<figure><table><tbody>{ROW}</tbody></table><figcaption>설명</figcaption></figure>"
    assert "설명</figcaption></figure>\n<!-- /wp:table -->" in content(tmp_path, figure)
    both = figure.replace("<tbody>", "<caption>하나</caption><tbody>")
    assert content(tmp_path, both).startswith("<!-- wp:html -->")


@pytest.mark.parametrize(
    "cell",
    [
        "<td><ul><li>목록</li></ul></td>",
        "<td><p>하나</p><p>둘</p></td>",
        "<td>앞<p>하나</p></td>",
        "<td><pre><code>x</code></pre></td>",
        f"<td><table><tbody>{ROW}</tbody></table></td>",
        '<td style="background-color: #ff0000">빨강</td>',
        '<td style="color: #ff0000">빨강</td>',
        '<td id="칸">자리</td>',
    ],
)
def test_what_a_table_block_cannot_hold_stays_html_and_is_reported(
    cell: str, tmp_path: Path
) -> None:
    table = f"<p>글</p><table><tbody>{ROW}<tr>{cell}</tr></tbody></table>"
    html = content(tmp_path, table)
    assert "wp:table" not in html and len(re.findall("<!-- wp:html -->", html)) == 1
    assert dropped(tmp_path, table) == [("html-block", "table", 1)]
    report = texts(render(tmp_path, document(table), platforms=("wordpress",)))
    assert "`<table>`을(를) 담을 블록이 없어" in report["wordpress/report.md"]
