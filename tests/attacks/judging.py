"""Judging: an attack is a function of a scene that raises Found; what became of it is a verdict."""

from __future__ import annotations

import tempfile
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.attacks.scene import Found, Scene

Attack = Callable[[Scene], None]
Attacks = Mapping[str, Attack]  # by name


@dataclass(frozen=True)
class Verdict:
    """What became of an attack: it held, or a sentence says what was found."""

    kind: str
    name: str
    tried: int
    finding: str = ""
    cpu: float = 0.0  # seconds of the processor that its commands took
    figures: tuple[str, ...] = ()  # what was measured, where that is shown


def judge(
    kind: str, name: str, attack: Attack, seed: int, *, hanpan: tuple[str, ...] = ()
) -> Verdict:
    """Make an attack in a folder of its own, which is removed. `hanpan` is what is attacked."""
    with tempfile.TemporaryDirectory(prefix="hanpan-attack-", ignore_cleanup_errors=True) as folder:
        scene = Scene(Path(folder).resolve(), f"{seed} {kind} {name}", hanpan=hanpan)
        finding = ""
        try:
            attack(scene)
        except Found as found:
            finding = str(found)
        except Exception:  # of the attack itself: it may not pass for one that held
            finding = f"the attack failed: {traceback.format_exc(limit=-4)}"
        return Verdict(kind, name, scene.tried, finding, scene.cpu, scene.figures)
