"""Transforms: one rule per file; each changes a tree that its caller owns.

SHARED is what every edition wants, run once when a post is read. The other files are transforms
that single editions choose.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.transforms.abbreviations import abbreviations
from pipeline.transforms.attribute_lists import attribute_lists
from pipeline.transforms.attributes import attributes
from pipeline.transforms.code_blocks import code_blocks
from pipeline.transforms.colours import colours
from pipeline.transforms.context import Context
from pipeline.transforms.depth import depth
from pipeline.transforms.diagrams import diagrams
from pipeline.transforms.drawings import drawings
from pipeline.transforms.embeds import embeds
from pipeline.transforms.footnotes import footnotes
from pipeline.transforms.heading_ids import heading_ids
from pipeline.transforms.headings import headings, skipped_levels
from pipeline.transforms.ids import ids
from pipeline.transforms.links import links
from pipeline.transforms.lost_notes import lost_notes
from pipeline.transforms.maths import maths
from pipeline.transforms.names import names
from pipeline.transforms.nesting import nesting
from pipeline.transforms.pictures import pictures
from pipeline.transforms.quotes import quotes
from pipeline.transforms.ruby import ruby
from pipeline.transforms.structure import structure
from pipeline.transforms.task_lists import task_lists
from pipeline.transforms.tight_items import tight_items
from pipeline.transforms.unsafe import tell_unsafe
from pipeline.tree import Element

__all__ = ["SHARED", "Context", "Transform"]

Transform = Callable[[Element, Context], None]

SHARED: tuple[Transform, ...] = (
    depth,  # first: the others look at all that is around an element
    tight_items,  # its marks stand in front of the text
    attribute_lists,  # its marks belong to the element in front of them, before that moves
    heading_ids,  # before attributes and maths, which forget what was typed
    code_blocks,  # before names: what looks like a script in code is code
    diagrams,  # after code_blocks, which brings their sources to one form
    embeds,  # before names: a gist is a script
    maths,  # before attributes, which forgets pandoc's class names; broken formulas become HTML
    abbreviations,  # before attributes, which forgets what they are defined by
    task_lists,  # before names: their boxes are inputs
    ruby,  # before names, which forgets its older parts
    drawings,  # before ids: what is taken out of a drawing needs none
    names,
    attributes,  # after names: what a `<font>` said is said by a `<span>`
    colours,  # after attributes, which leaves only the styles that it knows
    structure,
    nesting,  # after structure, which makes the lists and tables that nesting judges
    footnotes,
    lost_notes,
    quotes,  # before headings: their texts are what contents and outlines say
    headings,  # before ids: a heading of raw HTML gets its id like any other
    ids,
    skipped_levels,
    links,  # after ids: a link within the page needs to know them
    pictures,  # last of the tree: what was taken out is not fetched
    tell_unsafe,
)
