"""Go templates, as far as shortcodes of plain HTML need them: `.Get`, `if`, `range`, `partial`.

https://gohugo.io/templates/shortcode/: what else a template asks for is named, not guessed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hanpan.source.liquid.tags.go_functions import FUNCTIONS, Markup, is_true, text_of

LONGEST = 100_000  # characters of a template
_MOST = 2_000  # actions of a template
_TURNS = 1_000  # of all `range` together
_LONGEST_TEXT = 1_000_000  # characters that a shortcode shows
_DEPTH = 20  # blocks and brackets within each other
_ACTION = re.compile(r"\{\{(-?)((?>(?:[^{}]|\{(?!\{)|\}(?!\}))*))\}\}")
_PARTIALS = frozenset(("partial", "partialCached"))
_WORD = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*"|`[^`]*`)|(?P<number>-?\d+(?:\.\d+)?)(?![\w.])
    |(?P<mark>[()|]|:=|=)|(?P<name>[$.\w][\w.$]*))""",
    re.VERBOSE,
)
_INTO = re.compile(r"(?:(\$\w+)\s*+,\s*+)?(\$\w+)\s*+:=\s*+")  # of `range $i, $item := `


class Unsupported(Exception):
    """A template that asks for more; the message is what."""


@dataclass(slots=True)
class Frame:
    """What a template sees: arguments of the shortcode, its inner text, names of site and page."""

    places: Sequence[str]
    named: Mapping[str, str]
    inner: str
    names: Mapping[str, object]
    variables: dict[str, object] = field(default_factory=dict)
    dots: list[object] = field(default_factory=list)
    turns: int = _TURNS  # that are left
    room: int = _LONGEST_TEXT  # that is left
    partial: Callable[[str], str] = lambda name: ""  # the text of a partial template; "" for none
    is_map: bool = False  # whether `names` is a map that was passed on: it has any key, empty
    depth: int = 0  # of partials within each other


