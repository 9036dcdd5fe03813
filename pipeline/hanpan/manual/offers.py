"""Offers: what may stand behind an option, where argparse has a type and no choices."""

from __future__ import annotations

from argparse import Action
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ValueOffer:
    """Values of an argument, asked for when a completion is written: who runs a command waits for
    no table of them.

    `own` is the folder of a site whose *.toml are values as well. `is_list`: several may stand
    there, with commas between them.
    """

    values: Callable[[], Iterable[str]]
    own: str = ""
    is_list: bool = False


def offer(
    action: Action, values: Callable[[], Iterable[str]], *, own: str = "", is_list: bool = False
) -> None:
    """Note the values of an argument; it may be another one all the same."""
    vars(action)["offer"] = ValueOffer(values, own, is_list)


def offer_of(action: Action) -> ValueOffer | None:
    """Return what was noted; None where nothing was."""
    noted = vars(action).get("offer")
    return noted if isinstance(noted, ValueOffer) else None
