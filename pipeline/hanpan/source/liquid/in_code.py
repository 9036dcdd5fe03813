"""In code: what Jekyll would render there, taken apart so that the rest stays as it was typed.

Jekyll renders Liquid in code as everywhere. Code of GitHub Actions, Vue or Helm has the same marks,
and nobody wants that to be empty; so a value or a block in code is rendered where all its names are
known when it comes to it (`nodes_in_code.py`), and stays as a whole where one is not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from liquid import Environment, Mode
from liquid.exceptions import LiquidError

from hanpan.source.liquid.items import BLOCKS, PARTS, TemplateItem, What
from hanpan.source.liquid.marks import STRIP_AFTER, STRIP_BEFORE, without_lines

CALLS = frozenset({"include", "include_cached", "include_relative", "link", "post_url", "render"})
_SIMPLE = frozenset({"assign", "cycle", "increment", "decrement", "echo", "break", "continue"})
_OPENED = (*BLOCKS, "comment")
_MARK = re.compile(r"(?<!\{)\{\{(?![{<%])|\{%")
_TAG = re.compile(r"\s*([\w#]+)(.*)\Z", re.DOTALL)
_LONGEST = 1_000  # characters of a tag
_DEEPEST = 8  # blocks within blocks: each keeps its source
_MOST = 10_000  # items of one stretch of code; what is behind them stays as it is
_CLOSING = {"{{": "}}", "{%": "%}"}
_GIVEN = frozenset(("site", "page", "jekyll", "include", "forloop", "tablerowloop"))
_NAMED = re.compile(
    r"\{%-?\s*(?:assign|capture|for|tablerow|increment|decrement)\s+[\"']?([\w-]{1,100})"
)
_ROOT = re.compile(r"""[\w-]*|["'(\[]""")


@dataclass(slots=True)
class _Piece:
    """A value or a tag in code; a block has what is in it, up to its end."""

    start: int
    end: int
    name: str  # "" for a value
    text: str
    strip: tuple[bool, bool]
    inside: list[_Piece] = field(default_factory=list)
    last: _Piece | None = None  # the tag that ends a block

    @property
    def stop(self) -> int:
        return self.last.end if self.last else self.end


def names_of(text: str) -> frozenset[str]:
    """Return the names that values in the code of a text may begin with."""
    return _GIVEN | {match[1] for match in _NAMED.finditer(text)}


def live_items(code: str, line: int, names: frozenset[str]) -> list[TemplateItem]:
    """Return a stretch of code, with the marks of its lines, as items: most of it is What.CODE.

    `names` are those that a value may begin with: others are not even read.
    """
    items: list[TemplateItem] = []
    at = 0
    for piece in _pieces(code):
        if len(items) > _MOST or not (_may_be_known(piece, names) and _is_valid(piece)):
            continue
        items += _code(code[at : piece.start], line)
        items += _items(code, piece, line)
        at = piece.stop
    return [*items, *_code(code[at:], line)]


def _code(text: str, line: int) -> list[TemplateItem]:
    return [TemplateItem(What.CODE, text, line)] if text else []


def _items(code: str, piece: _Piece, line: int) -> Iterator[TemplateItem]:
    """Yield a piece as items: a tag with the source that stays where a name is not known."""
    source = code[piece.start : piece.stop]
    if not piece.name:
        yield TemplateItem(What.OUTPUT, piece.text, line, strip=piece.strip, source=source)
        return
    yield TemplateItem(What.KNOWN, source, line)
    yield from _tag(piece, line)
    at = piece.end
    for inner in piece.inside:
        yield from _code(code[at : inner.start], line)
        if inner.name in PARTS or piece.name == "comment":
            yield from _tag(inner, line)
        else:
            yield from _items(code, inner, line)
        at = inner.stop
    if piece.last:
        yield from _code(code[at : piece.last.start], line)
        yield from _tag(piece.last, line)
    yield TemplateItem(What.END_KNOWN, "", line)


def _tag(piece: _Piece, line: int) -> Iterator[TemplateItem]:
    """Yield a tag, between the marks of the blanks that go with it."""
    if piece.strip[0]:
        yield TemplateItem(What.CODE, STRIP_BEFORE, line)
    yield TemplateItem(What.TAG, piece.text, line, piece.name, source=piece.name)
    if piece.strip[1]:
        yield TemplateItem(What.CODE, STRIP_AFTER, line)


