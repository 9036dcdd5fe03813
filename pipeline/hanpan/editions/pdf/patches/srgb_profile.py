"""sRGB is described by a small colour profile.

What: a `weasyprint.css.ColorProfile` of Little CMS's profile is given as one of the document's, and
    named as its output intent.
Why: WeasyPrint's own profile gives its curves point by point, takes 2.2 KB more, packed, and would
    be a sixth of a short post's file.
Upstream: docs/upstream.md, "The profile of sRGB is three kilobytes"
Known: WeasyPrint 70.0
Delete when: the output intent `srgb` of WeasyPrint takes less than a kilobyte.
"""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from PIL import ImageCms

from hanpan.insides import WEASYPRINT, KnownPart

SRGB = "hanpan-srgb"  # its name within WeasyPrint
PARTS = (
    KnownPart(
        WEASYPRINT,
        "weasyprint.css:ColorProfile.__init__",
        "self, file_object, src, rendering_intent, components",
        "1c95d00fe3337212",
    ),
)
_DATE = slice(24, 36)  # bytes of a profile's header


def install() -> None:
    """Do nothing: the profile comes with each document."""


def srgb() -> Any:
    """Return sRGB as WeasyPrint takes a colour profile."""
    from weasyprint.css import ColorProfile

    return ColorProfile(io.BytesIO(_profile()), SRGB, "relative-colorimetric", ("r", "g", "b"))


@cache
def _profile() -> bytes:
    """Return the profile, without the time when it was made (ICC.1, 7.2.8)."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return data[: _DATE.start] + bytes(12) + data[_DATE.stop :]
