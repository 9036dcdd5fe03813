"""XHTML that a validator takes: a body of real-world HTML, mended by rule.

Posts carry raw HTML of any age: `<center>`, `<font>`, lists without items, a `<div>` in a `<p>`.
Each rule below turns one kind of it into HTML that means the same: EPUBCheck has nothing to say.
The rules change the tree that their caller owns, and each is idempotent.
"""

from __future__ import annotations

from pipeline.transforms.inline_maths import sound_maths
from pipeline.transforms.inline_svg import plain_names, sound_svg
from pipeline.transforms.link_targets import sound_ids, sound_links
from pipeline.transforms.xhtml_attributes import sound_attributes
from pipeline.transforms.xhtml_names import known_names
from pipeline.transforms.xhtml_nesting import sound_nesting
from pipeline.transforms.xhtml_structure import sound_structure
from pipeline.tree import Element


def valid_xhtml(root: Element, base: str = "") -> None:
    """Make everything below `root` valid XHTML of EPUB 3.3 (HTML Standard, section 3 and 4).

    `base` is the absolute address that relative links start from; "" unwraps them.
    """
    plain_names(root)  # first: the other rules compare tags without namespaces
    sound_maths(root)  # before names: broken formulas become text, which is HTML again
    known_names(root)
    sound_attributes(root)  # before nesting: elements keep their looks when their names change
    sound_structure(root)
    sound_nesting(root)  # after structure, which makes the lists and tables that nesting judges
    sound_ids(root)
    sound_links(root, base)  # after ids: a link to an id that was dropped or renamed follows
    sound_svg(root)
