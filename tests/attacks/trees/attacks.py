"""Hostile file trees: nothing outside a site is read, nothing outside its folders written."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
from functools import partial
from pathlib import Path
from typing import Any

from tests.attacks.judging import Attacks
from tests.attacks.running import Bounds
from tests.attacks.scene import FRONT, Scene, inside, law
from tests.attacks.trees import foreign_out, links, names
from tests.support.blog import tree_of
from tests.support.servers.image_host import PICTURE

_QUICK = ("--edition", "html", "--edition", "crosspost")
_BUILD = ("build", "--offline", "--jobs", "1", *_QUICK)
_REFUSED = (errno.ENOSPC, errno.EACCES, errno.EIO, errno.EROFS, errno.EMFILE, errno.EDQUOT)
_TOUCHES = 60  # of files in one process, at least
# root without its capabilities: permissions hold for it
_MORTAL = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")

_ON_A_DISK = """# SIZE FOLDER COMMAND...: run it on a small disk, then on a large one that is kept
mkdir -p out && mount -t tmpfs -o "size=$0k" tmpfs out || exit 9
copy=$1; shift
"$@"; echo "full: $?" >&2
test -e out/build.json || echo "kept: no" >&2
mount -o remount,size=100m out
"$@"; code=$?
cp -a out/. "$copy"
exit $code"""


def attacks() -> Attacks:
    """Return the attacks of this kind."""
    return {
        **{f"read-{name}": partial(_read, name) for name in links.HARMS},
        **{f"read-folder-{n}": partial(_folder, goal) for n, goal in enumerate(links.FOLDER_GOALS)},
        **{f"write-{name}": partial(_write, name) for name in foreign_out.HARMS},
        "traces-writes": partial(_traces, "writes"),
        "traces-products": partial(_traces, "products"),
        "traces-reads": _traces_reads,
        "posts-remembered": _posts_remembered,
        "names": _names,
        "names-of-pictures": _names_of_pictures,
        "name-bytes": _name_bytes,
        "same-slugs": _same_slugs,
        "deep": _deep,
        "many": _many,
        "ten-thousand": _ten_thousand,
        "times": _times,
        "clock": _clock,
        "permissions": _permissions,
        "large-files-fail": _large_files_fail,
        "disk-small": _small_disk,
        **{f"disk-{errno.errorcode[code]}": partial(_disk, code) for code in _REFUSED},
        "settings": _settings,
        "new": _new,
    }


def _read(harm: str, scene: Scene) -> None:
    """Put something in the place of each file that is read, one after the other."""
    scene.traced = True
    scene.tried = 0
    for place in links.PLACES:
        scene.tried += 1
        shutil.rmtree(scene.site)
        scene.site.mkdir()
        links.make_site(scene)
        path = scene.site / place
        path.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        links.HARMS[harm](scene, path, place)
        scene.hanpan(*_BUILD)
        if place.endswith(".md"):
            scene.hanpan("check", place)


def _folder(goal: str, scene: Scene) -> None:
    """Put a link in the place of each folder that is read."""
    scene.traced = True
    scene.tried = 0
    for place in links.FOLDERS:
        scene.tried += 1
        shutil.rmtree(scene.site)
        scene.site.mkdir()
        links.make_site(scene)
        path = scene.site / place
        shutil.rmtree(path, ignore_errors=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        target = {"outside": str(scene.outside), "itself": path.name}.get(goal, goal)
        path.symlink_to(target)
        scene.hanpan(*_BUILD)
        scene.hanpan("check", "posts")


def _write(harm: str, scene: Scene) -> None:
    """Put something in the place of each file and folder that is written."""
    scene.traced = True
    _make_built(scene)
    scene.tried = 0
    for place in foreign_out.PLACES:
        scene.tried += 1
        _restore(scene)
        foreign_out.harm(scene, place, harm)
        scene.post.write_text(f"{FRONT}다른 글 {place}\n", "utf-8")
        scene.hanpan(*_BUILD)
        scene.hanpan("clean")


def _traces(name: str, scene: Scene) -> None:
    """Have the memory name files that a step wrote: they are not removed when its post is gone."""
    scene.traced = True
    _make_built(scene)
    scene.tried = 0
    for path in foreign_out.bad_paths(scene):
        scene.tried += 1
        _restore(scene)
        (scene.out / "link").symlink_to(scene.outside)
        foreign_out.rewrite(scene, "traces", partial(_with_path, name, path))
        (scene.site / "posts/2026-03-02-둘.md").unlink()
        scene.hanpan(*_BUILD)
        _restore(scene)
        foreign_out.rewrite(scene, "traces", partial(_with_path, name, path))
        scene.hanpan("clean")


def _with_path(name: str, path: str, row: tuple[str, ...]) -> tuple[str, ...]:
    post, step, text = row
    data: dict[str, Any] = json.loads(text)
    data[name] = {path: "0" * 64} if name == "writes" else {"html": path}
    return post, step, json.dumps(data)


def _traces_reads(scene: Scene) -> None:
    """Have the memory name files that a step read: they are not opened."""
    scene.traced = True
    _make_built(scene)
    scene.tried = 0
    places = [
        "../outside/secret.md",
        str(scene.outside / "secret.md"),
        "/proc/self/environ",
        "..",
        "/",
    ]
    for key in ("file", "folder", "layout", "settings", "remote", "x"):
        for place in places:
            scene.tried += 1
            _restore(scene)
            reads = {f"{key}:{place}": "0" * 64}

            def change(row: tuple[str, ...], reads: dict[str, str] = reads) -> tuple[str, ...]:
                data = json.loads(row[2]) | {"reads": reads}
                return *row[:2], json.dumps(data)

            foreign_out.rewrite(scene, "traces", change)
            scene.hanpan(*_BUILD)


def _posts_remembered(scene: Scene) -> None:
    """Have the memory name posts elsewhere, and slugs that are paths."""
    scene.traced = True
    _make_built(scene)
    scene.tried = 0
    for path in foreign_out.bad_paths(scene):
        scene.tried += 1
        for column in (0, 1, 2, 3):
            _restore(scene)

            def change(row: tuple[str, ...], at: int = column, path: str = path) -> tuple[str, ...]:
                return *row[:at], path, *row[at + 1 :]

            foreign_out.rewrite(scene, "posts", change)
            scene.hanpan(*_BUILD)


def _names(scene: Scene) -> None:
    """Name posts as nobody does: each is built, or refused by its name."""
    scene.traced = True
    scene.tried = 0
    for name in names.NAMES:
        scene.tried += 1
        shutil.rmtree(scene.site)
        scene.make_site()
        with contextlib.suppress(OSError, ValueError):  # what this file system does not take
            Path(os.fsdecode(os.fsencode(scene.site / "posts") + b"/" + name)).write_text(FRONT)
            scene.hanpan(*_BUILD)
            scene.hanpan("check")


def _names_of_pictures(scene: Scene) -> None:
    """Name pictures and includes as nobody does, and show them."""
    shown = []
    scene.make_site()
    for name in names.NAMES:
        with contextlib.suppress(OSError, ValueError):
            text = os.fsdecode(name)
            Path(scene.site / "posts" / f"{text}.png").write_bytes(PICTURE)
            shown.append(f'![그림](<{text}.png>) <img src="{text}.png">')
    scene.post.write_bytes((FRONT + "\n\n".join(shown)).encode("utf-8", "surrogateescape"))
    scene.hanpan(*_BUILD)
    scene.hanpan("check", "posts")


def _name_bytes(scene: Scene) -> None:
    """Name the post on the command line, and an out/ elsewhere, in bytes that are no text."""
    scene.make_site()
    bad = os.fsdecode(b"posts/\xff\xfe.md")
    (scene.site / bad).write_text(FRONT)
    scene.hanpan(*_BUILD, bad)
    scene.hanpan("vendor", bad)
    scene.hanpan("new", bad)
    scene.hanpan("book", "--series", bad)
    scene.hanpan(*_BUILD, "posts/none\x1b[2J\n::error::x.md")
    scene.hanpan("show", "body", bad)
    scene.hanpan("check", bad)


def _same_slugs(scene: Scene) -> None:
    """Give many posts one slug: none takes the place of another."""
    scene.make_site()
    for number in range(20):
        front = FRONT.replace("date:", 'slug: "같은"\ndate:')
        scene.write({f"posts/{number}/2026-03-01-글.md": f"{front}글 {number}\n"})
    scene.hanpan(*_BUILD)


def _deep(scene: Scene) -> None:
    """Nest folders of posts as deep as the file system takes them."""
    scene.make_site()
    path = scene.site / "posts"
    with contextlib.suppress(OSError):
        for _ in range(400):
            path = path / "가나다라"
            path.mkdir()
            (path / "2026-03-01-글.md").write_text(FRONT)
    scene.hanpan("check", bounds=Bounds(cpu=240))


def _many(scene: Scene) -> None:
    """Fill a folder with files that are none of the site's business."""
    scene.make_site()
    for number in range(20_000):
        (scene.site / "posts" / f"{number}.txt").touch()
        if number % 10 == 0:
            (scene.site / "posts" / f"d{number}").mkdir()
    scene.hanpan(*_BUILD)


