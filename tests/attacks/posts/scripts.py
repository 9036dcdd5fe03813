"""Posts that want to run code where they are read: what no edition may hold."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from tests.support.command import ROOT

VECTORS = r"""
<script>alert(1)</script>
<script src=//evil.example/x.js></script>
<SCRIPT/x>alert(1)</SCRIPT>
<script\x0c>alert(1)</script>
<scr<script>ipt>alert(1)</scr</script>ipt>
<img src=x onerror=alert(1)>
<img/src=x/onerror=alert(1)>
<img src="x`onerror=alert(1)//">
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg><script xlink:href="data:,alert(1)"/></svg>
<svg><a xlink:href="javascript:alert(1)"><text y="9">x</text></a></svg>
<svg><animate onbegin=alert(1) attributeName=x dur=1s>
<svg><set attributeName="href" to="javascript:alert(1)"/></svg>
<svg><foreignObject><iframe srcdoc="<script>alert(1)</script>"></iframe></foreignObject></svg>
<svg><use href="data:image/svg+xml,<svg id='x'><script>alert(1)</script></svg>#x"/></svg>
<svg><style><img src=x onerror=alert(1)></style></svg>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert()&gt;">
<math href="javascript:alert(1)">x</math>
<math><maction actiontype="statusline#x" xlink:href="javascript:alert(1)">x</maction></math>
<a href="javascript:alert(1)">x</a>
<a href="  java&#10;script:alert(1)">x</a>
<a href="JaVaScRiPt&colon;alert(1)">x</a>
<a href="&#1;javascript:alert(1)">x</a>
<a href="vbscript:msgbox(1)">x</a>
<a href="data:text/html,<script>alert(1)</script>">x</a>
<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>
<a href="file:///etc/passwd">x</a>
<a href=javascript&#x3a;alert(1) target=_blank>x</a>
[x](javascript:alert(1))
[x](JAVASCRIPT:alert(1))
[x](<java	script:alert(1)>)
[x](&#106;avascript:alert(1))
[x](javascript&colon;alert(1))
[x](vbscript:msgbox(1) "y")
[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)
![x](javascript:alert(1))
![x](x.png"onerror="alert(1))
![" onerror="alert(1)](x.png)
![x](x.png "\" onerror=\"alert(1)")
[x]: javascript:alert(1)
<javascript:alert(1)>
<https://a.example/"onmouseover="alert(1)>
https://a.example/"onmouseover="alert(1)
<iframe src="javascript:alert(1)"></iframe>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<iframe src="data:text/html,<script>alert(1)</script>"></iframe>
<iframe src="https://www.youtube.com.evil.example/embed/x" onload="alert(1)"></iframe>
<object data="javascript:alert(1)"></object>
<object data="data:text/html,<script>alert(1)</script>"></object>
<embed src="javascript:alert(1)">
<applet code="x"></applet>
<base href="javascript:alert(1)//">
<meta http-equiv="refresh" content="0;url=javascript:alert(1)">
<link rel="stylesheet" href="//evil.example/x.css">
<link rel=import href="data:text/html,<script>alert(1)</script>">
<style>@import "//evil.example/x.css"; body{background:url(javascript:alert(1))}</style>
<style>*{behavior:url(x.htc);-moz-binding:url(x.xml#a)}</style>
<div style="background:url(javascript:alert(1))">x</div>
<div style="width:expression(alert(1))">x</div>
<div style="behavior:url(x.htc)">x</div>
<form action="javascript:alert(1)"><button>x</button></form>
<form id=f></form><button form=f formaction="javascript:alert(1)">x</button>
<input autofocus onfocus=alert(1)>
<input type=image src=x formaction=javascript:alert(1)>
<isindex action=javascript:alert(1) type=image>
<details open ontoggle=alert(1)><summary>x</summary></details>
<video><source onerror=alert(1)></video>
<video poster=javascript:alert(1)></video>
<audio src=x onerror=alert(1)>
<body onload=alert(1)>
<table background="javascript:alert(1)"><tr><td background="javascript:alert(1)">x</td></tr></table>
<marquee onstart=alert(1)>x</marquee>
<x onclick=alert(1)>x</x>
<x contenteditable onblur=alert(1) tabindex=0>x</x>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>
<title><img title="</title><img src=x onerror=alert(1)>"></title>
<xmp><img title="</xmp><img src=x onerror=alert(1)>"></xmp>
<!--><img src=x onerror=alert(1)>-->
<!--[if IE]><script>alert(1)</script><![endif]-->
<![CDATA[><img src=x onerror=alert(1)>]]>
<?xml-stylesheet href="javascript:alert(1)"?><img src=x onerror=alert(1)>
<template><script>alert(1)</script></template>
<select><template><img src=x onerror=alert(1)></template></select>
<p id="x" markdown="1" onclick="alert(1)">**x**</p>
`x`{=html}<img src=x onerror=alert(1)>
{: onclick="alert(1)" }
[x](https://a.example){: onclick="alert(1)" style="behavior:url(x)" }
$\href{javascript:alert(1)}{x}$
$\unicode{<img src=x onerror=alert(1)>}$
$$\text{</annotation><script>alert(1)</script>}$$
""".strip("\n").splitlines()
BLOCKS = {  # on lines of their own
    "pandoc": "```{=html}\n<script>alert(1)</script>\n```",
    "code": '```js" onclick="alert(1)\n</code><script>alert(1)</script>\n```',
    "title": '```js title="<img src=x onerror=alert(1)>"\nx\n```',
    "mermaid": '```mermaid\ngraph TD\na["<img src=x onerror=alert(1)>"]\n```',
    "mermaid-link": '```mermaid\ngraph TD\na-->b\nclick a "javascript:alert(1)"\n```',
    "mermaid-call": "```mermaid\ngraph TD\na-->b\nclick a call alert()\n```",
    "liquid": "{{ '<script>alert(1)</script>' }}{% raw %}<img src=x onerror=alert(1)>{% endraw %}",
    "notes": '글[^a"onclick=alert(1)]\n\n[^a"onclick=alert(1)]: <script>alert(1)</script>',
    "heading": '## <img src=x onerror=alert(1)> {#x" onclick="alert(1)}',
    "cell": "| a |\n|---|\n| <script>alert(1)</script> |",
    "front": "",  # its front matter has them
}
FRONT = "\n".join((
    "---", r'title: "<script>alert(1)</script>\"><img src=x onerror=alert(1)>"',
    r'description: "</script><script>alert(1)</script>]]>"', 'tags: ["<script>alert(1)</script>"]',
    r'author: "\"><svg onload=alert(1)>"', 'image: "javascript:alert(1)"',
    'categories: ["\'><img src=x onerror=alert(1)>"]', "date: 2026-03-01", "---", "", "",
))  # fmt: skip
_BAD_ADDRESS = re.compile(
    r"^(?:javascript|vbscript|data:text|data:image/svg\+xml.*<script|file:)", re.I
)
_ADDRESSES = frozenset(
    "href src action formaction data poster background cite longdesc srcset to from values".split()
)
_HTML_FIELDS = {  # that a platform takes for HTML, in its requests; its documentation says so
    "wordpress": ("title", "excerpt", "content"),
    "blogger": ("title", "content"),
    "ghost": ("html",),  # of HTML cards
}
_DEAD = frozenset("script iframe object embed applet base".split())
_STYLE = re.compile(
    r"expression\(|(?<![\w-])behavior:\s*[^\s;}]|-moz-binding:\s*[^\s;}]|javascript:|@import", re.I
)
_ACTIONS = re.compile(
    rb"/(?:JavaScript|JS|Launch|SubmitForm|ImportData|RichMedia)\b"
    rb"|/URI \((?:javascript|file|vbscript|data):",
    re.I,
)
_OURS = {path.read_text("utf-8").strip() for path in (ROOT / "layouts").rglob("*.js")}
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def live_parts(out: Path) -> Iterator[str]:
    """Yield what would run, or be sent, in any artifact below a folder."""
    for path in sorted(out.rglob("*")):
        if not path.is_file() or ".hanpan" in path.parts:
            continue
        for name, data in _documents(path):
            for part in _live(name, data):
                yield f"{path.relative_to(out)}: {part}"


def _documents(path: Path) -> Iterator[tuple[str, bytes]]:
    data = path.read_bytes()
    if path.suffix == ".epub":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            yield from ((name, book.read(name)) for name in book.namelist())
    elif path.name == "request.json":
        for text in _html_texts(path.parent.name, json.loads(data)):
            yield "request.html", text.encode("utf-8", "replace")
    else:
        yield path.name, data


def _html_texts(platform: str, value: object, key: str = "") -> Iterator[str]:
    """Yield the texts of a request that this platform takes for HTML; others may hold markup."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _html_texts(platform, inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _html_texts(platform, inner, key)
    elif isinstance(value, str) and key == "lexical":  # Ghost's: a document of cards, as a text
        yield from _html_texts(platform, json.loads(value))
    elif isinstance(value, str) and key in _HTML_FIELDS.get(platform, ()):
        yield value


def _live(name: str, data: bytes) -> Iterator[str]:
    if name.endswith(".pdf"):
        parts = [data, *(_inflated(stream[1]) for stream in _STREAM.finditer(data))]
        yield from (
            action[0].decode("latin-1") for part in parts for action in _ACTIONS.finditer(part)
        )
    elif name.endswith((".xhtml", ".svg", ".ncx", ".opf")):
        yield from live_elements(etree.fromstring(data))
    elif name.endswith(".html") and data.strip():
        yield from live_elements(html.document_fromstring(data))


def live_elements(root: etree._Element) -> Iterator[str]:
    """Yield the elements of a document that would run, or fetch, something."""
    for element in root.iter("*"):
        name = element.tag.rpartition("}")[2].lower()
        if name in _DEAD and not _is_harmless(name, element):
            yield etree.tostring(element, encoding="unicode")[:200]
        if name == "meta" and element.get("http-equiv", "").lower() == "refresh":
            yield "a refresh"
        if name == "style" and _STYLE.search(element.text or ""):
            yield "a style"
        for attribute, value in element.attrib.items():
            short = str(attribute).rpartition("}")[2].lower()
            address = re.sub(r"[\x00-\x20\x7f-\xa0]", "", str(value))
            is_address = short in _ADDRESSES and _BAD_ADDRESS.match(address)
            if short.startswith("on") or short == "srcdoc" or is_address:
                yield f"<{name} {short}={str(value)[:100]!r}>"
            elif short == "style" and _STYLE.search(str(value)):
                yield f"<{name} style={str(value)[:100]!r}>"


def _is_harmless(name: str, element: etree._Element) -> bool:
    """Tell whether an element runs nothing of a post's: data, and frames that readers open."""
    if name == "script":
        is_ours = (element.text or "").strip() in _OURS
        is_data = element.get("type") == "application/ld+json"
        return (is_ours or is_data) and not element.get("src")
    # of another origin; folded and lazy, it loads nothing before
    classes = str(element.xpath("string(ancestor::details[not(@open)]/@class)"))
    is_folded = "embed" in classes.split()
    is_lazy = element.get("loading") == "lazy" and element.get("src", "").startswith("https://")
    return name == "iframe" and is_folded and is_lazy


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error:
        return b""
