"""Messages in the reader's language: what is in their fields stays, and particles fit it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanpan.messages.interface import interface_language
from hanpan.messages.particles import PARTICLES, particle
from hanpan.messages.site_language import site_language
from hanpan.messages.translation import table_rows, template, translated
from tests.support.blog import add_post, make_blog
from tests.support.command import hanpan

ROWS = table_rows()
FIELDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("the picture a.png is not in the site", "그림 a.png가 사이트에 없습니다"),
        ("the picture 그림 is not in the site", "그림 그림이 사이트에 없습니다"),
        ("`열쇠: 값` is not a language tag", "`열쇠: 값`은 언어 태그가 아닙니다"),
        ("`ko-X` is not a language tag", "`ko-X`는 언어 태그가 아닙니다"),
        ("the server answered 404", "서버가 404로 응답했습니다"),
        ("the server answered 500", "서버가 500으로 응답했습니다"),
        ("the site has no file `글.md`", "사이트에 파일 `글.md`가 없습니다"),
        (
            "the picture http://a.example/b.png could not be fetched: no answer within 10 s",
            "그림 http://a.example/b.png를 받을 수 없습니다: 10초 안에 응답이 없습니다",
        ),
        (
            "`/가/` is a link within the site, whose address is not set; "
            "the text stays, without the link",
            "`/가/`는 사이트 안의 링크인데, 사이트의 주소가 정해지지 않았습니다. "
            "링크 없이 글자만 남깁니다",
        ),
        (
            "no font has 2 characters of CUNEIFORM: U+12000 X (x)",
            "글꼴에 없는 글자: CUNEIFORM 2자: U+12000 X (x)",
        ),
        (
            "PDF, EPUB: only 2 of the 3 rows of a table are in it",
            "PDF, EPUB: 표의 행 3개 가운데 2개만 들어 있습니다",
        ),
        ("words that nobody knows", "words that nobody knows"),
    ],
)  # fmt: skip
def test_messages(english: str, korean: str) -> None:
    assert translated(english, "ko") == korean
    assert translated(english, "en") == english


@pytest.mark.parametrize(
    ("pair", "befores"),
    [
        ("을", "글 HTML 10 100 1,000 ping (글)"),
        ("를", "주소 PDF 2 x.md node"),
        ("을(를)", "漢 ✓"),
        ("이", "제목 git site.toml `title` 3"),
        ("가", "가 x.md node 4"),
        ("로", "서울 학교 HTML 7 404"),
        ("으로", "집 git 10 3"),
        ("과", "글 3"),
        ("와", "주소 2"),
    ],
)
def test_particles(pair: str, befores: str) -> None:
    (whole,) = [one for one, both in PARTICLES.items() if pair == one or pair in both]
    assert {before: particle(before, whole) for before in befores.split()} == dict.fromkeys(
        befores.split(), pair
    )
    assert particle("", whole) == whole


@given(st.sampled_from(sorted(ROWS)), st.lists(FIELDS, min_size=8, max_size=8))
def test_what_is_in_the_fields_is_in_the_translation(english: str, values: list[str]) -> None:
    """Unless what is in them makes another message of it."""
    row = template(english, ROWS[english])
    fields = dict(zip(row.names, values, strict=False))
    parts = zip(row.texts, [*fields.values(), ""], strict=True)
    korean = translated("".join(text + value for text, value in parts), "ko")
    if korean.startswith(row.korean.partition("{")[0]) and not row.inner:
        assert all(value in korean for value in fields.values())


@pytest.mark.parametrize(
    ("arguments", "environment", "site", "language"),
    [
        ([], {}, "", "en"), ([], {}, "ko", "ko"), ([], {"LANG": "C.UTF-8"}, "ko-KR", "ko"),
        ([], {"LANG": "en_US.UTF-8"}, "ko", "en"), ([], {"LANG": "ko_KR.UTF-8"}, "en", "ko"),
        ([], {"LANG": "ja_JP.UTF-8"}, "ko", "en"), ([], {"LC_ALL": "C", "LANG": "ko_KR"}, "", "en"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "ko_KR", "LANG": "en_US"}, "", "ko"),
        (["check", "--lang", "ko"], {"LANG": "en_US.UTF-8"}, "en", "ko"),
        (["--lang=en", "check"], {"LANG": "ko_KR.UTF-8"}, "ko", "en"),
        (["new", "--", "--lang=ko"], {"LANG": "en_US.UTF-8"}, "", "en"),
        ([], {"HANPAN_LANG": "ko", "LC_ALL": "en_US"}, "", "ko"),
    ],
)  # fmt: skip
def test_whose_language_it_is(
    arguments: list[str], environment: dict[str, str], site: str, language: str
) -> None:
    assert interface_language(arguments, environment, lambda: site) == language


def test_a_command_speaks_korean_and_what_is_kept_stays_as_it_is(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    add_post(blog, "2026-03-01-글.md", "---\ntitle: 글\n---\n[가](#없다) ![나](/없다.png)\n")
    korean = hanpan("build", "-e", "html", "--lang", "ko", cwd=blog)
    assert (
        "posts/2026-03-01-글.md:4: 경고: 그림 /없다.png가 사이트에 없습니다 [image-missing]"
        in korean.err
    )
    assert "    경로를 고치거나 파일을 넣습니다." in korean.err
    assert korean.out.startswith("글 1편; 단계 2개 실행, 0개 그대로; 경고 2개; ")
    english = hanpan("build", "-e", "html", cwd=blog)
    assert "warning: the picture /없다.png is not in the site [image-missing]" in english.err
    assert "0 steps run" in english.out  # nothing is built again for a language
    listed = json.loads((blog / "out/build.json").read_text("utf-8"))["posts"][0]["problems"]
    assert {problem["message"] for problem in listed} >= {
        "the picture /없다.png is not in the site"
    }
    assert json.loads(hanpan("check", "--json", "--lang", "ko", cwd=blog).out) == listed
    junit = hanpan("check", "--format", "junit", "--lang", "ko", cwd=blog).out
    assert "그림 /없다.png가 사이트에 없습니다" in junit


def test_errors_help_and_slips_are_korean(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=1)
    slip = hanpan("build", "-e", "pfd", "--lang", "ko", cwd=blog)
    assert slip.code == 2 and "오류: 모르는 판 `pfd`. 혹시 `pdf`입니까?" in slip.err
    assert "다음 가운데 하나를 씁니다: html" in slip.err
    help_text = hanpan("check", "--help", "--lang=ko", cwd=blog).out
    assert help_text.startswith("사용법: hanpan check") and "옵션:" in help_text
    wrong = hanpan("check", "--limit", "x", "--lang", "ko", cwd=blog)
    assert "hanpan check: 오류: 인자 --limit: `x`는 0 이상의 정수가 아닙니다" in wrong.err
    (blog / "site.toml").write_text('lang = "ko"\n', "utf-8")
    ran = hanpan("check", "none.md", cwd=blog, env={"HANPAN_LANG": "", "LC_ALL": "C.UTF-8"})
    assert "오류: none.md가 없습니다" in ran.err


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("site.toml", 'title = "x"\nlang = "ko-KR"\n', "ko-KR"),
        ("site.toml", 'title = "x"\n', ""),
        ("site.toml", "lang = \n", ""),
        ("_config.yml", 'title: x\nlocale: "ko-KR"\n', "ko"),
        ("_config.yml", "lang : en # x\n", "en"),
        ("_config.yml", "language:\n- ko\n", ""),
        ("hugo.toml", 'languageCode = "ko-kr"\n', "ko-kr"),
        ("other.toml", 'lang = "ko"\n', ""),
    ],
)
def test_what_a_site_names(tmp_path: Path, name: str, text: str, language: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "posts").mkdir()
    assert site_language(tmp_path / "posts") == language
