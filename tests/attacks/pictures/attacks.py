"""Hostile pictures: a post that shows one is built with it, or says why not."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import partial

from tests.attacks.judging import Attacks
from tests.attacks.pictures import jpegs, raster, svgs
from tests.attacks.posts import scripts
from tests.attacks.posts.attacks import judge_again
from tests.attacks.scene import Scene, law

_INLINE = ("infinite", "uses", "patterns", "markers", "masks", "blur", "dashes", "turbulence",
           "convolve", "file", "environment", "selectors")  # fmt: skip
_MANY = 60
_LARGE: dict[str, tuple[str, Callable[[int], bytes]]] = {  # ending, and pictures that differ
    "large": ("png", lambda number: raster.png(7000 + number, 7000, colour=2)),
    "transparent": ("png", lambda number: raster.png(7000 + number, 7000, colour=6)),
    "scans": ("png", lambda number: raster.png(7000 + number, 7000, depth=1)),
    "jpegs": ("jpg", lambda number: jpegs.jpeg(7000, 7000 + number)),
    "webps": ("webp", lambda number: raster.encoded(7000 + number, 7000, "WEBP")),
    "avifs": ("avif", lambda number: raster.encoded(6000 + number, 6000, "AVIF", speed=10)),
    "in-svg": ("svg", lambda number: svgs.svg(svgs.image(raster.png(7000 + number, 7000)))),
}


def attacks() -> Attacks:
    """Return the attacks of this kind."""
    vectors = {n if "." in n else f"{n}.svg": make for n, make in svgs.PICTURES.items()}
    pictures = {**raster.PICTURES, **jpegs.PICTURES, **vectors}
    return {
        **{name: partial(_picture, name, make) for name, make in pictures.items()},
        **{f"inline-{name}": partial(_inline, name) for name in _INLINE},
        **{f"many-{n}": partial(_many, *many) for n, many in _LARGE.items()},
        "data-uris": _data_uris,
        "covers": _covers,
        "scripts": _scripts,
    }


def _picture(name: str, make: Callable[[], bytes], scene: Scene) -> None:
    """Build a post with the picture in its text, and once more when nothing has changed."""
    scene.traced = name.startswith(("file", "environment", "include"))
    scene.make_site(f"첫 문단\n\n![그림]({name})\n")
    scene.write({f"posts/{name}": make()})
    _judge(scene)


def _inline(name: str, scene: Scene) -> None:
    text = svgs.PICTURES[name]().decode()
    scene.traced = name in ("file", "environment")
    scene.make_site(f"글\n\n{text[text.index('<svg') :]}\n")
    _judge(scene)


def _many(ending: str, make: Callable[[int], bytes], scene: Scene) -> None:
    """Show many pictures that each are just small enough."""
    names = [f"{number}.{ending}" for number in range(_MANY)]
    scene.make_site("\n\n".join(f"![그림]({name})" for name in names))
    scene.write({f"posts/{name}": make(number) for number, name in enumerate(names)})
    _judge(scene)


def _data_uris(scene: Scene) -> None:
    def address(number: int) -> str:
        data = base64.b64encode(raster.png(6900 + number, 7000)).decode()
        return f"![{number}](data:image/png;base64,{data})"

    scene.make_site("\n\n".join(map(address, range(40))))
    _judge(scene)


def _covers(scene: Scene) -> None:
    """Use pictures of great cost as covers."""
    front = "---\ntitle: 글\nimage: {}\n---\n\n글\n"
    large = {
        "a.png": raster.png(49_000_000, 1),
        "b.svg": svgs.PICTURES["uses"](),
        "c.jpg": jpegs.jpeg_of_scans(1000, 7000),
        "d.svg": svgs.PICTURES["infinite"](),
    }
    scene.make_site()
    scene.write({f"posts/{name}": data for name, data in large.items()})
    for name in large:
        scene.write({f"posts/2026-03-02-{name}.md": front.format(name)})
        scene.build(f"posts/2026-03-02-{name}.md")


def _scripts(scene: Scene) -> None:
    """Show SVGs with what may run: no edition holds it."""
    inside = [vector for vector in scripts.VECTORS if "<svg" in vector]
    pictures = {f"{n}.svg": svgs.svg(vector) for n, vector in enumerate(inside)}
    scene.make_site("\n\n".join(f"![그림]({name})" for name in pictures))
    scene.write({f"posts/{name}": data for name, data in pictures.items()})
    scene.build()
    live = list(scripts.live_parts(scene.out))
    law(not live, f"something may run in {'; '.join(live[:3])}")


def _judge(scene: Scene) -> None:
    ended = scene.build()
    (post,) = scene.summary(ended)["posts"]
    law("html" in post["artifacts"], f"the page was not built: {post['problems'][:2]}")
    for problem in post["problems"]:
        law(problem["path"] and problem["message"], f"a problem without a place: {problem}")
    judge_again(scene)
