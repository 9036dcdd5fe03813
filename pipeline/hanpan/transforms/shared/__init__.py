"""Shared transforms: what every edition wants, run once when a post is read, in this order.

tests/transforms/shared/test_order.py holds each of the reasons.
"""

from __future__ import annotations

from collections.abc import Callable

from hanpan.transforms.shared.context import Context
from hanpan.transforms.shared.media.diagrams import diagrams
from hanpan.transforms.shared.media.embeds import embeds
from hanpan.transforms.shared.media.links import links
from hanpan.transforms.shared.media.maths import maths
from hanpan.transforms.shared.media.picture_forms import picture_forms
from hanpan.transforms.shared.media.pictures import pictures
from hanpan.transforms.shared.sound.attributes import attributes
from hanpan.transforms.shared.sound.colours import colours
from hanpan.transforms.shared.sound.depth import depth
from hanpan.transforms.shared.sound.elements import elements
from hanpan.transforms.shared.sound.ids import ids
from hanpan.transforms.shared.sound.inline_svg import inline_svg
from hanpan.transforms.shared.sound.nesting import nesting
from hanpan.transforms.shared.sound.ruby import ruby
from hanpan.transforms.shared.sound.structure import structure
from hanpan.transforms.shared.sound.unsafe import report_unsafe
from hanpan.transforms.shared.text.abbreviations import abbreviations
from hanpan.transforms.shared.text.attribute_lists import attribute_lists
from hanpan.transforms.shared.text.code_blocks import code_blocks
from hanpan.transforms.shared.text.footnotes import footnotes
from hanpan.transforms.shared.text.heading_ids import heading_ids
from hanpan.transforms.shared.text.headings import headings, skipped_levels
from hanpan.transforms.shared.text.page_breaks import page_breaks
from hanpan.transforms.shared.text.quotes import quotes
from hanpan.transforms.shared.text.task_lists import task_lists
from hanpan.transforms.shared.text.tight_items import tight_items
from hanpan.transforms.shared.text.unmatched_notes import unmatched_notes
from hanpan.transforms.shared.text.wiki_links import wiki_links
from hanpan.tree import Element

__all__ = ["SHARED", "Context", "Transform"]

Transform = Callable[[Element, Context], None]

SHARED: tuple[Transform, ...] = (
    depth,  # first: the others look at all around an element; it may cut lists, which are repaired
    tight_items,  # its marks stand in front of the text
    attribute_lists,  # its marks belong to the element in front of them, before that moves
    wiki_links,  # after attribute_lists, whose marks stand in the same quotes
    heading_ids,  # before attributes and maths, which forget what was typed
    code_blocks,  # before elements: what looks like a script in code is code
    diagrams,  # after code_blocks, which brings their sources to one form
    embeds,  # before elements: a gist is a script
    maths,  # before attributes, which forgets pandoc's class names; broken formulas become HTML
    abbreviations,  # before attributes, which forgets what they are defined by
    task_lists,  # before elements: their boxes are inputs
    ruby,  # before elements, which forgets its older parts
    picture_forms,  # before attributes, which forgets how editors write sizes
    page_breaks,  # before attributes, which forgets the styles that ask for them
    inline_svg,  # before ids: what is taken out of a drawing needs none
    elements,
    attributes,  # after elements: what a `<font>` said is said by a `<span>`
    colours,  # after attributes, which leaves only the styles that it knows
    structure,
    nesting,  # after structure: what that made of a part is kept where the part becomes a phrase
    footnotes,
    unmatched_notes,
    quotes,
    headings,  # before ids: those that it names `section` get their numbers
    ids,
    skipped_levels,
    links,  # after ids: a link within the page needs to know them
    pictures,  # last of the tree: what was taken out is not fetched
    report_unsafe,
)
