"""Writing: a file is whole or not there, whoever reads it and whatever stops the writer."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from hanpan.files import write_atomic
from tests.support.command import environment

KILLED_WHILE_WRITING = """
import resource, signal, sys
from pathlib import Path
from hanpan.files import write_atomic
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # the kernel kills who writes past the limit
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
write_atomic(Path(sys.argv[1]), b"new" * 100_000, Path(sys.argv[2]))
"""


def test_writing_is_all_or_nothing(tmp_path: Path) -> None:
    target = tmp_path / "out" / "a.html"
    write_atomic(target, b"whole")
    assert target.read_bytes() == b"whole"
    blocked = tmp_path / "folder"
    (blocked / "inside").mkdir(parents=True)
    with pytest.raises(OSError):
        write_atomic(blocked, b"x", tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_a_writer_that_is_killed_halfway_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    target, temporary = tmp_path / "a.html", tmp_path / "tmp"
    target.write_bytes(b"old")
    temporary.mkdir()
    done = subprocess.run(
        [sys.executable, "-B", "-c", KILLED_WHILE_WRITING, str(target), str(temporary)],
        env=environment(),
    )
    assert done.returncode == -signal.SIGXFSZ
    assert target.read_bytes() == b"old"
    (part,) = temporary.iterdir()  # the next build clears this folder
    assert part.stat().st_size == 1000


def test_who_reads_meanwhile_reads_the_old_file_to_its_end(tmp_path: Path) -> None:
    target = tmp_path / "a.html"
    write_atomic(target, b"old" * 100)
    with target.open("rb", buffering=0) as reader:
        assert reader.read(3) == b"old"
        write_atomic(target, b"new")
        assert reader.read() == b"old" * 99
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize("durable", [False, True])
def test_everybody_may_read_what_was_written(tmp_path: Path, durable: bool) -> None:
    target = tmp_path / "folder" / "a.html"
    write_atomic(target, b"text", durable=durable)
    assert target.read_bytes() == b"text"
    assert stat.S_IMODE(target.stat().st_mode) == 0o644
    assert [path.name for path in target.parent.iterdir()] == ["a.html"]


def test_another_file_system_has_its_own_first_name(tmp_path: Path) -> None:
    """`/dev/shm` is one on every Linux; elsewhere there is nothing to try."""
    shared = Path("/dev/shm")
    if not shared.is_dir() or shared.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is one file system")
    with tempfile.TemporaryDirectory(dir=shared) as folder:
        write_atomic(tmp_path / "a", b"whole", Path(folder), mode=0o600)
        assert list(Path(folder).iterdir()) == []
    assert (tmp_path / "a").read_bytes() == b"whole"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
