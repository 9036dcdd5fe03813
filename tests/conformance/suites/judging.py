"""Judging: each case read by hanpan, beside what its suite and two other processors make of it."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from hanpan.files import Files
from hanpan.problems import Problem
from hanpan.reading import read
from hanpan.site import load_site
from tests.conformance.suites.cases import Case, cases, write_site
from tests.conformance.suites.differences import Outcome, kinds
from tests.conformance.suites.normal import of_expected, of_ours
from tests.support.reading import Web

RUBY = Path(__file__).with_name("judges.rb")
JUDGES = ("kramdown", "cmark")


@dataclass(frozen=True, slots=True)
class Run:
    """A suite, read as the posts of a blog with a processor; "" for none in its settings."""

    suite: str
    processor: str = ""


RUNS = {
    "kramdown": Run("kramdown"),
    "CommonMark": Run("commonmark"),
    "GFM": Run("gfm"),
    "CommonMark by `markdown: CommonMark`": Run("commonmark", "CommonMark"),
    "GFM by it": Run("gfm", "CommonMark"),
}
PROCESSORS = ("", "CommonMark")
Read = tuple[str, tuple[Problem, ...]]  # a body, and what was wrong


@dataclass(frozen=True, slots=True)
class Judged:
    """A case as it was read, and the kinds in which it differs: None for one without a kind."""

    outcome: Outcome
    kinds: tuple[str, ...] | None
    problems: tuple[Problem, ...]


def has_judges() -> bool:
    """Tell whether ruby with both processors can be run here."""
    command = ["ruby", "-e", 'require "commonmarker"; require "kramdown-parser-gfm"']
    try:
        return subprocess.run(command, capture_output=True, timeout=60).returncode == 0
    except OSError:
        return False


def judge_all(jobs: int = 2) -> dict[str, list[Judged]]:
    """Read all cases of each run, and judge them."""
    every = cases()
    others = dict(zip((case.name for case in every), _others(every), strict=True))
    with ProcessPoolExecutor(jobs) as pool:
        readings = {name: _read_all(every, name, pool) for name in PROCESSORS}
        judged = {}
        for name, run in RUNS.items():
            chosen = [case for case in every if case.suite == run.suite]
            found = [readings[run.processor][case.markdown] for case in chosen]
            # where a processor is named, nothing but what it expects counts
            made = [{} if run.processor else others[case.name] for case in chosen]
            bodies = [body for body, _ in found]
            outcomes = pool.map(_outcome, chosen, made, bodies, chunksize=16)
            judged[name] = [
                Judged(outcome, kinds_of, problems)
                for (outcome, kinds_of), (_, problems) in zip(outcomes, found, strict=True)
            ]
    return judged


def _read_all(every: list[Case], processor: str, pool: ProcessPoolExecutor) -> dict[str, Read]:
    """Return what comes of each Markdown: the suites have much in common."""
    suites = {run.suite for run in RUNS.values() if run.processor == processor}
    unique = {case.markdown: case for case in every if case.suite in suites}
    with tempfile.TemporaryDirectory() as folder:
        posts = write_site(Path(folder), unique.values(), processor)
        readings = pool.map(partial(_read, folder), posts, chunksize=16)
        return dict(zip(unique, readings, strict=True))


def _read(folder: str, post: Path) -> Read:
    root = Path(folder)
    slug = post.stem.removeprefix("2026-03-01-")
    reading = read(post.relative_to(root).as_posix(), slug, Files(load_site(root), Web()))
    return reading.document.body, reading.problems


def _others(chosen: Iterable[Case]) -> list[dict[str, str]]:
    """Return what the judges make of the cases, as HTML by their names."""
    bodies = json.dumps([case.markdown for case in chosen])
    done = subprocess.run(
        ["ruby", str(RUBY)], input=bodies, capture_output=True, text=True, check=True, timeout=600
    )
    return [dict(zip(JUDGES, pair, strict=True)) for pair in json.loads(done.stdout)]


def _outcome(
    case: Case, others: dict[str, str], body: str
) -> tuple[Outcome, tuple[str, ...] | None]:
    ours = of_ours(body)
    if case.expected is None:
        return Outcome(case, "", ours, {}), ()
    normal = {name: of_expected(html) for name, html in others.items()}
    outcome = Outcome(case, of_expected(case.expected), ours, normal)
    return outcome, kinds(outcome)
