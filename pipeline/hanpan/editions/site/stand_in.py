"""Stand-in: the reader's own Korean font in the widths of ours, while ours is on its way.

Text is there at once in a font of the system, and in ours when that has come. Syllables of Noto
Sans CJK, which Android, ChromeOS and Linux have, are a sixteenth wider than Pretendard's: all lines
would break elsewhere then, and the page would jump. So each kind of character is scaled to our
width of it (CSS Fonts 5, `size-adjust`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hanpan.assets.fonts import Role, coverage, role_faces, width_of
from hanpan.files import Files

_ROLE: Role = "body"  # code has a width for all
FAMILY = "post-body-wait"


@dataclass(frozen=True, slots=True)
class _Kind:
    """Characters that are scaled alike: a sample of them, and how CSS names them."""

    sample: str
    ranges: str
    regular: float  # the sample's average width in em: Noto Sans CJK KR 2.004, Regular and Bold
    bold: float


_KINDS = (
    _Kind("가", "U+3000-FFFF", 0.92, 0.92),
    _Kind(" ", "U+20", 0.224, 0.227),
    _Kind("0123456789", "U+30-39", 0.555, 0.59),
    _Kind("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "U+41-5A", 0.6357, 0.6681),
    _Kind("etaoinshrdlcumwfgypbvk", "U+61-7A", 0.5417, 0.5771),
    _Kind(".,:;()-'\"/!?", "U+21-2F,U+3A-40,U+5B-60,U+7B-7E", 0.3397, 0.383),
)
_NAMES = {
    400: ("Noto Sans KR", "NotoSansKR-Regular", "Noto Sans CJK KR", "NotoSansCJKkr-Regular"),
    700: ("Noto Sans KR Bold", "NotoSansKR-Bold", "Noto Sans CJK KR Bold", "NotoSansCJKkr-Bold"),
}
FORM = (_KINDS, _NAMES)  # part of the stylesheet's name


def stand_in_rules(files: Files) -> Iterator[str]:
    """Yield the @font-face rules of the stand-in; none for a font without Hangul."""
    for weight, names in _NAMES.items():
        face = role_faces(files, _ROLE, weight)[0]
        if ord("가") not in coverage(face):
            continue
        sources = ",".join(f'local("{name}")' for name in names)
        for kind in _KINDS:
            theirs = kind.regular if weight == 400 else kind.bold
            scale = width_of(face, kind.sample) / theirs
            yield (
                f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};src:{sources};'
                f"size-adjust:{scale:.2%};unicode-range:{kind.ranges}}}"
            )
