"""Cells of tables: as many in each edition as were written, with all that they hold (issue 14)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import html

from tests.support.every_edition import pdf_text, printed

TALL = "<br>".join(f"줄{number}끝" for number in range(90))
TABLES = f"""| 칸a | 칸b |
|---|---|
| <ul><li>칸c</li><li>칸d</li></ul> | <p>칸e</p><p>칸f</p> |
| <div>칸g<div>칸h</div></div> | <details><summary>칸i</summary>칸j</details> |
| <pre>칸k</pre> | <blockquote>칸l</blockquote> |
| <table><tr><td>칸m</td><td>칸n</td></tr></table> | <center>칸o</center> |
| <dl><dt>칸p</dt><dd>칸q</dd></dl> | <ol><li>칸r<ul><li>칸s</li></ul></li></ol> |
| | 칸t |

<table><tr><th rowspan="2">칸u</th><th colspan="2">칸v</th></tr>
<tr><td></td><td>칸w</td></tr></table>

| 칸x | 칸y |
|---|---|

| {TALL} | 칸z |
|---|---|
| {TALL.replace("줄", "행")} | 칸A |
"""


def test_every_edition_has_every_cell(tmp_path: Path) -> None:
    _, made = printed(tmp_path, TABLES, editions=("html", "pdf", "epub"))
    words = re.findall(r"칸[a-zA-Z]|[줄행]\d+끝", TABLES)
    text = pdf_text(made["글.pdf"])
    assert [word for word in words if word not in text] == []
    written = (
        2 * 7 + 2 + 4 + 2 + 4
    )  # the first table, that in it, spans, a head alone, the tall one
    for name in ("글.html", "글.epub/EPUB/text/post.xhtml"):
        page: Any = html.document_fromstring(made[name])
        assert len(page.xpath("//td | //th")) == written, name
        shown = page.text_content()
        assert [word for word in words if word not in shown] == [], name