def _times(scene: Scene) -> None:
    """Set the times of files to the far past and future, between builds."""
    _make_built(scene)
    scene.tried = 0
    whole = tree_of(scene.out)
    for when in (0, -1, 2**33, 2**62, 1, -(2**33)):
        scene.tried += 1
        for path in [*scene.site.rglob("*")]:
            with contextlib.suppress(OSError, OverflowError):
                os.utime(path, (when, when), follow_symlinks=False)
        scene.hanpan(*_BUILD)
        law(tree_of(scene.out) == whole, f"with files of the time {when}, the output differs")


def _ten_thousand(scene: Scene) -> None:
    """Build ten thousand posts: no process is large, and the next build has nothing to do."""
    scene.make_site()
    bounds = Bounds(cpu=900, memory=500_000_000)
    for number in range(10_000):
        front = FRONT.replace('"글"', f'"글 {number}"')
        scene.write({f"posts/2026-03-02-글-{number}.md": f"{front}글 {number}\n"})
    for ran in (2 * 10_001, 0):
        ended = scene.build("--edition", "html", bounds=bounds)
        steps = scene.summary(ended)["steps"]
        law(ended.code == 0 and steps["run"] == ran, f"{steps} where {ran} were to run")


def _clock(scene: Scene) -> None:
    """Set the clock back and forth between builds and edits: the output is what it would be."""
    _make_built(scene)
    scene.tried = 0
    for years in (-30, 30, -1, 1, -55, 0):
        scene.tried += 1
        scene.post.write_text(f"{FRONT}다른 글 {years}\n", "utf-8")
        scene.hanpan(*_BUILD, env=inside({"clock": years * 31_557_600}))
        now = tree_of(scene.out)
        shutil.rmtree(scene.out)
        law(now == _whole(scene), f"with a clock that is {years} years off, the output differs")


