"""Hostile posts: each ends within 20 s of the processor, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tests.attacks.judging import Attacks
from tests.attacks.posts import drawn, front_matter, liquid, markup, scripts
from tests.attacks.running import Bounds, Ended
from tests.attacks.scene import FRONT, Found, Scene, law

_AGAIN = 4.0  # seconds of the processor for a build whose steps fail at once ...
_LOOKING = 10.0  # ... and for one that only looks whether anything has changed
_MANY = Bounds(cpu=240)


def hostile_set() -> Attacks:
    """Return the posts that want time or memory: `python -m tests.attacks.posts` measures them."""
    bodies = {**{f"liquid-{k}": v for k, v in liquid.POSTS.items()}, **markup.POSTS, **drawn.POSTS}
    return {
        **{name: partial(_body, make) for name, make in bodies.items()},
        **{f"liquid-{k}": partial(_site_of_includes, v) for k, v in liquid.SITES.items()},
        **{name: partial(_whole, make) for name, make in front_matter.TEXTS.items()},
    }


def attacks() -> Attacks:
    """Return the attacks of this kind."""
    return {
        **hostile_set(),
        **{name: partial(_place, text) for name, text in front_matter.PLACES.items()},
        **{f"site-{name}": partial(_site, make) for name, make in front_matter.SITES.items()},
        "scripts": _scripts,
        **{f"scripts-{name}": partial(_script, text) for name, text in scripts.BLOCKS.items()},
    }


def _body(make: Callable[[], str], scene: Scene) -> None:
    _whole(lambda: FRONT + make(), scene)


def _site_of_includes(files: dict[str, str], scene: Scene) -> None:
    scene.write(dict(files))
    _whole(lambda: FRONT + "{% include a.html %}", scene)


def _whole(make: Callable[[], str], scene: Scene) -> None:
    """Build a post twice: problems have a place, and what was too slow is not tried again."""
    scene.make_site()
    scene.write({scene.post.relative_to(scene.site).as_posix(): make()})
    ended = scene.build()
    _judge_problems(scene, ended)
    built = scene.summary(ended)["posts"] if ended.out else []
    names = (edition.split("/")[0] for post in built for edition in post["artifacts"])
    editions = dict.fromkeys(names)
    errors = {p["rule"] for post in built for p in post["problems"] if p["severity"] == "error"}
    scene.figures = (f"{ended.cpu:.1f}", f"{ended.memory / 1e6:.0f}", *judge_again(scene),
                     " ".join(editions), " ".join(sorted(errors)))  # fmt: skip


def judge_again(scene: Scene) -> tuple[str, str]:
    """Build when nothing has changed: only steps that fail at once may be run once more.

    Return the seconds, and how many steps have run.
    """
    again = scene.build()
    ran = scene.summary(again)["steps"]["run"] if again.out else 0
    most = _AGAIN if ran else _LOOKING
    law(again.cpu <= most, f"nothing has changed: {ran} steps ran again, for {again.cpu:.1f} s")
    return f"{again.cpu:.1f}", str(ran)


def _place(text: str, scene: Scene) -> None:
    """Build a post that wants to lie elsewhere, and another that is honest."""
    scene.traced = True
    scene.make_site()
    scene.write({"posts/2026-03-02-나쁜.md": text})
    ended = scene.build("--edition", "html", "--edition", "crosspost")
    _judge_problems(scene, ended)
    law((scene.out / "글" / "글.html").is_file(), "the honest post was not built")


def _site(make: Callable[[], dict[str, str]], scene: Scene) -> None:
    """Build, check and list an honest post beside hostile files; errors of settings end in 2."""
    scene.make_site("글 {{ site.data.a | size }} {{ site.data.b | size }}\n")
    files = make()
    if "_config.yml" in files:
        (scene.site / "site.toml").unlink()
    scene.write(dict(files))
    ended = scene.build("--edition", "html")
    law(ended.code == 0 or ended.err or ended.out, "it says nothing")
    scene.hanpan("check")


def _scripts(scene: Scene) -> None:
    """Build all vectors as one post each; what is built has nothing that runs."""
    for number, vector in enumerate(scripts.VECTORS):
        name = f"posts/2026-03-01-x{number}.md"
        scene.write({name: f"---\ntitle: x{number}\n---\n\n글 {vector} 글\n\n{vector}\n"})
    scene.make_site()
    scene.tried = len(scripts.VECTORS)
    scene.hanpan("build", "--offline", "--json", bounds=_MANY)
    _judge_scripts(scene)


def _script(text: str, scene: Scene) -> None:
    scene.make_site(f"{text}\n", front=scripts.FRONT)
    scene.build()
    _judge_scripts(scene)


def _judge_scripts(scene: Scene) -> None:
    live = list(scripts.live_parts(scene.out))
    law(not live, f"something may run in {'; '.join(live[:3])}")


def _judge_problems(scene: Scene, ended: Ended) -> None:
    """Raise Found unless every problem of every post has a place and says what is wrong."""
    for problem in _problems(scene, ended):
        law(problem["path"] and problem["message"], f"a problem without a place: {problem}")
        law(len(problem["message"]) < 2_000, f"a problem that is endless: {problem['rule']}")


def _problems(scene: Scene, ended: Ended) -> Iterator[dict[str, str]]:
    try:
        summary = scene.summary(ended)
    except Found:
        law(
            ended.code == 2 and ended.err,
            f"neither a summary nor an error: {ended.printed[-300:]!r}",
        )
        return
    for post in summary.get("posts", ()):
        yield from post["problems"]
