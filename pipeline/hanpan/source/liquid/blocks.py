"""Blocks: tags around text: quotes, notes, parts folded away, diagrams, formulas."""

from __future__ import annotations

from hanpan.source.addresses import ADDRESS
from hanpan.source.liquid.arguments import parse
from hanpan.source.liquid.items import Call
from hanpan.source.liquid.marks import BREAK, trimmed
from hanpan.source.liquid.place import Place
from hanpan.source.liquid.run import Run


def quote(call: Call, body: str | None, run: Run, place: Place) -> str:
    """Hexo's blockquote: author, source, address and title of the source."""
    quoted = [f"> {line}" for line in trimmed(body or "").split("\n")]
    address = ADDRESS.search(call.arguments)
    before = call.arguments[: address.start()] if address else call.arguments
    after = call.arguments[address.end() :] if address else ""
    said = " ".join(parse(before)[0]) if '"' in before else before.strip().strip(",")
    if address:
        title = after.strip().strip("\"'") or address[0]
        said = f"{said}, [{title}]({address[0]})" if said else f"[{title}]({address[0]})"
    if said and call.name in ("blockquote", "quote"):
        quoted += [">", f"> — {said}"]
    return _apart("\n".join(quoted))


def note(call: Call, body: str | None, run: Run, place: Place) -> str:
    """Notes of NexT, Docsy and others: a callout."""
    words, _ = parse(call.arguments)
    kinds = {"warning", "danger", "success", "info", "primary", "default", "error", "tip"}
    found = next((word.lower() for word in words if word.lower() in kinds), "info")
    kind = {"error": "danger", "tip": "success", "default": "info"}.get(found, found)
    title = " ".join(word for word in words if word.lower() not in kinds | {"no-icon"})
    said = f"**{title}**\n\n{trimmed(body or '')}" if title else trimmed(body or "")
    return _apart(f'<div class="notice--{kind}">\n\n{said}\n\n</div>')


def details(call: Call, body: str | None, run: Run, place: Place) -> str:
    """Parts that are folded away."""
    words, named = parse(call.arguments)
    label = named.get("summary") or named.get("title") or " ".join(words)
    label = label or place.labels.details
    said = trimmed(body or "")
    return _apart(f"<details>\n<summary>{label}</summary>\n\n{said}\n\n</details>")


def diagram(call: Call, body: str | None, run: Run, place: Place) -> str:
    return _apart(f"```{call.name}\n{trimmed(body or '')}\n```")


def maths(call: Call, body: str | None, run: Run, place: Place) -> str:
    said = trimmed(body or "")
    return _apart(f"$$\n{said}\n$$") if "\n" in said else f"${said}$"


def _apart(markdown: str) -> str:
    """Return Markdown set apart from what is around it, whatever blanks there are."""
    text = markdown.replace("\n", BREAK)
    return f"{BREAK}{BREAK}{text}{BREAK}{BREAK}"
