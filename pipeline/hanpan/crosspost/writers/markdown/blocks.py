"""Blocks -> Markdown, each as one text; lists and quotes indent their contents."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from hanpan import tree
from hanpan.crosspost.blocks import Node, is_callout, nodes, runs
from hanpan.crosspost.dialect import MarkdownDialect, Pair
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.lowerings.footnotes_as_marks import NOTE
from hanpan.crosspost.writers.markdown.code import write_code
from hanpan.crosspost.writers.markdown.escape import break_liquid, escape
from hanpan.crosspost.writers.markdown.inlines import Inlines
from hanpan.crosspost.writers.markdown.lines import break_after
from hanpan.crosspost.writers.markdown.lists import write_list
from hanpan.crosspost.writers.markdown.pieces import Piece
from hanpan.crosspost.writers.markdown.tables import write_table
from hanpan.tree import Element


def write_blocks(element: Element, lowering: Lowering) -> list[str]:
    """Return the contents of `element`, one text for each block."""
    blocks: list[str] = []
    for run in runs(element):
        texts = _paragraph(run, lowering) if isinstance(run, list) else _block(run, lowering)
        if texts and blocks and _runs_into(blocks[-1], texts[0], lowering.platform.markdown):
            blocks.append(lowering.platform.markdown.apart)
        blocks += texts
    return blocks


def _runs_into(before: str, after: str, dialect: MarkdownDialect) -> bool:
    """Tell whether two lists or two quotes would be read as one."""
    kinds = [_kind(before), _kind(after)]
    if dialect.lists_merge and set(kinds) <= {"-", "1"}:
        return True
    if kinds[0] == ">" and not dialect.quotes_merge:
        return False
    return kinds[0] != "" and kinds[0] == kinds[1]


def _kind(block: str) -> str:
    """Return the sign of a list or a quote, "" for another block."""
    match = re.match(r"(>)|(-) |(\d{1,9})\. ", block)
    return (match[1] or match[2] or "1") if match else ""


def _block(element: Element, lowering: Lowering) -> list[str]:
    raw = element.get("data-raw")
    if raw:
        return [raw]
    write = _BLOCKS.get(str(element.tag))
    if write is not None:
        return write(element, lowering)
    if is_callout(element):
        return _callout(element, lowering)
    if element.get(NOTE):
        return _note(element, lowering)
    return write_blocks(element, lowering)


def _p(element: Element, lowering: Lowering) -> list[str]:
    return _paragraph(nodes(element), lowering)


def _paragraph(run: list[Node], lowering: Lowering) -> list[str]:
    """Return a paragraph, divided at formulas that are blocks."""
    inlines = Inlines(lowering)
    blocks: list[str] = []
    part: list[Piece] = []
    for piece in [*inlines.pieces(run), Piece("maths")]:
        if piece.kind != "maths":
            part.append(piece)
            continue
        text = inlines.render(_drop_halves(part))
        blocks += [text] if text else []
        blocks += [piece.value] if piece.value else []
        part = []
    return blocks


def _drop_halves(pieces: list[Piece]) -> list[Piece]:
    """Drop marks whose other half is beyond a formula."""
    there = {id(piece) for piece in pieces}
    return [p for p in pieces if not p.partner or id(p.partner[0]) in there]


def _heading(element: Element, lowering: Lowering) -> list[str]:
    if lowering.platform.markdown.liquid:
        _tame(element, lowering)
    text = Inlines(lowering).write(nodes(element), line_break=" ")
    text = re.sub(r"(?<!\S)(#*)#$", r"\1&#35;", text)  # else it closes the heading
    return [f"{'#' * int(str(element.tag)[1])} {text}"] if text else []


def _tame(heading: Element, lowering: Lowering) -> None:
    """Separate the signs of a command: Forem derives an anchor from the heading, unguarded."""
    dialect = lowering.platform.markdown
    for element in heading.iter():
        for name in ("text", "tail"):
            text = getattr(element, name) or ""
            parted = break_liquid(text, dialect, "\u2060")
            if parted != text:
                lowering.lose("liquid", at=heading)
                setattr(element, name, parted)


def _quote_lines(text: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


def _quote(element: Element, lowering: Lowering) -> list[str]:
    inside = write_blocks(element, lowering)
    return [_quote_lines("\n\n".join(inside))] if inside else []


def _rule(element: Element, lowering: Lowering) -> list[str]:
    return ["***"]


def _callout(element: Element, lowering: Lowering) -> list[str]:
    callouts = lowering.platform.markdown.callouts
    kind = next((n[8:] for n in tree.classes(element) if n.startswith("callout-")), "")
    pair = callouts.get(kind) or callouts.get("")
    if not pair:
        lowering.lose("callout", at=element)
        return _quote(element, lowering)
    return _in_container(pair, write_blocks(element, lowering))


def _details(element: Element, lowering: Lowering) -> list[str]:
    """Return folded text in the dialect's container; its summary keeps only its words."""
    dialect = lowering.platform.markdown
    text = ""
    for summary in element.findall("summary"):
        text += " ".join(tree.text_of(summary).split())
        tree.remove(summary)
    text = break_liquid(text, dialect).replace("%}", "% }") if dialect.liquid else text
    if dialect.details[0].startswith("<"):  # a block of HTML, where no backslash escapes
        text = text.replace("&", "&amp;").replace("<", "&lt;")
    elif not dialect.details[0].startswith(":::"):
        text = escape(text, dialect, brackets=True, pipes=False)
    opening = dialect.details[0].replace("{summary}", text or "…")
    return _in_container((opening, dialect.details[1]), write_blocks(element, lowering))


