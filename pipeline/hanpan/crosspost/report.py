"""report.md: how a payload differs from the post, and what the author can do."""

from __future__ import annotations

from collections.abc import Sequence

from hanpan.crosspost.losses import Loss, in_words
from hanpan.crosspost.pictures import NumberedPicture
from hanpan.crosspost.tags import REASONS, TagChange
from hanpan.labels import Label, LabelTable
from hanpan.messages.translation import problem_in
from hanpan.problems import Problem
from hanpan.source_lines import LineForm, line_mark

_MOST_LINES = 12  # of one loss, that are named


class ReportLabels(LabelTable):
    """The words of a report."""

    title = Label("{}: 옮기며 달라진 것", "{}: what changed on the way")
    losses = Label("달라진 것", "Changes")
    tags = Label("태그", "Tags")
    pictures = Label("그림", "Pictures")
    problems = Label("살펴볼 것", "To look at")
    error = Label("오류", "error")
    warning = Label("경고", "warning")
    info = Label("알림", "info")
    nothing = Label("달라진 것이 없다.", "Nothing changed.")
    line = Label(" ({}행)", " (line {})")
    lines = Label(" ({}행)", " (lines {})")
    more_lines = Label(" ({} 외 {rest}곳행)", " (lines {} and {rest} more)")
    left_out = Label("뺌", "left out")
    no_address = Label("주소 없음: 올려야 함", "no address: to be uploaded")


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
    labels = ReportLabels(lang)
    parts = [f"# {labels.title.format(label)}", f"`{source}`"]
    if losses:
        parts += [f"## {labels.losses}", "\n".join(_loss(loss, lang) for loss in losses)]
    changed = [change for change in tags if change.reason]
    if changed:
        parts += [f"## {labels.tags}", "\n".join(_tag(change, labels, lang) for change in changed)]
    if pictures:
        parts += [f"## {labels.pictures}", "\n".join(_picture(p, labels) for p in pictures)]
    if problems:
        lines = "\n".join(_problem(problem, labels, lang) for problem in problems)
        parts += [f"## {labels.problems}", lines]
    if not (losses or changed or problems):
        parts.append(labels.nothing)
    return "\n\n".join(parts) + "\n"


def _loss(loss: Loss, lang: str) -> str:
    what, remedy = in_words(loss, lang)
    times = f" (×{loss.count})" if loss.count > 1 else ""
    return f"- {what}{times}{line_mark(loss.elements)}. → {remedy}."


def _problem(problem: Problem, labels: ReportLabels, lang: str) -> str:
    shown = problem_in(problem, lang)
    severity = {"error": labels.error, "warning": labels.warning, "info": labels.info}
    return f"- {severity[shown.severity]}: {shown.message}. {shown.remedy}".rstrip()


def line_form(lang: str) -> LineForm:
    """Return how the report names the lines of a loss: in brackets, the first where many."""
    labels = ReportLabels(lang)
    return LineForm(labels.line, labels.lines, labels.more_lines, _MOST_LINES)


def _tag(change: TagChange, labels: ReportLabels, lang: str) -> str:
    after = f"`{change.after}`" if change.after else labels.left_out
    return f"- `{change.before}` → {after}: {REASONS[change.reason].text(lang)}."


def _picture(picture: NumberedPicture, labels: ReportLabels) -> str:
    address = f"<{picture.url}>" if picture.url else labels.no_address
    return f"- {picture.number:02} `images/{picture.file}`: {address}"
