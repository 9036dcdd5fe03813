"""Scene: a site in a folder of its own with canaries around it, and hanpan run there under laws.

The laws that hold for each command, whatever was done to it: it ends by itself, within bounds, with
a documented code; it shows no traceback, no control characters and no canary; it writes to its own
folders alone; and nothing that it has started outlives it.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from tests.attacks import canaries
from tests.attacks.running import HANPAN, INSIDE, Bounds, Ended, run
from tests.attacks.surroundings import (
    Snapshot,
    changed_paths,
    differences,
    opened_paths,
    snapshot,
    tracing_command,
)
from tests.support.command import ROOT

CODES = (0, 1, 2)  # docs/usage.md
SETTINGS = 'title = "시험"\nurl = "https://blog.example"\nauthor = "글쓴이"\n'
POST = "posts/2026-03-01-글.md"
FRONT = '---\ntitle: "글"\ndate: 2026-03-01\n---\n\n'
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BUG = re.compile(r"This is a bug in hanpan")
_WARNING = re.compile(r"\.py:\d+: \w*Warning: ")
_COMMANDS = re.compile(r"^(?:::[a-z-]+|##\[)", re.MULTILINE)  # of GitHub's runners
_DEVICES = ("/dev/null", "/dev/tty", "/dev/shm", "/proc/self/")


class Found(AssertionError):
    """A law that a command breaks: what the attack was made to find."""


def inside(attack: Mapping[str, object]) -> dict[str, str]:
    """Return an environment in which Python itself takes part: see inside/sitecustomize.py."""
    path = f"{INSIDE}:{ROOT / 'pipeline'}"
    return {"HANPAN_ATTACK": json.dumps(attack), "PYTHONPATH": path}


def law(holds: object, sentence: str) -> None:
    """Raise Found where a law does not hold."""
    if not holds:
        raise Found(sentence)


class Scene:
    """A site, its surroundings, and the commands that were run in it."""

    def __init__(self, folder: Path, seed: str = "", *, hanpan: tuple[str, ...] = ()) -> None:
        """`hanpan` is the command that is attacked, by default this checkout's."""
        self.folder = folder
        self.random = Random(seed)
        self.site, self.outside = folder / "site", folder / "outside"
        self.bounds = Bounds()
        self.cpu = 0.0  # seconds of the processor that all commands took
        self.figures: tuple[str, ...] = ()  # what an attack has measured
        self.traced = False  # the next commands run under strace
        self.tried = 1  # attacks within this one; those that try many count them
        self._hanpan = hanpan or HANPAN
        self._number = 0
        for name in ("site", "outside", "home", "tmp"):
            (folder / name).mkdir(parents=True)
        for name, text in _OUTSIDE.items():
            (self.outside / name).write_text(text, "utf-8")
        self.own = [self.site / name for name in (".hanpan", "assets.lock", "crosspost.lock")]
        self.own += [self.site / "out", folder / "home" / ".cache"]

    @property
    def out(self) -> Path:
        return self.site / "out"

    @property
    def post(self) -> Path:
        return self.site / POST

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Write files of the site, by their names."""
        for name, content in files.items():
            path = self.site / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(
                content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
            )

    def make_site(self, text: str = "글\n", settings: str = "", front: str = FRONT) -> None:
        """Lay out a site with one post."""
        self.write({"site.toml": SETTINGS + settings, POST: front + text})

    def environment(self, **more: str) -> dict[str, str]:
        """Return what a command finds around it: a canary, and none of ours."""
        folders = {"HOME": self.folder / "home", "TMPDIR": self.folder / "tmp"}
        return {
            "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "CI": "true",
            "PYTHONPATH": str(ROOT / "pipeline"), "OTHER_SECRET": canaries.ENVIRONMENT,
            **{name: str(path) for name, path in folders.items()}, **more,
        }  # fmt: skip

    def build(self, *arguments: str, **more: Any) -> Ended:
        """Run `hanpan build --offline --json`, one step at a time."""
        return self.hanpan("build", "--offline", "--jobs", "1", "--json", *arguments, **more)

    def hanpan(
        self,
        *arguments: str,
        env: Mapping[str, str] | None = None,
        bounds: Bounds | None = None,
        before: tuple[str, ...] = (),
    ) -> Ended:
        """Run hanpan to its end, and judge it. `before` is a command that runs it."""
        self._number += 1
        traces = self.folder / f"calls-{self._number}"
        limits = bounds or self.bounds
        is_traced = self.traced and shutil.which("strace") is not None
        tracer = tracing_command(traces) if is_traced else []
        if is_traced:
            limits = replace(limits, cpu=3 * limits.cpu)  # strace's own time counts
        surroundings = self._surroundings()
        ended = run(
            [*before, *self._hanpan, *arguments],
            self.site,
            self.environment(**(env or {})),
            limits,
            tracer,
        )
        self.cpu += ended.cpu
        self.judge(ended, limits)
        self._judge_files(surroundings)
        if is_traced:
            self._judge_calls(traces)
            shutil.rmtree(traces)
        return ended

    def summary(self, ended: Ended) -> dict[str, Any]:
        """Return the object that `--json` shows."""
        try:
            value = json.loads(ended.out)
        except ValueError:
            raise Found(f"--json is no JSON: {ended.printed[-300:]!r}") from None
        law(isinstance(value, dict), "--json is no object")
        return dict(value)

    def judge(self, ended: Ended, bounds: Bounds) -> None:
        """Raise Found where a command breaks a law."""
        shown = (
            shlex.join(ended.command[ended.command.index("hanpan") + 1 :])
            if "hanpan" in ended.command
            else ended.command[0]
        )
        end = ended.printed[-400:]
        law(ended.code is not None, f"`{shown}` did not end {ended.why}: {end!r}")
        law("Traceback (most recent" not in ended.printed, f"`{shown}`: a traceback: {end!r}")
        warning = _WARNING.search(ended.printed)
        law(not warning, f"`{shown}` shows Python's warnings: {_around(ended.printed, warning)!r}")
        law(ended.code in CODES, f"`{shown}` ended with {ended.code}: {end!r}")
        bug = _BUG.search(ended.printed)
        law(not bug, f"`{shown}`: a bug: {_around(ended.printed, bug, 300)!r}")
        law(not ended.left, f"`{shown}` left processes behind: {', '.join(ended.left)}")
        law(ended.cpu <= bounds.cpu, f"`{shown}` took {ended.cpu:.1f} s of the processor")
        law(ended.memory <= bounds.memory, f"`{shown}` took {ended.memory / 1e6:.0f} MB")
        law(not canaries.has_canary(ended.printed.encode()), f"`{shown}` prints a canary: {end!r}")
        control = _CONTROLS.search(ended.printed)
        law(
            not control, f"`{shown}` prints control characters: {_around(ended.printed, control)!r}"
        )
        order = _COMMANDS.search(ended.printed)
        law(not order, f"`{shown}` gives orders to a runner: {_around(ended.printed, order)!r}")

    def _surroundings(self) -> Snapshot:
        calls = [path for path in self.folder.iterdir() if path.name.startswith("calls-")]
        return snapshot(self.folder, {*self.own, *calls})

    def _judge_files(self, before: Snapshot) -> None:
        changed = differences(before, self._surroundings())
        law(not changed, f"outside its folders, it changed {changed[:3]}")
        leaking = canaries.files_with_canaries(self.own)
        law(not leaking, f"a canary was written to {leaking[:3]}")

    def _judge_calls(self, traces: Path) -> None:
        free = [str(path) for path in (*self.own, self.folder / "tmp", traces)]
        wrong = sorted(
            path
            for path in changed_paths(traces)
            if not path.startswith((*free, *_DEVICES)) and "/__pycache__" not in path
        )
        law(not wrong, f"outside its folders, it wrote to {wrong[:3]}")
        secret = [
            p
            for p in opened_paths(traces)
            if p.startswith(f"{self.outside}/") or p.endswith("/environ")
        ]
        law(not secret, f"it opened what is not the site's: {sorted(secret)[:3]}")


def _around(text: str, match: re.Match[str] | None, width: int = 60) -> str:
    return text[max(0, match.start() - width) : match.end() + 60] if match else ""


_OUTSIDE = {
    "secret.md": f"---\ntitle: {canaries.FILE}\n---\n\n{canaries.FILE}\n",
    "secret.yml": f"{canaries.FILE}: {canaries.FILE}\n",
    "secret.toml": f'title = "{canaries.FILE}"\nauthor = "{canaries.FILE}"\n',
    "secret.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><text>{canaries.FILE}</text></svg>',
    "secret.css": f'body::before {{ content: "{canaries.FILE}" }}\n',
    "precious.txt": "nobody may change or remove this\n",
}
