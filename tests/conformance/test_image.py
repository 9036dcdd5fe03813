"""The container image, without a container engine: the steps of the Dockerfile in a chroot.

debootstrap lays the base; RUN, COPY, ENV, USER and WORKDIR do what an engine does with them, as far
as this Dockerfile uses them. Root, debootstrap and the network are needed, and it takes minutes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.command import ROOT

pytestmark = [pytest.mark.conformance, pytest.mark.slow]

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
USER = 4321  # of nobody's in the image
POST = "---\ntitle: 어절\n---\n첫 글이다. 日本語と漢字.\n"


@dataclass
class Stage:
    """A stage of the Dockerfile: its root, and what holds for the next step."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    folder: str = "/"

    def run(
        self, command: list[str], user: int = 0, more: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command as an engine would: in the root, with /proc and /dev."""
        inside = f"cd '{self.folder}' && exec \"$@\""
        drop = [f"--userspec={user}:{user}"] if user else []
        variables = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **self.environment, **(more or {})}
        with mounted(self.root):
            return subprocess.run(
                ["chroot", *drop, str(self.root), "sh", "-c", inside, "sh", *command],
                env=variables, capture_output=True, text=True,
            )  # fmt: skip


@contextmanager
def mounted(root: Path) -> Iterator[None]:
    places = [root / "proc", root / "dev"]
    subprocess.run(["mount", "-t", "proc", "proc", str(places[0])], check=True)
    subprocess.run(["mount", "--bind", "/dev", str(places[1])], check=True)
    try:
        yield
    finally:
        for place in places:
            subprocess.run(["umount", "-l", str(place)], check=True)


def instructions() -> list[tuple[str, str]]:
    text = re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").split("\n")
    return [(line.partition(" ")[0], line.partition(" ")[2]) for line in lines if line.strip()]


def clone(source: Path, target: Path) -> None:
    """Copy a tree as it is: devices stay devices, and are not read."""
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


def copy(words: list[str], stages: dict[str, Stage], stage: Stage) -> None:
    """Do what COPY says: from another stage, or what git knows of this checkout."""
    *sources, place = [word for word in words if not word.startswith("--")]
    target = stage.root / os.path.join(stage.folder, place).lstrip("/")
    if words[0].startswith("--from="):
        origin = stages[words[0].partition("=")[2]].root
        for source in sources:
            clone(origin / source.lstrip("/"), target)
    elif sources == ["."]:
        subprocess.run(["git", "clone", "-q", str(ROOT), str(target / "clone")], check=True)
        for path in (target / "clone").iterdir():
            shutil.move(path, target / path.name)
        (target / "clone").rmdir()
    else:
        for source in sources:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, target)


def bring_network(root: Path) -> None:
    """Give a root what an engine's own base would know: names, and this machine's authorities."""
    authorities = Path("/usr/local/share/ca-certificates")
    for path in (Path("/etc/resolv.conf"), Path("/etc/pip.conf"), *authorities.glob("*.crt")):
        if path.is_file():
            target = root / path.relative_to("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    if os.geteuid() != 0 or not shutil.which("debootstrap"):
        pytest.skip("root and debootstrap are needed")
    folder = tmp_path_factory.mktemp("image")
    try:
        yield built(folder)
    finally:  # pytest would keep 2 GB, also of a step that failed
        subprocess.run(["rm", "-rf", "--one-file-system", str(folder)], check=True)


def built(folder: Path) -> Stage:
    """Carry out the Dockerfile below a folder, and return its last stage."""
    base = folder / "base"
    release = re.search(r"^ARG BASE=debian:(\w+)-slim$", DOCKERFILE, re.MULTILINE)
    assert release
    done = subprocess.run(
        ["debootstrap", "--variant=minbase", release[1], str(base)], capture_output=True, text=True
    )
    if done.returncode:
        pytest.skip(f"debootstrap: {done.stdout[-300:]}")
    stages: dict[str, Stage] = {}
    stage = Stage(base)
    for name, value in instructions():
        if name == "FROM":
            label = value.partition(" AS ")[2] or "last"
            stage = stages[label] = Stage(folder / label)
            clone(base, stage.root)
            bring_network(stage.root)
        elif name == "RUN":
            network = {key: text for key, text in os.environ.items() if key.startswith("PIP_")}
            done = stage.run(["sh", "-c", value], more=network)
            assert done.returncode == 0, f"{value}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        elif name == "COPY":
            copy(value.split(), stages, stage)
        elif name == "WORKDIR":
            stage.folder = value
            (stage.root / value[1:]).mkdir(parents=True, exist_ok=True)
        elif name == "ENV":
            for pair in value.split():
                key, _, text = pair.partition("=")
                path = stage.environment.get("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
                stage.environment[key] = text.replace("$PATH", path)
        else:
            assert name in ("ARG", "USER", "ENTRYPOINT", "CMD"), name
    return stages["last"]


def test_the_image_builds_a_blog_of_the_callers(image: Stage) -> None:
    assert ("USER", "hanpan") in instructions()
    blog = image.root / "blog"
    (blog / "_posts").mkdir(parents=True)
    (blog / "_posts" / "2026-01-04-글.md").write_text(POST, "utf-8")
    for path in (blog, blog / "_posts"):
        os.chown(path, USER, USER)
    done = image.run(["hanpan", "build"], USER)
    assert done.returncode == 0, done.stderr
    files = [path for path in (blog / "out").rglob("*") if path.is_file()]
    assert {".html", ".pdf", ".epub"} <= {path.suffix for path in files}
    assert {path.stat().st_uid for path in files} == {USER}
    korean = image.run(["hanpan", "build"], USER, {"LANG": "ko_KR.UTF-8"})
    assert "글 1편" in korean.stdout, korean.stderr
    whole = image.run(["hanpan", "doctor"], USER)
    assert whole.returncode == 0 and "MISSING" not in whole.stdout
    version = image.run(["hanpan", "--version"], USER).stdout
    assert re.fullmatch(r"hanpan \d+\.\d+.*\n", version) and ".d2" not in version
    build_only = ("pip", "hatchling", "git")
    assert not any((image.root / place / name).exists() for name in build_only
                   for place in ("opt/hanpan/bin", "usr/bin"))  # fmt: skip
