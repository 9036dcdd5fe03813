"""Takeover: which results of others are those that a build would come to, and lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hanpan.cache.agreement import steps_that_hold
from hanpan.cache.variants import Variant
from hanpan.files import FAILED
from hanpan.plan.posts import PlannedPost
from hanpan.runner.builder import Builder
from hanpan.runner.packs import REMOTE, Owner
from hanpan.runner.sharing import Wanted
from hanpan.runner.staleness import OpenSite
from hanpan.runner.steps import READ
from hanpan.runner.trace import Trace


class Takeover:
    """What one build takes over of the results of others."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder

    def variant(
        self, wanted: Wanted, variants: Iterable[Variant]
    ) -> tuple[Variant | None, tuple[str, ...]]:
        """Return the variant that has most of what is stale here, and those steps."""
        site = self._builder.staleness.site(wanted.post.site)
        fresh = self.fresh(wanted)
        own = {step: self._builder.traces[wanted.post.key, step] for step in fresh}

        def holds(step: str, trace: Trace, inputs: Mapping[str, str]) -> bool:
            return self._holds(site, trace, inputs)

        best: tuple[Variant | None, tuple[str, ...]] = (None, ())
        for variant in variants:
            traces = {**variant.traces, **own}
            steps = steps_that_hold(traces, wanted.post.slug, wanted.editions, holds, wanted.inputs)
            if len(steps - fresh) > len(best[1]):
                best = variant, tuple(sorted(steps - fresh))
        return best

    def fresh(self, wanted: Wanted) -> set[str]:
        """Return the steps that need no result: nothing of them has changed here."""
        builder, post = self._builder, wanted.post
        traces = self.traces(post, wanted.editions)

        def holds(step: str, trace: Trace, inputs: Mapping[str, str]) -> bool:
            return not builder.staleness.reason(post, step, trace, inputs)

        return steps_that_hold(traces, post.slug, wanted.editions, holds, wanted.inputs)

    def traces(self, post: PlannedPost, editions: Iterable[str]) -> dict[str, Trace]:
        """Return what this build knows of a post's steps."""
        known = self._builder.traces
        steps = ((step, known.get((post.key, step))) for step in (READ, *editions))
        return {step: trace for step, trace in steps if trace}

    def owner(self, post: PlannedPost) -> Owner:
        """Return whose results may be taken over for a post."""
        return Owner(post.key, post.slug, self._builder.tools.fingerprint)

    def adopt(self, post: PlannedPost, chosen: Mapping[str, Trace]) -> None:
        """Take over results that are in out/ now."""
        seen = self._builder.staleness.site(post.site).seen
        for trace in chosen.values():
            for read in trace.reads:
                if read.startswith(REMOTE):
                    seen.pop(read, None)  # it may have been placed with the results
        self._builder.adopt(post, chosen)

    def _holds(self, site: OpenSite, trace: Trace, inputs: Mapping[str, str]) -> bool:
        """Tell whether what a trace of others had read is what is here.

        A remote file need not have been fetched here: it comes with the results. assets.lock says
        which it is; what is not locked is not taken on the word of others.
        """
        for read, before in trace.reads.items():
            locked = site.cache.lock.get(read.removeprefix(REMOTE))
            if read in inputs:
                now = inputs[read]
            elif before == FAILED and not self._builder.options.offline:
                return False  # another build had no network
            elif read.startswith(REMOTE):  # a step of this build may have fetched it meanwhile
                now = locked.sha256 if locked else site.files.fingerprint(read)
            else:
                now = site.value(read)
            if now != before:
                return False
        return True
