"""The targets of the fuzzer, in one table."""

from __future__ import annotations

from tests.fuzzing import front_matter, laws, memories, pictures, posts
from tests.fuzzing.target import Target

TARGETS: dict[str, Target] = {
    "posts": Target(posts.posts, laws.lay_out, laws.judge_source, seconds=3.0),
    "front-matter": Target(
        front_matter.examples, front_matter.prepare, front_matter.judge, seconds=5.0
    ),
    "pictures": Target(pictures.examples, pictures.prepare, pictures.judge, seconds=12.0),
    "memories": Target(memories.examples, memories.Memory, memories.judge, seconds=5.0),
    # with pandoc, which has limits of its own, and the transforms
    "whole-posts": Target(posts.posts, laws.lay_out, laws.judge_whole, seconds=45.0),
}
DEFAULT = ("posts", "front-matter", "pictures", "memories")
