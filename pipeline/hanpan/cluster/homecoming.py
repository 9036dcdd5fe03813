"""Homecoming: what came of a step elsewhere, looked at as a cache's result is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hanpan.cluster.orders import Order, OrderResult
from hanpan.cluster.supplies import Supplies
from hanpan.files import ACCIDENT
from hanpan.runner.packs import Owner, Pack, check_origin, unpack
from hanpan.runner.steps import StepResult, Task


@dataclass(frozen=True, slots=True)
class Arrival:
    """A result and its contents; or why there is none: the worker lacked files, or only this
    machine comes to it.
    """

    result: StepResult | None = None
    results: Pack | None = None
    lacks: frozenset[str] = frozenset()  # paths below the site's root
    only_here: bool = False


def arrive(task: Task, order: Order, outcome: OrderResult, supplies: Supplies) -> Arrival:
    """Return the result of a step, if it was made of what is here."""
    result, results = outcome.result, None
    try:
        if outcome.pack:
            results = unpack(outcome.pack)
            trace = results.traces[task.step]
            result = replace(result, trace=trace, problems=trace.problems)
            check_origin(results.traces, Owner(task.post, task.slug, task.tools))
    except (ValueError, KeyError):  # of an accident: it may go well here
        return Arrival(only_here=True)
    reads = result.trace.reads if result.trace else result.reads
    unequal = supplies.compare(task, reads, order)
    is_accident = any(key.startswith(ACCIDENT) for key in reads)
    if outcome.is_too_large or unequal.only_here or is_accident:
        return Arrival(only_here=True)
    if unequal.keys:
        return Arrival(lacks=frozenset(unequal.paths()))
    supplies.learn(task, reads)
    return Arrival(result, results)
