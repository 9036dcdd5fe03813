"""Settings: what site.toml and _config.yml may say, and how mistakes are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan.problems import UsageError
from hanpan.site import Pdf, find_root, load_site, section
from hanpan.site.books import isbn_of


def write(folder: Path, text: str, name: str = "site.toml") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder


def test_tables_and_top_level_are_read(tmp_path: Path) -> None:
    site = load_site(
        write(tmp_path, 'title = "한판"\nurl = "https://a.example/"\n[pdf]\npage = "A5"\n')
    )
    assert site.identity.title == "한판"
    assert site.identity.url == "https://a.example"
    assert section(site, Pdf).page == "A5"
    assert site.has_toml


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    assert load_site(write(tmp_path, '\ufefftitle = "한판"\n')).identity.title == "한판"


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("978-89-6626-260-1", "9788966262601"),
        ("ISBN 89-7914-874-8", ""),
        ("0-306-40615-2", "0306406152"),
        ("0-8044-2957-X", "080442957X"),
        ("0-306-40615-3", ""),
        ("978-0-306-40615-7", "9780306406157"),
        ("978-0-306-40615-8", ""),
        ("977-0-306-40615-7", ""),
    ],
)
def test_an_isbn_is_checked_by_its_last_digit(written: str, digits: str) -> None:
    assert isbn_of(written) == digits


def test_a_list_of_strings_becomes_a_tuple(tmp_path: Path) -> None:
    site = load_site(write(tmp_path, '[crosspost]\nplatforms = ["velog"]\n'))
    assert site.crosspost.platforms == ("velog",)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('title = "a"\n\ntitel = "b"\n', 3, "title"),
        ('[pdf]\npage = "A4"\npages = 3\n', 3, "page"),
        ('[pfd]\npage = "A4"\n', 1, "pdf"),
        ("[remote]\ntimeout = true\n", 2, "number"),
        ("title = 3\n", 1, "string"),
        ('[fonts]\nbody = "Pretendard"\n', 2, "list of strings"),
        ('timezone = "Asia/Seol"\n', 1, "Asia/Seol"),
        ('title = "a\n', 1, ""),
        ('lang = "한국어"\n', 1, "language tag"),
        ('url = "blog.example"\n', 1, "https://"),
        ('[crosspost]\nbacklink = "middle"\n', 2, "top, bottom, none"),
        ('[crosspost]\nplatforms = [\n"velog",\n"myspace"]\n', 4, "naver, "),
        ("\n[crosspost.myspace]\n", 2, "unknown platform `myspace`"),
        ('[crosspost.velog]\n\nbacklnk = "top"\n', 3, "`crosspost.velog.backlnk`"),
        ('[crosspost.velog]\nbacklink = "left"\n', 2, "top, bottom, none"),
        ('[crosspost]\nvelog = {tags = "a"}\n', 2, "list of strings"),
        ('[crosspost.velog]\ncanonical = "blog.example"\n', 2, "https://"),
        ('[[book]]\nname = "a"\n\n[[book]]\nname = "a"\n', 4, "two books have the same name"),
        ('[[book]]\ntitle = "a"\n', 1, "a book has no name"),
        ('[[book]]\nname = "a"\nsince = "2024-02-30"\n', 3, "is not a date"),
        ('[[book]]\nname = "a"\nuuid = "1"\n', 3, "is not a UUID"),
        ('[[book]]\nname = "a/b"\n', 2, "cannot be a folder's name"),
        ('[[book]]\nname = "a"\n[[book.part]]\norder = "x"\n', 4, "date, newest, title"),
        ('[rules]\nembed = "loud"\n', 2, "off, info, warning, error"),
    ],
)
def test_mistakes_name_the_line_and_the_remedy(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    with pytest.raises(UsageError) as caught:
        load_site(write(tmp_path, text))
    problem = caught.value.problem
    assert (problem.path, problem.line) == ("site.toml", line)
    assert words in problem.message + problem.remedy
    assert caught.value.exit_code == 2


def test_jekyll_settings_are_defaults_that_site_toml_overrides(tmp_path: Path) -> None:
    write(
        tmp_path,
        "title: 옛 이름\nurl: https://b.example\nbaseurl: /blog\nlocale: ko-KR\n"
        "author:\n  name: 홍길동\ntimezone: Asia/Tokyo\n",
        "_config.yml",
    )
    site = load_site(tmp_path)
    assert not site.has_toml
    assert site.identity.author == "홍길동"
    assert site.identity.url == "https://b.example/blog"
    assert (site.identity.lang, site.identity.timezone) == ("ko-KR", "Asia/Tokyo")
    write(tmp_path, 'title = "새 이름"\n')
    assert load_site(tmp_path).identity.title == "새 이름"
    assert load_site(tmp_path).identity.author == "홍길동"


@pytest.mark.parametrize(
    "text", [": [", "- a\n", "timezone: 5\n", "url: //x\n", "timezone: Nowhere\n", "locale: -KR\n"]
)
def test_a_broken_jekyll_config_never_fails(tmp_path: Path, text: str) -> None:
    site = load_site(write(tmp_path, text, "_config.yml"))
    assert site.identity.timezone == "Asia/Seoul"
    assert site.identity.url == ""
    assert site.identity.lang == "ko"


def test_the_nearest_folder_with_a_config_is_the_root(tmp_path: Path) -> None:
    inner = tmp_path / "docs" / "_posts"
    inner.mkdir(parents=True)
    write(tmp_path, "")
    write(tmp_path / "docs", "", "_config.yml")
    assert find_root(inner / "a.md") == tmp_path / "docs"
    assert find_root(tmp_path / "posts") == tmp_path
