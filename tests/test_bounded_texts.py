"""YAML and TOML within bounds: bombs are no YAML and no TOML, and honest texts load as ever."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hanpan import toml_text, yaml_text
from hanpan.site import load_site
from hanpan.source.characters import decode
from hanpan.source.front_matter.parse import parse_post, published_head
from tests.support.blog import POST, add_post, make_blog
from tests.support.command import environment
from tests.support.reading import read_post, rules

MERGES = "m0: &m0 {a: 1}\n" + "".join(
    f"m{n}: &m{n}\n  <<: [*m{n - 1}, *m{n - 1}]\n" for n in range(1, 31)
)
LAUGHS = "a0: &a0 [ha, ha]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20)
)
MAPS = "a0: &a0 {k: v}\n" + "".join(
    f"a{n}: &a{n} {{k: *a{n - 1}, l: *a{n - 1}}}\n" for n in range(1, 60)
)
BOMBS = {
    "merges": MERGES,
    "laughs": LAUGHS,
    "maps": MAPS,
    "one long text": f'a: &a "{"x" * 20_000}"\nb: [{", ".join(["*a"] * 5_000)}]\n',
    "a list in itself": "a: &a [*a]\n",
    "a map in itself": "a: &a\n  <<: *a\n",
    "brackets": "a: " + "[" * 300_000,
    "brackets that close": "a: " + "[" * 10_000 + "]" * 10_000,
    "dashes": "a:\n  " + "- " * 10_000 + "x\n",
    "questions": "? " * 10_000 + "x\n",
    "indents": "".join(" " * n + "a:\n" for n in range(300)),
}
ODD = {
    "date": ("a: 2020-13-40\n", "2020-13-40"),
    "tag of a date": ("a: !!timestamp x\n", "x"),
    "tag of a switch": ("a: !!bool x\n", "x"),
    "tag of a number": ("a: !!int x\n", "x"),
    "long number": (f"a: {'9' * 5_000}\n", "9" * 5_000),
    "base 60": (f"a: {'1:' * 200_000}1\n", "1:" * 200_000 + "1"),
    "a large float": (f"a: 1:{'59:' * 200}59.5\n", f"1:{'59:' * 200}59.5"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_what_stands_for_too_much_is_no_yaml(bomb: str) -> None:
    with pytest.raises(yaml_text.NotYaml):
        yaml_text.load(BOMBS[bomb])


@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_value_of_its_type_is_text(odd: str) -> None:
    text, value = ODD[odd]
    assert yaml_text.load(text) == {"a": value}


def test_aliases_of_honest_people_are_followed() -> None:
    text = "en: &en\n" + "".join(f"  word_{n}: Word {n}\n" for n in range(500))
    text += "".join(f"en-{place}: *en\n" for place in ("US", "GB", "CA"))
    text += "ko:\n  <<: *en\n  word_1: 낱말\nlast: &x 1\nagain: [*x, *x]\n"
    loaded = yaml_text.load(text)
    assert isinstance(loaded, dict)
    assert loaded["en-CA"] == loaded["en"] and len(loaded["ko"]) == 500
    assert (loaded["ko"]["word_1"], loaded["ko"]["word_2"]) == ("낱말", "Word 2")
    assert loaded["again"] == [1, 1]
    numbers = yaml_text.load("a: 1\nb: 1.5\nc: 2020-01-02\nd: yes\ne: 1:30\n")
    assert json.dumps(numbers, default=str) == (
        '{"a": 1, "b": 1.5, "c": "2020-01-02", "d": true, "e": 90}'
    )
    deep = "a: " + "[" * 90 + "]" * 90
    assert isinstance(yaml_text.load(deep), dict)


@pytest.mark.parametrize(
    "text",
    [
        ".".join(["a"] * 60_000) + " = 1",
        " . ".join(['"a"'] * 60_000) + " = 1",
        "a = {" + ".".join(["a"] * 60_000) + " = 1}",
        "[" + ".".join(["a"] * 60_000) + "]",
        "a = " + "[" * 200 + "]" * 200,
        "a = " + "[" * 100_000,
        ".".join(["a"] * 200) + " = 1",
        "a = " + "9" * 5_000,
    ],
)
def test_what_costs_too_much_is_no_toml(text: str) -> None:
    with pytest.raises(toml_text.NotToml):
        toml_text.load(text)


def test_honest_toml_loads() -> None:
    text = f'a.b."c d".e = 1\nlong = "{"그림. 글. " * 2_000}"\n[[x.y]]\nz = [[1], [2]]\n'
    loaded = toml_text.load(text)
    assert loaded["a"] == {"b": {"c d": {"e": 1}}} and loaded["x"]["y"] == [{"z": [[1], [2]]}]
    with pytest.raises(toml_text.NotToml, match="line 2"):
        toml_text.load("a = 1\nb =\n")


PLAN = """
from hanpan.plan.options import Options
from hanpan.plan.posts import make_plan
from hanpan.plan.sites import Sites
plan = make_plan(Options(), Sites(None), {})
print(len(plan.posts), len(plan.skipped), plan.posts[0].site.identity.title)
"""


def test_a_plan_is_not_held_up_by_what_posts_and_settings_hold(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=1)
    for number, bomb in enumerate(BOMBS.values()):
        text = f"---\npublished: false\n{bomb}\n---\n\n글이다.\n"
        add_post(blog, f"2026-04-{number + 1:02}-yaml-{number}.md", text)
    dotted = f"+++\npublished = false\n{'.'.join(['a'] * 45_000)} = 1\n+++\n"
    add_post(blog, "2026-05-01-toml.md", dotted)
    marks = "\u0301" * 700_000 + "\u0316" * 700_000
    add_post(blog, "2026-05-02-marks.md", f"published{marks}\n")
    (blog / "_config.yml").write_text(f"title: 글\n{MERGES}{'x: [' * 50_000}", "utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", PLAN],
        cwd=blog,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
    )
    published = ("글-1", "toml", "marks", "brackets")  # the last is too long to be front matter
    assert ran.stdout == f"{len(published)} {len(BOMBS) - 1} 시험 블로그\n", ran.stderr


def test_a_post_with_a_bomb_is_read_without_it(tmp_path: Path) -> None:
    text = (
        f"---\ntitle: 폭탄\n{MERGES}---\n\n{{{{ page }}}} {{{{ page | jsonify }}}}\n\n본문이다.\n"
    )
    reading = read_post(tmp_path, text)
    assert reading.document.meta.title == "폭탄" and "본문이다" in reading.document.body
    assert "aliases repeat too much" in rules(reading)["front-matter"].message or (
        "front-matter" in rules(reading)
    )


@pytest.mark.parametrize("bomb", ["merges", "laughs", "maps", "one long text", "brackets"])
def test_data_and_settings_of_jekyll_may_be_bombs(tmp_path: Path, bomb: str) -> None:
    reading = read_post(
        tmp_path,
        "---\ntitle: 글\n---\n{{ site.data.bomb }} {{ site.data.bomb | jsonify }} {{ site }}글\n",
        files={
            "_data/bomb.yml": BOMBS[bomb].encode(),
            "_config.yml": f"title: 글\n{BOMBS[bomb]}".encode(),
        },
    )
    assert reading.document.body.rstrip().endswith("글</p>")


def test_a_date_that_does_not_exist_in_the_config_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text("title: 날\nsince: 2020-13-40\n", "utf-8")
    assert load_site(tmp_path).identity.title == "날"


def test_front_matter_beyond_all_measure_is_text_and_reported() -> None:
    post = parse_post("a.md", b"---\ntitle: a\n" + b"key: value\n" * 30_000 + b"---\nbody\n")
    (problem,) = post.problems
    assert (problem.rule, problem.line) == ("front-matter", 1) and "200,000" in problem.message
    assert post.front == {} and post.body.startswith("---\ntitle: a\n")


def test_the_head_of_a_post_says_whether_it_is_published() -> None:
    draft = POST.format(title="글").replace("title", "published: false\ntitle").encode()
    long = draft + "어절이 줄 끝에서 갈라지지 않는다.\n".encode() * 30_000
    for data in (draft, long, long.decode().encode("cp949"), long.decode().encode("utf-16")):
        assert not published_head("a.md", data)
        assert published_head(
            "a.md",
            data.replace(b"false", b"true ").replace(
                "false".encode("utf-16-le"), "true ".encode("utf-16-le")
            ),
        )


def test_accents_without_end_are_ordered_in_linear_time() -> None:
    marks = "a" + "\u0301" * 300_000 + "\u0316" * 300_000
    text, _ = decode("a.md", marks.encode())
    assert text.replace("\u034f", "").count("\u0316") == 300_000
    honest = "e\u0301" + "\u0316\u0301" * 14 + " ㅎㅏㄴ" + "…" * 100 + "─" * 100 + "\u3099" * 3
    assert "\u034f" not in decode("a.md", honest.encode())[0]
