"""Programme: the kinds of attacks, and all of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.attacks.hosts import attacks as hosts
from tests.attacks.judging import Attacks
from tests.attacks.kills import builds, publishing
from tests.attacks.memory import attacks as memory
from tests.attacks.pictures import attacks as pictures
from tests.attacks.posts import attacks as posts
from tests.attacks.servers import attacks as servers
from tests.attacks.trees import attacks as trees


@dataclass(frozen=True)
class Amounts:
    """How many kills there are to be."""

    builds: int = 1_000
    publishing: int = 200


KINDS: dict[str, Callable[[Amounts], Attacks]] = {
    "posts": lambda amounts: posts.attacks(),
    "pictures": lambda amounts: pictures.attacks(),
    "hosts": lambda amounts: hosts.attacks(),
    "servers": lambda amounts: servers.attacks(),
    "trees": lambda amounts: trees.attacks(),
    "memory": lambda amounts: memory.attacks(),
    "kills": lambda amounts: {
        **builds.attacks(amounts.builds),
        **publishing.attacks(amounts.publishing),
    },
}
