"""Code blocks: `<pre><code class="language-x">` with nothing but text inside."""

from __future__ import annotations

from lxml import etree

from pipeline import tree
from pipeline.transforms.context import Context
from pipeline.tree import Element

_PREFIX = "language-"


def code_blocks(root: Element, context: Context) -> None:
    """Bring every `<pre>` to one form; a fence's title is kept as `data-title`."""
    for pre in list(root.iter("pre")):
        if pre.getparent() is None or any(outer.tag == "pre" for outer in pre.iterancestors()):
            continue
        language = _language(pre)
        title = pre.get("data-title") or (pre.get("title") if pre.find("code") is not None else "")
        for line_break in list(pre.iter("br")):
            line_break.tail = "\n" + (line_break.tail or "")
        text = tree.text_of(pre)
        name, tail = pre.get("id"), pre.tail
        pre.clear()
        pre.tail = tail
        if name:
            pre.set("id", name)
        if title:
            pre.set("data-title", title)
        code = etree.SubElement(pre, "code")
        if language:
            code.set("class", _PREFIX + language)
        code.text = text.removesuffix("\n")


def _language(pre: Element) -> str:
    """Return the language that the classes of a `<pre>`, its code or its frame name; or ""."""
    code = pre.find("code")
    frame = pre.getparent()
    for element in (code, pre, frame):
        for name in tree.classes(element) if element is not None else ():
            for prefix in (_PREFIX, "lang-", "brush:"):
                if name.startswith(prefix) and len(name) > len(prefix):
                    return name[len(prefix) :].lower()
    return ""
