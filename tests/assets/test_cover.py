"""Covers: drawn from any title, with and without a picture, the same on every machine."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from hanpan.assets.colours import WHITE, contrast, mix
from hanpan.assets.covers.cover import draw_cover
from hanpan.assets.covers.grounds import GROUNDS
from hanpan.assets.covers.ornament import ornament_word
from hanpan.assets.lettering import Lettering, clusters
from hanpan.assets.stylesheets import token
from hanpan.assets.title_lines import break_title
from hanpan.document import Meta
from hanpan.files import Fetched, Files
from hanpan.site import Site

SIZE = (1600, 2560)
TITLES = (
    "글",
    "漢字와 한글: 訓民正音 \u1112\u119e\u11ab글",
    "🚀 배포 자동화 👨\u200d👩\u200d👧",
    "Understanding Kubernetes Networking From Scratch",
    "아주 긴 제목 " * 40,
    "띄어쓰기없이이어지는제목" * 20,
    "",
)


class NoNetwork:
    """No remote files."""

    def fetch(self, url: str) -> Fetched:
        raise OSError(url)

    def fingerprint(self, url: str) -> str:
        return url


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(Site(tmp_path), NoNetwork())


def meta(title: str, category: str = "") -> Meta:
    day = "2024-03-05T10:00:00+09:00"
    return Meta(
        title=title,
        date=day,
        modified=day,
        lang="ko",
        categories=(category,) if category else (),
        author="지기",
    )


def drawn(
    title: str, files: Files, picture: bytes | None = None, size: tuple[int, int] = SIZE
) -> Image.Image:
    data = draw_cover(meta(title, "조판"), "한판", files, size, picture)
    assert data[:3] == b"\xff\xd8\xff"
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.size) == ("JPEG", size)
    return image.convert("RGB")


def png(colour: str, size: tuple[int, int] = (600, 400), mode: str = "RGB") -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, "PNG")
    return file.getvalue()


def is_near(one: object, other: tuple[int, int, int]) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("size", [SIZE, (1200, 630)])
def test_every_title_has_a_cover(title: str, size: tuple[int, int], files: Files) -> None:
    blank, picture = drawn("", files, None, size), png("#204080")
    assert bool(title) == (
        ImageChops.difference(drawn(title, files, None, size), blank).getbbox() is not None
    )
    drawn(title, files, picture, size)


def test_the_picture_fills_the_upper_part(files: Files) -> None:
    cover = drawn("제목", files, png("#c03030"))
    for place in ((5, 5), (1595, 5), (800, 800), (5, 1570)):
        assert is_near(cover.getpixel(place), (0xC0, 0x30, 0x30))
    assert is_near(cover.getpixel((5, 1600)), (0xFB, 0xFA, 0xF7)), "paper below"


def ground(title: str, files: Files, category: str, series: str = "") -> tuple[int, ...]:
    """Return the colour that a drawn cover is filled with."""
    about = replace(meta(title, category), series=series)
    data = draw_cover(about, "한판", files, (1200, 630), None)
    colour = Image.open(io.BytesIO(data)).convert("RGB").getpixel((5, 5))
    assert isinstance(colour, tuple)
    return colour


def test_without_series_and_category_the_accent_fills_it(files: Files) -> None:
    assert is_near(ground("제목", files, ""), (0x0B, 0x6B, 0x5D))


def test_a_category_has_a_colour_and_a_series_its_own(files: Files) -> None:
    names = "Swift 알고리즘 OS JavaScript 회고 C++ DevOps 수필 조판 수학 Database Java".split()
    colours = {name: ground("제목", files, name) for name in names}
    assert len(set(colours.values())) >= 6
    assert ground("다른 제목", files, " swift ") == colours["Swift"]
    assert ground("제목", files, "OS", series="Swift") == colours["Swift"]


def test_words_can_be_read_on_every_ground(files: Files) -> None:
    """WCAG 2.2, 1.4.3: the title on the ornament, and the category, which is tinted."""
    grounds = [token(f"cover-{number}", files) for number in range(1, GROUNDS + 1)]
    assert len(set(grounds)) == GROUNDS
    for colour in grounds:
        ornament = mix(colour, WHITE, 0.1)
        assert contrast(WHITE, colour) > 6
        assert min(contrast(WHITE, ornament), contrast(mix(colour, WHITE, 0.78), colour)) > 4.5


def test_the_colours_are_the_tokens(files: Files, tmp_path: Path) -> None:
    """A site with an accent of its own has covers in it, or in grounds that it names."""
    (tmp_path / "layouts/styles").mkdir(parents=True)
    sheet = tmp_path / "layouts/styles/tokens.css"
    sheet.write_text(":root { --accent: #7a1f5c; }")
    assert is_near(drawn("제목", files).getpixel((5, 5)), (0x7A, 0x1F, 0x5C))
    assert "layout:styles/tokens.css" in files.reads
    named = "".join(f"--cover-{number}: #123456;" for number in range(1, GROUNDS + 1))
    sheet.write_text(f":root {{ --accent: #7a1f5c; {named} }}")
    own = Files(Site(tmp_path), NoNetwork())
    assert is_near(drawn("제목", own).getpixel((5, 5)), (0x12, 0x34, 0x56))


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("[백준] 1004번 어린 왕자 (파이썬)", "어린"),
        ("The Annotated Transformer를 읽고", "Annotated"),
        ("Docker로 개발 환경 구성하기", "Docker"),
        ("Understanding Kubernetes Networking", "Kubernetes"),
        ("2021년 회고", "회고"),
        ("왜 함수형인가", "함수형인가"),
        ("C++ 템플릿", "C++"),
        ("어절을 지키는 조판", "어절"),
        ("마을을 걷다", "마을"),
        ("가을 밤", "가을"),
        ("민주주의의 역사", "민주주의의"),
        ("🚀 1\ufe0f\u20e3 배포", "배포"),
        ("ElectroencephalographyDashboards in Practice", "Practice"),
        ("React.memo, useMemo", "React.memo"),
        ("[회고]", "회고"),
        ("2024", "조판"),
        ("", "조판"),
        ("हिन्दी भाषा", "हिन्दी"),
    ],
)
def test_the_ornament_is_a_whole_word_that_says_something(title: str, word: str) -> None:
    assert ornament_word(title, "조판") == word


@pytest.mark.parametrize("size", [SIZE, (1200, 630)])
@pytest.mark.parametrize("title", ["글", "Kubernetes", "데이터베이스 인덱스는 왜 B+Tree를 쓰는가"])
def test_the_ornament_is_on_the_sheet_and_clear_of_the_title(
    title: str, size: tuple[int, int], files: Files
) -> None:
    """No letter is cut off at an edge, and between title and ornament there is ground."""
    picture = drawn(title, files, None, size)
    plain = Image.new("RGB", size, picture.getpixel((3, 3)))
    margin = round((size[0] * size[1]) ** 0.5 / 100 * 4)
    marks = ImageChops.difference(picture, plain).convert("L").point(lambda level: level > 7)

    def is_blank(box: tuple[int, int, int, int]) -> bool:
        return marks.crop(box).getbbox() is None

    assert is_blank((size[0] - margin, 0, *size)) and is_blank((0, size[1] - margin, *size))
    rows = [is_blank((0, y, size[0], y + 1)) for y in range(margin, size[1])]
    turns = sum(one != other for one, other in pairwise(rows))
    assert turns >= 8, "category, title, ornament and foot have ground between them"


def test_a_long_name_is_broken_at_its_seams() -> None:
    cases = (
        ("ElectroencephalographyDashboards", 22, ("Electroencephalography", "Dashboards")),
        ("src/content/blog", 12, ("src/content/", "blog")),
        ("snake_case_name", 11, ("snake_case_", "name")),
    )
    for word, width, lines in cases:
        broken = break_title(word, 10, width, 4, measured)
        assert broken.whole and broken.lines == lines
    assert break_title("가나다라마바사아자차", 10, 4, 3, measured).whole is False


@pytest.mark.parametrize("data", [b"", b"<html>404</html>", png("#204080")[:60]])
def test_what_is_no_picture_counts_as_none(data: bytes, files: Files) -> None:
    plain = drawn("제목", files).getpixel((5, 5))
    assert drawn("제목", files, data).getpixel((5, 5)) == plain


def test_transparency_stands_on_white(files: Files) -> None:
    cover = drawn("제목", files, png("#ff000000", mode="RGBA"))
    assert is_near(cover.getpixel((800, 600)), (255, 255, 255))


def test_the_same_bytes_each_time(files: Files, tmp_path: Path) -> None:
    other = Files(Site(tmp_path), NoNetwork())
    one = draw_cover(meta("한글 😀 漢"), "한판", files, SIZE, None)
    assert draw_cover(meta("한글 😀 漢"), "한판", other, SIZE, None) == one


def test_letters_come_from_the_bundled_fonts(files: Files) -> None:
    drawn("한글 漢 😀", files)
    assert sum(key.startswith("layout:fonts/") for key in files.reads) == 3


@pytest.mark.parametrize("emoji", ["🚀", "1\ufe0f\u20e3"], ids=["rocket", "keycap"])
def test_the_ornament_is_no_emoji(emoji: str, files: Files) -> None:
    plain, marked = drawn("배포", files), drawn(f"{emoji} 배포", files)
    lower = (0, 1300, 1600, 2300)
    assert ImageChops.difference(plain.crop(lower), marked.crop(lower)).getbbox() is None


def test_clusters_keep_together() -> None:
    assert clusters("\u1112\u119e\u11ab글") == ["\u1112\u119e\u11ab", "글"]
    assert clusters("👨\u200d👩\u200d👧a") == ["👨\u200d👩\u200d👧", "a"]
    assert clusters("🇰🇷🇯🇵") == ["🇰🇷", "🇯🇵"]
    assert clusters("👍🏽❤\ufe0f") == ["👍🏽", "❤\ufe0f"]


def test_digits_are_not_taken_by_the_emoji_font(files: Files) -> None:
    lettering = Lettering.load(files)
    assert lettering.width("1", 100) < 80 < lettering.width("😀", 100)
    assert lettering.width("1\ufe0f\u20e3", 100) > 80, "a keycap is an emoji"


def measured(text: str) -> float:
    return float(len(text))


@pytest.mark.parametrize(
    ("title", "width", "most", "lines"),
    [
        ("가나다 라마 바사 아자", 8, 3, ("가나다 라마", "바사 아자")),
        ("가 나 다 라 마 바", 7, 3, ("가 나 다", "라 마 바")),
        ("짧다", 8, 3, ("짧다",)),
        ("가나다라마바사아자차", 4, 3, ("가나다라", "마바사아", "자차")),
        ("하나 둘 셋 넷 다섯 여섯", 5, 2, ("하나 둘", "셋 넷…")),
        ("가나다: 라마 바사 아", 9, 2, ("가나다:", "라마 바사 아")),
    ],
)
def test_titles_break_between_eojeols(
    title: str, width: float, most: int, lines: tuple[str, ...]
) -> None:
    assert break_title(title, 10, width, most, measured).lines == lines


def test_words_of_other_languages_have_their_own_forms(files: Files) -> None:
    lettering = Lettering.load(files, text="한글 骨格과 写真の 直 我们直")
    japanese = Lettering.load(files, text="写真", lang="ja").hanja
    chinese = Lettering.load(files, text="我们", lang="zh").hanja
    assert lettering.choose("写") is japanese and lettering.choose("の") is japanese
    assert lettering.choose("们") is chinese
    usual = {id(face) for face in Lettering.load(files, text="한글 骨格").faces}
    assert {id(lettering.choose(char)) for char in "骨格直글"} <= usual  # as beside Hangul
