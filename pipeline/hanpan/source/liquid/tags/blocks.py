"""Blocks: tags around text: quotes, notes, parts folded away, diagrams, formulas."""

from __future__ import annotations

from hanpan.source.addresses import ADDRESS
from hanpan.source.liquid.arguments import parse
from hanpan.source.liquid.items import Call
from hanpan.source.liquid.marks import BREAK, trim_blank_lines
from hanpan.source.liquid.run import Run
from hanpan.source.liquid.tags.scope import TagScope


def quote(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    """Hexo's blockquote: author, source, address and title of the source."""
    quoted = [f"> {line}" for line in trim_blank_lines(body or "").split("\n")]
    address = ADDRESS.search(call.arguments)
    before = call.arguments[: address.start()] if address else call.arguments
    after = call.arguments[address.end() :] if address else ""
    source = " ".join(parse(before)[0]) if '"' in before else before.strip().strip(",")
    if address:
        title = after.strip().strip("\"'") or address[0]
        source = f"{source}, [{title}]({address[0]})" if source else f"[{title}]({address[0]})"
    if source and call.name in ("blockquote", "quote"):
        quoted += [">", f"> — {source}"]
    return _apart("\n".join(quoted))


def note(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    """Notes of NexT, Docsy and others: a callout."""
    words, _ = parse(call.arguments)
    kinds = {"warning", "danger", "success", "info", "primary", "default", "error", "tip"}
    named_kind = next((word.lower() for word in words if word.lower() in kinds), "info")
    kind = {"error": "danger", "tip": "success", "default": "info"}.get(named_kind, named_kind)
    title = " ".join(word for word in words if word.lower() not in kinds | {"no-icon"})
    text = (
        f"**{title}**\n\n{trim_blank_lines(body or '')}" if title else trim_blank_lines(body or "")
    )
    return _apart(f'<div class="notice--{kind}">\n\n{text}\n\n</div>')


def details(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    """Parts that are folded away."""
    words, named = parse(call.arguments)
    label = named.get("summary") or named.get("title") or " ".join(words)
    label = label or scope.labels.details
    text = trim_blank_lines(body or "")
    return _apart(f"<details>\n<summary>{label}</summary>\n\n{text}\n\n</details>")


def diagram(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    return _apart(f"```{call.name}\n{trim_blank_lines(body or '')}\n```")


def maths(call: Call, body: str | None, run: Run, scope: TagScope) -> str:
    tex = trim_blank_lines(body or "")
    return _apart(f"$$\n{tex}\n$$") if "\n" in tex else f"${tex}$"


def _apart(markdown: str) -> str:
    """Return Markdown set apart from what is around it, whatever blanks there are."""
    text = markdown.replace("\n", BREAK)
    return f"{BREAK}{BREAK}{text}{BREAK}{BREAK}"
