"""report.md: what a payload shows otherwise than the post does, and what the author may do."""

from __future__ import annotations

from collections.abc import Sequence

from hanpan.crosspost.losses import Loss, in_words
from hanpan.crosspost.pictures import NumberedPicture
from hanpan.crosspost.tags import REASONS, TagChange
from hanpan.problems import Problem

_MOST_LINES = 12  # of one loss, that are named
_WORDS = {
    "title": ("{}: 옮기며 달라진 것", "{}: what changed on the way"),
    "losses": ("달라진 것", "Changes"),
    "tags": ("태그", "Tags"),
    "pictures": ("그림", "Pictures"),
    "problems": ("살펴볼 것", "To look at"),
    "nothing": ("달라진 것이 없다.", "Nothing changed."),
    "line": ("{}행", "line {}"),
    "lines": ("{}행", "lines {}"),
    "more": ("외 {}곳", "and {} more"),
    "left out": ("뺌", "left out"),
    "no address": ("주소 없음: 올려야 함", "no address: to be uploaded"),
}


def write_report(
    label: str,
    source: str,
    losses: Sequence[Loss],
    tags: Sequence[TagChange],
    pictures: Sequence[NumberedPicture],
    problems: Sequence[Problem],
    *,
    lang: str,
) -> str:
    """Return report.md, in Korean or English."""
    side = 0 if lang.startswith("ko") else 1
    words = {key: pair[side] for key, pair in _WORDS.items()}
    parts = [f"# {words['title'].format(label)}", f"`{source}`"]
    if losses:
        parts += [f"## {words['losses']}", "\n".join(_loss(loss, words, lang) for loss in losses)]
    changed = [change for change in tags if change.reason]
    if changed:
        parts += [f"## {words['tags']}", "\n".join(_tag(change, words, side) for change in changed)]
    if pictures:
        parts += [f"## {words['pictures']}", "\n".join(_picture(p, words) for p in pictures)]
    if problems:
        said = "\n".join(f"- {p.severity}: {p.message}. {p.remedy}".rstrip() for p in problems)
        parts += [f"## {words['problems']}", said]
    if not (losses or changed or problems):
        parts.append(words["nothing"])
    return "\n\n".join(parts) + "\n"


def _loss(loss: Loss, words: dict[str, str], lang: str) -> str:
    what, remedy = in_words(loss, lang)
    times = f" (×{loss.count})" if loss.count > 1 else ""
    return f"- {what}{times}{_place(loss, words)}. → {remedy}."


def _place(loss: Loss, words: dict[str, str]) -> str:
    """Return the lines of a loss in brackets, the first ones where there are many."""
    if not loss.lines:
        return ""
    shown = ", ".join(map(str, loss.lines[:_MOST_LINES]))
    if len(loss.lines) > _MOST_LINES:
        shown += f" {words['more'].format(len(loss.lines) - _MOST_LINES)}"
    return f" ({words['lines' if len(loss.lines) > 1 else 'line'].format(shown)})"


def _tag(change: TagChange, words: dict[str, str], side: int) -> str:
    after = f"`{change.after}`" if change.after else words["left out"]
    return f"- `{change.before}` → {after}: {REASONS[change.reason][side]}."


def _picture(picture: NumberedPicture, words: dict[str, str]) -> str:
    address = f"<{picture.url}>" if picture.url else words["no address"]
    return f"- {picture.number:02} `images/{picture.file}`: {address}"
