"""The page to paste a payload from: its own preview.html, and the page of `hanpan preview`.

Everything comes from the payload's files, so that both show the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup

from hanpan import tree
from hanpan.crosspost.losses import Loss, in_words
from hanpan.crosspost.writers.plain import plain_text
from hanpan.labels import Label, LabelTable
from hanpan.language import label_language
from hanpan.messages.translation import translated
from hanpan.source_lines import LineForm
from hanpan.tree import Element

_MOST_LINES = 8  # of one loss, that are named


class PasteLabels(LabelTable):
    """The words of the page."""

    paste = Label("붙여 넣기", "paste")
    api = Label("API", "API")
    copy_rich = Label("서식 있는 글 복사", "Copy as rich text")
    copy_source = Label("원문 복사", "Copy source")
    copy_title = Label("제목 복사", "Copy title")
    copy_tags = Label("태그 복사", "Copy tags")
    copy_canonical = Label("원문 주소 복사", "Copy address of the original")
    copy_command = Label("명령 복사", "Copy command")
    copied = Label("복사했다.", "Copied.")
    not_copied = Label(
        "브라우저가 복사를 막았다. 글을 골라 두었으니 Ctrl+C(⌘C)를 누른다.",
        "The browser did not let us copy. The text is selected: press Ctrl+C (⌘C).",
    )
    tags = Label("태그", "Tags")
    category = Label("카테고리", "Category")
    steps = Label("올리는 순서", "Steps")
    steps_done = Label("{}단계 가운데 {}단계를 마쳤다.", "{1} of {0} steps done.")
    steps_old = Label(
        "표시한 뒤에 글이 바뀌었다. 다시 올려야 할 수 있다.",
        "The post has changed since these were ticked; it may have to be posted again.",
    )
    start_over = Label("표시 지우기", "Clear ticks")
    pictures = Label("그림", "Pictures")
    download_all = Label("모두 내려받기 (ZIP)", "Download all (ZIP)")
    public = Label("공개 주소가 있다", "has a public address")
    teaser = Label("대표 그림", "cover")
    losses = Label("옮기며 달라진 것", "What changed on the way")
    nothing_lost = Label("달라진 것이 없다.", "Nothing changed.")
    line = Label("{}행", "line {}")
    left_out = Label("뺀다", "left out")
    warnings = Label("살펴볼 것", "To look at")
    request = Label("보내는 요청", "The request")
    publish = Label("명령으로 올리기", "Publish by command")
    look = Label("보일 모습", "How it will look")


def paste_page(
    read: Callable[[str], str], lang: str, root: Element | None = None
) -> dict[str, Any]:
    """Return what the templates of layouts/preview/payload.html are filled in with.

    `read` returns a file of the payload by its name; `lang` is that of the page's own words; `root`
    is the payload's tree, where the caller has it.
    """
    manifest = json.loads(read("manifest.json"))
    texts = {name: read(name) for name in manifest["body"]}
    rich = manifest["rich"]
    return {
        "lang": lang,
        "words": PasteLabels(lang),
        "platform": manifest["platform"],
        "label": manifest["label"],
        "entry": manifest["entry"],
        "slug": manifest["slug"],
        "content": manifest["content_sha256"],
        "title": manifest["title"],
        "canonical": manifest["canonical_url"] or "",
        "main": manifest["copy"] if rich else "source",  # the button that comes first
        "tags": manifest["tags"],
        "tags_text": manifest["tags_text"],
        "categories": manifest["categories"],
        "steps": [step.split("`") for step in manifest["steps"].get(label_language(lang), ())],
        "pictures": manifest["images"],
        "losses": _losses(manifest["dropped"], lang),
        "warnings": [
            one | {key: translated(one[key], lang) for key in ("message", "remedy")}
            for one in manifest["warnings"]
        ],
        "texts": texts,
        "rich": rich,
        "plain": _plain(texts, rich, root),
        "command": _command(manifest),
        "request": _request(read("request.json")) if manifest["client"] else None,
    }


def _losses(dropped: Sequence[dict[str, Any]], lang: str) -> list[dict[str, Any]]:
    """Return what was lost and what the author can do, in the page's language."""
    losses = []
    for loss in dropped:
        what, remedy = in_words(Loss(loss["name"], detail=loss["detail"], file=loss["file"]), lang)
        lines = loss["lines"]  # a mark, as long as the payload is in the making
        where = lines if isinstance(lines, str) else Markup(line_form(lang).of(lines))
        losses.append({**loss, "what": what, "remedy": remedy, "where": where})
    return losses


def line_form(lang: str) -> LineForm:
    """Return how the page names the lines of a loss: in brackets, the first where many."""
    shown = PasteLabels(lang).line
    every, first = f" <small>({shown})</small>", f" <small>({shown} …)</small>"
    return LineForm(every, more=first, most=_MOST_LINES)


def _plain(texts: dict[str, str], rich: str | None, root: Element | None) -> str:
    """Return the clipboard's plain text beside rich text: the payload's own if it has one."""
    if not rich:
        return ""
    own = [text for name, text in texts.items() if name.endswith(".txt")]
    return own[0] if own else plain_text(tree.parse(texts[rich]) if root is None else root)


def _command(manifest: dict[str, Any]) -> str:
    """Return the command that publishes the post, "" where there is none."""
    if not manifest["client"] or not manifest["publish"]:
        return ""
    return f"hanpan publish {manifest['platform']} {_quote(manifest['source'])}"


def _quote(path: str) -> str:
    """Return a path for a shell; most need no quotes."""
    is_plain = all(char.isalnum() or char in "/._-" for char in path)
    return path if is_plain else "'" + path.replace("'", "'\\''") + "'"


def _request(text: str) -> dict[str, Any]:
    """Return the request that creates the post, its body as readable text."""
    request: dict[str, Any] = json.loads(text)
    body = json.dumps(request.get("body"), ensure_ascii=False, indent=2)
    return {**request, "body": body}
