"""Block markup of WordPress (Gutenberg): plain blocks where the editor has one, else `wp:html`.

A block's markup must be what the editor itself would save, or it offers to "recover" it: so blocks
that the editor knows have no styles of ours, and whatever needs them is an HTML block. HTML blocks
also keep wpautop away from line ends (WordPress 6.1 and 6.7).

blocks.py     which block an element becomes
code.py       code and preformatted text
tables.py     tables
markup.py     what blocks are made of
"""

from __future__ import annotations

import re

from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.writers.gutenberg.blocks import write_blocks
from hanpan.tree import Element

# WordPress reads these in any text, code too: a shortcode of its own, an address alone on its line
_SHORTCODE = re.compile(
    r"\[(?=\[?/?(?:wp_caption|caption|gallery|playlist|audio|video|embed)(?![\w-]))"
)
_EMBED = re.compile(r'(?mi)^([^\S\n]*https?:)//(?=[^\s<>"]+[^\S\n]*$)')


def write_gutenberg(root: Element, lowering: Lowering) -> str:
    """Return the body as block markup."""
    text = "\n\n".join(write_blocks(root, lowering)) + "\n"
    # kses removes one escape too many from numbers: `&amp;#8211;` in code would be a dash (6.5)
    text = text.replace("&amp;#", "&amp;&#35;")
    return _EMBED.sub(r"\1&#47;/", _SHORTCODE.sub("&#91;", text))
