"""Fuzz: posts put together at random from bits of markup, against the laws of reading.

`make fuzz` runs it for ten minutes: python -m tests.fuzz [--seconds N] [--jobs N] [--whole]
It ends in 1 at the first post that breaks a law, and prints the smallest such post that it finds.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
import traceback
import unicodedata
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from hanpan.files import Files
from hanpan.problems import Problem
from hanpan.reading import read
from hanpan.site import Identity, Site, load_site
from hanpan.source import liquid
from hanpan.source.dialect import normalise as dialect
from hanpan.source.front_matter.keys import odd_keys
from hanpan.source.front_matter.meta import read_meta
from hanpan.source.front_matter.parse import parse_post
from hanpan.source.lines import Source
from hanpan.source.post import Post
from hanpan.tree import clean_text, parse_xml
from tests.fuzz_fragments import BLOG, FRAGMENTS, FRONT
from tests.support.hanging import TooSlow, within
from tests.support.reader import Web

ROUND = 400  # examples with one seed
SECONDS = 3.0  # for one post of at most LENGTH characters, read twice
WHOLE_SECONDS = 45.0  # with pandoc, which has limits of its own
LENGTH = 30_000
PATH = "posts/2026-03-01-글.md"


class Broken(AssertionError):
    """A law that a post breaks."""


class Enough(BaseException):
    """The time for all posts is up."""


def posts() -> st.SearchStrategy[bytes]:
    """Return posts: front matter, and bits of markup, repeated and nested."""
    atom = st.one_of(
        st.sampled_from(FRAGMENTS),
        st.sampled_from(FRAGMENTS),
        st.text(max_size=4),
        st.text("ab가. \n\t*_`[](){}<>|$\\:#-+=~!^\"'/&%", max_size=6),
    )
    runs = st.lists(atom, min_size=1, max_size=12).map("".join)
    times = st.one_of(*[st.integers(2, 40)] * 7, st.integers(2, LENGTH))  # long ones take long
    repeated = st.tuples(
        runs, st.lists(atom, min_size=1, max_size=3).map("".join), times, runs
    ).map(lambda parts: parts[0] + parts[1] * min(parts[2], _room(parts[1])) + parts[3])
    around = st.tuples(atom, atom, runs, times).map(_nested)
    lines = st.lists(runs, max_size=8).map("\n".join)
    body = st.one_of(runs, lines, lines, repeated, around)
    front = st.lists(st.sampled_from(FRONT) | runs, max_size=5).map(
        lambda found: "---\n" + "\n".join(found) + "\n---\n"
    )
    text = st.tuples(st.one_of(st.just(""), st.just(""), front), body).map("".join)
    return text.flatmap(_encoded)


def _room(text: str) -> int:
    return max(1, LENGTH // max(1, len(text)))


def _nested(parts: tuple[str, str, str, int]) -> str:
    opening, closing, inside, times = parts
    times = min(times, _room(opening + closing))
    return opening * times + inside + closing * times


def _encoded(text: str) -> st.SearchStrategy[bytes]:
    whole = text.encode("utf-8", "surrogatepass")
    return st.one_of(
        st.just(whole),
        st.just(whole),
        st.just(whole),
        st.just(text.encode("cp949", "replace")),
        st.just(text.replace("\n", "\r\n").encode("utf-8-sig", "replace")),
        st.just(text.encode("utf-16", "replace")),
        st.integers(0, max(0, len(whole) - 1)).map(lambda at: whole[:at] + b"\xa4" + whole[at:]),
    )


def law(holds: object, said: str) -> None:
    if not holds:
        raise Broken(said)


def judge_source(site: Site, data: bytes) -> None:
    """Read a post up to pandoc, twice, and judge it."""
    first, second = _source(site, data), _source(site, data)
    law(first == second, "read twice, it is not the same")
    post, source, problems, shown = first
    law(clean_text(source.text) == source.text, "characters that no edition may hold")
    for part in source.text.split(">"):  # a stroke behind a tag is no part of its `>`
        law(unicodedata.is_normalized("NFC", part), "not NFC")
    law(all(unicodedata.is_normalized("NFC", text) for text in shown), "metadata: not NFC")
    law(source.text.count("\n") == len(source.numbers), "lines without a number")
    inside = all(post.body_line <= number <= post.lines for number in source.numbers)
    law(inside or not source.text.strip(), "a line's number is not of the file")
    if "{%" not in post.body and "{{" not in post.body:  # loops go back
        law(list(source.numbers) == sorted(source.numbers), "line numbers go back")
    judge_problems(problems, post.lines)


def judge_problems(problems: tuple[Problem, ...], lines: int) -> None:
    for problem in problems:
        law(problem.line is None or 1 <= problem.line <= lines, f"outside the file: {problem}")
        law(problem.path == PATH, f"of no file: {problem}")
        law(problem.message and "\n" not in problem.message, f"says nothing: {problem}")


def _source(site: Site, data: bytes) -> tuple[Post, Source, tuple[Problem, ...], tuple[str, ...]]:
    files = Files(site, Web())
    post = parse_post(PATH, data)
    source = dialect.markdown_for_pandoc(post, liquid.render(post, files))
    meta, problems = read_meta(post, files.settings(Identity), "글", "")
    shown = (meta.title, meta.excerpt, meta.author, *meta.tags, *meta.categories)
    return post, source, (*post.problems, *odd_keys(post), *source.problems, *problems), shown


def judge_whole(site: Site, data: bytes) -> None:
    """Read a post to the Document that editions are made of, and judge it."""
    reading = read(PATH, "글", Files(site, Web({PATH: data})))
    root = parse_xml(reading.document.body)
    for text in root.itertext():  # not the markup: `>` and a stroke behind it would become one
        law(unicodedata.is_normalized("NFC", str(text)), "not NFC")
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    law(len(ids) == len(set(ids)), "an id stands twice")
    judge_problems(reading.problems, reading.document.lines)


def lay_out(folder: Path) -> Site:
    """Write the blog that the posts belong to."""
    for name, text in BLOG.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return load_site(folder)


def run(number: int, until: float, whole: bool) -> tuple[int, str]:
    """Judge posts until a time; return how many, and what the first bad one is."""
    count = 0
    with tempfile.TemporaryDirectory() as name:
        site = lay_out(Path(name))
        place = Path(name) / PATH
        _source(site, b"{{ a }}")  # what is imported late

        def judge(data: bytes) -> None:
            nonlocal count
            if time.monotonic() > until:
                raise Enough
            count += 1
            if whole:
                place.write_bytes(data)
            with within(WHOLE_SECONDS if whole else SECONDS):
                (judge_whole if whole else judge_source)(site, data)

        at = number * 1_000_000
        while time.monotonic() < until:
            at += 1
            found = _round(judge, at)
            if found:
                return count, found
    return count, ""


def _round(judge: Callable[[bytes], None], number: int) -> str:
    last = b""

    @seed(number)
    @settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
        report_multiple_bugs=False,
    )
    @given(posts())
    def examples(data: bytes) -> None:
        nonlocal last
        last = data
        judge(data)

    try:
        examples()
    except Enough:
        return ""
    except (Exception, TooSlow):  # whatever it is, it is what is looked for
        shown = last if len(last) < 2_000 else last[:1_000] + b" ... " + last[-1_000:]
        Path(tempfile.gettempdir(), f"hanpan-fuzz-{number}.md").write_bytes(last)
        return f"seed {number}, {len(last)} bytes: {shown!r}\n{traceback.format_exc(limit=-6)}"
    return ""


def main() -> int:
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--seconds", type=float, default=600.0)
    said.add_argument("--jobs", type=int, default=2)
    said.add_argument("--seed", type=int, default=int(time.time()) % 1_000_000)
    said.add_argument("--whole", action="store_true", help="with pandoc and the transforms")
    chosen = said.parse_args()
    until = time.monotonic() + chosen.seconds
    work = [(chosen.seed + job, until, chosen.whole) for job in range(chosen.jobs)]
    with multiprocessing.get_context("fork").Pool(chosen.jobs) as pool:
        results = pool.starmap(run, work)
    print(f"{sum(count for count, _ in results)} posts judged, seed {chosen.seed}")
    bad = [found for _, found in results if found]
    print("\n".join(bad) or "nothing found")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
