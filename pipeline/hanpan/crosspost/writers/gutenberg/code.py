"""Code as a block of code."""

from __future__ import annotations

import re
from copy import deepcopy

from hanpan import tree
from hanpan.crosspost.writers.gutenberg.markup import anchor, is_only_inline, wrap
from hanpan.tree import Element

_LANGUAGE = re.compile(r"language-[\w+#.]+(?:-[\w+#.]+)*")  # two hyphens would end the comment
_TAG = re.compile(r"(<[^<>]*>)")


def code_block(pre: Element) -> str:
    """Return code as a block of WordPress, "" where there is more than text in it.

    The language is a class of the block, where plugins that colour code look for it.
    """
    code = pre[0] if len(pre) == 1 and pre[0].tag == "code" and is_only_inline(pre) else None
    if code is None or f"{pre.text or ''}{code.tail or ''}".strip():
        return ""
    language = next((n for n in tree.classes(code) if _LANGUAGE.fullmatch(n)), "")
    names = " ".join(filter(None, ("wp-block-code", language)))
    html = f'<pre class="{names}"{anchor(pre)}><code>{_text(code)}</code></pre>'
    return wrap("code", html, {"className": language} if language else None)


def _text(element: Element) -> str:
    """Return the contents of code as the editor saves them: no shortcode begins in it."""
    copy = deepcopy(element)
    for inner in list(copy.iterdescendants()):
        inner.attrib.pop("style", "")
        if inner.tag == "br":
            inner.tail = "\n" + (inner.tail or "")
            tree.unwrap(inner)
    parts = _TAG.split(tree.inner_html(copy).removesuffix("\n"))
    return "".join(p if p.startswith("<") else p.replace("[", "&#91;") for p in parts)
