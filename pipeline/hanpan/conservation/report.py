"""Report: words that a post has and its document has not, as problems of the author's lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hanpan.conservation.authored import authored_passages
from hanpan.conservation.losses import LostWords, find_losses
from hanpan.conservation.shown import shown_letters
from hanpan.problems import Problem
from hanpan.source.lines import Line
from hanpan.source.notes import NOTE_BEGINS, NOTE_REFERENCE
from hanpan.tree import Element

# what tells by itself that words are not shown: of a note without a mark, of a player
_TELLING = frozenset(("footnote-unused", "footnote-nested", "embed"))
_NEAR = 2  # lines between losses that are one
_LONGEST = 80  # characters of words in a message
_REMEDY = (
    "Look at that place in the page; put blank lines around blocks, and close tags, quotes and "
    "code. If the words are to go, write them as a comment."
)


def report_losses(
    path: str,
    lines: Iterable[Line],
    body: Element,
    replaced: Sequence[str],
    problems: Iterable[Problem],
) -> list[Problem]:
    """Return a problem for each place of a post whose words its document does not have.

    `lines` are the body's, without Liquid; `replaced` has words that are shown in another form;
    `problems` are those that the author is told of anyway.
    """
    lines, problems = list(lines), list(problems)
    losses = find_losses(authored_passages(lines), shown_letters(body, "\n".join(replaced)))
    nested = {name for one in problems if one.rule == "footnote-nested"
              for name in NOTE_REFERENCE.findall(one.message)}  # fmt: skip
    begins = ((line.number, NOTE_BEGINS.match(line.text)) for line in lines)
    notes = {number for number, match in begins if match and match[1] in nested}
    losses = [loss for loss in losses if loss.place not in notes]
    reported = [problem.line for problem in problems if problem.rule in _TELLING and problem.line]
    places = []
    for place in _by_place(losses):
        first, last = place[0].place - _NEAR, place[-1].place
        if not any(first <= line <= last for line in reported):
            places.append(_problem(path, place))
    return places


def _by_place(losses: Iterable[LostWords]) -> list[list[LostWords]]:
    places: list[list[LostWords]] = []
    for loss in losses:
        if places and loss.place - places[-1][-1].place <= _NEAR:
            places[-1].append(loss)
        else:
            places.append([loss])
    return places


def _problem(path: str, losses: Sequence[LostWords]) -> Problem:
    words = " ".join(loss.words for loss in losses)
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rsplit(" ", 1)[0] + " …"
    message = f"these words are in no edition: {words}"
    return Problem("text-lost", "warning", message, path, losses[0].place, _REMEDY)
