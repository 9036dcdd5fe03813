"""Names of elements: which `<name>` in prose is a tag, which is text (HTML Standard, 4)."""

from __future__ import annotations

import re

_HTML = frozenset(
    """a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink
    blockquote body br button canvas caption center cite code col colgroup data datalist dd del
    details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame
    frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend
    li link main map mark marquee menu meta meter nav nobr noframes noscript object ol optgroup
    option output p param picture pre progress q rb rp rt rtc ruby s samp script search section
    select slot small source span strike strong style sub summary sup svg math table tbody td
    template textarea tfoot th thead time title tr track tt u ul var video wbr
    g path rect circle line polyline polygon text tspan defs use""".split()
)
# elements that pandoc and browsers take as blocks, and that are written on several lines
BLOCKS = frozenset(
    """article aside blockquote center details div dl fieldset figure footer form header main nav
    ol section table ul""".split()
)


_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)(?=[\s>/])")
_CODE_SPAN = re.compile(r"(?<!`)(`{1,3})(?!`)[^`]++\1(?!`)")


def block_depth(line: str) -> int:
    """Return how many blocks of HTML a line opens, less those it closes; none in code."""
    tags = _TAG.finditer(without_code_spans(line))
    return sum(-1 if tag[1] else 1 for tag in tags if tag[2].lower() in BLOCKS)


def without_code_spans(line: str) -> str:
    return _CODE_SPAN.sub("``", line) if "`" in line else line


def is_element(name: str) -> bool:
    """Tell whether `name` is an element's, in whatever case."""
    return name.lower() in _HTML
