"""Pictures as blocks of WordPress, in the size that their author chose."""

from __future__ import annotations

from hanpan import tree
from hanpan.crosspost.blocks import has_blocks
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.writers.gutenberg.markup import attribute, bare, wrap
from hanpan.crosspost.writers.picture_sizes import given_size
from hanpan.tree import Element


def image_block(element: Element, lowering: Lowering) -> str:
    """Return a paragraph or figure of one picture as a block, "" where there is more in it."""
    if element.tag == "p":
        is_alone = len(element) == 1 and not tree.text_of(element).strip()
        return _image(element[0], lowering) if is_alone and element[0].tag == "img" else ""
    return _captioned_image(element, lowering) if element.tag == "figure" else ""


def _captioned_image(figure: Element, lowering: Lowering) -> str:
    pictures, captions = list(figure.iter("img")), list(figure.iter("figcaption"))
    others = [e for e in figure.iterdescendants() if e.tag in ("a", "table", "pre", "video")]
    if len(pictures) != 1 or len(captions) > 1 or others:
        return ""
    caption = captions[0] if captions else None
    inside = tree.text_of(caption) if caption is not None else ""
    if tree.text_of(figure).strip() != inside.strip():
        return ""
    if caption is not None and has_blocks(caption):
        return ""
    return _image(pictures[0], lowering, bare(caption) if caption is not None else "")


def _image(img: Element, lowering: Lowering, caption: str = "") -> str:
    """Return an image block; a size as WordPress 6.2 writes it, which later ones convert."""
    source, alt = (attribute(img.get(name) or "") for name in ("src", "alt"))
    below = f'<figcaption class="wp-element-caption">{caption}</figcaption>' if caption else ""
    size = given_size(img, lowering)
    if not size:
        figure = f'<figure class="wp-block-image"><img src="{source}" alt="{alt}"/>{below}</figure>'
        return wrap("image", figure)
    width, height = size
    picture = f'<img src="{source}" alt="{alt}" width="{width}" height="{height}"/>'
    figure = f'<figure class="wp-block-image is-resized">{picture}{below}</figure>'
    return wrap("image", figure, {"width": width, "height": height})
