"""A post as Markdown, for programs that read text: `llms.txt` names these files."""

from __future__ import annotations

from copy import deepcopy

from hanpan.crosspost.dialect import MarkdownDialect
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.payload import lower
from hanpan.crosspost.platform import Body, Platform
from hanpan.crosspost.writers.markdown import write_markdown
from hanpan.document import Document
from hanpan.editions.site.media import Media
from hanpan.files import Files
from hanpan.site import Crosspost, Identity
from hanpan.tree import Element

_COMMONMARK = Platform(
    name="site",
    label="Markdown",
    entry="api",
    body=Body(
        lowerings=(
            "headings_in_order",
            "missing_pictures_named",
            "callouts_named",
            "footnotes_as_marks",
            "details_opened",
            "task_boxes_as_text",
        )
    ),
    markdown=MarkdownDialect(
        html=("br", "sub", "sup"),
        maths=("$", "$"),
        maths_block=("$$\n", "\n$$"),
        footnotes=True,
        tasks=True,
    ),
)


def write_markdown_page(body: Element, document: Document, files: Files, media: Media) -> str:
    """Return the body of a document as Markdown; the tree stays as it is."""
    root = deepcopy(body)
    for img in root.iter("img"):
        source = img.get("src") or ""
        if source.startswith("asset:"):
            img.set("src", media.attributes(document.asset(source))["src"])
    lowering = Lowering(
        document, _COMMONMARK, files, files.settings(Identity), files.settings(Crosspost), {}
    )
    return write_markdown(lower(root, lowering), lowering)
