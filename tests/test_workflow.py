"""What the checkout promises outside the package: CI, make targets, lock files, fonts."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PROMISED_TARGETS = {  # issue 2, "Set-up"
    *("all", "setup", "test", "html", "pdf", "epub", "crosspost", "check", "bench"),
    *("endurance", "conformance", "clean", "help"),
}
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")
LOCKS = (
    *REQUIREMENTS,
    "requirements-audit.txt",
    "requirements-cluster.txt",
    "requirements-feeds.txt",
    "requirements-release.txt",
    "requirements-s3.txt",
    *("package-lock.json", "package.json", ".npmrc"),
    *(
        f"tools/{folder}/{name}"
        for folder in ("wordpress", "lighthouse")
        for name in ("package-lock.json", "package.json", ".npmrc")
    ),
)


def make_targets() -> set[str]:
    """Return the names that the Makefile has a rule for."""
    rules = re.findall(
        r"^([a-z][a-z ]*):(?!=)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    return {target for rule in rules for target in rule.split()}


def run_steps(path: Path) -> list[str]:
    """Return the commands of every step of every job of a workflow file."""
    workflow: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    jobs = workflow["jobs"].values()
    return [step["run"] for job in jobs for step in job["steps"] if "run" in step]


def pins(name: str) -> dict[str, str]:
    """Return package -> version of a requirements lock; a pin without a hash fails the test."""
    text = (ROOT / name).read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for entry in re.split(r"\n(?=[A-Za-z])", text):
        match = re.match(r"([A-Za-z0-9._-]+)==([^\s;]+)", entry)
        if match:
            assert "--hash=sha256:" in entry, f"{name}: {match[1]} has no hash; run make lock"
            found[match[1]] = match[2]
    return found


def test_promised_targets_exist() -> None:
    assert make_targets() >= PROMISED_TARGETS


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: str(path.name))
def test_every_workflow_command_is_a_make_target(path: Path) -> None:
    for command in run_steps(path):
        assert re.fullmatch(r"make [a-z]+", command.strip()), f"{path.name}: {command!r}"
        assert command.split()[1] in make_targets(), f"{path.name}: {command!r}"


def test_the_workflow_tests_builds_and_publishes() -> None:
    commands = {command.strip() for path in WORKFLOWS for command in run_steps(path)}
    assert commands >= {"make test", "make endurance", "make all", "make conformance", "make pages"}


@pytest.mark.parametrize("target", ["test", "endurance", "conformance"])
def test_ci_calls_make(target: str) -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(rf"^[^#\n]*\bmake {target}\b", script, re.MULTILINE)
    assert re.search(r"^set -[a-z]*o pipefail", script, re.MULTILINE)


@pytest.mark.parametrize("name", LOCKS)
def test_locks_name_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for trace in ("://", '"resolved"', "--index-url", "--find-links", "--trusted-host"):
        assert trace not in text, f"{name} says where packages come from: {trace}"


def test_locks_agree() -> None:
    runtime, development = (pins(name) for name in REQUIREMENTS)
    assert runtime
    assert runtime.items() <= development.items()


@pytest.mark.parametrize("folder", [".", "tools/wordpress", "tools/lighthouse"])
def test_npm_lock_is_that_of_the_package_file(folder: str) -> None:
    package, lock = (
        json.loads((ROOT / folder / name).read_text(encoding="utf-8"))
        for name in ("package.json", "package-lock.json")
    )
    assert lock["packages"][""]["devDependencies"] == package["devDependencies"]
    entries = [entry for name, entry in lock["packages"].items() if name]
    assert all(entry["integrity"].startswith("sha512-") for entry in entries)


def test_fonts_are_the_files_that_their_readme_names() -> None:
    fonts = ROOT / "layouts" / "fonts"
    readme = (fonts / "README.md").read_text(encoding="utf-8")
    named = {path: digest for digest, path in re.findall(r"`([0-9a-f]{64})` \| `([^`]+)`", readme)}
    found = {
        path.relative_to(fonts).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in fonts.glob("*/*.ttf")
    }
    assert found == named
    assert all((fonts / path).parent.joinpath("LICENSE.txt").is_file() for path in found)