@dataclass(slots=True)
class _Block:
    """An `if`, `with` or `range`: its condition, and what is shown if it holds and if not."""

    kind: str
    condition: str
    then: list[_Node] = field(default_factory=list)
    otherwise: list[_Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Action:
    expression: str


_Node = str | _Action | _Block


def render(template: str, frame: Frame) -> str:
    """Return what a template makes of its arguments. Raises Unsupported."""
    return _show(_parse(template), frame)


def _parse(template: str) -> list[_Node]:
    """Return the text and the actions of a template, blocks as a tree."""
    root: list[_Node] = []
    current, opened = root, []  # type: list[_Node], list[tuple[_Block, list[_Node], bool]]
    at, count = 0, 0
    for match in _ACTION.finditer(template):
        text = template[at : match.start()]
        at = match.end()
        current.append(text.rstrip() if match[1] else text)
        if match[2].endswith("-"):
            at += len(template[at:]) - len(template[at:].lstrip())
        count += 1
        if count > _MOST or len(opened) > _DEPTH:
            raise Unsupported("so many actions")
        action = match[2].removesuffix("-").strip()
        word, _, rest = action.partition(" ")
        if action.startswith("/*"):
            continue
        if word in ("if", "with", "range"):
            block = _Block(word, rest.strip())
            current.append(block)
            opened.append((block, current, False))
            current = block.then
        elif word == "else" and opened:
            block, above, is_chained = opened.pop()
            opened.append((block, above, is_chained))
            current = block.otherwise
            kind, _, condition = rest.strip().partition(" ")
            if kind in ("if", "with"):
                inner = _Block(kind, condition.strip())
                current.append(inner)
                opened.append((inner, current, True))
                current = inner.then
        elif word == "end" and opened:
            is_chained = True
            while is_chained and opened:
                _, current, is_chained = opened.pop()
        elif word in ("define", "block", "template", "end", "break", "continue"):
            raise Unsupported(f"`{word}`")
        elif action:
            current.append(_Action(action))
    current.append(template[at:])
    if opened:
        raise Unsupported("a block without its end")
    return root


def _show(nodes: list[_Node], frame: Frame) -> str:
    shown = []
    for node in nodes:
        if isinstance(node, str):
            shown.append(node)
        elif isinstance(node, _Block) and node.kind == "range":
            shown.append(_show_each(node, frame))
        elif isinstance(node, _Block):
            value = _evaluate(node.condition, frame)
            if node.kind == "with":
                frame.dots.append(value)
            shown.append(_show(node.then if is_true(value) else node.otherwise, frame))
            if node.kind == "with":
                frame.dots.pop()
        else:
            value = _evaluate(node.expression, frame)
            shown.append(value if isinstance(value, Markup) else html.escape(text_of(value)))
    return "".join(shown)


def _show_each(block: _Block, frame: Frame) -> str:
    """Return what a `range` shows: each item of a list, or value of a map by its key."""
    into = _INTO.match(block.condition)
    value = _evaluate(block.condition[into.end() :] if into else block.condition, frame)
    if isinstance(value, Mapping):
        items: list[tuple[object, object]] = [(key, value[key]) for key in sorted(value)]
    elif isinstance(value, list):
        items = list(enumerate(value))
    elif is_true(value):
        raise Unsupported("`range` of a text")
    else:
        items = []
    shown = []
    before = dict(frame.variables)
    for key, item in items:
        frame.turns -= 1
        if frame.turns < 0:
            raise Unsupported("so many turns of `range`")
        if into:
            frame.variables |= {into[2]: item} | ({into[1]: key} if into[1] else {})
        frame.dots.append(item)
        text = _show(block.then, frame)
        frame.dots.pop()
        frame.room -= len(text)
        if frame.room < 0:
            raise Unsupported("so much text")
        shown.append(text)
    for name in (into[1], into[2]) if into else ():  # they are known within the block alone
        if name and name not in before:
            frame.variables.pop(name, None)
        elif name:
            frame.variables[name] = before[name]
    return "".join(shown) if items else _show(block.otherwise, frame)


def _evaluate(expression: str, frame: Frame) -> object:
    words: list[tuple[str, str]] = []
    at = 0
    while at < len(expression) and expression[at:].strip():
        match = _WORD.match(expression, at)
        if not match:
            raise Unsupported(f"`{expression[at : at + 40].strip()}`")
        words.append((str(match.lastgroup), match[str(match.lastgroup)]))
        at = match.end()
    if len(words) > 2 and words[0][1].startswith("$") and words[1][1] in (":=", "="):
        frame.variables[words[0][1]] = _Expression(words[2:], frame).value()
        return Markup("")
    return _Expression(words, frame).value()


class _Expression:
    """A pipeline of calls, read from left to right."""

    def __init__(self, words: list[tuple[str, str]], frame: Frame) -> None:
        self._words = words
        self._frame = frame
        self._at = 0

    def value(self, depth: int = 0) -> object:
        if depth > _DEPTH:
            raise Unsupported("so many brackets")
        value = self._call([], depth)
        while self._next() == "|":
            self._at += 1
            value = self._call([value], depth)
        return value

    def _next(self) -> str:
        return self._words[self._at][1] if self._at < len(self._words) else ""

    def _call(self, piped: list[object], depth: int) -> object:
        """Return what a function makes of the values behind it, and of the one before the bar."""
        if not self._next():
            raise Unsupported("an empty action")
        kind, word = self._words[self._at]
        if kind == "name" and word in _PARTIALS:
            return self._partial(depth)
        is_function = kind == "name" and word in FUNCTIONS
        is_get = word in (".Get", "$.Get")
        if not is_function and not is_get:
            value = self._term(depth)
            if piped or self._next() not in ("", "|", ")"):
                raise Unsupported(f"`{word}`")
            return value
        self._at += 1
        values: list[object] = []
        while self._next() not in ("", "|", ")"):
            values.append(self._term(depth))
        values += piped
        if is_get:
            return self._get(values)
        try:
            return FUNCTIONS[word](*values)
        except (TypeError, ValueError, IndexError):
            raise Unsupported(f"`{word}` with {len(values)} values") from None

    def _partial(self, depth: int) -> Markup:
        """Return what a partial shows: of the shortcode itself (`.`), or of a value."""
        self._at += 1
        name = text_of(self._term(depth)) if self._next() else ""
        frame = self._frame
        if self._next() == "$" or (self._next() == "." and not frame.dots):
            self._at += 1
            inner = replace(frame, variables={}, dots=[], depth=frame.depth + 1)
        else:
            value = self._term(depth) if self._next() not in ("", "|", ")") else ""
            inner = replace(frame, places=(), named={}, inner="", names={}, variables={},
                dots=[value], is_map=isinstance(value, Mapping), depth=frame.depth + 1)  # fmt: skip
            if isinstance(value, Mapping):
                inner.names = {str(key).lower(): one for key, one in value.items()}
        while self._next() not in ("", "|", ")"):  # variants of partialCached
            self._term(depth)
        template = frame.partial(name)
        inner.turns -= 1
        if not template or inner.depth > _DEPTH or inner.turns < 0:
            raise Unsupported(f'`partial "{name[:60]}"`')
        shown = render(template, inner).strip()
        frame.turns, frame.room = inner.turns, inner.room - len(shown)
        if frame.room < 0:
            raise Unsupported("so much text")
        return Markup(shown)

    def _term(self, depth: int) -> object:
        kind, word = self._words[self._at]
        self._at += 1
        if word == "(":
            value = self.value(depth + 1)
            if self._next() != ")":
                raise Unsupported("a bracket that is not closed")
            self._at += 1
            return value
        if kind == "text":
            inner = word[1:-1]
            return inner if word[0] == "`" else re.sub(r"\\(.)", r"\1", inner)
        if kind == "number":
            return float(word) if "." in word else int(word)
        if kind == "name":
            return self._name(word)
        raise Unsupported(f"`{word}`")

    def _get(self, values: list[object]) -> object:
        frame = self._frame
        key = values[0] if values else ""
        if isinstance(key, int):
            return frame.places[key] if 0 <= key < len(frame.places) else ""
        return frame.named.get(str(key), "")

    def _name(self, word: str) -> object:
        frame = self._frame
        if word in ("true", "false"):
            return word == "true"
        if word == ".":
            return frame.dots[-1] if frame.dots else ""
        if word.startswith("$") and word != "$" and not word.startswith("$."):
            if word not in frame.variables:
                raise Unsupported(f"`{word}`")
            return frame.variables[word]
        name = word.removeprefix("$")
        if name in (".Inner", ".InnerDeindent"):
            return Markup(frame.inner)
        if name == ".Params":
            return dict(frame.named) or list(frame.places)
        if name.startswith(".Params."):
            return frame.named.get(name[8:], "")
        if name == ".IsNamedParams":
            return bool(frame.named)
        value: object = frame.names
        for part in name.removeprefix(".").split("."):
            low = part.lower()
            if frame.is_map and isinstance(value, Mapping) and low not in value:
                return ""
            if not isinstance(value, Mapping) or low not in value:
                raise Unsupported(f"`{word}`")
            value = value[low]
        return value
