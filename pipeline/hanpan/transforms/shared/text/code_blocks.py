"""Code blocks: `<pre><code class="language-x">` with nothing but text inside."""

from __future__ import annotations

from unicodedata import east_asian_width

from lxml import etree

from hanpan import tree
from hanpan.transforms.shared.context import Context
from hanpan.tree import Element

_PREFIX = "language-"
_TITLES = ("title", "file", "filename", "caption", "data-file", "data-filename")
_NUMBERED = frozenset(("numberlines", "number-lines", "line-numbers", "linenos"))
_NOT_NUMBERED = frozenset(("", "text", "plaintext", "console", "terminal", "mermaid", "math"))
LONGEST = 200  # columns: more than twice what a page holds


def code_blocks(root: Element, context: Context) -> None:
    """Bring every `<pre>` to one form; a fence's title is kept as `data-title`.

    The lines that a fence points out, `{1,3-5}`, are kept as `data-lines`; the first line's number,
    where they are to be numbered, as `data-numbers`.
    """
    for pre in list(root.iter("pre")):
        if pre.getparent() is None or any(outer.tag == "pre" for outer in pre.iterancestors()):
            continue
        language = _language(pre)
        title = pre.get("data-title") or ""
        if pre.find("code") is not None:  # Chirpy's authors write `{: file="a.py" }`
            title = title or next((pre.get(name, "") for name in _TITLES if pre.get(name)), "")
        lines, first = pre.get("data-lines"), _first_number(pre, language, context)
        for line_break in list(pre.iter("br")):
            line_break.tail = "\n" + (line_break.tail or "")
        text = tree.text_of(pre)
        name, tail = pre.get("id"), pre.tail
        pre.clear()
        pre.tail = tail
        if name:
            pre.set("id", name)
        if lines:
            pre.set("data-lines", lines)
        if first:
            pre.set("data-numbers", first)
        if title:
            pre.set("data-title", title)
        code = etree.SubElement(pre, "code")
        if language:
            code.set("class", _PREFIX + language)
        code.text = text.removesuffix("\n")
        _report_long_line(pre, code.text, context)


def _first_number(pre: Element, language: str, context: Context) -> str:
    """Return the number of a block's first line; "" where its lines are not to be numbered.

    kramdown's `{: .numberLines}`, pandoc's `startFrom`, Prism's `line-numbers` and `data-start`;
    for all blocks, `line_numbers` of a `_config.yml`, but for what Chirpy leaves without.
    """
    if {"nolineno", "no-line-numbers"} & set(tree.classes(pre)):
        return ""
    number = pre.get("data-numbers") or ""
    if not number and context.markdown.first_line and language not in _NOT_NUMBERED:
        number = str(context.markdown.first_line)
    if not number and any(name.lower() in _NUMBERED for name in tree.classes(pre)):
        number = pre.get("data-startfrom") or pre.get("startfrom") or pre.get("data-start") or "1"
    return number if number.isdigit() and len(number) < 6 else ""


def _report_long_line(pre: Element, text: str, context: Context) -> None:
    """Report a block whose longest line is broken many times on paper."""
    longest = max(text.split("\n"), key=_columns)
    if _columns(longest) > LONGEST:
        message = (
            f"a line of code has {_columns(longest)} columns and is broken many times on paper"
        )
        line = context.place_of(pre, longest.strip()[:200], in_code=True)
        context.report(
            "code-line-long", "info", message, line, "Break it, or leave out what nobody reads."
        )


def _columns(line: str) -> int:
    """Return how wide a line is; Hangul and hanja take two columns each."""
    if len(line) * 2 <= LONGEST:
        return len(line)
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)


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
