"""Template: items -> text that python-liquid parses: every block closed, every line known."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field

from hanpan.source.liquid.items import (
    BLOCKS,
    LOOPS,
    PARTS,
    SIMPLE,
    Call,
    Remark,
    TemplateItem,
    What,
)
from hanpan.source.liquid.marks import code_mark, line_mark

CALL, BLOCK, KNOWN = "call", "block", "known"  # our own tags towards python-liquid
_NEVER_CLOSED = "Add {{% end{0} %}} after its content."
_LEAVE = "Remove it."
_LINE_END = re.compile("\n")


@dataclass(slots=True)
class Template:
    """A text for python-liquid, and what its marks stand for."""

    text: str = ""
    starts: list[int] = field(default_factory=list)  # offsets of its pieces
    lines: list[int] = field(default_factory=list)  # the author's line of each piece
    calls: list[Call] = field(default_factory=list)
    outputs: dict[int, TemplateItem] = field(default_factory=dict)  # by offset
    _line_ends: list[int] = field(default_factory=list)  # offsets, once a line has been asked for

    def line_of(self, offset: int) -> int:
        """Return the author's line of a character of `text`."""
        at = bisect_right(self.starts, offset) - 1
        if not self._line_ends:
            self._line_ends += (match.start() for match in _LINE_END.finditer(self.text))
        ends, start = self._line_ends, self.starts[at]
        return self.lines[at] + bisect_left(ends, offset) - bisect_left(ends, start)


def make_template(items: list[TemplateItem], codes: list[str]) -> tuple[Template, list[Remark]]:
    """Return the template; code goes into `codes`, where a mark finds it again.

    A block that is never closed would take the rest of the post with it: its tag goes, its content
    stays. So do marks that close or part nothing.
    """
    remarks: list[Remark] = []
    kept = _without_comments(items, remarks)
    roles = _roles(kept, remarks)
    template = Template()
    parts: list[str] = []
    size = 0
    for at, item in enumerate(kept):
        piece = _as_liquid(item, roles.get(at, ""), template, codes, size)
        if piece:
            template.starts.append(size)
            template.lines.append(item.line)
            parts.append(piece)
            size += len(piece)
    template.text = "".join(parts)
    return template, remarks


def _as_liquid(
    item: TemplateItem, role: str, template: Template, codes: list[str], size: int
) -> str:
    """Return an item as python-liquid is to read it."""
    left, right = ("-" if strip else "" for strip in item.strip)
    if item.what is What.TEXT:
        return item.text
    if item.what is What.KNOWN:
        codes.append(item.text)
        return f"{{% {KNOWN} {len(codes) - 1} %}}"
    if item.what is What.END_KNOWN:
        return f"{{% end{KNOWN} %}}"
    if item.what is What.COMMENT:
        return f"{{%{left} # {right}%}}"
    if item.what is What.CODE:
        codes.append(item.text)
        return code_mark(len(codes) - 1)
    if item.what is What.OUTPUT:
        template.outputs[size] = item
        if not item.text:
            return ""
        if item.source:  # the blanks beside it are in code
            return f"{{{{ {item.text} }}}}"
        return f"{{{{{left} {item.text} {right}}}}}"
    if role == "":
        codes.append("")
        return code_mark(len(codes) - 1)
    if role in (CALL, BLOCK):
        template.calls.append(Call(item.name, item.text, item.line, bool(item.source)))
        return f"{{%{left} {role} {len(template.calls) - 1} {right}%}}"
    if role == f"end{BLOCK}":
        return f"{{%{left} {role} {right}%}}"
    return f"{{%{left} {item.name} {item.text} {right}%}}"