def _in_container(pair: Pair, blocks: list[str]) -> list[str]:
    """Return blocks in a container; one of colons has more of them than those inside it."""
    inside = "\n\n".join(blocks)
    if not pair[0].startswith(":::"):
        return [f"{pair[0]}\n\n{inside}\n\n{pair[1]}"]
    longest = max((len(run) for run in re.findall(r"^:{3,}", inside, re.MULTILINE)), default=2)
    more = ":" * (longest - 2)
    return [f"{more}{pair[0]}\n{inside}\n{more}{pair[1]}"]


def _note(element: Element, lowering: Lowering) -> list[str]:
    """Return a footnote's definition; lines after the first are indented by four."""
    text = "\n\n".join(write_blocks(element, lowering)) or "…"
    return [f"[^{element.get(NOTE)}]: " + text.replace("\n", "\n    ").replace("    \n", "\n")]


def _list(element: Element, lowering: Lowering) -> list[str]:
    return write_list(element, lowering, _inside)


def _inside(item: Element, lowering: Lowering) -> list[str]:
    return write_blocks(item, lowering) if item.tag == "li" else _block(item, lowering)


def _terms(element: Element, lowering: Lowering) -> list[str]:
    lowering.lose("definition-list", at=element)
    return write_blocks(element, lowering)


def _term(element: Element, lowering: Lowering) -> list[str]:
    strong = etree.Element("strong")
    strong.text = element.text
    strong.extend(list(element))
    return _paragraph([strong], lowering)


def _figure(element: Element, lowering: Lowering) -> list[str]:
    """Return a picture with its caption as a line in italics below it."""
    captions = element.findall("figcaption")
    if not captions:
        return write_blocks(element, lowering)
    lowering.lose("figure", at=element)
    inlines = Inlines(lowering)
    blocks: list[str] = []
    for run in runs(element):
        if isinstance(run, list):
            blocks += _paragraph(run, lowering)
        elif run.tag != "figcaption":
            blocks += _block(run, lowering)
    for caption in captions:
        em = etree.Element("em")
        em.text = caption.text
        for child in list(caption):
            child.tag = "span" if child.tag in ("p", "div") else child.tag
            em.append(child)
        text = inlines.write([em])
        if text and blocks and next(element.iter("pre", "table", "math"), None) is None:
            blocks[-1] += break_after(blocks[-1], lowering.platform.markdown.line_break) + text
        elif text:
            blocks.append(text)
    return blocks


def _table(element: Element, lowering: Lowering) -> list[str]:
    text = write_table(element, lowering)
    return [text] if text else []


_BLOCKS: dict[str, Callable[[Element, Lowering], list[str]]] = {
    "p": _p,
    "h1": _heading,
    "h2": _heading,
    "h3": _heading,
    "h4": _heading,
    "h5": _heading,
    "h6": _heading,
    "blockquote": _quote,
    "hr": _rule,
    "pre": write_code,
    "ul": _list,
    "ol": _list,
    "dl": _terms,
    "dt": _term,
    "details": _details,
    "figure": _figure,
    "table": _table,
}
