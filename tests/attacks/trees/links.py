"""What is read of a site may be links out of it, pipes, devices and sparse files: none is read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from tests.attacks.canaries import FILE
from tests.attacks.scene import Scene

_POST = f"""---
title: 글
image: /assets/cover.png
---

{{% include x.html %}}

{{{{ site.data.d }}}} {{{{ site.data.f.x }}}} {{{{ site.{FILE} }}}} {{{{ site.data.secret }}}}

![a](/assets/a.png) ![b](/assets/b.svg) ![c](/assets/../../outside/secret.svg)

[l](other.md) {{% include_relative x.md %}} {{% post_url 2026-03-02-other %}}
"""
_SETTINGS = f'title = "시험"\nurl = "https://blog.example"\nauthor = "{"글쓴이"}"\n'
_BOOK = '[[book]]\nname = "b"\ntitle = "책"\nposts = ["posts/*"]\ncover = "assets/cover.png"\n'
PLACES = (  # of what is read, below the site
    "posts/2026-03-02-나쁜.md", "layouts/styles/screen.css", "layouts/styles/tokens.css",
    "layouts/html/post.html", "layouts/epub/post.xhtml", "layouts/html/icon.svg",
    "_includes/x.html", "_data/d.yml", "_data/f/x.yml", "_config.yml", "site.toml",
    "assets/a.png", "assets/b.svg", "assets/cover.png", "posts/x.md", "assets.lock",
    "platforms/devto.toml", "fonts/x.ttf", "posts/2026-03-02-other.md", ".hanpan/ignore",
)  # fmt: skip
FOLDERS = (
    "posts", "layouts", "layouts/styles", "layouts/html", "_includes", "_data", "_data/f", "assets",
    "platforms", "fonts", "posts/deep",
)  # fmt: skip
_SUFFIXES = {
    ".yml": "secret.yml",
    ".toml": "secret.toml",
    ".svg": "secret.svg",
    ".css": "secret.css",
}


def make_site(scene: Scene) -> None:
    """Lay out a site that reads of every place."""
    more = '[fonts]\nbody = ["fonts/x.ttf", "Pretendard"]\nfiles = ["fonts/x.ttf"]\n'
    more += '[crosspost]\nplatforms = ["devto", "wordpress"]\n'
    scene.write({"posts/2026-03-01-글.md": _POST, "site.toml": _SETTINGS + more + _BOOK})


def _secret(scene: Scene, place: str) -> Path:
    return scene.outside / _SUFFIXES.get(Path(place).suffix, "secret.md")


def _link(scene: Scene, path: Path, place: str) -> None:
    path.symlink_to(_secret(scene, place))


def _relative_link(scene: Scene, path: Path, place: str) -> None:
    path.symlink_to(os.path.relpath(_secret(scene, place), path.parent))


def _link_of_links(scene: Scene, path: Path, place: str) -> None:
    (scene.site / "a").symlink_to("b")
    (scene.site / "b").symlink_to(_secret(scene, place))
    path.symlink_to(scene.site / "a")


def _hard_to_see(scene: Scene, path: Path, place: str) -> None:
    (scene.site / "inside").symlink_to(scene.outside)  # a link to a link's neighbour
    path.symlink_to(scene.site / "inside" / _secret(scene, place).name)


def _goal(target: str) -> Callable[[Scene, Path, str], None]:
    return lambda scene, path, place: path.symlink_to(target)


def _pipe(scene: Scene, path: Path, place: str) -> None:
    os.mkfifo(path)


def _sparse(scene: Scene, path: Path, place: str) -> None:
    path.touch()
    os.truncate(path, 100_000_000_000)


def _socket(scene: Scene, path: Path, place: str) -> None:
    import socket

    here = Path.cwd()
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path, here))


def _itself(scene: Scene, path: Path, place: str) -> None:
    path.symlink_to(path.name)


HARMS: dict[str, Callable[[Scene, Path, str], None]] = {
    "link": _link,
    "relative": _relative_link,
    "links": _link_of_links,
    "behind": _hard_to_see,
    "environ": _goal("/proc/self/environ"),
    "parent": _goal(f"/proc/{os.getpid()}/environ"),
    "root": _goal("/proc/self/root/etc/passwd"),
    "stdin": _goal("/dev/stdin"),
    "zero": _goal("/dev/zero"),
    "descriptor": _goal("/proc/self/fd/0"),
    "pipe": _pipe,
    "sparse": _sparse,
    "socket": _socket,
    "itself": _itself,
    "nowhere": _goal("/nowhere/at/all"),
}
FOLDER_GOALS = ("outside", "/", "/proc/self", "/proc/self/root", "/dev", "..", "itself")