def _without_comments(items: list[TemplateItem], remarks: list[Remark]) -> list[TemplateItem]:
    """Return the items that are not within `{% comment %}`, or a comment in one line."""
    ends = _ends_of_comments(items)
    kept: list[TemplateItem] = []
    skip_to = -1
    for at, item in enumerate(items):
        if at <= skip_to:
            continue
        if item.what is What.TAG and item.name == "comment":
            skip_to = ends.get(at, -1)
            if skip_to < 0:
                message = "`{% comment %}` is never closed"
                remedy = _NEVER_CLOSED.format("comment")
                remarks.append(Remark("liquid-syntax", message, item.line, remedy))
            strip = (item.strip[0], items[max(at, skip_to)].strip[1])
            item = TemplateItem(What.COMMENT, "", item.line, strip=strip)
        elif item.what is What.TAG and item.name.startswith("#"):
            item = TemplateItem(What.COMMENT, "", item.line, strip=item.strip)
        kept.append(item)
    return kept


def _ends_of_comments(items: list[TemplateItem]) -> dict[int, int]:
    """Return where each comment ends: one within it is part of it, if all of them end."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for at, item in enumerate(items):
        if item.what is not What.TAG:
            continue
        if item.name == "comment":
            opened.append(at)
        elif item.name == "endcomment" and opened:
            ends[opened.pop()] = at
    last = max(ends.values(), default=-1)
    for at in opened:  # comments within it are closed, and it is not: it ends with the last of them
        if last > at:
            ends[at] = last
    return ends


@dataclass(slots=True)
class _Open:
    """A block on its way to its end."""

    at: int
    name: str
    parts: list[int] = field(default_factory=list)


def _roles(items: list[TemplateItem], remarks: list[Remark]) -> dict[int, str]:
    """Return what each tag is to be written as: its own name, CALL, BLOCK, its end; or nothing."""
    roles: dict[int, str] = {}
    last = {item.name: at for at, item in enumerate(items) if item.name.startswith("end")}
    opened: list[_Open] = []
    names: Counter[str] = Counter()
    for at, item in enumerate(items):
        name = item.name
        if item.what is not What.TAG:
            continue
        if name in BLOCKS or last.get(f"end{name}", -1) > at:
            opened.append(_Open(at, name))
            names[name] += 1
        elif name.startswith("end") and names[name[3:]]:
            while opened:
                block = opened.pop()
                names[block.name] -= 1
                if block.name == name[3:]:
                    roles[block.at] = name[3:] if name[3:] in BLOCKS else BLOCK
                    roles[at] = name if name[3:] in BLOCKS else f"end{BLOCK}"
                    break
                _leave_open(items, block, roles, remarks)
        elif name.startswith("end") and name not in ("endraw", "endcomment"):
            remarks.append(
                Remark("liquid-syntax", f"`{name}` has no opening tag", item.line, _LEAVE)
            )
        elif name in PARTS:
            if opened and name in BLOCKS.get(opened[-1].name, ()):
                roles[at] = name
                opened[-1].parts.append(at)
        elif name in ("break", "continue"):
            roles[at] = name if names.keys() & LOOPS else ""
        elif name and not name.startswith("end"):
            roles[at] = name if name in SIMPLE else CALL
    for block in opened:
        _leave_open(items, block, roles, remarks)
    return roles


def _leave_open(
    items: list[TemplateItem], block: _Open, roles: dict[int, str], remarks: list[Remark]
) -> None:
    """Do without a block that is never closed; one that is no block after all is called."""
    roles[block.at] = "" if block.name in BLOCKS else CALL
    for part in block.parts:
        roles[part] = ""
    if block.name in BLOCKS:
        message, remedy = f"`{block.name}` is never closed", _NEVER_CLOSED.format(block.name)
        remarks.append(Remark("liquid-syntax", message, items[block.at].line, remedy))


def without_liquid(items: list[TemplateItem]) -> str:
    """Return what is left of a text, with the marks of its lines, when Liquid is given up."""
    parts = []
    within = 0  # tags in code, whose source holds all that is in them
    for item in items:
        within -= item.what is What.END_KNOWN
        if item.what is What.TEXT:
            lines = enumerate(item.text.split("\n"), item.line)
            parts.append("\n".join(line_mark(number) + line for number, line in lines))
        elif not within and item.what in (What.CODE, What.KNOWN):
            parts.append(item.text)
        elif not within and item.source:
            parts.append(item.source)
        within += item.what is What.KNOWN
    return "".join(parts)
