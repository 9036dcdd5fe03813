"""The process that builds for the preview: Options on standard input, JSON lines back."""

from __future__ import annotations

import json
import os
import pickle
import signal
import sys
from typing import TextIO

from hanpan.builds import build
from hanpan.console import print_line
from hanpan.environment import FORKS
from hanpan.messages.interface import VARIABLE
from hanpan.messages.translation import problem_in
from hanpan.orphans import end_with
from hanpan.plan.options import Options
from hanpan.preview.warming import warm
from hanpan.problems import HanpanError
from hanpan.reports.terminal import Reporter


def main() -> None:
    """Build whenever requested, until the preview closes the pipe, or is killed."""
    end_with(int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the preview's to handle
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # a build prints to the terminal
    warmed = set[str]()
    while True:
        try:
            options = pickle.load(sys.stdin.buffer)  # noqa: S301  the preview writes it
        except EOFError:
            return
        problem = _build(options, answers)
        _tell(answers, problem=problem)
        cold = [edition for edition in options.editions if edition not in warmed]
        if cold and not problem and FORKS:  # elsewhere workers inherit nothing
            warm(options, cold)
            warmed.update(cold)


def _build(options: Options, answers: TextIO) -> dict[str, object] | None:
    """Build; return the problem that stopped it, None where it finished."""
    try:
        with Reporter(streams=True, lang=os.environ.get(VARIABLE, "en")) as reporter:
            progress = reporter.progress()
            began, finished = progress.began, progress.finished
            count = {"done": 0, "posts": 0}

            def begin(posts: int) -> None:
                began(posts)
                count["posts"] = posts

            def finish(post: str) -> None:
                finished(post)
                count["done"] += 1
                _tell(answers, **count)

            progress.began, progress.finished = begin, finish
            outcome = build(options, progress, reporter.waiting)
        if outcome.summary["steps"]["run"]:
            reporter.close(outcome, options.out)
            sys.stdout.flush()
    except HanpanError as error:
        problem = problem_in(error.problem, os.environ.get(VARIABLE, "en"))
        print_line(f"{problem.location()}: {problem.message}", sys.stderr)
        print_line(f"    {problem.remedy}", sys.stderr)
        return error.problem.as_json()
    return None


def _tell(answers: TextIO, **message: object) -> None:
    answers.write(f"{json.dumps(message)}\n")
    answers.flush()


if __name__ == "__main__":
    main()