def _pieces(code: str) -> list[_Piece]:
    """Return the values, the tags, and the blocks with what is in them, that are whole."""
    outer: list[_Piece] = []
    opened: list[_Piece] = []
    names: Counter[str] = Counter()  # of what is open

    def put(piece: _Piece) -> None:
        (opened[-1].inside if opened else outer).append(piece)

    for piece in _marks(code):
        name = piece.name
        if name in _OPENED:
            opened.append(piece)
            names[name] += 1
        elif name.startswith("end"):
            if names[name[3:]]:
                block = _close(opened, piece, names)
                put(block)
        elif name in PARTS:
            if opened and name in BLOCKS.get(opened[-1].name, ()):
                put(piece)
        elif not name or name in _SIMPLE or name in CALLS:
            put(piece)
    for lost in opened:
        outer += [piece for piece in lost.inside if piece.name not in PARTS]
    return sorted(outer, key=lambda piece: piece.start)


def _close(opened: list[_Piece], end: _Piece, names: Counter[str]) -> _Piece:
    """Take the block that a tag ends from those that are open, with what is in it."""
    lost: list[_Piece] = []
    while True:
        block = opened.pop()
        names[block.name] -= 1
        if block.name == end.name[3:]:
            break
        lost.append(block)  # never closed: text, but what is in it is not
    for inner in reversed(lost):
        block.inside += [piece for piece in inner.inside if piece.name not in PARTS]
    block.last = end
    return block


def _may_be_known(piece: _Piece, names: frozenset[str]) -> bool:
    """Tell at a glance whether a value may be known: tags say more, and are read."""
    if piece.name:
        return True
    root = _ROOT.match(piece.text)
    return bool(root and (root[0] in names or not root[0] or not root[0][0].isalpha()))


def _marks(code: str) -> Iterator[_Piece]:
    """Yield what stands between the marks of Liquid, one after another."""
    at = 0
    while match := _MARK.search(code, at):
        opening = match[0]
        end = code.find(_CLOSING[opening], match.end(), match.end() + _LONGEST)
        if end < 0:
            at = match.end()
            continue
        inside = without_lines(code[match.end() : end])
        strip = (inside.startswith("-"), len(inside) > 1 and inside.endswith("-"))
        inside = inside[strip[0] : len(inside) - strip[1]].strip()
        tag = _TAG.match(inside) if opening == "{%" else None
        if opening == "{{" or tag:
            name, text = (tag[1], tag[2].strip()) if tag else ("", inside)
            yield _Piece(match.start(), end + 2, name, text, strip)
        at = end + 2


def _is_valid(piece: _Piece) -> bool:
    """Tell whether a piece can be read, with all that is in it, and is not too deep."""
    if piece.name == "comment" or piece.name in ("break", "continue", *PARTS):
        return False  # it names nothing
    if piece.name in CALLS:
        return True
    if not piece.name and _is_bare(piece.text):
        return False
    try:
        return _can_be_read("".join(_written(piece, 0)))
    except ValueError:
        return False


@lru_cache(maxsize=1_024)
def _can_be_read(template: str) -> bool:
    try:
        _strict().from_string(template)
    except (LiquidError, RecursionError):
        return False
    return True


def _is_bare(text: str) -> bool:
    """Tell whether a value is a number or a word of Liquid's alone, such as `{{ 1 }}` in TeX."""
    return bool(
        re.fullmatch(r"""-?[\d.]*|true|false|nil|null|empty|blank|"[^"|]*"|'[^'|]*'""", text)
    )


def _written(piece: _Piece, depth: int) -> Iterator[str]:
    """Yield the tags of a piece as python-liquid reads them. Raises ValueError where too deep."""
    if depth > _DEEPEST:
        raise ValueError("blocks are nested too deeply")
    if piece.name in CALLS or piece.name == "comment":
        return
    yield f"{{% {piece.name} {piece.text} %}}" if piece.name else f"{{{{ {piece.text} }}}}"
    for inner in piece.inside:
        yield from _written(inner, depth + 1)
    if piece.last:
        yield f"{{% {piece.last.name} %}}"


@lru_cache(maxsize=1)
def _strict() -> Environment:
    return Environment(tolerance=Mode.STRICT)
