"""Transforms: one rule per file; each changes a tree that its caller owns.

SHARED is what every edition wants, run once when a post is read. The other files are transforms
that single editions choose.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.transforms.attribute_lists import attribute_lists
from pipeline.transforms.clean import clean
from pipeline.transforms.code_blocks import code_blocks
from pipeline.transforms.context import Context
from pipeline.transforms.depth import depth
from pipeline.transforms.embeds import embeds
from pipeline.transforms.footnotes import footnotes
from pipeline.transforms.headings import headings
from pipeline.transforms.ids import ids
from pipeline.transforms.links import links
from pipeline.transforms.maths import maths
from pipeline.transforms.obsolete import obsolete
from pipeline.transforms.pictures import pictures
from pipeline.transforms.task_lists import task_lists
from pipeline.tree import Element

__all__ = ["SHARED", "Context", "Transform"]

Transform = Callable[[Element, Context], None]

SHARED: tuple[Transform, ...] = (
    depth,  # first: the others look at all that is around an element
    attribute_lists,  # its marks belong to the element in front of them, before that moves
    code_blocks,  # before clean: what looks like a script in code is code
    embeds,  # before clean: a gist is a script
    maths,  # before clean, which forgets pandoc's class names
    task_lists,  # before clean: their boxes are inputs
    obsolete,
    clean,
    footnotes,
    headings,  # before ids: a heading of raw HTML gets its id like any other
    ids,
    links,  # after ids: a link within the page needs to know them
    pictures,  # last: what was taken out is not fetched
)
