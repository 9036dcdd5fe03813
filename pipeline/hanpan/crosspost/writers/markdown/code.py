"""Code blocks -> fences that nothing in the code can end."""

from __future__ import annotations

import re

from hanpan import tree
from hanpan.crosspost.dialect import MarkdownDialect
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.writers.markdown.escape import escape_character, guard_liquid
from hanpan.tree import Element

_BLANK_LINES = re.compile(r"\n(?:[ \t]*+\n){2,}")


def write_code(element: Element, lowering: Lowering) -> list[str]:
    """Return a block of code, its title in the fence's line or as a line above."""
    dialect = lowering.platform.markdown
    text = tree.text_of(element)
    text = text[:-1] if text.endswith("\n") else text
    language, title = _language(element), " ".join((element.get("data-title") or "").split())
    if element.get("data-lines") or element.get("data-numbers"):
        lowering.lose("code-lines", at=element)
    if not dialect.blank_lines and next(element.iterancestors("li"), None) is not None:
        text = _BLANK_LINES.sub("\n\n", f"\n{text}")[1:]
    fence = _fence(text, dialect)
    if not fence:
        return [*_above(title, dialect), _as_html(text, dialect)]
    if title and dialect.code_titles and not re.search(r"[\s:`]", title):
        return [f"{fence}{language or 'text'}:{title}\n{text}\n{fence}"]
    return [*_above(title, dialect), f"{fence}{language}\n{text}\n{fence}"]


def _above(title: str, dialect: MarkdownDialect) -> list[str]:
    text = "".join(escape_character(c, dialect) if c in "\\`*_<&[]~{}" else c for c in title)
    return [f"**{text}**"] if title else []


def _fence(text: str, dialect: MarkdownDialect) -> str:
    """Return what no line of the text can be taken for; "" where there is no such thing.

    Forem ends a block at the next three backticks, wherever they stand; Redcarpet at tildes too.
    """
    if dialect.liquid:
        return "" if "```" in text or "~~~" in text else "```"
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * max(3, longest + 1)


def _as_html(text: str, dialect: MarkdownDialect) -> str:
    """Return code as HTML; Redcarpet would take `[1]: a` even there for the target of a link."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    for sign in "`~[":
        text = text.replace(sign, f"&#{ord(sign)};")
    return f"<pre><code>{guard_liquid(text, dialect)}\n</code></pre>"


def _language(element: Element) -> str:
    for code in element.iter("code"):
        for name in tree.classes(code):
            if name.startswith("language-"):
                return re.sub(r"[^\w+#.-]", "", name[9:])
    return ""
