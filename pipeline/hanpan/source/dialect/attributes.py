"""kramdown's attribute lists, `{: .notice}`: how they look, and the mark that stands for one."""

from __future__ import annotations

import html
import re

ATTRIBUTES = re.compile(r"\{:(?![:/])\s*+([^{}\n]*+)\}")
# nothing but attributes, also in a quote
ATTRIBUTES_LINE = re.compile(r"[ \t>]*+(?>(?:\{:(?![:/])[^{}\n]*+\}[ \t]*+)+)\Z")
_INSIDE = re.compile(r"""(?>(?:="[^"]*+"|='[^']*+'|[\s\w.#=%:;,/\\"'()&?+@\u3260-\u327b-])*)""")
OTHER = re.compile(r"\{:[:/][^{}\n]*\}")  # {::nomarkdown}, {:/comment}


def looks_like_attributes(text: str) -> bool:
    """Tell whether the inside of `{: ...}` is kramdown's: classes, ids, pairs, names, 가, ㉮.

    A value in quotes may hold anything: `file="_layouts/*.html"`.
    """
    return bool(_INSIDE.fullmatch(text))


def span_mark(attributes: str, side: str = "") -> str:
    """Return the mark that carries attributes to the tree, for the element in front of it.

    With `side` "block" they are the whole block's.
    """
    where = f' data-side="{side}"' if side else ""
    return f'<span data-ial="{html.escape(attributes.strip())}"{where}></span>'
