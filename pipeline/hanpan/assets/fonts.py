"""Fonts: the faces that a site has, what they cover, and subsets of them.

Nothing comes from the system: the faces are the vendored ones and the site's own font files.
"""

from __future__ import annotations

import hashlib
import struct
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import uharfbuzz as hb

from hanpan.assets import sfnt
from hanpan.assets.code_points import CodePoints
from hanpan.files import Files
from hanpan.problems import BuildError, Problem
from hanpan.roots import RefusedFile
from hanpan.site import Fonts

Role = Literal["body", "code"]
Flavor = Literal["woff2", "ttf"]
EMOJI = "Noto Color Emoji"

# family, weight, layout file: what hanpan carries (facts of the files, so that none is opened)
_VENDORED = (
    ("Pretendard", 400, "fonts/pretendard/Pretendard-Regular.ttf"),
    ("Pretendard", 700, "fonts/pretendard/Pretendard-Bold.ttf"),
    ("Noto Sans KR", 400, "fonts/noto-sans-kr/NotoSansKR_400Regular.ttf"),
    ("Noto Sans KR", 700, "fonts/noto-sans-kr/NotoSansKR_700Bold.ttf"),
    ("Noto Serif KR", 400, "fonts/noto-serif-kr/NotoSerifKR_400Regular.ttf"),
    ("D2Coding", 400, "fonts/d2coding/d2coding.ttf"),
    ("D2Coding", 700, "fonts/d2coding/d2coding-bold.ttf"),
    (EMOJI, 400, "fonts/noto-color-emoji/NotoColorEmoji.ttf"),
)
VENDORED = frozenset(family for family, _, _ in _VENDORED)
# OpenType tables that no page needs: signatures, vertical metrics, FontForge's times
_DROPPED = ("DSIG", "FFTM", "vhea", "vmtx", "VORG", "STAT", "BASE", "gasp", "LTSH", "VDMX", "hdmx")
# beside HarfBuzz's default features: numbers in tables; letters and accents that meet in maths
_WANTED = ("tnum", "dtls", "flac")
_VERTICAL = ("vert", "vrt2", "valt", "vhal", "vpal", "vkrn", "vkna")


@dataclass(frozen=True, slots=True)
class Face:
    """One font file. `key` is the SHA-256 of its bytes: equal exactly when the faces are."""

    family: str
    weight: int  # 400 or 700, as CSS counts
    path: Path
    key: str


@lru_cache(maxsize=4)  # one step asks many times, always at the same door
def faces(files: Files) -> tuple[Face, ...]:
    """Return every configured face in fallback order: body, code, the rest, emoji last.

    Raises BuildError where site.toml names a font file or a family that is not there.
    """
    settings = files.settings(Fonts)
    own = [_own_face(files, name) for name in settings.files]
    vendored = [_vendored_face(files, *entry) for entry in _VENDORED]
    every = own + vendored
    known = {face.family for face in every}
    order = [*settings.body, *settings.code]
    for family in order:
        if family not in known:
            raise _unusable(f"no font file has the family `{family}`")
    order += [face.family for face in every if face.family != EMOJI] + [EMOJI]
    return tuple(sorted(every, key=lambda face: (order.index(face.family), face.weight)))


def role_families(files: Files) -> dict[Role, tuple[str, ...]]:
    """Return the families of running text and of code, in fallback order."""
    settings = files.settings(Fonts)
    return {"body": settings.body, "code": settings.code}


def role_faces(files: Files, role: Role, weight: int) -> tuple[Face, ...]:
    """Return the faces that set text of a role and weight (400, 700), in fallback order.

    A family without that weight gives its nearest one.
    """
    every = faces(files)
    chosen = []
    for family in role_families(files)[role]:
        candidates = [face for face in every if face.family == family]
        chosen.append(min(candidates, key=lambda face: abs(face.weight - weight)))
    return tuple(dict.fromkeys(chosen))


@lru_cache(maxsize=128)  # of all scripts
def coverage(face: Face) -> CodePoints:
    """Return the code points for which a face has a glyph."""
    return CodePoints([_open_font(face).unicodes])


def width_of(face: Face, text: str) -> float:
    """Return the average width in em of characters, each for itself."""
    font = hb.Font(_open_font(face))
    glyphs = (font.get_nominal_glyph(ord(character)) or 0 for character in text)
    total: int = sum(map(font.get_glyph_h_advance, glyphs))
    return float(total / len(text) / font.face.upem)


def subset(face: Face, text: str, flavor: Flavor) -> bytes:
    """Return a font file with the glyphs of `text` that the face has, and their features.

    Reserved Font Names are dropped, as the OFL asks of changed files: the family is named by a
    hash; copyright and licence stay. The same face and characters give the same bytes.
    """
    return _subset(face, frozenset(map(ord, text)) & coverage(face), flavor)


