"""FILTERS: all that Jekyll and Liquid have. docs/liquid.md lists them.

All are our own: python-liquid's write values as Python does, and know no limits. None asks the
clock or rolls dice: the same post gives the same text.
"""

from __future__ import annotations

from collections.abc import Callable

from hanpan.source.liquid.filters.dates import DATE_FILTERS
from hanpan.source.liquid.filters.expressions import EXPRESSION_FILTERS
from hanpan.source.liquid.filters.lists import LIST_FILTERS
from hanpan.source.liquid.filters.markup import MARKUP_FILTERS
from hanpan.source.liquid.filters.numbers import NUMBER_FILTERS
from hanpan.source.liquid.filters.texts import TEXT_FILTERS

FILTERS: dict[str, Callable[..., object]] = {
    **TEXT_FILTERS,
    **MARKUP_FILTERS,
    **NUMBER_FILTERS,
    **LIST_FILTERS,
    **EXPRESSION_FILTERS,
    **DATE_FILTERS,
    # stylesheets are no part of a post
    "sassify": lambda value: "",
    "scssify": lambda value: "",
}
