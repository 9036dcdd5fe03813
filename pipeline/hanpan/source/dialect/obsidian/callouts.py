"""Callouts: GitHub's `> [!NOTE]` and Obsidian's `> [!warning]- 제목`, as Chirpy's prompts."""

from __future__ import annotations

import re

from hanpan.source.lines import Kind, Line

_ALERT = re.compile(
    r"([ ]*(?:(?:[-*+]|\d{1,9}[.)])[ ]+)?(?:>[ ]?)+)"
    r"\[!([A-Za-z가-힣_-]{2,20})(?:\|[^\]\n]{0,40})?\]([+-]?)[ \t]*+([^\n]*)\Z"
)
_PROMPTS = {
    "info": "note abstract summary tldr info todo example quote cite question help faq",
    "tip": "tip hint success check done",
    "warning": "important warning attention",
    "danger": "caution failure fail missing danger error bug",
}
_KINDS = {name: prompt for prompt, names in _PROMPTS.items() for name in names.split()}


def alerts(lines: list[Line]) -> list[Line]:
    """Mark the quote that begins with `[!NOTE]` as the callout that `{: .prompt-info }` makes.

    A title of its own is its first paragraph; what is folded keeps that as its summary. A kind that
    Obsidian does not know looks like a note there as well.
    """
    output: list[Line] = []
    for line in lines:
        match = _ALERT.match(line.text) if line.kind is Kind.TEXT else None
        above = output[-1].text.lstrip() if output else ""
        begins = match and (not above.startswith(">") or match[1].count(">") > above.count(">"))
        if not match or not begins:
            output.append(line)
            continue
        prompt = _KINDS.get(match[2].lower(), "info")
        mark = f'<span data-ial=".prompt-{prompt}" data-side="quote"></span>'
        title = match[4].strip()
        if title:
            fold = {"-": "closed", "+": "open"}.get(match[3], "")
            mark += f'<span data-fold="{fold}"></span>' if fold else ""
            mark += f"**{title}**" if "**" not in title else title
        empty = re.sub(r"[-*+\d.)](?=[ ])|\d(?=[.)])", " ", match[1]).rstrip()
        output += [line.with_text(match[1] + mark), line.with_text(empty)]
    return output
