"""The wheel and the sdist: what is in them, and that an installed wheel makes what a checkout does.

Nothing is fetched: hatchling is in .venv, and the packages that hanpan requires are those of .venv.
"""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from hanpan.cli import parser
from hanpan.manual import shared_files
from tests.support.blog import make_blog
from tests.support.command import ROOT, hanpan

pytestmark = pytest.mark.endurance

_MOST = 100_000_000  # bytes that PyPI takes of a file
POST = """---
title: 어절은 왜 갈라지면 안 되는가
---
첫 글이다. 日本語と漢字, $e^{i\\pi} + 1 = 0$, 😀.

```python
print("안녕")
```
"""


def build(folder: Path, out: Path, *kinds: str) -> list[Path]:
    """Build what `kinds` name of the source in a folder, and return the files."""
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(out), *kinds],
        cwd=folder, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return sorted(out.iterdir())


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the wheel and the sdist of this checkout."""
    sdist, wheel = build(ROOT, tmp_path_factory.mktemp("dist"), "-t", "sdist", "-t", "wheel")[::-1]
    if sdist.suffix == ".whl":
        sdist, wheel = wheel, sdist
    return wheel, sdist


def test_a_wheel_is_whole_and_has_nothing_else(packages: tuple[Path, Path]) -> None:
    wheel, _ = packages
    assert wheel.stat().st_size < _MOST
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        digests = Counter((item.CRC, item.file_size) for item in archive.infolist())
        twins = [
            item.filename for item in archive.infolist()
            if item.file_size and digests[item.CRC, item.file_size] > 1
            and not item.filename.endswith("LICENSE.txt")
        ]  # fmt: skip
        shared = {
            name.partition(".data/data/share/")[2]: archive.read(name).decode()
            for name in names if ".data/" in name
        }  # fmt: skip
    assert twins == []
    for folder, place in (("pipeline/hanpan", "hanpan"), ("layouts", "hanpan/layouts")):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert f"{place}/{path.relative_to(ROOT / folder).as_posix()}" in names
    roots = {name.partition("/")[0] for name in names}
    assert {name for name in roots if not name.startswith("hanpan-")} == {"hanpan"}
    assert not [name for name in names if "/tests/" in name or "benchmark" in name]
    assert shared == shared_files(parser)


def test_an_sdist_makes_the_same_wheel(packages: tuple[Path, Path], tmp_path: Path) -> None:
    wheel, sdist = packages
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    assert not (source / "tests").exists()
    (again,) = build(source, tmp_path / "dist", "-t", "wheel")
    assert again.name == wheel.name and again.read_bytes() == wheel.read_bytes()


def installed(wheel: Path, folder: Path) -> Path:
    """Install the wheel into a venv of its own, and return its `hanpan`."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps",
         "--no-index", str(wheel)], check=True,
    )  # fmt: skip
    (packages,) = folder.glob("lib/python*/site-packages")
    # No .pth of a folder that a .pth names is read: the checkout is in .venv by one.
    others = [place for place in site.getsitepackages() if Path(place).is_dir()]
    (packages / "others.pth").write_text("\n".join(others))
    return folder / "bin" / "hanpan"


def test_an_installed_wheel_makes_what_the_checkout_makes(
    packages: tuple[Path, Path], tmp_path: Path
) -> None:
    command = installed(packages[0], tmp_path / "venv")
    ours, theirs = make_blog(tmp_path / "ours", posts=0), make_blog(tmp_path / "theirs", posts=0)
    for blog in (ours, theirs):
        (blog / "posts" / "2026-01-04-글.md").write_text(POST, "utf-8")
    assert hanpan("build", cwd=ours).code == 0
    home = tmp_path / "home"
    home.mkdir()
    variables = {"PATH": os.defpath, "HOME": str(home), "LANG": "C.UTF-8"}
    done = subprocess.run(
        [str(command), "build"], cwd=theirs, env=variables, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    made = [path.relative_to(ours) for path in sorted((ours / "out" / "글").rglob("*"))]
    assert {".html", ".pdf", ".epub"} <= {path.suffix for path in made}
    for path in made:
        if (ours / path).is_file():
            assert (ours / path).read_bytes() == (theirs / path).read_bytes(), path
    assert not list(home.iterdir())
    where = subprocess.run(
        [str(command), "--version", "--json"], cwd=theirs, env=variables,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert str(tmp_path / "venv") in where.stdout and '"as": "pip"' in where.stdout
    assert shutil.which("man") is None or (tmp_path / "venv/share/man/man1/hanpan.1").is_file()
