"""Front matter: the YAML between two lines of `---`, read as its author meant it.

python-frontmatter loads the YAML; where the lines begin and end is found here, because real posts
put blank lines and blanks before the first `---`, and have a thematic break of three dashes later.
"""

from __future__ import annotations

import json
import re
from typing import Any

from frontmatter.default_handlers import YAMLHandler

from hanpan.problems import Problem
from hanpan.roots import FRONT_MATTER
from hanpan.source.characters import decode
from hanpan.source.front_matter.json_front import json_end, json_key_lines, load_json
from hanpan.source.front_matter.rescue import GLUED, rescue
from hanpan.source.front_matter.scalars import Plain
from hanpan.source.front_matter.toml_front import load_toml, toml_bounds, toml_key_lines
from hanpan.source.post import Post
from hanpan.toml_text import NotToml
from hanpan.yaml_text import Loader, NotYaml, load

_FENCE = re.compile(r"[ \t]*-{3,}[ \t]*\Z")
_END = re.compile(r"[ \t]*(?:-{3,}|\.\.\.)[ \t]*\Z")
_KEY = re.compile(r"""(["']?)([^\s"'#:\-\[{](?>(?:[^\s:"']++|\s++(?!:))*))\1[ \t]*+:(?:[ \t]|\Z)""")
_COMMENT = re.compile(r"""(?:title|excerpt|description)[ \t]*:[ \t]+([^"'\[{|>\s].*?[ \t]#\S.*)""")
_NO = ("false", "no", "off", "0")
_BYTES = 4  # of a character at most
_UNOPENED_LIMIT = 60  # lines in which front matter without its first `---` must end


class _Loader(Loader):
    """YAML in which only true, false and null are more than text.

    YAML 1.1 would read `10815` as a number, `no` as false, `2020-13-40` as an error.
    """


def _text(loader: Any, node: Any) -> str:
    """Return a text, which remembers whether it stands in quotation marks."""
    return str(node.value) if node.style else Plain(node.value)


_Loader.yaml_implicit_resolvers = {}
_Loader.add_constructor("tag:yaml.org,2002:str", _text)
_BOOLEAN = re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z")
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", _BOOLEAN, list("tTfF"))
_NULL = re.compile(r"(?:~|null|Null|NULL|)\Z")
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", _NULL, ["~", "n", "N", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"<<\Z"), ["<"])


def load_yaml(text: str) -> object:
    """Return what YAML says, dates and numbers as text. Raises NotYaml."""
    return load(text, _Loader, YAMLHandler().load)


def parse_post(path: str, data: bytes, *, needs_opening: bool = True) -> Post:
    """Take the bytes of a source file apart.

    `path` is relative to the site's root; `needs_opening`: front matter without a first `---` is
    reported, which Hexo's may do without (hexo-front-matter). Nothing is fatal: what cannot be read
    is a problem at its line, and the rest goes on.
    """
    text, problems = decode(path, data)
    lines = text.split("\n")
    if lines[0].lstrip()[:1] == "{" and (end := json_end(lines)):
        return Post(
            path=path,
            front=load_json(lines[:end]),
            key_lines=json_key_lines(lines[:end]),
            body="\n".join(lines[end:]),
            body_line=end + 1,
            lines=len(lines),
            problems=problems,
        )
    toml = toml_bounds(lines)
    first, last, body = (*toml, toml[1] + 1) if toml else _bounds(lines)
    if sum(map(len, lines[first:last])) > FRONT_MATTER:
        problems += (_too_long(path, first),)
        toml, first, last, body = None, 0, 0, 0
    if toml:
        return _with_toml(path, lines, toml, problems)
    block = [_quote_hash(line.rstrip().expandtabs(4)) for line in _dedent(lines[first:last])]
    front, more = _load(path, block, first)
    if front is None:  # three dashes, prose, three dashes: no front matter at all
        front, more, block, body = {}, (), [], 0
    notes = _notes(path, lines, first, last, needs_opening) if block else ()
    return Post(
        path=path,
        front=front,
        key_lines=_key_lines(block, first),
        body="\n".join(lines[body:]),
        body_line=body + 1,
        lines=len(lines),
        problems=(*problems, *more, *notes),
    )


def _too_long(path: str, first: int) -> Problem:
    """Return the problem of front matter that no post can need: it is shown as text."""
    message = f"the front matter is longer than {FRONT_MATTER:,} characters"
    remedy = "Move what is not about the post to a data file, or close the front matter."
    return Problem("front-matter", "warning", message, path, first, remedy)


def _with_toml(
    path: str, lines: list[str], bounds: tuple[int, int], problems: tuple[Problem, ...]
) -> Post:
    """Return a post whose front matter is TOML; broken TOML is ignored and reported."""
    first, last = bounds
    block = lines[first:last]
    try:
        front = load_toml(block)
    except NotToml as error:
        front = {}
        message = f"the front matter is not valid TOML and was ignored: {error}"
        remedy = "Fix that line, counted from the first +++."
        problems += (Problem("front-matter", "warning", message, path, first + 1, remedy),)
    return Post(
        path=path,
        front=front,
        key_lines=toml_key_lines(block, first),
        body="\n".join(lines[last + 1 :]),
        body_line=last + 2,
        lines=len(lines),
        problems=problems,
    )


def _quote_hash(line: str) -> str:
    """Return a line so that ` #1` in a title is text: a comment has a space after its `#`."""
    match = _COMMENT.match(line)
    return f"{line[: match.start(1)]}{json.dumps(match[1], ensure_ascii=False)}" if match else line