def _permissions(scene: Scene) -> None:
    """Take permissions away, from one file and folder after the other."""
    _make_built(scene)
    scene.tried = 0
    for place in ("posts", "posts/2026-03-01-글.md", "site.toml", "out", "out/글", "out/글/글.html",
                  "out/.hanpan", "out/.hanpan/state.db", "out/.hanpan/lock", "out/.hanpan/tmp",
                  "out/.hanpan/documents", "out/build.json", "."):  # fmt: skip
        for mode in (0o000, 0o444, 0o555):
            scene.tried += 1
            _restore(scene)
            scene.post.write_text(f"{FRONT}다른 글 {place}\n", "utf-8")
            path = scene.site / place
            before = path.stat().st_mode
            path.chmod(mode)
            try:
                ended = scene.hanpan(*_BUILD, before=_MORTAL)
            finally:
                path.chmod(before)
            law(ended.code == 0 or ended.err, f"{place} of {mode:o}: it says nothing")


def _large_files_fail(scene: Scene) -> None:
    """Let no file grow beyond some bytes, as a quota does; the next build makes all whole."""
    scene.make_site()
    whole = _whole(scene)
    scene.tried = 0
    for size in (4096, 10_000, 20_000, 60_000, 100_000):  # a database has more
        scene.tried += 1
        shutil.rmtree(scene.out, ignore_errors=True)
        scene.hanpan(*_BUILD, bounds=Bounds(file=size))
        scene.hanpan(*_BUILD)
        law(tree_of(scene.out) == whole, f"after files of at most {size} bytes, the output differs")


