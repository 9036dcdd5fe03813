"""Covers: drawn from any title, with and without a picture, the same on every machine."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from hanpan.assets.cover import draw_cover
from hanpan.assets.lettering import Lettering, clusters
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


def test_without_a_picture_the_accent_fills_it(files: Files) -> None:
    assert is_near(drawn("제목", files).getpixel((5, 5)), (0x0B, 0x6B, 0x5D))


def test_the_colours_are_the_tokens(files: Files, tmp_path: Path) -> None:
    (tmp_path / "layouts/styles").mkdir(parents=True)
    (tmp_path / "layouts/styles/tokens.css").write_text(":root { --accent: #7a1f5c; }")
    assert is_near(drawn("제목", files).getpixel((5, 5)), (0x7A, 0x1F, 0x5C))
    assert "layout:styles/tokens.css" in files.reads


@pytest.mark.parametrize("data", [b"", b"<html>404</html>", png("#204080")[:60]])
def test_what_is_no_picture_counts_as_none(data: bytes, files: Files) -> None:
    assert is_near(drawn("제목", files, data).getpixel((5, 5)), (0x0B, 0x6B, 0x5D))


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
