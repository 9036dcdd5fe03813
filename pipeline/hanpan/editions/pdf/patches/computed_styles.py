"""The computed styles of a page are read without a layout.

What: `get_all_computed_styles` is called with a stylesheet that is parsed already, and
    `set_page_type_computed_styles` for what it says of pages.
Why: code, tables, notes and titles are measured before they are set, with the sizes that the
    stylesheets give them, those of a site too.
Upstream: docs/upstream.md, "Computed styles cannot be read"
Known: WeasyPrint 70.0
Delete when: WeasyPrint gives an element's style under a public name.
"""

from __future__ import annotations

from typing import Any

from hanpan.insides import WEASYPRINT, KnownPart

PARTS = (
    KnownPart(
        WEASYPRINT,
        "weasyprint.css:get_all_computed_styles",
        "html, user_stylesheets, presentational_hints, font_config, counter_style, "
        "color_profiles, page_rules, layers, target_collector, forms",
        "d022d9569ceaf44a",
    ),
    KnownPart(
        WEASYPRINT,
        "weasyprint.layout.page:set_page_type_computed_styles",
        "page_type, html, style_for",
        "aed6c0aac2b45f5b",
    ),
    KnownPart(WEASYPRINT, "weasyprint.layout.page:PageType", "side, blank, name, index, groups"),
)


def install() -> None:
    """Do nothing: styles are read, not changed."""


def style_function(html: Any, sheet: Any, fonts: Any, counters: Any) -> Any:
    """Return WeasyPrint's function from an element of a document to its style.

    `fonts` is a FontConfiguration, `counters` a CounterStyle.
    """
    from weasyprint.css import get_all_computed_styles

    return get_all_computed_styles(html, [sheet], font_config=fonts, counter_style=counters)


def area_style(html: Any, style_of: Any, area: str) -> Any:
    """Return the style of an area of a page in the midst of the text, such as `@footnote`.

    None where no stylesheet says anything of it.
    """
    from weasyprint.layout.page import PageType, set_page_type_computed_styles

    page = PageType("right", False, "", 2, ())
    set_page_type_computed_styles(page, html, style_of)
    return style_of(page, area)