def _disk(code: int, scene: Scene) -> None:
    """Have the system refuse at random touches of files; the next build makes all whole."""
    scene.own.append(scene.folder / "tmp")  # where the system refuses to remove a file, it stays
    scene.make_site()
    whole = _whole(scene)
    scene.tried = 0
    each = code == errno.ENOSPC  # a disk may be full at any of them; the others are samples
    for number in range(1, _TOUCHES) if each else scene.random.sample(range(1, _TOUCHES), 12):
        for times in (1, 10**6):
            scene.tried += 1
            shutil.rmtree(scene.out, ignore_errors=True)
            attack = inside({"fail": number, "errno": code, "times": times})
            ended = scene.hanpan(*_BUILD, env=attack)
            is_well = ended.code == 0 and "warning" not in ended.err
            law(
                not is_well or tree_of(scene.out) == whole,
                f"the {number}. touch failed, and the build says that all is well",
            )
            scene.hanpan(*_BUILD)
            law(
                tree_of(scene.out) == whole, f"after the {number}. touch failed, the output differs"
            )


def _small_disk(scene: Scene) -> None:
    """Build on a disk that is full before the end; when it has room, the next build makes all."""
    scene.make_site("글\n\n" * 300)
    whole = _whole(scene)
    shutil.rmtree(scene.out)
    copy = scene.folder / "kept"
    scene.own.append(copy)
    scene.tried = 0
    for size in (4, 8, 16, 32, 64, 96, 128, 160, 192, 224, 256, 320, 384, 448, 512):  # KiB
        scene.tried += 1
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        disk = (
            "unshare",
            "--mount",
            "--map-root-user",
            "sh",
            "-c",
            _ON_A_DISK,
            str(size),
            str(copy),
        )
        ended = scene.hanpan(*_BUILD, before=disk)
        law(ended.code == 0, f"on {size} KiB, the next build failed: {ended.err[-300:]!r}")
        law(tree_of(copy) == whole, f"after a disk of {size} KiB, the output differs")
        is_silent = "full: 0" in ended.err and "kept: no" in ended.err
        law(not is_silent, f"on {size} KiB, the build says that all is well")


def _settings(scene: Scene) -> None:
    """Set folders of posts, fonts, books and data to what is outside the site."""
    scene.traced = True
    places = ("../outside", str(scene.outside), "/proc/self", "/", "~", "posts/../../outside", "-")
    scene.tried = 0
    for place in places:
        for text in (
            f'[source]\nposts = ["{place}"]\n', f'[fonts]\nfiles = ["{place}/secret.md"]\n',
            f'[[book]]\nname = "b"\ntitle = "책"\nposts = ["{place}/secret.md"]\n',
            f'[[book]]\nname = "{place}/b"\ntitle = "책"\nposts = ["posts/*"]\n',
            f'[[book]]\nname = "b"\nposts = ["posts/*"]\ncover = "{place}/secret.svg"\n',
            f'[crosspost.zenn]\nfolder = "{place}"\n', f'[html]\nicon = "{place}/secret.svg"\n',
        ):  # fmt: skip
            scene.tried += 1
            shutil.rmtree(scene.site)
            scene.make_site(settings=text)
            scene.hanpan(*_BUILD)
            scene.hanpan("book", "--offline")


def _new(scene: Scene) -> None:
    """Begin posts whose titles are paths."""
    scene.traced = True
    scene.own.append(scene.site / "posts")
    scene.make_site()
    scene.tried = 0
    for title in ("../../outside/x", "/etc/x", "a\nb", "\x1b[2J", ".", "..", "가" * 300, "-x", ""):
        scene.tried += 1
        scene.hanpan("new", "--", title)


def _make_built(scene: Scene) -> None:
    """Lay out a site with two posts that is built, and keep a copy of it."""
    scene.make_site()
    scene.write({"posts/2026-03-02-둘.md": f"{FRONT}둘\n"})
    scene.hanpan(*_BUILD)
    shutil.copytree(scene.site, scene.folder / "kept")
    scene.own.append(scene.folder / "kept")


def _restore(scene: Scene) -> None:
    """Put the site back as it was built."""
    shutil.rmtree(scene.site)
    shutil.copytree(scene.folder / "kept", scene.site)


def _whole(scene: Scene) -> dict[str, bytes]:
    scene.hanpan(*_BUILD)
    return tree_of(scene.out)
