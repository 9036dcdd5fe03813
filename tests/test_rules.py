"""Rules: what `check` finds beside the reading's own problems, and what [rules] makes of it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from hanpan.problems import UsageError
from hanpan.site import load_site
from tests.support.blog import add_post, make_blog
from tests.support.command import built, hanpan
from tests.support.reading import read_post, rules


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return out.getvalue()


def checked(blog: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(hanpan("check", "--json", cwd=blog).out)
    return found


def test_pictures_without_words_are_told_once(tmp_path: Path) -> None:
    pictures = '![](/a.png)\n\n![말](/a.png) <img src="/a.png">\n\n<img alt="" src="/a.png">\n'
    text = f"---\ntitle: 글\n---\n{pictures}"
    problem = rules(read_post(tmp_path, text, files={"a.png": png()}))["alt-empty"]
    assert (problem.severity, problem.line) == ("info", 4)
    assert (
        problem.message.startswith("2 pictures have no description") and "4, 6" in problem.message
    )
    named = read_post(tmp_path, "---\ntitle: 글\n---\n![말](/a.png)\n", files={"a.png": png()})
    assert "alt-empty" not in rules(named)


def test_a_picture_without_words_is_one_problem_wherever_it_is(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0, settings='[crosspost]\nplatforms = ["naver"]\n')
    (blog / "a.png").write_bytes(png())
    far = "![](https://a.example/b.png) ![ ](https://a.example/c.png)"
    text = (
        f'---\ntitle: 글\n---\n\n![](/a.png)\n\n{far} <img alt="" src="https://a.example/d.png">\n'
    )
    add_post(blog, "2026-03-01-글.md", text)
    found = json.loads(hanpan("check", "--json", "--offline", cwd=blog).out)
    of_words = [p for p in found if "alt" in p["rule"]]
    assert [(p["rule"], p["message"].partition(" have")[0]) for p in of_words] == [
        ("alt-empty", "3 pictures")
    ]
    assert hanpan("build", "-e", "crosspost", "--offline", cwd=blog).code == 0
    (report,) = blog.glob("out/*/crosspost/naver/report.md")
    assert "대체 텍스트" in report.read_text("utf-8")


def test_very_long_lines_of_code(tmp_path: Path) -> None:
    long = "x = '" + "가" * 100 + "'"
    reading = read_post(tmp_path, f"---\ntitle: 글\n---\n\n```python\ny = 1\n{long}\n```\n")
    problem = rules(reading)["code-line-long"]
    assert (problem.severity, problem.line) == ("info", 7)
    assert "206 columns" in problem.message
    short = read_post(tmp_path, f"---\ntitle: 글\n---\n\n```python\n{'x' * 200}\n```\n")
    assert "code-line-long" not in rules(short)


def test_notes_that_readers_would_miss(tmp_path: Path) -> None:
    body = (
        "본문[^1], `[^7]`, \\[^8], [^a-z], 없는[^9].\n\n"
        "[^1]: 첫째[^2].\n[^2]: 둘째.\n\n[^3]: 남은 각주.\n\n```\n[^5]: 코드[^6]\n```\n"
    )
    reading = read_post(tmp_path, f"---\ntitle: 글\n---\n{body}")
    found = [(p.rule, p.severity, p.line) for p in reading.problems if "footnote" in p.rule]
    assert found == [
        ("footnote-missing", "warning", 4),
        ("footnote-nested", "warning", 6),
        ("footnote-unused", "warning", 9),
    ]


def test_ids_that_stand_twice(tmp_path: Path) -> None:
    body = '<p id="가">하나</p>\n\n## 나 {#가}\n\n<p id="가">둘</p>\n'
    reading = read_post(tmp_path, f"---\ntitle: 글\n---\n{body}")
    found = [p for p in reading.problems if p.rule == "id-duplicate"]
    assert [(p.severity, p.line) for p in found] == [("warning", 6), ("warning", 8)]
    same = read_post(tmp_path, "---\ntitle: 글\n---\n## 같다\n\n## 같다\n\n[가](#같다)\n")
    assert "id-duplicate" not in rules(same)


def test_levels_that_are_skipped(tmp_path: Path) -> None:
    body = "# 하나\n\n## 둘\n\n#### **넷** 째\n\n# 하나\n\n### 셋\n"
    problem = rules(read_post(tmp_path, f"---\ntitle: 글\n---\n{body}"))["heading-skipped"]
    assert (problem.severity, problem.line, problem.approximate) == ("info", 8, False)
    assert "`넷 째` goes from level 2 to 4; so does one more" in problem.message
    sound = read_post(tmp_path, "---\ntitle: 글\n---\n### 셋\n\n#### 넷\n\n## 둘\n")
    assert "heading-skipped" not in rules(sound)


@pytest.mark.parametrize(
    ("key", "meant"),
    [("titel", "title"), ("catagories", "categories"), ("last_modified_ta", "last_modified_at"),
     ("Exerpt", "excerpt"), ("heaer", "header"), ("dat", "date")],
)  # fmt: skip
def test_keys_that_are_slips(tmp_path: Path, key: str, meant: str) -> None:
    problem = rules(read_post(tmp_path, f"---\nlayout: post\n{key}: 값\n---\n글\n"))[
        "front-matter-key"
    ]
    assert (problem.severity, problem.line) == ("warning", 3)
    assert f"`{meant}`" in problem.remedy


@pytest.mark.parametrize("key", ["my_key", "gallery2", "titles", "ttt", "한글", "x", "Title"])
def test_keys_that_are_the_author_s_own(tmp_path: Path, key: str) -> None:
    found = rules(read_post(tmp_path, f"---\ntitle: 글\n{key}: 값\n---\n글\n"))
    assert "front-matter-key" not in found


def test_a_key_beside_the_right_one_is_no_slip(tmp_path: Path) -> None:
    found = rules(read_post(tmp_path, "---\ntitle: 글\ntitel: 값\n---\n글\n"))
    assert "front-matter-key" not in found


def test_posts_of_one_name_are_told(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    for day in ("01", "02"):
        add_post(blog, f"2026-03-{day}-같은-이름.md", "---\ntitle: 글\n---\n글\n")
    found = [p for p in checked(blog) if p["rule"] == "slug-duplicate"]
    assert [p["path"] for p in found] == ["posts/2026-03-02-같은-이름.md"]
    assert "built as `2026-03-02-같은-이름`" in found[0]["message"]
    assert {p["severity"] for p in found} == {"info"}


def test_the_site_judges(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    add_post(blog, "2026-03-01-글.md", "---\ntitle: 글\n---\n[가](#없다) ![그림](x.png)\n")
    assert {p["rule"]: p["severity"] for p in checked(blog)} == {
        "link-fragment": "warning",
        "image-missing": "warning",
    }
    settings = (blog / "site.toml").read_text("utf-8")
    judged = '\n[rules]\nlink-fragment = "off"\nimage-missing = "error"\n'
    (blog / "site.toml").write_text(settings + judged, "utf-8")
    assert {p["rule"]: p["severity"] for p in checked(blog)} == {"image-missing": "error"}
    assert hanpan("check", cwd=blog).code == 1
    lenient = judged.replace("error", "info")
    (blog / "site.toml").write_text(settings + lenient, "utf-8")
    assert hanpan("check", "--strict", cwd=blog).code == 0


def test_a_change_of_the_rules_is_seen_by_the_next_build(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=1)
    add_post(blog, "2026-03-05-흠.md", "---\ntitle: 글\n---\n[가](#없다)\n")

    def told() -> list[str]:
        summary = built(blog, "-e", "html")
        return [p["rule"] for post in summary["posts"] for p in post["problems"]]

    assert told() == ["link-fragment"]
    settings = (blog / "site.toml").read_text("utf-8")
    (blog / "site.toml").write_text(f'{settings}\n[rules]\nlink-fragment = "off"\n', "utf-8")
    summary = built(blog, "-e", "html")
    assert [p for post in summary["posts"] for p in post["problems"]] == []
    assert summary["steps"]["run"] == 1  # the post without problems is as it was


def test_a_severity_that_is_none_is_an_error_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('title = "x"\n[rules]\nlink-fragment = "never"\n')
    with pytest.raises(UsageError) as caught:
        load_site(tmp_path)
    assert caught.value.problem.line == 3
    assert "off, info, warning, error" in caught.value.problem.message
