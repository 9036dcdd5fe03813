"""Shared results: what a build finds in a cache before it runs steps, and what it leaves there."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from multiprocessing.connection import Connection
from types import TracebackType

from hanpan.cache.address import KEY, CacheAddress
from hanpan.cache.agreement import steps_that_hold
from hanpan.cache.keys import index_key
from hanpan.cache.process import Answered, Fetch, LookUp, Offer
from hanpan.cache.requests import OpenRequest, Requests
from hanpan.cache.takeover import Takeover
from hanpan.cache.variants import Variant
from hanpan.editions import EDITIONS
from hanpan.plan.posts import PlannedPost
from hanpan.problems import Problem, apply_severities
from hanpan.runner.builder import Builder
from hanpan.runner.packs import is_shareable
from hanpan.runner.sharing import Wanted
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
        self._takeover = Takeover(builder)
        key = os.environ.get(KEY, "").encode()
        self._requests = Requests(address, key, self._report)
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
        try:
            if kind is None:
                self._requests.finish()
        finally:
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
        if len(self._takeover.fresh(wanted)) == len(wanted.editions) + (not inputs):
            return False
        site = self._builder.staleness.site(post.site)
        file = f"file:{post.file.relative}"
        made_of = inputs.reads() if inputs else {file: site.value(file)}
        request = LookUp(self._digest(post, made_of), self._takeover.owner(post))
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
        traces = self._takeover.traces(post, EDITIONS)
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
            self._takeover.adopt(one.wanted.post, one.chosen)
        return False

    def _fetch(self, wanted: Wanted, variants: tuple[Variant, ...]) -> bool:
        """Ask for the results of one variant, if there is one with any that are wanted."""
        variant, steps = self._takeover.variant(wanted, variants)
        if not variant or self._requests.is_over:
            return False
        post = wanted.post
        workspace = self._builder.staleness.site(post.site).workspace
        request = Fetch(variant, steps, self._takeover.owner(post), workspace)
        chosen = {step: variant.traces[step] for step in steps}
        self._requests.submit(OpenRequest(wanted, request, chosen))
        return True

    def _is_of_this_build(self, step: str, trace: Trace, inputs: Mapping[str, str]) -> bool:
        """Tell whether a result is of these tools, and of what the steps before it have left."""
        is_current = trace.tools == self._builder.tools.fingerprint
        return is_current and all(
            inputs.get(key, before) == before for key, before in trace.reads.items()
        )

    def _digest(self, post: PlannedPost, made_of: Mapping[str, str]) -> str:
        return index_key(self._takeover.owner(post), post.file.relative, made_of)

    def _report(self, problem: Problem) -> None:
        """Report what is wrong with the cache, as [rules] of the posts' site has it."""
        posts = self._builder.plan.posts
        rules = dict(posts[0].site.rules) if posts else {}
        self._builder.plan.problems += apply_severities([problem], rules)
