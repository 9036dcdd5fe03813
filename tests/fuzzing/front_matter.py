"""Front matter, settings and data at random: YAML, TOML, JSON and CSV that anybody may write."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from hanpan import toml_text, yaml_text
from hanpan.files import Files
from hanpan.problems import HanpanError
from hanpan.site import Site, load_site
from hanpan.site.tables import RULES, TABLES, section_name, section_text
from hanpan.source import liquid
from hanpan.source.front_matter.parse import is_published, parse_post, published_head
from tests.fuzzing.fragments import FRONT
from tests.fuzzing.laws import PATH, judge_source, lay_out
from tests.fuzzing.target import law
from tests.support.reading import Web

SCALARS = (
    "가 나|true|no|~|null|0x1F|0b11|0o17|017|1_000|1:20:30|.inf|-.INF|.nan|1e400|1.|+1|=|<<|-|--"
    "|---|2026-03-01|2026-13-45 25:61:61|9999999-01-01|0001-01-01|2026-03-01T00:00:00+99:99"
    '|"가\\n나"|"\\x1b[2J"|"\\uD800"|"\\UFFFFFFFF"|"\\N"|\'가\'\'나\'|!!str 1|!!int x|!!binary YQ=='
    "|!!float x|!!timestamp x|!!set {a}|!!omap [a: b]|!!python/name:os.system|!local x|&a b|*a|*b"
    "|%x|@a|`a`|a: b|a #b|#|[|]|{|}|,|?|? a|: a|- a|>|\\||>-|\\|2|a\\:b|99999999999999999999|0.1"
    '|{{ site.title }}|{% raw %}|[[a]]|a.b.c|"a".b|1979-05-27T07:32:00Z|\ufeff|\u2028|\x85|\x00'
    "|2026-3-1|'''a'''|\"\"\"a\"\"\"|"
).split("|")
_KEYS = (
    "title date tags categories image teaser lang permalink excerpt author published draft slug toc"
    " crosspost pdf series header.teaser canonical_url 가 a . 1 true <<".split()
)
_TOML = (
    "[a]|[[a]]|[a.b]|[[book]]|[source]|[remote]|[fonts]|[crosspost.devto]|[rules]|[html]|[pdf]"
    "|[epub]|[[book.part]]|[a|]|=|+++"
).split("|")


def examples() -> st.SearchStrategy[tuple[str, bytes]]:
    """Return kinds of files, and what stands in them."""
    scalar = st.sampled_from(SCALARS) | st.text(max_size=5) | st.integers().map(str)
    key = st.sampled_from(_KEYS) | scalar
    flow = st.recursive(scalar, _flow, max_leaves=12)
    anchored = st.tuples(st.sampled_from(("", "&a ", "&b ", "*a ", "!x ")), flow).map("".join)
    line = st.one_of(
        st.tuples(st.sampled_from(("", "  ", "- ", "\t", "    - ")), key, anchored).map(
            lambda p: f"{p[0]}{p[1]}: {p[2]}"
        ),
        st.tuples(key, flow).map(lambda p: f"{p[0]} = {p[1]}"),
        st.sampled_from(FRONT),
        st.sampled_from(_TOML),
        scalar,
    )
    lines = st.lists(line, max_size=12).map("\n".join)
    repeated = st.tuples(line, st.integers(1, 3_000)).map(lambda p: f"{p[0]}\n" * p[1])
    nested = st.tuples(st.sampled_from(("[", "{a: ", "- ", "a:\n ", "[[", '{"a":', "a.")),
                       st.integers(1, 3_000)).map(lambda p: p[0] * p[1])  # fmt: skip
    text = st.one_of(lines, lines, lines, repeated, nested, _bombs())
    return st.tuples(st.sampled_from(tuple(_JUDGES)), text).map(
        lambda parts: (parts[0], parts[1].encode("utf-8", "surrogatepass"))
    )


def _flow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    many = st.lists(inner, max_size=4).map(", ".join)
    return many.map(lambda text: f"[{text}]") | many.map(lambda text: f"{{a: {text}}}")


def _bombs() -> st.SearchStrategy[str]:
    """Return YAML of aliases of aliases, by merges or by lists."""

    def bomb(parts: tuple[int, int, bool]) -> str:
        depth, times, merges = parts
        lines = ["m0: &m0 {a: b}"]
        for number in range(1, depth):
            many = ", ".join([f"*m{number - 1}"] * times)
            lines.append(
                f"m{number}: &m{number} " + (f"{{<<: [{many}]}}" if merges else f"[{many}]")
            )
        return "\n".join(lines)

    return st.tuples(st.integers(1, 40), st.integers(1, 60), st.booleans()).map(bomb)


def prepare(folder: Path) -> Path:
    """Lay out the blog that the files belong to."""
    lay_out(folder)
    return folder


def judge(folder: Path, example: tuple[str, bytes]) -> None:
    """Read a file as the kind that it is of, and judge what comes of it."""
    kind, data = example
    _JUDGES[kind](folder, data)


def _judge_post(folder: Path, data: bytes) -> None:
    for fence in (b"---", b"+++"):
        post = fence + b"\n" + data + b"\n" + fence + b"\n{{ page | jsonify }} {{ page.tags }}\n"
        judge_source(load_site(folder), post)
        law(published_head(PATH, post) == is_published(parse_post(PATH, post)), "published or not")


def _judge_yaml(folder: Path, data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    try:
        value = yaml_text.load(text)
    except yaml_text.NotYaml as error:
        law(0 <= error.line <= text.count("\n") + 1, f"a line that there is not: {error.line}")
        return
    law(yaml_text.load(text) == value or value != value, "loaded twice, it is not the same")
    most = 20 * (yaml_text.AT_LEAST + yaml_text.REPEATED * len(text))
    law(len(repr(value)) <= most, f"{len(text)} characters became {len(repr(value))}")


def _judge_toml(folder: Path, data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    try:
        law(isinstance(toml_text.load(text), dict), "no table")
    except toml_text.NotToml as error:
        law(str(error), "says nothing")


def _judge_site(name: str, folder: Path, data: bytes) -> None:
    here = folder / "site"
    shutil.rmtree(here, ignore_errors=True)
    here.mkdir()
    (here / name).write_bytes(data)
    try:
        site = load_site(here)
    except HanpanError as error:
        problem = error.problem
        lines = data.count(b"\n") + data.count(b"\r") + 2
        law(problem.message and (problem.line or 1) <= lines, f"no place: {problem}")
        return
    for table in (*map(section_name, TABLES.values()), RULES):
        law(section_text(site, table), "a table without a text")
    _liquid(site, "{{ site | jsonify }} {{ site.title }} {{ site.a }}")


def _judge_data(name: str, folder: Path, data: bytes) -> None:
    (folder / "_data" / name).write_bytes(data)
    try:
        _liquid(
            load_site(folder),
            "{{ site.data.x | jsonify }}{% for i in site.data.x %}{{ i }}{% endfor %}",
        )
    finally:
        (folder / "_data" / name).unlink()


def _liquid(site: Site, text: str) -> None:
    post = parse_post(PATH, text.encode())
    rendered: Any = liquid.render(post, Files(site, Web()))
    law(rendered is not None, "nothing")


_JUDGES: dict[str, Callable[[Path, bytes], None]] = {
    "post": _judge_post,
    "yaml": _judge_yaml,
    "toml": _judge_toml,
    "_config.yml": lambda folder, data: _judge_site("_config.yml", folder, data),
    "site.toml": lambda folder, data: _judge_site("site.toml", folder, data),
    "data.yml": lambda folder, data: _judge_data("x.yml", folder, data),
    "data.json": lambda folder, data: _judge_data("x.json", folder, data),
    "data.csv": lambda folder, data: _judge_data("x.csv", folder, data),
}
