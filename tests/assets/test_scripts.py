"""Fonts of other scripts: each is there, none is opened without need."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from hanpan.assets import scripts
from hanpan.assets.fonts import coverage, subset
from hanpan.assets.lettering import Lettering, clusters
from hanpan.assets.scripts import visual_runs
from hanpan.files import Files, NoNetwork
from hanpan.site import Site

SAMPLES = (
    "العربية עברית ไทย हिन्दी বাংলা ਪੰਜਾਬੀ ગુજરાતી ଓଡ଼ିଆ தமிழ் తెలుగు ಕನ್ನಡ മലയാളം සිංහල "
    "ខ្មែរ ລາວ မြန်မာ ქართული Հայերեն አማርኛ ދިވެހި ᏣᎳᎩ ᐃᓄᒃ བོད ᠮᠣᠩ ܣܘܪ ⵣ ꆈꌠ ᚠ ᚁ ߒ Ⲁ 𐌰 "
    "ἀρχὴ Ѩ ꙋ Ǎ ƕ ɓ 𝒜 𝔄 𝟙 ⟦ ⊨ ⏎ ⮕ 我们 㐀 𠀀 𪜀 𫝀 𫠠 𬺰"
)


def _files(root: Path) -> Files:
    return Files(Site(root), NoNetwork())


def test_every_family_has_its_files_and_they_say_its_name(tmp_path: Path) -> None:
    import uharfbuzz as hb

    files = _files(tmp_path)
    assert scripts.absent_fonts(files) == ()
    for family in scripts.FAMILIES:
        for face in scripts.family_faces(family, files):
            font = hb.Face(hb.Blob.from_file_path(str(face.path)))
            assert (font.get_name(16) or font.get_name(1)) == family


def test_the_scripts_of_the_world_have_a_font(tmp_path: Path) -> None:
    assert scripts.missing(SAMPLES, _files(tmp_path)) == {}
    for first, last in ((0x3400, 0x4DB5), (0x4E00, 0x9FD5), (0x2A700, 0x2B734), (0x2B740, 0x2B81D)):
        text = "".join(map(chr, range(first, last + 1)))
        assert scripts.missing(text, _files(tmp_path)) == {}


def test_a_korean_text_opens_no_font_of_another_script(tmp_path: Path) -> None:
    files = _files(tmp_path)
    assert scripts.missing("한국어 漢字 Latin Ελληνικά Жук 😀 １２ ① 「」", files) == {}
    Lettering.load(files, text="한국어 漢字", lang="ko")
    opened = {name for name in files.reads if name.startswith("layout:fonts/")}
    assert all("noto-scripts" not in name and "hanazono" not in name for name in opened)
    assert not any(name.startswith("layout:fonts/noto-sans-") for name in opened - KOREAN)


KOREAN = {f"layout:fonts/noto-sans-kr/NotoSansKR_{name}.ttf" for name in ("400Regular", "700Bold")}


@pytest.mark.parametrize(("lang", "family"), [("ja", "JP"), ("zh-CN", "SC"), ("zh-TW", "TC")])
def test_a_drawn_title_has_the_forms_of_its_language(
    tmp_path: Path, lang: str, family: str
) -> None:
    files = _files(tmp_path)
    lettering = Lettering.load(files, text="直接", lang=lang)
    assert lettering.choose("直") is lettering.hanja
    face = scripts.script_face(f"Noto Sans {family}", 700, files)
    assert face is not None and lettering.hanja is not None
    assert lettering.hanja.coverage == coverage(face)
    assert lettering.choose("A") is not lettering.hanja
    assert Lettering.load(files, text="直接", lang="ko").hanja is None
    assert Lettering.load(files, text="直接の", lang="ko").hanja is not None  # kana tell


def test_a_text_that_is_drawn_again_has_the_same_forms(tmp_path: Path) -> None:
    files, text = _files(tmp_path), "한글과 直すの 속 글자"
    first, second = (Lettering.load(files, text=text, lang="ko") for _ in range(2))
    japanese = scripts.script_face("Noto Sans JP", 700, files)
    assert japanese is not None
    for lettering in (first, second):
        assert lettering.choose("直").coverage == coverage(japanese)
    assert first == second


def test_drawn_text_has_no_empty_boxes(tmp_path: Path) -> None:
    lettering = Lettering.load(_files(tmp_path), text=SAMPLES)
    for cluster in clusters(SAMPLES):
        letters = {ord(char) for char in cluster if not scripts.is_shapeless(char)}
        assert letters <= lettering.choose(cluster).coverage, unicodedata.name(cluster[0])


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("abc 한글 12", "abc 한글 12"),
        ("한 אבג דה 끝", "한 הד גבא 끝"),
        ("אב 12 גד", "דג 12 בא"),
        ("אב 12, abc גד", "דג abc ,12 בא"),
        ("값 אב 3.5 끝", "값 3.5 בא 끝"),
        ("אב (abc) גד", "דג )abc( בא"),  # brackets are mirrored where they are shaped
        ("abc (אב)", "abc (בא)"),
    ],
)
def test_a_line_is_seen_in_its_order(text: str, seen: str) -> None:
    runs = visual_runs(list(text))
    shown = "".join("".join(reversed(run) if is_right else run) for is_right, run in runs)
    assert shown == seen


def test_a_subset_holds_the_parts_of_vowel_signs(tmp_path: Path) -> None:
    """HarfBuzz takes Thai SARA AM and split vowels of India apart before it looks them up."""
    import uharfbuzz as hb

    files = _files(tmp_path)
    for family, text in (("Noto Sans Thai", "กำลัง"), ("Noto Sans Bengali", "কো")):
        face = scripts.script_face(family, 400, files)
        assert face is not None
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(hb.Font(hb.Face(hb.Blob(subset(face, text, "ttf")))), buffer)
        assert all(info.codepoint for info in buffer.glyph_infos)
