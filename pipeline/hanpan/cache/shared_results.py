"""Shared results: what a build finds in a cache before it runs steps, and what it leaves there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from multiprocessing.connection import Connection
from types import TracebackType

from hanpan.cache.address import KEY, CacheAddress
from hanpan.cache.agreement import steps_that_hold
from hanpan.cache.keys import index_key
from hanpan.cache.process import Answered, Fetch, LookUp, Offer
from hanpan.cache.requests import OpenRequest, Requests
from hanpan.cache.work import Variant
from hanpan.editions import EDITIONS
from hanpan.files import FAILED
from hanpan.plan.posts import PlannedPost
from hanpan.problems import Problem, apply_severities
from hanpan.runner.builder import Builder
from hanpan.runner.packs import REMOTE, Owner, is_shareable
from hanpan.runner.sharing import Wanted
from hanpan.runner.staleness import OpenSite
from hanpan.runner.steps import READ, EditionInput
from hanpan.runner.trace import Trace


class SharedResults:
    """The cache of one build, in a process of its own that starts with the first request.

    When the store is out of reach, or an answer takes longer than the address allows, the build
    goes on without it.
    """

    def __init__(self, address: CacheAddress, builder: Builder) -> None:
        self.address = address
        self._builder = builder
        key = os.environ.get(KEY, "").encode()
        self._requests = Requests(address, key, builder.state.folder, self._report)
        self._asked: set[str] = set()
        self._books: dict[str, EditionInput] = {}  # what they are made of
        self._known: dict[str, tuple[Variant, ...]] = {}  # of posts that must be read first

    def __enter__(self) -> SharedResults:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait until what was offered is stored; not when the build has stopped."""
        if kind is None:
            self._requests.finish()
        self._requests.end()

    @property
    def is_asked(self) -> bool:
        """Whether anything that was asked has no answer yet."""
        return self._requests.is_asked

    @property
    def pipe(self) -> Connection | None:
        """What is readable when an answer comes."""
        return self._requests.pipe

    def ask(self, wanted: Wanted) -> bool:
        """Look for the results of steps that are stale; return whether there will be an answer.

        A post that had to be read is asked for again: its document may be one that is known.
        """
        post, inputs = wanted.post, wanted.inputs
        if inputs and inputs.outline:
            self._books[post.key] = inputs
        if self._requests.is_over or self._builder.options.force:
            return False
        if post.key in self._asked:
            return self._fetch(wanted, self._known.pop(post.key, ()))
        self._asked.add(post.key)
        if len(self._fresh(wanted)) == len(wanted.editions) + (not inputs):
            return False
        site = self._builder.staleness.site(post.site)
        file = f"file:{post.file.relative}"
        made_of = inputs.reads() if inputs else {file: site.value(file)}
        request = LookUp(self._digest(post, made_of), self._owner(post))
        self._requests.submit(OpenRequest(wanted, request))
        return True

    def answered(self) -> Iterator[Wanted]:
        """Yield what has its answer; results that were there are in out/ and in traces."""
        for one, answer in self._requests.answers():
            if not one.is_offer and not self._goes_on(one, answer):
                yield one.wanted

    def offer(self, post: PlannedPost) -> None:
        """Store the results of a post's steps that hold together."""
        builder, inputs = self._builder, self._books.get(post.key)
        if self._requests.is_over or self.address.read_only or not builder.options.write:
            return
        traces = self._traces(post, EDITIONS)
        steps = steps_that_hold(traces, post.slug, EDITIONS, self._is_of_this_build, inputs)
        offline = builder.options.offline
        shared = {
            step: traces[step]
            for step in sorted(steps)
            if is_shareable(traces[step], offline=offline)
        }
        if shared:
            file = f"file:{post.file.relative}"
            made_of = inputs.reads() if inputs else {file: traces[READ].reads.get(file, "")}
            workspace = builder.staleness.site(post.site).workspace
            request = Offer(self._digest(post, made_of), shared, workspace)
            self._requests.submit(OpenRequest(Wanted(post, ()), request))

    def _goes_on(self, one: OpenRequest, answer: Answered) -> bool:
        """Use an answer; return whether there is more to ask for this post."""
        if isinstance(one.request, LookUp):
            if self._fetch(one.wanted, answer.variants):
                return True
            if answer.variants and not one.wanted.inputs:
                self._known[one.wanted.post.key] = answer.variants
        elif answer.is_placed and one.chosen:
            seen = self._builder.staleness.site(one.wanted.post.site).seen
            for trace in one.chosen.values():
                for read in trace.reads:
                    if read.startswith(REMOTE):
                        seen.pop(read, None)  # it may have been placed with the results
            self._builder.adopt(one.wanted.post, one.chosen)
        return False

    def _fetch(self, wanted: Wanted, variants: tuple[Variant, ...]) -> bool:
        """Ask for the results of one variant, if there is one with any that are wanted."""
        variant, steps = self._choose(wanted, variants) if variants else (None, ())
        if not variant or self._requests.is_over:
            return False
        post = wanted.post
        workspace = self._builder.staleness.site(post.site).workspace
        request = Fetch(variant, steps, self._owner(post), workspace)
        chosen = {step: variant.traces[step] for step in steps}
        self._requests.submit(OpenRequest(wanted, request, chosen))
        return True

    def _choose(
        self, wanted: Wanted, variants: tuple[Variant, ...]
    ) -> tuple[Variant | None, tuple[str, ...]]:
        """Return the variant that has most of what is stale here, and those steps."""
        site = self._builder.staleness.site(wanted.post.site)
        fresh = self._fresh(wanted)
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

    def _fresh(self, wanted: Wanted) -> set[str]:
        """Return the steps that need no result: nothing of them has changed here."""
        builder, post = self._builder, wanted.post
        traces = self._traces(post, wanted.editions)

        def holds(step: str, trace: Trace, inputs: Mapping[str, str]) -> bool:
            return not builder.staleness.reason(post, step, trace, inputs)

        return steps_that_hold(traces, post.slug, wanted.editions, holds, wanted.inputs)

    def _traces(self, post: PlannedPost, editions: Iterable[str]) -> dict[str, Trace]:
        """Return what this build knows of a post's steps."""
        known = self._builder.traces
        steps = ((step, known.get((post.key, step))) for step in (READ, *editions))
        return {step: trace for step, trace in steps if trace}

    def _holds(self, site: OpenSite, trace: Trace, inputs: Mapping[str, str]) -> bool:
        """Tell whether what a trace of the cache had read is what is here.

        A remote file need not have been fetched here: it comes with the results. assets.lock says
        which it is; what is not locked is not taken on the word of a cache.
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

    def _is_of_this_build(self, step: str, trace: Trace, inputs: Mapping[str, str]) -> bool:
        """Tell whether a result is of these tools, and of what the steps before it have left."""
        is_current = trace.tools == self._builder.tools.fingerprint
        return is_current and all(
            inputs.get(key, before) == before for key, before in trace.reads.items()
        )

    def _owner(self, post: PlannedPost) -> Owner:
        return Owner(post.key, post.slug, self._builder.tools.fingerprint)

    def _digest(self, post: PlannedPost, made_of: Mapping[str, str]) -> str:
        return index_key(self._owner(post), post.file.relative, made_of)

    def _report(self, problem: Problem) -> None:
        """Report what is wrong with the cache, as [rules] of the posts' site has it."""
        posts = self._builder.plan.posts
        rules = dict(posts[0].site.rules) if posts else {}
        self._builder.plan.problems += apply_severities([problem], rules)