@lru_cache(maxsize=128)
def _subset(face: Face, characters: frozenset[int], flavor: Flavor) -> bytes:
    original = _open_font(face)
    wanted = hb.SubsetInput()
    wanted.flags = hb.SubsetFlags.NO_HINTING
    parts = frozenset(part for code in characters for part in _parts(code)) & coverage(face)
    wanted.sets(hb.SubsetInputSets.UNICODE).set(characters | parts)
    wanted.sets(hb.SubsetInputSets.NAME_ID).clear()
    wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(_tags(_DROPPED))
    features = wanted.sets(hb.SubsetInputSets.LAYOUT_FEATURE_TAG)
    features.update(_tags(_WANTED))
    for tag in _tags(_VERTICAL):
        features.discard(tag)
    version, tables = sfnt.read_tables(hb.subset(original, wanted).blob.data)
    content = face.key + ",".join(map(str, sorted(characters)))
    family = f"Subset {hashlib.sha256(content.encode()).hexdigest()[:8]}"
    style = "Bold" if face.weight >= 600 else "Regular"
    names = {1: family, 2: style, 3: f"{family} {style}", 4: f"{family} {style}"}
    names[6] = f"{family}-{style}".replace(" ", "")
    for number in (0, 13, 14):  # copyright, licence, its address
        names[number] = original.get_name(number) or ""
    tables["name"] = sfnt.name_table({key: text for key, text in names.items() if text})
    return (sfnt.woff2 if flavor == "woff2" else sfnt.ttf)(version, tables)


def _parts(code: int) -> Iterable[int]:
    """Return what HarfBuzz takes a vowel sign of India or South-East Asia apart into."""
    is_taken_apart = 0x0900 <= code <= 0x109F or 0x1780 <= code <= 0x1CFF
    return map(ord, unicodedata.normalize("NFKD", chr(code))) if is_taken_apart else ()


def _own_face(files: Files, name: str) -> Face:
    """Return the face in a font file of the site."""
    try:
        path = files.file_path(name)
    except RefusedFile:
        raise
    except OSError:
        raise _unusable(f"the font file `{name}` does not exist") from None
    key = files.reads[f"file:{name}"]
    family, weight = _family_and_weight(path, key)
    if not family:
        raise _unusable(f"`{name}` is not a TTF or OTF font")
    return Face(family, weight, path, key)


def _vendored_face(files: Files, family: str, weight: int, name: str) -> Face:
    path = files.layout_path(name)
    return Face(family, weight, path, files.reads[f"layout:{name}"])


def _unusable(message: str) -> BuildError:
    return BuildError(
        Problem("font", "error", message, "site.toml", None, "Correct [fonts] in site.toml.")
    )


@lru_cache(maxsize=32)
def _family_and_weight(path: Path, key: str) -> tuple[str, int]:
    """Return the family (typographic, else legacy) and the weight that a font file says."""
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    family = face.get_name(16) or face.get_name(1) or ""
    table = face.reference_table("OS/2").data  # usWeightClass is its third number
    weight = struct.unpack_from(">H", table, 4)[0] if len(table) >= 6 else 400
    return family, 700 if weight >= 600 else 400


@lru_cache(maxsize=16)
def _open_font(face: Face) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(str(face.path)))


def _tags(names: Iterable[str]) -> list[int]:
    """Return four-letter OpenType tags as the numbers that HarfBuzz wants."""
    return [int.from_bytes(name.encode("ascii"), "big") for name in names]


def fontconfig(files: Files, cache: Path, more: tuple[Face, ...] = ()) -> str:
    """Return a fonts.conf that lets fontconfig see the configured faces, `more`, and nothing else.

    `cache` is a folder that fontconfig may write its index to.
    """
    roles = role_families(files)
    families = {"sans-serif": roles["body"], "serif": roles["body"], "monospace": roles["code"]}
    paths = [face.path for face in (*faces(files), *more)]
    lines = [f"<dir>{_escape(folder)}</dir>" for folder in _unique(path.parent for path in paths)]
    lines += [f"<cachedir>{_escape(cache)}</cachedir>"]
    # a folder of the site may hold other fonts: only the files that were named count
    # fontconfig 2.15 puts the current folder before a pattern that does not begin with /, and 2.17
    # takes it off one that does: ? in place of the first / keeps that whole.
    globs = (f"<glob>{first}{_escape(path)[1:]}</glob>" for path in paths for first in "/?")
    accepted = "".join(globs)
    lines += [
        f"<selectfont><acceptfont>{accepted}</acceptfont>"
        "<rejectfont><glob>*</glob><glob>/*</glob></rejectfont></selectfont>"
    ]
    for generic, names in families.items():
        preferred = "".join(f"<family>{_escape(name)}</family>" for name in names)
        # binding "same": a generic name must win over a face that has more of the language
        lines += [
            f'<alias binding="same"><family>{generic}</family><prefer>{preferred}</prefer></alias>'
        ]
    template = files.layout("fonts/fonts.conf").decode("utf-8")
    return template.replace("{}", "\n".join(lines))


def _unique(items: Iterable[Path]) -> list[Path]:
    return list(dict.fromkeys(items))


def _escape(value: object) -> str:
    return str(value).replace("&", "&amp;").replace("<", "&lt;")
