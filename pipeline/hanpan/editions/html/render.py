"""The HTML edition: one page for each post that asks for no other file, and needs no script."""

from __future__ import annotations

from markupsafe import Markup

from hanpan import tree
from hanpan.assets.stylesheets import compact
from hanpan.conservation import find_faults, report_faults, shown_in, take_inventory
from hanpan.document import Document
from hanpan.editions import Artifact, Rendered, product_label
from hanpan.editions.dates import day
from hanpan.editions.html.body import make_page_body
from hanpan.editions.html.contents import ContentsEntry, contents, has_contents
from hanpan.editions.html.fonts import font_css
from hanpan.editions.html.metadata import alternates, json_ld, locale
from hanpan.editions.html.pictures import embed_pictures, hero
from hanpan.editions.reading_time import minutes_to_read
from hanpan.editions.templates import fill, list_marks, styles
from hanpan.files import Files
from hanpan.labels import Labels
from hanpan.media_types import CSS, SVG, data_uri
from hanpan.site import Html, Identity
from hanpan.transforms.html.margin_notes import has_notes_beside

# What is put into the page after Jinja: the body is large, and the fonts depend on all the rest.
# User text cannot forge them, for its `<` is escaped.
_FONTS, _BODY = "<!--fonts-->", "<!--body-->"


def render(document: Document, files: Files) -> Rendered:
    """Return the page of a document.

    Raises BuildError where a layout or a font cannot be used, OSError where a picture is gone.
    """
    css = compact(styles(files, "tokens", "prose", "code", *list_marks(document.body), "screen"))
    body = tree.parse_xml(document.body)
    inventory = take_inventory(body)
    make_page_body(body, document, files, embed_pictures)
    faults = {product_label("html"): find_faults(inventory, shown_in(body))}
    listed = contents(document.headings) if has_contents(document, files) else []
    margins = bool(listed) or has_notes_beside(body)
    page = _page(document, files, css, listed, margins=margins)
    fonts = ""
    if files.settings(Html).embed_fonts:
        around = tree.parse(page[page.find("<body") :])
        fonts = font_css((around, body), css, files, document.meta.lang)
    page = page.replace(_FONTS, fonts, 1).replace(_BODY, tree.inner_html(body), 1)
    path = f"{document.slug}/{document.slug}.html"
    return Rendered(
        (Artifact(path, page.encode("utf-8")),),
        {"html": path},
        placed=report_faults(document, faults),
    )


def _margins(files: Files) -> str:
    """Return the stylesheet of the margins as an address."""
    css = compact(files.layout("styles/margins.css").decode("utf-8", errors="replace"))
    return data_uri(css.encode(), CSS)


def _page(
    document: Document, files: Files, css: str, listed: list[ContentsEntry], *, margins: bool
) -> str:
    """Return the page with marks where the fonts and the body go.

    With `margins` it has something to put there: the contents `listed`, or notes.
    """
    meta, site = document.meta, files.settings(Identity)
    labels = Labels(meta.lang)
    return fill(
        files,
        "html/post.html",
        meta=meta,
        site=site,
        words=labels,
        page_title=f"{meta.title} · {site.title}" if site.title else meta.title,
        locale=locale(meta.lang),
        json_ld=Markup(json_ld(meta, site)),
        translations=alternates(document, site),
        icon=data_uri(files.layout("html/icon.svg"), SVG),
        published=day(meta.published_at, meta.lang),
        modified=day(meta.updated_at, meta.lang),
        reading=labels.minutes.format(minutes_to_read(document)),
        hero=hero(document, files),
        contents=listed,
        heading_count=len(document.headings),
        margins=_margins(files) if margins else "",
        styles=Markup(css),
        fonts=Markup(_FONTS),
        body=Markup(_BODY),
    )
