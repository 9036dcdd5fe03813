"""Databases and ledgers: damage costs work and never output, and what they say is only data."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from tests.attacks import canaries
from tests.attacks.judging import Attacks
from tests.attacks.memory import ledgers, state
from tests.attacks.running import Ended
from tests.attacks.scene import FRONT, Scene, inside, law
from tests.attacks.trees.foreign_out import rewrite
from tests.publish.targets import ALL
from tests.support.blog import tree_of
from tests.support.servers.image_host import PICTURE
from tests.support.servers.serving import serving

_BUILD = ("build", "--jobs", "1", "--edition", "html", "--edition", "crosspost")
_URL = "http://pictures.example/a.png"
_NOWHERE = inside({"names": {"pictures.example": ["198.41.0.4"]}, "reach": {}})


def attacks() -> Attacks:
    """Return the attacks of this kind."""
    return {
        **{f"page-{harm.replace(' ', '-')}": partial(_pages, harm) for harm in state.HARMS},
        "traces-types": _traces_types,
        "tools-types": _tools_types,
        "digests": _digests,
        "documents": _documents,
        "documents-gone": _documents_gone,
        "tables": _tables,
        "build-json": _build_json,
        "picture-lock": _picture_lock,
        "picture-notes": _picture_notes,
        "publish-notes": _publish_notes,
        **{f"ledger-{name}": partial(_ledger, name) for name in ("devto", "ghost", "wordpress")},
    }


class Memory:
    """A site that is built; each time, something of what it remembers is changed."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        scene.make_site()
        scene.write({"posts/2026-03-02-둘.md": f"{FRONT}둘 [하나](2026-03-01-글.md)\n"})
        scene.hanpan(*_BUILD)
        scene.hanpan(*_BUILD)
        self.whole = tree_of(scene.out)
        self.state = scene.out / ".hanpan"
        self._kept = scene.folder / "kept"
        shutil.copytree(self.state, self._kept)
        scene.own.append(self._kept)
        scene.tried = 0

    @property
    def database(self) -> bytes:
        return (self._kept / "state.db").read_bytes()

    def judge(self, harm: Callable[[], object], what: str, *, is_lie: bool = False) -> Ended:
        """Do harm, and build twice: the output is what it was, and the second build is silent.

        After a lie that nobody can see, the output may be another.
        """
        scene = self.scene
        scene.tried += 1
        shutil.rmtree(self.state)
        shutil.copytree(self._kept, self.state)
        harm()
        first, second = scene.hanpan(*_BUILD), scene.hanpan(*_BUILD)
        law(first.code == 0, f"{what}: it ends with {first.code}: {first.err[-300:]!r}")
        law(is_lie or tree_of(scene.out) == self.whole, f"{what}: the output differs")
        law("warning" not in second.err, f"{what}: said again: {second.err[-300:]!r}")
        return first


