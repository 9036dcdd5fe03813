"""The lowerings: named steps on a platform's copy of the tree, one function in one file each.

A platform's data file names the steps it needs, in order; each records what it loses. The folder is
a flat catalogue, because those names are part of the format of data files: file, function and name
are the same word, named after the result, with the thing first, so that alternatives (`code_drawn`,
`code_plain`) are neighbours. A group would be one more word to know, and no name would be shorter.
"""

from __future__ import annotations

from collections.abc import Callable

from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.lowerings.alt_as_caption import alt_as_caption
from hanpan.crosspost.lowerings.backlink import backlink
from hanpan.crosspost.lowerings.blocks_flattened import blocks_flattened
from hanpan.crosspost.lowerings.callouts_as_quotes import callouts_as_quotes
from hanpan.crosspost.lowerings.callouts_named import callouts_named
from hanpan.crosspost.lowerings.code_drawn import code_drawn
from hanpan.crosspost.lowerings.code_highlighted import code_highlighted
from hanpan.crosspost.lowerings.code_plain import code_plain
from hanpan.crosspost.lowerings.details_as_html import details_as_html
from hanpan.crosspost.lowerings.details_opened import details_opened
from hanpan.crosspost.lowerings.drawings_drawn import drawings_drawn
from hanpan.crosspost.lowerings.embeds_as_players import embeds_as_players
from hanpan.crosspost.lowerings.footnotes_as_anchors import footnotes_as_anchors
from hanpan.crosspost.lowerings.footnotes_as_list import footnotes_as_list
from hanpan.crosspost.lowerings.footnotes_as_marks import footnotes_as_marks
from hanpan.crosspost.lowerings.formulas_drawn import formulas_drawn
from hanpan.crosspost.lowerings.formulas_written import formulas_written
from hanpan.crosspost.lowerings.fragments_unlinked import fragments_unlinked
from hanpan.crosspost.lowerings.headings_in_order import headings_in_order
from hanpan.crosspost.lowerings.item_blocks_outside import item_blocks_outside
from hanpan.crosspost.lowerings.item_blocks_told import item_blocks_told
from hanpan.crosspost.lowerings.items_in_lines import items_in_lines
from hanpan.crosspost.lowerings.lists_one_deep import lists_one_deep
from hanpan.crosspost.lowerings.markdown_signs_told import markdown_signs_told
from hanpan.crosspost.lowerings.markup_plain import markup_plain
from hanpan.crosspost.lowerings.missing_pictures_named import missing_pictures_named
from hanpan.crosspost.lowerings.pictures_left_out import pictures_left_out
from hanpan.crosspost.lowerings.pictures_public import pictures_public
from hanpan.crosspost.lowerings.ruby_in_parentheses import ruby_in_parentheses
from hanpan.crosspost.lowerings.scripts_as_unicode import scripts_as_unicode
from hanpan.crosspost.lowerings.styles_inline import styles_inline
from hanpan.crosspost.lowerings.tables_as_lists import tables_as_lists
from hanpan.crosspost.lowerings.tables_drawn import tables_drawn
from hanpan.crosspost.lowerings.task_boxes_as_text import task_boxes_as_text
from hanpan.crosspost.lowerings.teaser_as_cover import teaser_as_cover
from hanpan.crosspost.lowerings.teaser_first import teaser_first
from hanpan.tree import Element

LOWERINGS: dict[str, Callable[[Element, Lowering], None]] = {
    "alt_as_caption": alt_as_caption,
    "backlink": backlink,
    "blocks_flattened": blocks_flattened,
    "callouts_as_quotes": callouts_as_quotes,
    "callouts_named": callouts_named,
    "code_drawn": code_drawn,
    "code_highlighted": code_highlighted,
    "code_plain": code_plain,
    "details_as_html": details_as_html,
    "details_opened": details_opened,
    "drawings_drawn": drawings_drawn,
    "embeds_as_players": embeds_as_players,
    "footnotes_as_anchors": footnotes_as_anchors,
    "footnotes_as_list": footnotes_as_list,
    "footnotes_as_marks": footnotes_as_marks,
    "formulas_drawn": formulas_drawn,
    "formulas_written": formulas_written,
    "fragments_unlinked": fragments_unlinked,
    "headings_in_order": headings_in_order,
    "item_blocks_outside": item_blocks_outside,
    "item_blocks_told": item_blocks_told,
    "items_in_lines": items_in_lines,
    "lists_one_deep": lists_one_deep,
    "markdown_signs_told": markdown_signs_told,
    "markup_plain": markup_plain,
    "missing_pictures_named": missing_pictures_named,
    "pictures_left_out": pictures_left_out,
    "pictures_public": pictures_public,
    "ruby_in_parentheses": ruby_in_parentheses,
    "scripts_as_unicode": scripts_as_unicode,
    "styles_inline": styles_inline,
    "tables_as_lists": tables_as_lists,
    "tables_drawn": tables_drawn,
    "task_boxes_as_text": task_boxes_as_text,
    "teaser_as_cover": teaser_as_cover,
    "teaser_first": teaser_first,
}
