"""Streams of a PDF, packed at zlib's usual level.

pydyf packs at level 9, which takes two to three times as long for fonts and pages, and saves less
than a hundredth of the file (measured over the corpus).
"""

from __future__ import annotations

import zlib
from typing import Any

LEVEL = 6


def pack_streams(pdf: Any) -> None:
    """Pack every stream of a pydyf.PDF that would be packed when it is written."""
    import pydyf

    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.compress:
            whole = pydyf.Stream(item.stream)  # in the form that it would be written
            data = whole.data.partition(b"stream\n")[2].removesuffix(b"\nendstream")
            item.stream[:] = [zlib.compress(data, LEVEL)]
            item.extra["Filter"] = "/FlateDecode"
            item.compress = False
