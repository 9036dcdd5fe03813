"""Builds killed at random points: each file is whole, and the next build makes all of it."""

from __future__ import annotations

import io
import re
import shutil
import time
import zipfile
import zlib
from functools import partial

from tests.attacks.judging import Attacks
from tests.attacks.kills.killing import random_kill, start
from tests.attacks.running import Bounds
from tests.attacks.scene import FRONT, Scene, law
from tests.support.blog import tree_of
from tests.support.servers.image_host import picture

_BATCH = 50  # kills of one site
_EDITIONS = {  # of the batches, in turn
    "html": ("--edition", "html", "--edition", "epub", "--edition", "crosspost"),
    "all": (),
    "book": (),
}
_SETTINGS = """[crosspost]
platforms = ["devto", "wordpress"]
[[book]]
name = "책"
title = "책"
posts = ["posts/*"]
"""
Tree = dict[str, bytes]


def attacks(kills: int) -> Attacks:
    """Return the attacks of this kind: batches of kills."""
    names = list(_EDITIONS)
    batches = range((kills + _BATCH - 1) // _BATCH)
    return {
        f"build-{names[n % len(names)]}-{n}": partial(
            _batch, names[n % len(names)], min(_BATCH, kills - n * _BATCH)
        )
        for n in batches
    }


def _batch(kind: str, kills: int, scene: Scene) -> None:
    """Kill builds of one site, whose posts change now and then; let every fourth one end."""
    command = "book" if kind == "book" else "build"
    arguments = (command, "--offline", "--jobs", "2", *_EDITIONS[kind])
    scene.bounds = Bounds(cpu=120)
    scene.tried = 0
    versions: list[Tree] = []
    alone: list[Tree] = []  # EPUBs without the pages of a PDF, as where that one was lost
    seconds = 0.0
    for version in (0, 1):
        _write(scene, version)
        shutil.rmtree(scene.out, ignore_errors=True)
        scene.hanpan(command, "--offline", "--edition", "epub")
        alone.append(tree_of(scene.out))
        begin = time.monotonic()
        scene.hanpan(*arguments)
        seconds = time.monotonic() - begin
        versions.append(tree_of(scene.out))
    law(versions[0].keys() == versions[1].keys(), "the attack failed: the versions differ in names")
    version = 1
    while scene.tried < kills:
        if scene.random.random() < 0.4:
            version = 1 - version
            _write(scene, version)
        if scene.random.random() < 0.2:
            shutil.rmtree(scene.out, ignore_errors=True)
        scene.tried += 1
        before = tree_of(scene.out)  # which is judged; a book is rebuilt late
        kill = random_kill(scene, seconds)
        running = start(scene, arguments, kill, {})
        running.end(kill)
        _judge_text(running.text(), str(kill))
        goes_on = kill.whom == "worker" or (kill.touch and kill.whom == "parent")  # any process
        _judge_whole(scene, [*versions, *alone, before], str(kill), goes_on=bool(goes_on))
        if scene.tried % 4 == 0 or scene.tried == kills:
            ended = scene.hanpan(*arguments)
            law(
                ended.code == 0,
                f"{kill}: the next build ended with {ended.code}: {ended.err[-300:]}",
            )
            law("damaged" not in ended.err, f"{kill}: damage is reported: {ended.err[-300:]!r}")
            law(tree_of(scene.out) == versions[version], f"{kill}: the next build's output differs")
            left = list((scene.out / ".hanpan" / "tmp").iterdir())
            law(not left, f"{kill}: half-written files are left: {left[:3]}")


def _write(scene: Scene, version: int) -> None:
    """Write the site: two posts with a picture, in one of two versions."""
    scene.make_site(settings=_SETTINGS)
    for number in range(1, 3):
        text = f"판 {version} $x^{version}$\n\n![그림](a{number}.png)\n\n    print({version})\n"
        front = FRONT.replace('"글"', f'"글 {number}"')
        scene.write({f"posts/2026-03-0{number}-글.md": front + text})
        scene.write({f"posts/a{number}.png": picture((90, 60 + version), f"#{number}03030")})


def _judge_whole(scene: Scene, versions: list[Tree], kill: str, *, goes_on: bool) -> None:
    """Raise Found where a file is neither of one version nor of the other, and is new.

    Where the build goes on, a book has those chapters from the build before whose worker died.
    """
    if not scene.out.is_dir():
        return
    for path, data in tree_of(scene.out).items():
        name = path.rsplit("/", 1)[-1]
        law(not name.endswith(".part"), f"{kill}: {path} is half-written")
        wholes = [tree.get(path) for tree in versions]
        is_listing = path in ("index.html", "crosspost.html")  # of what is built so far
        is_whole = data in wholes or (is_listing and data.rstrip().endswith(b"</html>"))
        is_mixed = goes_on and path.startswith("books/") and _is_mixed(data, wholes)
        law(is_whole or is_mixed, f"{kill}: {path} is not whole")


def _is_mixed(data: bytes, wholes: list[bytes | None]) -> bool:
    """Tell whether a book is complete, with chapters of either version."""
    if data.startswith(b"%PDF"):
        return data.rstrip().endswith(b"%%EOF")
    try:
        known = [_chapters(whole) for whole in wholes if whole]
        chapters = _chapters(data)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return False
    return all(chapters.keys() == other.keys() for other in known) and all(
        text in [other[name] for other in known] for name, text in chapters.items()
    )


def _chapters(epub: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(epub)) as book:
        parts = {name: book.read(name) for name in book.namelist()}  # checks each one's CRC
    return {name: data for name, data in parts.items() if re.search(r"/text/c\d+\.xhtml$", name)}


def _judge_text(text: str, kill: str) -> None:
    law("Traceback (most recent" not in text, f"{kill}: a traceback: {text[-400:]!r}")
