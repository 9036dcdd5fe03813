"""Named: cases whose difference no rule describes, each with its reason.

An example of GFM with the Markdown of one of CommonMark has its reason.
"""

from __future__ import annotations

_KRAMDOWN = {
    "block/03_paragraph/standalone_image": "`standalone` makes no caption",
    "block/04_header/atx_header": "`##제목` is no heading in Jekyll; `{#9ab}` is an id",
    "block/04_header/setext_header": "`-` below a quote is an empty item",
    "block/06_codeblock/whitespace": "`.show-whitespaces` draws no blanks: they would be copied",
    "block/08_list/escaping": "a list directly below a line, as in Jekyll",
    "block/08_list/lazy_and_nested": "items nest by their indentation",
    "block/08_list/mixed": "several tabs behind an item's mark begin code, as in CommonMark",
    "block/09_html/cdata_section": "`<![CDATA[...]]>` is text",
    "block/09_html/processing_instruction": "`<?xml ... ?>` on its own lines is code",
    "block/10_ald/simple": "an escaped brace ends a list of attributes",
    "block/13_definition_list/item_ial": "attributes in front of several terms are no terms",
    "block/14_table/errors": "one row with pipes on both sides is a table",
    "block/14_table/header": "a table that begins with a row of dashes has no head",
    "block/14_table/simple": "`<code>` keeps no pipe; one row needs dashes",
    "block/15_math/normal": "blanks between formulas",
    "span/01_link/inline": "brackets that nothing closes in an address make text of the link",
    "span/04_footnote/inside_footnote": "a note that another refers to is reported, not shown",
    "span/05_html/normal": "blocks and form fields within a paragraph end it or go",
    "span/abbreviations/abbrev": "an abbreviation of several words is found where it begins",
    "span/autolinks/url_links": "`<mailto:...>` is shown as typed",
    "span/ial/simple": "attributes behind a word without a mark go",
    "span/line_breaks/normal": "blanks behind a break",
    "span/math/normal": "`\\$` does not keep two dollars from being a formula",
}
_COMMONMARK = {
    13: "in a line that reads like TeX a backslash in front of a blank stays TeX",
    91: "code in a line binds tighter than the line below that underlines a heading",
    115: "indented code right below an underlined heading is a paragraph",
    134: "authors indent fences; behind four blanks they still are",
    161: "a fence right below HTML is code, also for GitHub's processor",
    198: "a title over more than two lines is none",
    199: "a title that nothing closes is a part of the address",
    203: "no blank is needed between an address and its title",
    238: "indented text right below code in a quote is the quote's",
    239: "a line below a quote's fence is the quote's",
    267: "a number of seven digits begins no list",
    282: "text below an empty item is the item's",
    299: "items nest by their indentation",
    304: "`3)` goes on with the list of `2.`",
    349: "a run of backticks closes a shorter one",
    492: "an address may go on in the next line, as in kramdown",
    509: "a no-break space in an address is a blank",
    522: "the description of a picture with links in it keeps their text",
    528: "brackets of a link bind tighter than an address in it",
    540: "brackets of a link bind tighter than an address in it",
    554: "a definition with a blank label over two lines is left out, and told",
    571: "three pairs of brackets are read from the right",
    573: "three pairs of brackets are read from the right",
    599: "`MAILTO:` is written in lower case",
    603: "a host with a port is no address",
    635: "a tag may go on in a line that begins with `>`",
}
_GFM = {
    202: "a row of a table needs a pipe",
    324: "a character that does not exist is U+FFFD",
    534: "brackets of a link bind tighter than an address in it",
    546: "brackets of a link bind tighter than an address in it",
}
NAMED = {
    **{f"kramdown/{name}": reason for name, reason in _KRAMDOWN.items()},
    **{f"commonmark/{number}": reason for number, reason in _COMMONMARK.items()},
    **{f"gfm/{number}": reason for number, reason in _GFM.items()},
}

# reports of words that are in no edition, which are right or harmless
_UNFINISHED = "a tag that nothing finishes takes them, as on GitHub"
_TITLE = "a title over several lines is shown as one"
_THREE = "the label of a link, the third in a row"
TEXT_LOST = {
    "commonmark/156": _UNFINISHED,
    "commonmark/157": _UNFINISHED,
    "commonmark/158": _UNFINISHED,
    "commonmark/162": "a tag whose second line begins with the mark of a quote",
    "commonmark/198": _TITLE,
    "commonmark/554": "the address of a definition whose label is blank",
    "commonmark/571": _THREE,
    "commonmark/573": _THREE,
    "commonmark/618": "the attributes of a tag over two lines",
    "gfm/126": _UNFINISHED,
    "gfm/127": _UNFINISHED,
    "gfm/128": _UNFINISHED,
    "gfm/165": _TITLE,
    "gfm/204": "a cell beyond the last column, as on GitHub",
    "gfm/560": "the address of a definition whose label is blank",
    "gfm/577": _THREE,
    "gfm/579": _THREE,
    "gfm/635": "the attributes of a tag over two lines",
}
