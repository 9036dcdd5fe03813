"""Scan: a template's text -> items, with code, formulas and comments kept out of Liquid's reach."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from hanpan.source.lines import Line
from hanpan.source.liquid.code import CODE_TAGS, RAW, end_of_code_tag, without_raw
from hanpan.source.liquid.fences import as_fence
from hanpan.source.liquid.items import Remark, TemplateItem, What
from hanpan.source.liquid.marks import line_mark
from hanpan.source.liquid.scanning import Scan

_MARKDOWN = re.compile(
    r"`+|\{\{|\{%|<!--|<(?:pre|code|script|style|textarea)\b|\\[\\`{]|\$\$?", re.IGNORECASE
)
_TEMPLATE = re.compile(r"\{\{|\{%")
_TAG = re.compile(r"(-?+)\s*+(?>([\w#][\w-]*+)?)[,\s]*+(.*)\Z", re.DOTALL)
_SHORTCODE = re.compile(r"(/?+)\s*+([\w./-]*+)(?:\s++(.*))?\Z", re.DOTALL)
# shortcodes of Hugo's own that enclose nothing: no `{{< / >}}` is theirs
_ALONE = frozenset(
    "figure gist instagram param qr ref relref tweet twitter vimeo x youtube".split()
)
_FORMULA = re.compile(r"\$(?=\S)([^$\n]*+)(?<=\S)\$(?!\d)")
_TEX = re.compile(r"[\\^_]")
_SITE_NAMES = re.compile(r"\{\{-?\s*(?:site|page|include)\b|\{%")
_ADDRESS = re.compile(r"""(?:=\s*["']?|\]\(|["'(])[^\s"'()<>]{0,200}+\Z""")
_END_OF_DOC = re.compile(r"\{%-?\s*enddoc\s*(-?)%\}")
_LONG_BLANKS = re.compile(r"[ \t]{2,}")


def scan(
    lines: tuple[Line, ...],
    code: set[int],
    *,
    is_markdown: bool = True,
    renders_code: bool = False,
    shortcodes_alone: bool = False,
) -> tuple[list[TemplateItem], list[Remark]]:
    """Return what a template is made of.

    `code` holds the numbers of lines that are code; Liquid in it is rendered only if
    `renders_code`. What is no Markdown (an include) keeps only what `{% raw %}` keeps. With
    `shortcodes_alone`, as in Hugo's posts, all else is text.
    """
    text = "\n".join(line.text for line in lines)
    starts, offset = [], 0
    stretches: list[tuple[int, int]] = []
    for line in lines:
        starts.append(offset)
        end = offset + len(line.text)
        if line.number in code:
            if stretches and stretches[-1][1] == offset - 1:
                stretches[-1] = (stretches[-1][0], end)
            else:
                stretches.append((offset, end))
        offset = end + 1
    state = Scan(text, [line.number for line in lines], starts, stretches, is_markdown)
    state.renders_code, state.shortcodes_alone = renders_code, shortcodes_alone
    for start, end in [*stretches, (len(text), len(text))]:
        if start >= state.at:
            _scan_text(state, start)
        if end > state.at:
            state.add(end, What.CODE)
    return state.items, state.remarks


def _scan_text(state: Scan, limit: int) -> None:
    """Take apart the text up to `limit`, where whole lines of code begin, or the text ends."""
    pattern = _MARKDOWN if state.is_markdown else _TEMPLATE
    while state.at < limit:
        match = pattern.search(state.text, state.at, limit)
        if not match:
            state.add(limit)
            return
        state.add(match.start())
        _RULES.get(match[0][:2].lower(), _RULES.get(match[0][0], _skip))(state, match, limit)


def _skip(state: Scan, match: re.Match[str], limit: int) -> None:
    state.add(match.end())


def _code_span(state: Scan, match: re.Match[str], limit: int) -> None:
    """Code between backticks, which does not go past the end of its paragraph."""
    end = state.find("\n\n", match.end())
    end = min(limit, end) if end >= 0 else limit
    ticks = match[0]
    closing = re.compile(rf"(?<!`){ticks}(?!`)").search(state.text, match.end(), end)
    if closing:
        state.add(closing.end(), What.CODE)
    else:
        state.add(match.end())


def _element(state: Scan, match: re.Match[str], limit: int) -> None:
    """A comment, or an element whose content is code."""
    closing = "-->" if match[0] == "<!--" else f"</{match[0][1:].lower()}"
    end = state.find(closing, match.end())
    inside = state.text[match.end() : end] if end >= 0 else ""
    if end < 0 or "{" not in inside:
        state.add(match.end())
    else:
        state.add(end, What.CODE, is_live=match[0] != "<!--")


def _formula(state: Scan, match: re.Match[str], limit: int) -> None:
    """TeX is full of braces; what names the site or a page in it is Liquid all the same.

    Where Liquid in code is rendered, that is all that is rendered of it.
    """
    if match[0] == "$$":
        end = state.find("$$", match.end())
        inside = state.text[match.end() : end] if 0 <= end < limit else "\n\n"
        if "\n\n" not in inside and (state.renders_code or not _SITE_NAMES.search(inside)):
            state.add(end + 2, What.CODE)
            return
    else:
        formula = _FORMULA.match(state.text, state.at, limit)
        is_code = formula and (state.renders_code or not _SITE_NAMES.search(formula[1]))
        if formula and is_code and _TEX.search(formula[1]):
            state.add(formula.end(), What.CODE)
            return
    state.add(match.end())


def _output(state: Scan, match: re.Match[str], limit: int) -> None:
    """`{{ ... }}`, and Hugo's `{{< ... >}}` and `{{% ... %}}`."""
    start = state.at
    kind = state.text[start + 2 : start + 3]
    if kind in ("<", "%"):
        end = state.closing(">}}" if kind == "<" else "%}}", limit, "{{")
        if end >= 0:
            _shortcode(state, state.text[start + 3 : end], end + 3)
            return
    if state.shortcodes_alone:
        state.add(match.end(), What.CODE)
        return
    end = state.closing("}}}" if kind == "{" else "}}", limit, "{{", "\n\n")
    if end < 0:
        _keep_unclosed(state, "{{", "}}")
        return
    inside = state.text[match.end() : end]
    line, before = state.line_of(start), state.text[max(0, start - 200) : start]
    if kind == "{":  # Handlebars
        state.items.append(TemplateItem(What.CODE, f"`{{{{{inside}}}}}}}`", line))
        state.at = end + 3
        return
    strip = (inside.startswith("-"), inside.endswith("-"))
    expression = _LONG_BLANKS.sub(" ", inside.strip("-" if any(strip) else "").strip())
    address = bool(_ADDRESS.search(before))
    state.items.append(TemplateItem(What.OUTPUT, expression, line, strip=strip, in_address=address))
    state.at = end + 2


def _shortcode(state: Scan, inside: str, end: int) -> None:
    """Hugo's `{{< name ... >}}` is a tag; `{{</* name */>}}` shows how one is written."""
    line = state.line_of(state.at)
    if inside.strip().startswith("/*"):
        mark = state.text[state.at + 2]
        shown = f"{{{{{mark}{inside.strip()[2:].removesuffix('*/')}{mark.replace('<', '>')}}}}}"
        state.items.append(TemplateItem(What.CODE, f"`{shown}`", line))
        state.at = end
        return
    inside = inside.strip()
    is_whole = inside.endswith("/") and inside != "/"  # it closes itself
    match = _SHORTCODE.match(inside.removesuffix("/").rstrip() if is_whole else inside)
    name = match[2].removesuffix(".inline") if match else ""
    if match and not match[1] and name == "highlight" and _by_tag(state, name, match[3] or "", end):
        return
    if match and match[1]:
        name = state.closed_by(name)
    elif name and not is_whole and name not in _ALONE:
        state.open(name)
    if match and name:
        name = f"end{name}" if match[1] else name
        state.items.append(
            TemplateItem(What.TAG, (match[3] or "").strip(), line, name.replace("/", "-"))
        )
    state.at = end


def _tag(state: Scan, match: re.Match[str], limit: int) -> None:
    """`{% ... %}`."""
    if state.shortcodes_alone:
        state.add(match.end(), What.CODE)
        return
    start = state.at
    end = state.closing("%}", limit, "{%")
    inside = state.text[match.end() : end].strip(" \t") if end >= 0 else ""
    strip_behind = len(inside) > 1 and inside.endswith("-")
    parts = _TAG.match(inside.removesuffix("-").rstrip()) if end >= 0 else None
    if not parts:
        _keep_unclosed(state, "{%", "%}")
        return
    name, arguments = parts[2] or "", parts[3]
    line, strip = state.line_of(start), (bool(parts[1]), strip_behind)
    if name == "raw":
        _raw(state, end + 2)
    elif name == "doc":
        _doc(state, end + 2, strip)
    elif name == "liquid":
        state.items += _tags_by_line(arguments, line, strip)
        state.at = end + 2
    elif name.lower() in CODE_TAGS and _by_tag(state, name, arguments, end + 2):
        return
    else:
        state.items.append(
            TemplateItem(What.TAG, _LONG_BLANKS.sub(" ", arguments), line, name, strip)
        )
        state.at = end + 2


def _doc(state: Scan, start: int, strip: tuple[bool, bool]) -> None:
    """`{% doc %}`: nobody sees it, whatever is in it."""
    end = _END_OF_DOC.search(state.text, start)
    behind = end[1] == "-" if end else strip[1]
    state.items.append(
        TemplateItem(What.COMMENT, "", state.line_of(state.at), strip=(strip[0], behind))
    )
    state.at = end.end() if end else start


def _tags_by_line(text: str, line: int, strip: tuple[bool, bool]) -> list[TemplateItem]:
    """`{% liquid %}`: a tag on each of its lines."""
    items = [TemplateItem(What.COMMENT, "", line, strip=(strip[0], False))]
    for written in text.splitlines():
        words = written.split(None, 1)
        while words and words[0] == "liquid":
            words = words[1].split(None, 1) if len(words) > 1 else []
        if words and not words[0].startswith("#"):
            items.append(TemplateItem(What.TAG, "".join(words[1:]).strip(), line, words[0]))
    return [*items, TemplateItem(What.COMMENT, "", line, strip=(False, strip[1]))]


def _raw(state: Scan, start: int) -> None:
    """`{% raw %}`: all up to its end is text, also fences and what looks like Liquid."""
    if state.raw_ends is None:
        state.raw_ends = _raw_ends(state)
    following = bisect_left(state.raw_ends, (start, 0))
    state.at = start
    if following < len(state.raw_ends):
        end, behind = state.raw_ends[following]
        state.add(end, What.CODE, is_live=False)
        state.at = behind
    elif state.find("endraw", start) < 0:
        remedy = "Add {% endraw %} after it, or remove it."
        state.remark("liquid-syntax", "`{% raw %}` is never closed", remedy)


def _raw_ends(state: Scan) -> list[tuple[int, int]]:
    """Return where each `{% endraw %}` begins and ends that has no partner in code of its own."""
    ends = []
    opened = -1  # the stretch of code in which a mark is open
    for mark in RAW.finditer(state.text):
        place = bisect_left(state.code, (mark.start() + 1, 0)) - 1
        in_code = place >= 0 and mark.start() < state.code[place][1]
        if in_code and not mark[1]:
            opened = place
        elif mark[1] and in_code and opened == place:
            opened = -1
        elif mark[1]:
            ends.append(mark.span())
    return ends


def _by_tag(state: Scan, name: str, arguments: str, start: int) -> bool:
    """`{% highlight %}` and its like are fences by another name."""
    closing = end_of_code_tag(name)
    if f"end{name}" in state.coming:
        return False
    match = closing.search(state.text, start)
    if not match:
        state.coming[f"end{name}"] = -1
        return False
    line_start = state.text.rfind("\n", 0, state.at) + 1
    before = state.text[line_start : state.at]
    lines = without_raw(state.lines(start, match.start()))
    fence = as_fence(name, arguments, lines, before, state.line_of(state.at))
    state.add_code(fence)
    state.at = match.end()
    if state.text[state.at : state.at + 1] not in ("", "\n"):
        number = state.line_of(state.at)
        state.items.append(TemplateItem(What.CODE, f"\n{line_mark(number)}", number))
    return True


def _keep_unclosed(state: Scan, mark: str, closing: str) -> None:
    """A mark that is never closed is text."""
    if state.is_markdown:
        message = f"`{mark}` is not closed by `{closing}` and is shown as text"
        state.remark("liquid-syntax", message, f"Close it, or put it in code: `` `{mark}` ``.")
    state.items.append(TemplateItem(What.CODE, mark, state.line_of(state.at)))
    state.at += len(mark)


_RULES: dict[str, Callable[[Scan, re.Match[str], int], None]] = {
    "`": _code_span,
    "<": _element,
    "$": _formula,
    "{{": _output,
    "{%": _tag,
}
