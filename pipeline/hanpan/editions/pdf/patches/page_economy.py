"""Pages are made again where that leaves no hole at their foot, and no stub at the end.

What: `make_all_pages` is ours where it makes all pages (editions/pdf/economy); `remake_page` and
    `page_height` make a page that is to be a line longer or shorter.
Why: WeasyPrint puts a block that finds no room on the next page, whatever is left empty, and ends
    where the text does: issue 18.
Upstream: https://github.com/Kozea/WeasyPrint/issues/1098 (page floats, the half of it)
Known: WeasyPrint 70.0
Delete when: WeasyPrint has page floats, and something like it for the ends of documents.
"""

from __future__ import annotations

from typing import Any

from hanpan.editions.pdf.economy.pages import Setting, make_pages
from hanpan.insides import WEASYPRINT, KnownPart

PARTS = (
    KnownPart(
        WEASYPRINT,
        "weasyprint.layout.page:make_all_pages",
        "context, root_box, html, pages",
        "18987bbc6ea9e804",
    ),
    KnownPart(
        WEASYPRINT,
        "weasyprint.layout.page:remake_page",
        "index, context, root_box, html",
        "54219cdedd6586a9",
    ),
    KnownPart(
        WEASYPRINT,
        "weasyprint.layout.page:make_page",
        "context, root_box, page_type, resume_at, page_number, page_state",
        "956a4c5f9b42bac8",
    ),
    KnownPart(
        WEASYPRINT,
        "weasyprint.layout.page:page_height",
        "box, context, containing_block_height",
    ),
)
_NORMAL = Setting()


def install() -> None:
    """Have WeasyPrint's pages made by us."""
    from weasyprint import layout
    from weasyprint.layout import page

    make_all, remake, height = page.make_all_pages, page.remake_page, page.page_height

    def make_all_pages(context: Any, root_box: Any, html: Any, pages: Any) -> Any:
        if pages:  # counters of pages have changed: they are made again as they are
            return make_all(context, root_box, html, pages)
        return make_pages(context, root_box, html, page.remake_page)

    def remake_page(index: int, context: Any, root_box: Any, html: Any) -> Any:
        context.page_setting = context.page_settings.get(index, _NORMAL)
        return remake(index, context, root_box, html)

    def page_height(box: Any, context: Any, containing_block_height: float) -> None:
        height(box, context, containing_block_height)
        longer = context.page_setting.longer
        box.height += longer
        box.margin_bottom -= longer

    layout.make_all_pages = make_all_pages
    page.remake_page, page.page_height = remake_page, page_height