def _bounds(lines: list[str]) -> tuple[int, int, int]:
    """Return where the front matter begins and ends, and where the body begins, from 0."""
    start = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if not lines[start : start + 1] or not _FENCE.match(lines[start]):
        return _bounds_without_opening(lines, start)
    for at in range(start + 1, len(lines)):
        if _END.match(lines[at]):
            return start + 1, at, at + 1
    end = start + 1  # never closed: as far as the lines look like YAML
    while end < len(lines) and (_KEY.match(lines[end]) or lines[end][:1] in (" ", "\t", "-")):
        end += 1
    return (start + 1, end, end) if end > start + 1 else (start, start, start)


def _bounds_without_opening(lines: list[str], start: int) -> tuple[int, int, int]:
    """Return the bounds of front matter whose first `---` was forgotten, or of none."""
    if lines[start : start + 1] and re.match(r"[A-Za-z_][\w-]*:(?:[ \t]|\Z)", lines[start]):
        for at in range(start + 1, min(len(lines), start + _UNOPENED_LIMIT)):
            line = lines[at]
            if _END.match(line):
                return start, at, at + 1
            if line.strip() and line[0] not in " \t-#" and not _KEY.match(line):
                break
    return start, start, start


def _dedent(lines: list[str]) -> list[str]:
    """Return the lines less the blanks that all of them begin with."""
    margins = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
    margin = min(margins, default=0)
    return [line[margin:] for line in lines]


def _load(
    path: str, block: list[str], first: int
) -> tuple[dict[str, object] | None, tuple[Problem, ...]]:
    """Return the front matter and its problems; None where the block is prose."""
    try:
        loaded = load_yaml("\n".join(block))
    except NotYaml as error:
        if not _has_keys(block):
            return None, ()
        return rescue(path, block, first, str(error), load_yaml)
    if loaded is None:
        return {}, ()
    if not isinstance(loaded, dict):
        if _has_keys(block):
            return rescue(path, block, first, "it is not a list of keys", load_yaml)
        return None, ()
    return {str(key): value for key, value in loaded.items()}, ()


def _has_keys(block: list[str]) -> bool:
    """Tell whether a block holds keys, or only keys without the space after their colon."""
    filled = [line for line in block if line.strip()]
    return any(_KEY.match(line) for line in filled) or all(GLUED.match(line) for line in filled)


def _notes(
    path: str, lines: list[str], first: int, last: int, needs_opening: bool
) -> tuple[Problem, ...]:
    """Return what is odd about front matter that could be read."""
    problems = []
    if needs_opening and (first == 0 or not _FENCE.match(lines[first - 1])):
        message = "the front matter has no opening ---"
        remedy = "Add a line of --- above it."
        problems.append(Problem("front-matter", "warning", message, path, first + 1, remedy))
    if last >= len(lines) or not _END.match(lines[last]):
        message = "the front matter has no closing ---"
        remedy = "Add a line of --- below it."
        problems.append(Problem("front-matter", "warning", message, path, first, remedy))
    seen: dict[str, int] = {}
    for number, line in enumerate(_dedent(lines[first:last]), first + 1):
        match = _KEY.match(line)
        if match and match[2] in seen:
            message = f"`{match[2]}` is already on line {seen[match[2]]}; this one is used"
            remedy = "Keep one of the two."
            problems.append(Problem("front-matter-twice", "warning", message, path, number, remedy))
        if match:
            seen[match[2]] = number
        if _COMMENT.match(line):
            message = (
                f"YAML reads the text after ` #` as a comment; all of `{line.strip()}` was kept"
            )
            remedy = "Put the value in double quotes."
            problems.append(
                Problem("front-matter-comment", "warning", message, path, number, remedy)
            )
    return tuple(problems)


def _key_lines(block: list[str], first: int) -> dict[str, int]:
    """Return the line of each key: of `outer`, of `outer.inner`, of `outer.inner.innermost`.

    A key below `outer` is known as `outer.inner` however deep it stands.
    """
    numbers: dict[str, int] = {}
    above: list[tuple[int, str]] = []  # indents and keys, the outermost first
    for number, line in enumerate(block, first + 1):
        key = _KEY.match(line.lstrip())
        if not key:
            continue
        indent = len(line) - len(line.lstrip())
        while above and above[-1][0] >= indent:
            above.pop()
        if above:
            numbers.setdefault(f"{above[0][1]}.{key[2]}", number)
            numbers.setdefault(".".join([*(name for _, name in above), key[2]]), number)
            above.append((indent, key[2]))
        elif not indent:
            numbers[key[2]] = number
            above.append((indent, key[2]))
    return numbers


def parse_head(path: str, data: bytes) -> Post:
    """Return a post from no more of it than front matter may be.

    Posts are asked before there are workers: what an author writes must not hold that up.
    """
    most = _BYTES * FRONT_MATTER
    if len(data) > most:
        data = data[: data.rfind(b"\n", 0, most) + 1]
    return parse_post(path, data)


def published_head(path: str, data: bytes) -> bool:
    """Tell whether a post may be built in a walk, from no more of it than front matter may be."""
    return is_published(parse_head(path, data))


def is_published(post: Post) -> bool:
    """Tell whether the post may be built in a walk.

    `published: false` is Jekyll's, `publish: false` some blogs' own, `draft: true` Hugo's.
    """
    return not unpublished_by(post)


def unpublished_by(post: Post) -> str:
    """Return what in its front matter says that a post is not published, "" for nothing."""
    if str(post.front.get("draft", False)).strip().lower() in ("true", "yes", "on", "1"):
        return "draft: true"
    for key in ("published", "publish"):
        if str(post.front.get(key, True)).strip().lower() in _NO:
            return f"{key}: false"
    return ""