def _pages(harm: str, scene: Scene) -> None:
    """Damage each page of the database."""
    memory = Memory(scene)
    path = memory.state / "state.db"
    for page in range(len(memory.database) // state.PAGE):
        data = state.harmed(memory.database, page, harm, scene.random)
        memory.judge(partial(path.write_bytes, data), f"page {page}")


def _traces_types(scene: Scene) -> None:
    """Give values of traces other types, with checksums that are right."""
    memory = Memory(scene)
    with closing(sqlite3.connect(memory.state / "state.db")) as db:
        texts = [str(row[0]) for row in db.execute("select text from traces order by post, step")]
    for text in texts[::2]:
        changed = list(state.of_other_types(text))
        for bad in scene.random.sample(changed, 25):
            memory.judge(
                partial(rewrite, scene, "traces", partial(_instead_of, text, bad)),
                f"a trace of {_difference(text, bad)}",
                is_lie=state.is_lie(text, bad),
            )


def _instead_of(text: str, bad: str, row: tuple[str, ...]) -> tuple[str, ...]:
    return (*row[:-1], bad) if row[-1] == text else row


def _difference(text: str, bad: str) -> str:
    """Return what of an object is another value now, or all that there is."""
    try:
        data, now = json.loads(text), json.loads(bad)
        return str({name: now[name] for name in data if now[name] != data[name]})[:200]
    except (LookupError, TypeError, ValueError, RecursionError):
        return bad[:200]


def _with_last(value: str, row: tuple[str, ...]) -> tuple[str, ...]:
    return *row[:-1], value


def _tools_types(scene: Scene) -> None:
    memory = Memory(scene)
    for bad in ("", "null", "[]", "5", '{"a": 5}', "{", "[" * 100_000, '{"\\u001b[2J": "x"}'):
        harm = partial(rewrite, scene, "tools", partial(_with_last, bad))
        memory.judge(harm, f"tools of {bad[:40]}")


def _digests(scene: Scene) -> None:
    """Have the memory give files other hashes and signs: what is built is the same."""
    memory = Memory(scene)
    for column in (0, 1, 2):
        for bad in ("", "x", "0" * 64, "../../outside/secret.md", "\x1b[2J", "/proc/self/environ"):

            def change(row: tuple[str, ...], at: int = column, bad: str = bad) -> tuple[str, ...]:
                return *row[:at], bad, *row[at + 1 :]

            harm = partial(rewrite, scene, "digests", change)
            if column != 2:  # a hash that is believed for one file is trusted
                memory.judge(harm, f"hashes with {bad!r}")


def _documents(scene: Scene) -> None:
    """Change documents that editions are made of, and have the editions be made again."""
    memory = Memory(scene)
    for path in sorted((memory.state / "documents").iterdir()):
        for data in state.documents_harmed(path.read_bytes(), scene.random):
            memory.judge(
                partial(_harm_document, scene, path, data), f"{path.name[:9]}: {data[:60]!r}"
            )


def _harm_document(scene: Scene, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    for artifact in canaries.regular_files(scene.out / "글"):
        artifact.unlink()


def _documents_gone(scene: Scene) -> None:
    memory = Memory(scene)
    folder = memory.state / "documents"
    for path in sorted(folder.iterdir()):
        memory.judge(path.unlink, f"without {path.name[:9]}")
        memory.judge(partial(_harm_document, scene, path, b""), f"{path.name[:9]} is empty")
    memory.judge(lambda: shutil.rmtree(folder), "without documents")
    memory.judge(lambda: shutil.rmtree(memory.state), "without anything")


def _tables(scene: Scene) -> None:
    """Change the database's tables: triggers, views, missing and huge ones."""
    memory = Memory(scene)
    for statement in (
        "create trigger t after insert on posts begin delete from traces; end",
        "create view v as select * from traces", "drop table posts", "drop table digests",
        "alter table traces add column more", "create table more (a)", "pragma user_version=1000",
        "pragma user_version=-1", "pragma application_id=1", "delete from traces", "vacuum",
        "update traces set text = 5", "update traces set text = cast(x'ff' as text)",
        "update posts set slug = null", "update traces set checksum = 'x'",
        "pragma journal_mode=delete", "pragma page_size=512; vacuum", "pragma encoding='UTF-16'",
        "insert into tools values ('a', 'b', 'c')", "update traces set post = zeroblob(9000)",
    ):  # fmt: skip
        memory.judge(partial(_execute, memory, statement), statement)


def _execute(memory: Memory, statement: str) -> None:
    with closing(sqlite3.connect(memory.state / "state.db")) as db:
        try:
            db.executescript(statement)
        except sqlite3.Error:  # what SQLite itself refuses
            db.rollback()


def _build_json(scene: Scene) -> None:
    """Leave something else in the place of build.json and of the artifacts."""
    memory = Memory(scene)
    for bad in (b"", b"null", b"[" * 100_000, b"\xff", b'{"posts": 5}', b"x" * 10_000_000):
        memory.judge(
            partial((scene.out / "build.json").write_bytes, bad), f"build.json of {bad[:20]!r}"
        )
        for path in ("글/글.html", "index.html"):
            memory.judge(partial((scene.out / path).write_bytes, bad), f"{path} of {bad[:20]!r}")


def _picture_lock(scene: Scene) -> None:
    """Change assets.lock: a digest is no path, and a size a number."""
    scene.traced = True
    scene.tried = 0
    scene.make_site(f"![그림]({_URL})\n")
    for text in ledgers.picture_locks(_URL).values():
        scene.tried += 1
        lock = scene.site / "assets.lock"
        lock.write_bytes(text.encode("utf-8", "surrogateescape"))
        before = lock.read_bytes()
        scene.hanpan(*_BUILD, env=_NOWHERE)
        scene.hanpan("vendor", "posts", env=_NOWHERE)
        law(lock.read_bytes() == before or lock.stat().st_size, "the lock was emptied")
        lock.unlink()
        shutil.rmtree(scene.site / ".hanpan", ignore_errors=True)


def _picture_notes(scene: Scene) -> None:
    """Change what the cache of pictures notes of an address."""
    from hanpan.files import sha256

    scene.traced = True
    scene.tried = 0
    scene.make_site(f"![그림]({_URL})\n")
    name = f"{sha256(_URL.encode())[:32]}.json"
    cache = scene.site / ".hanpan" / "remote"
    for note in ledgers.NOTES:
        for kind in ("index", "failed"):
            scene.tried += 1
            shutil.rmtree(cache, ignore_errors=True)
            (cache / kind).mkdir(parents=True)
            (cache / kind / name).write_bytes(note)
            scene.hanpan(*_BUILD, env=_NOWHERE)
    for kind in ("content", "index"):
        (cache / kind).mkdir(exist_ok=True)
    digest = sha256(PICTURE)
    (cache / "content" / digest).write_bytes(b"not what its name says")
    (cache / "index" / name).write_text(f'{{"sha256": "{digest}", "size": 1, "type": "image/png"}}')
    scene.hanpan(*_BUILD, env=_NOWHERE)
    pages = b"".join(tree_of(scene.out).values())
    law(b"not what its name says" not in pages, "a cached file was used that is not what it was")


def _publish_notes(scene: Scene) -> None:
    """Change what was last sent, and compare."""
    with serving(ALL["devto"].server()) as server:
        env = ALL["devto"].settings(server.url)
        scene.make_site(settings='[crosspost]\nplatforms = ["devto"]\n')
        scene.hanpan("publish", "devto", "posts", env=env)
        notes = list((scene.site / ".hanpan" / "publish").glob("*.json"))
        law(notes, "the attack failed: nothing was noted")
        scene.tried = 0
        for note in ledgers.NOTES:
            scene.tried += 1
            notes[0].write_bytes(note)
            scene.post.write_text(f"{FRONT}{scene.tried}\n", "utf-8")
            scene.hanpan("publish", "devto", "posts", "--diff", env=env)
            scene.hanpan("publish", "devto", "posts", env=env)
        law(len(server.articles) == 1, f"there are {len(server.articles)} posts")


def _ledger(platform: str, scene: Scene) -> None:
    """Change the ledger: it is refused with its line, or taken for what it says, and no more."""
    with serving(ALL[platform].server()) as server:
        server.handle_error = lambda *_: None
        env = ALL[platform].settings(server.url)
        scene.make_site(settings=f'[crosspost]\nplatforms = ["{platform}"]\n')
        scene.hanpan("publish", platform, "posts", env=env)
        lock = scene.site / "crosspost.lock"
        sound = lock.read_text("utf-8")
        scene.tried = 0
        for name, text in ledgers.ledgers(platform, server.url, sound).items():
            scene.tried += 1
            lock.write_bytes(text.encode("utf-8", "surrogateescape"))
            before = lock.read_bytes()
            ended = scene.hanpan("publish", platform, "posts", env=env)
            is_kept = ended.code != 2 or lock.read_bytes() == before
            law(is_kept, f"{name}: the ledger cannot be read, and was written over")
            count = len(ALL[platform].texts(server))
            law(count == 1, f"{name}: there are {count} posts: {ended.printed[-300:]!r}")
