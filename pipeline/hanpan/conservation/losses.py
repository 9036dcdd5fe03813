"""Losses: passages of text that are looked for in order, and not there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from hanpan.conservation.letters import letters

_NEAR = 1_500  # letters behind the last find, in which the next is expected
_TRIES = 30  # places of one passage that are looked at
_FAR = 4_000_000  # letters looked at for what is not where it was expected, for all passages
_MOST = 20  # losses; a post that lost more has lost them in one way
_LONG = 8  # letters that are hardly anywhere else
_SHORT = 40  # letters: a single one farther away than that says nothing of the place
_WORD = re.compile(r"[^\W_]+")


class Passage(NamedTuple):
    """A stretch of text that nothing may part, and where it stands: the number of a line, say."""

    place: int
    text: str


class LostWords(NamedTuple):
    """Words that are not there, and where the passage stands that has them."""

    place: int
    words: str


def find_losses(passages: Iterable[Passage], shown: str) -> list[LostWords]:
    """Return which words of the passages are not among the letters `shown`.

    Each passage is expected behind the one before. What was moved (notes, captions) counts as found
    where it is found whole. No letter is found twice, so that words which a post repeats are
    missed where one of their places is empty; what is shown as often as it is sought is not lost,
    however the edition orders its words. Long passages come first, so that a short one does
    not take a part of another's place. The time is linear in both texts: where much is far away,
    the search ends.
    """
    search = _Search(shown)
    sought = [(passage, letters(passage.text)) for passage in passages]
    sought = [(passage, text) for passage, text in sought if _says_much(text)]
    ends = [search.find(text) if len(text) >= _LONG else -1 for _, text in sought]
    search.place = 0
    losses: list[LostWords] = []
    everything = "\n".join(text for _, text in sought)
    for (passage, text), end in zip(sought, ends, strict=True):
        if end >= 0:
            search.place = end
        elif len(text) >= _LONG or search.find(text) < 0:
            if search.is_over or len(losses) >= _MOST:
                break
            runs = search.missing_runs(passage.text)
            if any(shown.count(letters(run)) < everything.count(letters(run)) for run in runs):
                losses.append(LostWords(passage.place, " ".join(runs)))
    return losses


def _says_much(sought: str) -> bool:
    """Tell whether letters are enough to be looked for: fewer are found within any word."""
    return len(sought) > (2 if sought.isascii() else 1)


class _Search:
    """Shown letters, which of them were found, and where the next passage is expected."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._taken = bytearray(len(shown))
        self.place = 0  # behind what was found in its order
        self._aside = 0  # behind what was found elsewhere: what follows may be there, too
        self._far = _FAR

    @property
    def is_over(self) -> bool:
        """Tell whether no more can be looked for."""
        return self._far <= 0

    def find(self, sought: str) -> int:
        """Find letters in their place, or anywhere else; they are not found again.

        Return where what follows them is expected, -1 where they are nowhere.
        """
        near = _NEAR + len(sought)
        at = self._free(sought, self.place, self.place + near)
        if at >= 0:
            self._take(at, at + len(sought))
            return self.place
        at = self._free(sought, self._aside, self._aside + near)
        if at < 0 and self._far > 0:
            self._far -= len(self._shown)
            at = self._free(sought, 0, len(self._shown))
        if at < 0:
            return -1
        place, self._aside = self.place, at + len(sought)
        self._take(at, self._aside)
        self.place = place
        return place

    def missing_runs(self, text: str) -> list[str]:
        """Return the words of a passage that are not near; none if they are elsewhere.

        Neighbours are one run. Where most of it is missing, all of it is: the rest belongs to
        somebody else.
        """
        words = [(word, letters(word)) for word in _WORD.findall(text)]
        runs: list[list[str]] = [[]]
        place, matched = self.place, 0
        reach = place + _NEAR
        for word, sought in words:
            end = reach if len(sought) > 1 else min(reach, place + _SHORT)
            at = self._free(sought, place, end)
            if at < 0:
                runs[-1].append(word)
            else:
                runs.append([])
                place, matched = at + len(sought), matched + len(sought)
        if 2 * matched < sum(len(sought) for _, sought in words):
            runs = [[word for word, _ in words]]
        elif matched:
            self._take(self.place, place)
        missing = [" ".join(run) for run in runs if run]
        everything = letters(" ".join(missing))
        return missing if _says_much(everything) and self.find(everything) < 0 else []

    def _free(self, sought: str, start: int, end: int) -> int:
        """Return where the letters are that were not found before, -1 where nowhere; take them."""
        for _ in range(_TRIES):
            at = self._shown.find(sought, start, end)
            if at < 0:
                return -1
            behind = at + len(sought)
            if not (self._taken[at] or self._taken[behind - 1]):
                return at
            start = at + 1
        return -1

    def _take(self, start: int, end: int) -> None:
        """Have letters found; what follows them comes next."""
        self._taken[start:end] = b"\1" * (end - start)
        self.place = end
