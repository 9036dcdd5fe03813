"""A page that is parsed already becomes WeasyPrint's document.

What: an object of `weasyprint.HTML` is made of a tree, with the attributes that its `__init__`
    would set.
Why: `HTML` takes text alone, and parses it in Python: a tenth of the whole time. Our pages are
    well-formed XML, which the parser of the standard library reads in C.
Upstream: docs/upstream.md, "HTML does not take a parsed tree"
Known: WeasyPrint 70.0
Delete when: `HTML` takes an ElementTree.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from hanpan.insides import WEASYPRINT, KnownPart

PARTS = (
    KnownPart(
        WEASYPRINT,
        "weasyprint:HTML.__init__",
        "self, guess, filename, url, file_obj, string, encoding, base_url, url_fetcher, media_type",
        "5192c9881ab3126c",
    ),
)


def install() -> None:
    """Do nothing: no other document is made in another way."""


def html_of(root: ElementTree.Element, fetcher: Any) -> Any:
    """Return WeasyPrint's document of a tree; `fetcher` is a weasyprint.urls.URLFetcher."""
    from cssselect2 import ElementWrapper  # type: ignore[import-untyped]
    from weasyprint import HTML

    html: Any = HTML.__new__(HTML)
    html.base_url = None
    html.url_fetcher = fetcher
    html.media_type = "print"
    html.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
    html.etree_element = html.wrapper_element.etree_element
    return html
