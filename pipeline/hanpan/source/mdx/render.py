"""The body of an MDX file as Markdown: no imports, no expressions, known components rendered."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from hanpan.files import Files
from hanpan.labels import Labels
from hanpan.problems import Problem
from hanpan.roots import TEXT
from hanpan.source.dialect.dollars import dollars_at
from hanpan.source.elements import is_element
from hanpan.source.front_matter.parse import parse_post
from hanpan.source.lines import RenderedBody
from hanpan.source.liquid.tags.standins import stand_in
from hanpan.source.mdx.components import COMPONENTS, ShownPart, unknown
from hanpan.source.mdx.directives import directives
from hanpan.source.mdx.esm import end_of_block, names_given
from hanpan.source.mdx.html_tags import html_of
from hanpan.source.mdx.jsx import LONGEST, Tag, end_of_braces, tag_at, value_of
from hanpan.source.mdx.writer import LineWriter
from hanpan.source.post import Post

_MARK = re.compile(r"\n|`+|\\.|<!--|<|\{|\$\$?", re.DOTALL)
_FENCE = re.compile(r"[ \t>]*+(?>(?:[-*+] |\d++[.)] )?)[ \t]*+(`{3,}|~{3,})")
_DIRECTIVE = re.compile(r"[ \t]*:{3,}")
_FORMULA = re.compile(r"\$(?=\S)[^$\n]*(?<=\S)\$(?!\d)")
_BLOCK_FORMULA = re.compile(r"\$\$.*?\$\$", re.DOTALL)
_HEADING_ID = re.compile(r"\{#[\w.-]+\}")
_SHORT_DIRECTIVE = re.compile(r"(?<![\w:])(::?[A-Za-z][\w-]{0,40})(?:\[[^\[\]\n]{0,60}\])?\Z")
_EXPORTED = re.compile(r"(?:front[mM]atter|props\.frontmatter|meta|metadata)\.([\w$]+)\Z")
_DEPTH = 4  # files within files
_LINES = 200  # of one tag or expression
_WORK = 4_000_000  # characters that are looked at in vain for the ends of expressions
_OPEN = 100  # components within each other
_REMEDY = "Write what it shows in its place."


def render(post: Post, files: Files, labels: Labels) -> RenderedBody:
    """Return the body of an MDX file as Markdown, each line with the author's number."""
    state = _Rendering(post.path, files, labels)
    writer = LineWriter(post.body_line)
    _render(post.body, post.front, writer, state, 0)
    problems = tuple(
        Problem("mdx", "warning", message, post.path, line, _REMEDY)
        for message, line in state.remarks.items()
    )
    return RenderedBody(directives(writer.finish(), labels), problems)


@dataclass(slots=True)
class _Rendering:
    path: str
    files: Files
    labels: Labels
    names: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, int] = field(default_factory=dict)
    opened: list[tuple[str, ShownPart]] = field(default_factory=list)
    work: int = 0

    def tell(self, what: str, line: int) -> None:
        self.remarks.setdefault(what, line)


def _render(
    text: str, front: dict[str, object], writer: LineWriter, state: _Rendering, depth: int
) -> None:
    """Write a body; `depth` is how many files it is within."""
    lines = text.split("\n")
    at = 0
    fence = ""
    while at < len(lines):
        line = lines[at]
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and line.strip() == mark[1]:
                fence = ""
            writer.write(writer.indent(line))
        elif _DIRECTIVE.match(line):
            writer.write(writer.indent(line))
        elif mark and "`" not in line[mark.end() :]:
            fence = mark[1]
            writer.write(writer.indent(line))
        else:
            end = end_of_block(lines, at) if not state.opened else at
            if end > at:
                state.names |= names_given("\n".join(lines[at:end]))
                for _ in range(at, min(end, len(lines) - 1)):
                    writer.end_line()
                at = end
                continue
            at = _inline(lines, at, front, writer, state, depth)
        at += 1
        if at < len(lines):
            writer.end_line()


def _inline(
    lines: list[str],
    at: int,
    front: dict[str, object],
    writer: LineWriter,
    state: _Rendering,
    depth: int,
) -> int:
    """Write a line with its tags and expressions; return the line on which the last ends."""
    text = writer.indent(lines[at])
    place = 0
    last_end = -1  # of the lines that the text has
    while place < len(text):
        mark = _MARK.search(text, place)
        if not mark:
            writer.write(text[place:])
            break
        writer.write(text[place : mark.start()])
        place = mark.start()
        if mark[0] == "\n":
            writer.end_line()
            place += 1
            continue
        is_known = True
        if mark[0] in ("<", "{", "<!--", "$$") and place > last_end:
            text, at, is_known = _with_more(text, place, lines, at, mark[0], state)
            last_end = text.rfind("\n")
        if is_known:
            place = _piece(text, place, mark[0], front, writer, state, depth)
        else:
            writer.write(mark[0])
            place = mark.end()
    return at


def _with_more(
    text: str, place: int, lines: list[str], at: int, mark: str, state: _Rendering
) -> tuple[str, int, bool]:
    """Return the line with those below it up to the end of what begins at `place`.

    And the number of the last of them, and whether there is an end.
    """
    longer, end = text, at
    while state.work < _WORK:
        if _is_whole(longer, place, mark):
            return longer, end, True
        state.work += min(len(longer) - place, LONGEST)
        is_over = end + 1 >= len(lines) or end - at >= _LINES
        if is_over or (mark == "<" and not lines[end + 1].strip()):
            break
        end += 1
        longer += "\n" + lines[end]
    return text, at, False


