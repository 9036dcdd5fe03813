"""Posts whose Markdown or HTML is nested, repeated or left open more than anybody writes."""

from __future__ import annotations

from collections.abc import Callable

K = 1_000
_STYLES = (
    "height:1e9px;padding:1e9px", "margin-top:99999999px", "line-height:1e9", "font-size:1e9px",
    "letter-spacing:1e9px", "text-indent:1e9px", "column-count:9999999",
    "width:1e30px;border:1e9px solid red", "a:b;" * 50 * K,
)  # fmt: skip
_SIZES = (
    '<img width="99999" height="99999" src="x.png"><ol start="99999999999999999999">'
    '<li value="-99999999999">글</ol><hr size="99999999" width="99999999">'
    '<font size="99999999">글</font>'
)
POSTS: dict[str, Callable[[], str]] = {
    "attributes": lambda: "<div " + " ".join(f'a{n}="{n}"' for n in range(60 * K)) + ">글</div>",
    "many-attributes": lambda: (
        ("<i " + " ".join(f"data-a{n}" for n in range(400)) + ">글</i>\n") * 300
    ),
    "divs": lambda: "<div>" * 30 * K + "글",
    "formatting": lambda: (
        "<p>"
        + "".join(f'<b><i><font color="#{n:06x}"><a><nobr>' for n in range(3 * K))
        + "글</p><p>글" * 300
    ),
    "quotes": lambda: (
        "> " * 20 * K + "글\n\n" + "\n".join("> " * depth + "글" for depth in range(600))
    ),
    "lists": lambda: (
        "\n".join("  " * depth + "- 글" for depth in range(800))
        + "\n\n" + "- " * 10 * K + "글\n\n" + "\n".join("1. " * 40 + "글" for _ in range(500))
    ),
    "emphasis": lambda: (
        "*a **b _c __d " * 20 * K + "\n\n" + "*".join(["_a"] * 10 * K) + "\n\n" + "**가*" * 10 * K
    ),
    "brackets": lambda: (
        "[" * 200 * K + "\n\n" + "[a](" * 30 * K + "\n\n" + "![[" * 20 * K + "]" * 30 * K
    ),
    "notes": lambda: "\n".join(f"글[^{n}]\n\n[^{n}]: 주석 {n}\n" for n in range(6 * K)),
    "notes-of-notes": lambda: (
        "글[^0]\n\n" + "\n\n".join(f"[^{n}]: " + f"주석[^{n + 1}]" * 4 for n in range(3 * K))
    ),
    "headings": lambda: "## 같은 이름\n\n" * 20 * K,
    "line": lambda: "가나다 " * 500 * K + "\n\n" + "가" * 600 * K,
    "word": lambda: "가" * 400 * K + "\n\n" + "a" * 400 * K + "\n\n" + "-" * 400 * K,
    "rows": lambda: "|a|b|c|\n|---|---|---|\n" + "|가나|다라|마바|\n" * 20 * K,
    "columns": lambda: f"|{'a|' * 2000}\n|{'---|' * 2000}\n" + f"|{'1|' * 2000}\n" * 30,
    "spans": lambda: (
        "<table>" + '<tr><td rowspan="65534" colspan="1000">가</td>' * 200
        + '<td colspan="99999999999" rowspan="99999999999">나</td></tr></table>'
    ),
    "references": lambda: (
        "[a]: /" + "b" * 100 * K + "\n\n" + "[a] " * 60 * K + "\n\n"
        + "\n".join(f"[r{n}]: /r{n}" for n in range(20 * K)) + "\n\n" + "[x][r1]" * 20 * K
    ),
    "entities": lambda: (
        "&amp;" * 200 * K + "&#x1F600;" * 60 * K + "&CounterClockwiseContourIntegral" * 10 * K
    ),
    "backticks": lambda: (
        "".join("`" * (n % 700) + "a" for n in range(3 * K)) + "\n\n" + "~~~\n" * 20 * K
    ),
    "definitions": lambda: (
        "\n\n".join(f"용어 {n}\n: 뜻\n: 뜻\n\n    > 글" for n in range(6 * K)) + "\n\n"
        + "\n".join(f"*[HT{n}]: 글" for n in range(5 * K)) + "\n\n"
        + " ".join(f"HT{n}" for n in range(5 * K))
    ),
    "comments": lambda: (
        "<!-- " * 60 * K + "{::comment}" * 20 * K + "<![CDATA[" * 20 * K + "<script>" * 2000
        + "<?" * 20 * K
    ),
    "styles": lambda: "\n\n".join(f'<p style="{s}">글</p>' for s in _STYLES) + "\n\n" + _SIZES,
    "breaks": lambda: "<br>" * 60 * K + "\n\n---\n\n" * 5 * K,
    "links": lambda: "\n\n".join(
        f"[글 {n}](/a/{n}#b) <https://example.com/{n}> https://example.org/{n}?a=b"
        for n in range(8 * K)
    ),
    "missing": lambda: "".join(f"![가](a/b{n}.png) " for n in range(8 * K)),
    "embeds": lambda: "\n\n".join(
        f'<iframe src="https://www.youtube.com/embed/{n}"></iframe>\n\nhttps://youtu.be/a{n}'
        for n in range(3 * K)
    ),
    "details": lambda: "<details><summary>가</summary>" * 400 + "글" + "</details>" * 400,
    "marks": lambda: "가\u0301" * 200 * K + "\n\n" + "\u1112" * 100 * K + "\u1161\u11ab" * 100 * K,
}  # fmt: skip
