"""Fonts: which faces there are, what they cover, and what a subset holds."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from hanpan.assets import fonts, scripts
from hanpan.files import Files, packaged_layouts
from hanpan.problems import BuildError
from hanpan.site import Fonts, Site
from tests.editions.html.sample import NoNetwork

REGULAR = packaged_layouts() / "fonts/pretendard/Pretendard-Regular.ttf"


def _files(root: Path, settings: Fonts | None = None) -> Files:
    return Files(Site(root, fonts=settings or Fonts()), NoNetwork())


def _own_font(path: Path, family: str, weight: int) -> None:
    """Write a small font of another family below the site."""
    font = TTFont(REGULAR)
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = family
    font["OS/2"].usWeightClass = weight
    path.parent.mkdir(parents=True, exist_ok=True)
    font.save(path)


def test_vendored_faces_are_what_their_files_say(tmp_path: Path) -> None:
    faces = fonts.faces(_files(tmp_path))
    for face in faces:
        font = TTFont(face.path, lazy=True)
        assert font["name"].getBestFamilyName() == face.family
        assert font["OS/2"].usWeightClass == face.weight
    assert list(dict.fromkeys(face.family for face in faces)) == [
        "Pretendard",
        "Noto Sans KR",
        "D2Coding",
        "Noto Serif KR",
        "Noto Color Emoji",
    ]


def test_what_is_read_is_remembered(tmp_path: Path) -> None:
    files = _files(tmp_path)
    fonts.faces(files)
    assert "layout:fonts/pretendard/Pretendard-Regular.ttf" in files.reads
    assert "settings:fonts" in files.reads


def test_a_font_of_the_site_goes_first(tmp_path: Path) -> None:
    _own_font(tmp_path / "fonts/own.ttf", "우리글꼴", 700)
    files = _files(tmp_path, Fonts(body=("우리글꼴", "Noto Sans KR"), files=("fonts/own.ttf",)))
    first = fonts.faces(files)[0]
    assert (first.family, first.weight) == ("우리글꼴", 700)
    chosen = fonts.role_faces(files, "body", 400)  # it has no regular: the nearest is taken
    assert [(face.family, face.weight) for face in chosen] == [
        ("우리글꼴", 700),
        ("Noto Sans KR", 400),
    ]


@pytest.mark.parametrize(
    "settings, said",
    [
        (Fonts(body=("없는 글꼴",)), "없는 글꼴"),
        (Fonts(files=("fonts/none.ttf",)), "fonts/none.ttf"),
        (Fonts(files=("text.ttf",)), "text.ttf"),
    ],
)
def test_a_font_that_is_not_there_is_an_error_with_its_name(
    tmp_path: Path, settings: Fonts, said: str
) -> None:
    (tmp_path / "text.ttf").write_text("this is no font")
    with pytest.raises(BuildError) as caught:
        fonts.faces(_files(tmp_path, settings))
    assert said in caught.value.problem.message
    assert caught.value.problem.path == "site.toml"


def test_missing_characters_are_found_with_their_places(tmp_path: Path) -> None:
    text = "가\U00012000漢 😀\u200d\u2060\ufe0f\u1112\u119e\t\u3164\U00012000"
    found = scripts.missing(text, _files(tmp_path))
    assert found["\U00012000"] == [1, len(text) - 1]
    assert set(found) == {"\U00012000"}


@pytest.mark.parametrize("flavor", ["woff2", "ttf"])
def test_a_subset_is_a_sound_font_of_the_characters_asked_for(tmp_path: Path, flavor: str) -> None:
    for role in ("body", "code"):
        for face in fonts.role_faces(_files(tmp_path), role, 700):
            data = fonts.subset(face, "가나 A1漢", flavor)  # type: ignore[arg-type]
            font = TTFont(io.BytesIO(data), checkChecksums=2)
            asked = set(map(ord, "가나 A1漢"))
            assert set(font.getBestCmap()) == asked & fonts.coverage(face)
            assert font.flavor == (None if flavor == "ttf" else "woff2")
            original = TTFont(face.path, lazy=True)
            for char in "가A":  # the outlines are the original's
                old, new = (f.getBestCmap()[ord(char)] for f in (original, font))
                assert original["glyf"][old].xMax == font["glyf"][new].xMax
                assert original["hmtx"][old] == font["hmtx"][new]


def test_a_subset_drops_reserved_names_and_keeps_the_licence(tmp_path: Path) -> None:
    face = fonts.faces(_files(tmp_path))[0]
    names = TTFont(io.BytesIO(fonts.subset(face, "가", "ttf")))["name"]
    for number in (1, 2, 3, 4, 6, 16, 17):
        assert "Pretendard" not in (names.getDebugName(number) or "")
    assert names.getDebugName(1).startswith("Subset ")
    assert "SIL" in (names.getDebugName(13) or "")
    assert names.getDebugName(0).startswith("Copyright")


def test_a_subset_keeps_tabular_numbers_and_composes_old_hangul(tmp_path: Path) -> None:
    files = _files(tmp_path)
    body, fallback = fonts.role_faces(files, "body", 400)
    features = TTFont(io.BytesIO(fonts.subset(body, "0123", "ttf")))["GSUB"].table.FeatureList
    assert "tnum" in {record.FeatureTag for record in features.FeatureRecord}
    import uharfbuzz as hb

    data = fonts.subset(fallback, "\u1112\u119e\u11ab", "ttf")
    buffer = hb.Buffer()
    buffer.add_str("\u1112\u119e\u11ab")
    buffer.guess_segment_properties()
    font = hb.Font(hb.Face(hb.Blob(data)))
    hb.shape(font, buffer)
    assert sum(position.x_advance > 0 for position in buffer.glyph_positions) == 1
    assert all(info.codepoint for info in buffer.glyph_infos)


def test_subsets_are_the_same_bytes_whatever_the_order(tmp_path: Path) -> None:
    face = fonts.faces(_files(tmp_path))[0]
    one = fonts.subset(face, "가나다", "woff2")
    fonts._subset.cache_clear()
    assert fonts.subset(face, "다나가가", "woff2") == one


@pytest.mark.skipif(not shutil.which("fc-match"), reason="fontconfig's fc-match is not installed")
@pytest.mark.parametrize("folder", [".", "fonts", "elsewhere", "/"])
def test_fontconfig_sees_the_configured_faces_and_nothing_else(folder: str, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    _own_font(tmp_path / "fonts/own.ttf", "Own Family", 400)
    _own_font(tmp_path / "fonts/not-named.ttf", "Other Family", 400)
    files = _files(tmp_path, Fonts(body=("Own Family", "Noto Sans KR"), files=("fonts/own.ttf",)))
    conf = tmp_path / "fonts.conf"
    conf.write_text(fonts.fontconfig(files, tmp_path / "cache"), "utf-8")

    def ask(*command: str) -> str:
        environment = {"FONTCONFIG_FILE": str(conf), "PATH": "/usr/bin:/bin:/usr/local/bin"}
        run = subprocess.run(
            command, env=environment, cwd=tmp_path / folder, capture_output=True, check=True,
            text=True,
        )  # fmt: skip
        assert not run.stderr
        return run.stdout

    seen = set(ask("fc-list", ":", "family").split("\n")) - {""}
    ours = {"Pretendard", "Noto Sans KR", "Noto Serif KR", "D2Coding", "Noto Color Emoji"}
    assert seen == {"Own Family", *ours}
    assert "Own Family" in ask("fc-match", r"sans\-serif:lang=ko")
    assert "D2Coding" in ask("fc-match", "monospace:lang=ko")
    assert "Noto Color Emoji" in ask("fc-match", ":charset=1f600")