def _is_whole(text: str, place: int, mark: str) -> bool:
    """Tell whether what begins with a mark ends within the text."""
    if mark == "<":
        return tag_at(text, place, {}) is not None
    if mark == "{":
        return bool(_HEADING_ID.match(text, place)) or end_of_braces(text, place) > 0
    closing = "-->" if mark == "<!--" else "$$"
    return text.find(closing, place + 2, place + LONGEST) >= 0


def _piece(
    text: str,
    place: int,
    mark: str,
    front: dict[str, object],
    writer: LineWriter,
    state: _Rendering,
    depth: int,
) -> int:
    """Write what begins with a mark; return where it ends."""
    if mark[0] == "`":
        end = text.find(mark, place + len(mark))
        end = place + len(mark) if end < 0 else end + len(mark)
    elif mark[0] == "\\":
        end = place + 2
        if mark[1] in "{}":
            writer.write(mark[1])
            return end
    elif mark == "<!--":
        closing = text.find("-->", place)
        end = place + 4 if closing < 0 else closing + 3
    elif mark[0] == "$":
        formula = (_BLOCK_FORMULA if mark == "$$" else _FORMULA).match(text, place)
        end = formula.end() if formula else place + len(mark)
        if not formula and mark == "$":  # `$ x_{1} $`: remark-math takes the blanks
            line_end = text.find("\n", place)
            spaced = dollars_at(text[place : line_end if line_end >= 0 else len(text)], 0)
            end = place + spaced.end if spaced and not spaced.is_price else end
    elif mark == "<":
        tag = tag_at(text, place, state.names)
        if tag:
            _tag(tag, text, place, front, writer, state, depth)
            return tag.end
        end = place + 1
    else:
        return _expression(text, place, front, writer, state)
    writer.copy(text[place:end])
    return end


def _expression(
    text: str, place: int, front: dict[str, object], writer: LineWriter, state: _Rendering
) -> int:
    """Write the value of `{...}`; one that is not known is remarks."""
    own_id = _HEADING_ID.match(text, place)
    end = own_id.end() if own_id else end_of_braces(text, place)
    if own_id or end < 0:
        writer.write(own_id[0] if own_id else "{")
        return own_id.end() if own_id else place + 1
    expression = text[place + 1 : end - 1]
    value = value_of(expression, state.names)
    exported = _EXPORTED.match(expression.strip())
    if exported and isinstance(front.get(exported[1]), str):
        value = str(front[exported[1]])
    if value is None:
        short = " ".join(expression.split())[:60]
        directive = _SHORT_DIRECTIVE.search(text[max(0, place - 100) : place])
        if directive:  # of remark-directive: the braces hold its attributes
            state.tell(f"the directive `{directive[1]}` is not known", writer.number)
        else:
            state.tell(f"the expression `{{{short}}}` is not known", writer.number)
        value = stand_in(short, "", state.labels)
    writer.own_lines(value)
    writer.skip(text[place:end])
    return end


def _tag(
    tag: Tag,
    text: str,
    place: int,
    front: dict[str, object],
    writer: LineWriter,
    state: _Rendering,
    depth: int,
) -> None:
    """Write what a tag becomes."""
    line = writer.number
    written = text[place : tag.end]
    name = tag.name
    is_component = not name or name[0].isupper() or "." in name
    if not is_component:
        if is_element(name):
            writer.own_lines(html_of(tag, written))
        else:
            writer.copy(written)
            return
    elif tag.is_closing:
        _close(name, writer, state)
    elif not _include(tag, writer, state, depth):
        _open(tag, line, writer, state)
    writer.skip(written)


def _open(tag: Tag, line: int, writer: LineWriter, state: _Rendering) -> None:
    component = COMPONENTS.get(tag.name) or (COMPONENTS["Fragment"] if not tag.name else None)
    if component:
        shown = component(tag.name, tag.attributes, state.labels)
    else:
        note, instead = "", "its content is kept"
        if tag.is_whole:
            note, instead = unknown(tag.name, tag.attributes, state.labels)
        state.tell(f"the component `<{tag.name}>` is not known; {instead}", line)
        shown = ShownPart(note, is_block=writer.at_start)
    is_block = shown.is_block and (writer.at_start or bool(shown.before))
    if not tag.is_whole and len(state.opened) < _OPEN:
        state.opened.append((tag.name, ShownPart(shown.before, shown.after, is_block)))
        if is_block:
            writer.open()
    if is_block:
        writer.block(shown.before)
    else:
        writer.own_lines(shown.before)
    if tag.is_whole and shown.after:
        writer.own_lines(shown.after)


def _close(name: str, writer: LineWriter, state: _Rendering) -> None:
    """Write what stands behind a component; those left open within it are closed as well."""
    if not any(opened == name for opened, _ in state.opened):
        return
    while state.opened:
        opened, shown = state.opened.pop()
        if shown.is_block:
            writer.bases.pop()
            writer.block(shown.after)
        else:
            writer.own_lines(shown.after)
        if opened == name:
            return


def _include(tag: Tag, writer: LineWriter, state: _Rendering, depth: int) -> bool:
    """Write the Markdown file that a component is imported from; tell whether it is one."""
    path = state.names.get(tag.name, "")
    if not path.endswith((".md", ".mdx")) or depth >= _DEPTH:
        return False
    folder = posixpath.dirname(state.path)
    place = path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path)
    place = posixpath.normpath(place)
    try:
        part = parse_post(place, state.files.read(place, TEXT))
    except (OSError, ValueError):
        return False
    inner = LineWriter(0)
    within = _Rendering(place, state.files, state.labels, work=state.work)
    _render(part.body, part.front, inner, within, depth + 1)
    state.work = within.work
    for message in within.remarks:
        state.tell(message, writer.number)
    writer.block("\n".join(line.text for line in inner.finish()))
    return True
