"""Diagrams: a code block in Mermaid's language becomes a figure, its picture drawn from the source.

What cannot be drawn stays as the author wrote it, and is reported.
"""

from __future__ import annotations

import hashlib

from lxml import etree

from hanpan import budget, tree
from hanpan.assets.diagrams import NotADiagram, draw, words_of
from hanpan.assets.fonts import role_families
from hanpan.assets.images import DIAGRAM, identify
from hanpan.assets.pictures.bounds import NotAPicture
from hanpan.document import Asset
from hanpan.media_types import SVG
from hanpan.transforms.shared.context import Context
from hanpan.tree import Element

LANGUAGE = "language-mermaid"


def diagrams(root: Element, context: Context) -> None:
    """Draw each Mermaid block."""
    for pre in list(root.iter("pre")):
        code = pre.find("code")
        if code is None or code.get("class") != LANGUAGE:
            continue
        source = (code.text or "").strip("\n")
        first = next((line for line in source.split("\n") if line.strip()), "mermaid")
        place = context.place_of(pre, first.strip(), in_code=True)
        budget.at("a diagram", place.line)
        try:
            figure = _figure(source, context)
        except (NotADiagram, NotAPicture) as error:
            context.report(
                "diagram",
                "warning",
                f"the diagram cannot be drawn, so its source is shown: {error}",
                place,
                "Fix its Mermaid source, or use a picture instead.",
            )
            continue
        for name in ("id", "data-title"):
            if pre.get(name):
                figure.set("id" if name == "id" else "title", pre.get(name) or "")
        tree.replace(pre, figure)


def _figure(source: str, context: Context) -> Element:
    svg = draw(source, role_families(context.files)["body"])
    picture = identify(svg)
    digest = hashlib.sha256(svg).hexdigest()[:16]
    size = (picture.width, picture.height)
    context.assets[digest] = Asset(digest, f"{DIAGRAM}:{source}", SVG, *size)
    figure = etree.Element("figure", {"class": "diagram"})
    etree.SubElement(
        figure,
        "img",
        {
            "src": f"asset:{digest}",
            "alt": f"{context.labels.diagram}: {words_of(source, svg)}",
            "width": str(size[0]),
            "height": str(size[1]),
        },
    )
    return figure
