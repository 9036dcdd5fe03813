"""Code as pictures, for editors without code blocks."""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.assets.sheets import draw_code
from hanpan.crosspost.code_lines import code_lines
from hanpan.crosspost.lowering import Lowering
from hanpan.transforms.highlight import highlight, label
from hanpan.transforms.select import with_class
from hanpan.tree import Element

_MOST = 60  # lines in one picture: more would be higher than two screens


def code_drawn(root: Element, lowering: Lowering) -> None:
    """Replace each `<pre>` by pictures of its lines."""
    languages = [_language(pre) for pre in root.iter("pre")]
    highlight(root, line_safe=True, numbered=False)
    for frame in with_class(root, "div", "highlight"):
        if len(frame) == 1 and frame[0].tag == "pre":
            tree.unwrap(frame)
    for pre, language in zip(list(root.iter("pre")), languages, strict=True):
        lowering.lose("code-picture", at=pre)
        lines = [
            tuple((text.replace("\u00a0", " "), name) for text, name in line)
            for line in code_lines(pre)
        ]
        place = etree.Element("div")
        for start in range(0, len(lines), _MOST):
            part = lines[start : start + _MOST]
            sheet = draw_code(part, lowering.files, lowering.document.meta.lang)
            alt = _alt(language, len(part), lowering)
            paragraph = etree.SubElement(place, "p")
            paragraph.append(lowering.draw("code", alt, sheet.data, sheet.width, sheet.height))
        tree.replace(pre, place)
        tree.unwrap(place)


def _language(pre: Element) -> str:
    code = pre[0] if len(pre) == 1 and pre[0].tag == "code" else pre
    names = (n for n in tree.classes(code) if n.startswith("language-"))
    return label(next(names, "").removeprefix("language-").lower())


def _alt(language: str, count: int, lowering: Lowering) -> str:
    if lowering.labels.is_korean:
        return f"{language} 코드 {count}줄".strip()
    return f"{language} code, {count} {'line' if count == 1 else 'lines'}".strip()
