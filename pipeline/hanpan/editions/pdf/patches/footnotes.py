"""No footnote is forgotten at the foot of a page.

What: after `remake_page` has set a page, notes whose marks are on it and that were not set are
    carried to the next page.
Why: where a line is the last of its page only because notes were moved to the next one, WeasyPrint
    forgets the line's own notes: `_linebox_layout` leaves before it looks for them.
Upstream: docs/upstream.md, "The footnotes of a page's last line are lost"
Known: WeasyPrint 70.0
Delete when: the reproduction there prints each note once.
"""

from __future__ import annotations

from typing import Any

from hanpan.insides import WEASYPRINT, KnownPart

PARTS = (
    KnownPart(
        WEASYPRINT,
        "weasyprint.layout.page:remake_page",
        "index, context, root_box, html",
        "54219cdedd6586a9",
    ),
)


def install() -> None:
    """Have WeasyPrint carry forgotten notes to the next page."""
    from weasyprint.layout import page

    remake = page.remake_page

    def remake_page(index: int, context: Any, root_box: Any, html: Any) -> Any:
        result = remake(index, context, root_box, html)
        if context.footnotes:
            for box in result[0].descendants():
                if box.footnote in context.footnotes:
                    context.footnotes.remove(box.footnote)
                    context.reported_footnotes.append(box.footnote)
        return result

    page.remake_page = remake_page
