"""Places: a problem stands at the line where its cause was written, or near it and says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan.problems import Problem
from hanpan.source.lines import Source
from hanpan.transforms.shared.places import Places
from tests.support.blog import add_post, make_blog
from tests.support.command import hanpan
from tests.support.limits.growth import LINEAR, growth
from tests.support.reading import read_post

FRONT = "---\ntitle: 글\n---\n"  # the body begins on line 4


def told(folder: Path, body: str, rule: str, **more: bytes) -> list[tuple[int | None, bool]]:
    """Return the line of each problem of a rule, and whether it is only near."""
    files = {f"{name.replace('_', '.')}": data for name, data in more.items()}
    reading = read_post(folder, FRONT + body, files=files)
    found: list[Problem] = [p for p in reading.problems if p.rule == rule]
    return [(problem.line, problem.approximate) for problem in found]


def test_the_second_of_a_kind_is_at_the_second_line(tmp_path: Path) -> None:
    body = "![가](x.png)\n\n말\n\n![나](x.png)\n"
    reading = read_post(tmp_path, f"{FRONT}{body}\n[다](#x)\n[라](#x)\n")
    lines = {p.rule: p.line for p in reading.problems}
    assert [p.line for p in reading.problems if p.rule == "link-fragment"] == [10, 11]
    assert [p.line for p in reading.problems if p.rule == "image-missing"] == [4, 8]
    assert lines.keys() == {"image-missing", "link-fragment"}


def test_code_that_shows_the_same_is_passed_over(tmp_path: Path) -> None:
    body = "```md\n[가](#없다)\n```\n\n[가](#없다)\n"
    assert told(tmp_path, body, "link-fragment") == [(8, False)]


def test_a_longer_address_is_another(tmp_path: Path) -> None:
    body = "![가](../posts/x.png)\n\n![나](/posts/x.png)\n\n[다](#ab)\n\n[라](#a)\n"
    assert told(tmp_path, body, "image-missing") == [(4, False), (6, False)]
    assert told(tmp_path, body, "link-fragment") == [(8, False), (10, False)]


def test_the_script_that_was_left_out_is_told_not_the_first(tmp_path: Path) -> None:
    gist = '<script src="https://gist.github.com/who/0123456789abcdef.js"></script>'
    body = f"{gist}\n\n```html\n<script>\nrun()\n</script>\n```\n\n<script>\nrun()\n</script>\n"
    assert told(tmp_path, body, "unsafe-html") == [(13, False)]


def test_long_code_is_looked_for_in_code(tmp_path: Path) -> None:
    long = "가" * 150
    body = f"{long}\n\n```\n{long}\n```\n"
    assert told(tmp_path, body, "code-line-long") == [(7, False)]


def test_what_liquid_writes_is_at_the_line_that_it_writes_it(tmp_path: Path) -> None:
    body = '글\n\n{% assign a = "x" %}\n\n![나]({{ a }}{{ a }}.png)\n'
    assert told(tmp_path, body, "image-missing") == [(8, False)]


def test_behind_an_include_lines_are_the_author_s(tmp_path: Path) -> None:
    place = tmp_path / "_includes" / "a.html"
    place.parent.mkdir()
    place.write_text("<p>\n하나\n</p>\n<p>둘</p>\n")
    body = "{% include a.html %}\n\n[가](#없다)\n"
    assert told(tmp_path, body, "link-fragment") == [(6, False)]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("## 하나\n\n말\n\n## 둘 **셋**\n\n[가](&#35;a)\n", 8),
        ("말\n\n[가](&#35;a)\n", 4),
        ("```\n## 둘\n```\n\n## 둘\n\n[가](&#35;a)\n", 8),
        ("## 같다\n\n## 같다\n\n[가](&#35;a)\n\n## 같다\n", 6),
    ],
)
def test_else_the_line_is_that_of_the_heading_above(tmp_path: Path, body: str, line: int) -> None:
    assert told(tmp_path, body, "link-fragment") == [(line, True)]


def test_a_near_line_is_said_to_be_near(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    add_post(blog, "2026-03-01-글.md", f"{FRONT}말\n\n[가](&#35;a)\n")
    said = hanpan("check", cwd=blog).err
    assert "2026-03-01-글.md:4 (near): warning: " in said


def test_hundreds_of_problems_have_their_lines(tmp_path: Path) -> None:
    body = "".join(f"## 제목 {n}\n\n![가](x{n}.png) [나](&#35;b{n})\n\n" for n in range(600))
    lines = told(tmp_path, body, "image-missing")
    assert lines == [(6 + 4 * n, False) for n in range(600)]
    assert told(tmp_path, body, "link-fragment")[-1] == (4 + 4 * 599, True)


def test_many_different_words_are_looked_for_in_linear_time() -> None:
    def look(length: int) -> None:
        lines = tuple(f"![가](a{number}.png)" for number in range(length))
        places = Places(Source("\n".join(lines), tuple(range(1, length + 1)), lines))
        assert [places.lines(f"a{at}.png") for at in range(length)] == [
            [number] for number in range(1, length + 1)
        ]

    assert growth(look, 60) < LINEAR


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- ![](/없다.png) -->",
        "<!--\n글\n\n![](/없다.png)\n-->",
        "{% comment %}\n![](/없다.png)\n{% endcomment %}",
        "글 <!-- ![](/없다.png) --> 글",
    ],
)
def test_what_a_comment_holds_is_not_what_is_told(tmp_path: Path, comment: str) -> None:
    body = f"{comment}\n\n글\n\n![](/없다.png)\n"
    assert told(tmp_path, body, "image-missing") == [(3 + body.count("\n"), False)]


def test_a_comment_in_code_hides_nothing(tmp_path: Path) -> None:
    body = "```\n<!--\n```\n\n![](/없다.png)\n\n```\n-->\n```\n"
    assert told(tmp_path, body, "image-missing") == [(8, False)]


@pytest.mark.parametrize(
    "heading",
    ["### [글](https://a.example/b) 뒤", '### <b class="c">글</b> 뒤', "<h3><i>글</i> 뒤</h3>"],
)
def test_a_heading_is_found_whatever_its_words_lead_to(tmp_path: Path, heading: str) -> None:
    assert told(tmp_path, f"# 위\n\n말\n\n{heading}\n", "heading-skipped") == [(8, False)]


@pytest.mark.parametrize("heading", ["#### 속", "속\n---", "<h4>속</h4>"])
def test_a_heading_is_not_where_a_list_of_contents_says_it(tmp_path: Path, heading: str) -> None:
    level = 4 if "-" not in heading else 2
    top = "## 위" if level == 4 else "말"
    body = f"- [속](#속)\n\n{top}\n\n{heading}\n\n[가](&#35;a)\n"
    assert told(tmp_path, body, "link-fragment") == [(8, True)]
