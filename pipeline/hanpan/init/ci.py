"""CI: the workflows that build a blog at each push, from the templates in files/.

A line that begins with `#ko` or `#en` is a comment in that language. The action is pinned by the
commit that this hanpan was built from, as far as that is known.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from hanpan import __version__
from hanpan.init.blog import Blog
from hanpan.labels import Label, LabelTable
from hanpan.language import is_korean
from hanpan.roots import SETTINGS, Root

GITHUB, GITLAB = "github", "gitlab"
FILES = {GITHUB: ".github/workflows/hanpan.yml", GITLAB: ".gitlab/hanpan.yml"}
GITLAB_ROOT = ".gitlab-ci.yml"  # which includes the other
_REPOSITORY = "OWNER/hanpan"  # where the package does not say where it lives
_DOWNLOAD = "634f93cb2916e3fdff6788551b99b062d0335ce0 # v5.0.0"
_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"  # Debian's, for PDF
_FIELD = re.compile(r"(?<!\$)\{\{(\w+)\}\}")
_COMMENT = re.compile(r"(?m)^#(ko|en)( *)([^ \n].*|)\n")
_SHA = re.compile(r"[0-9a-f]{40}")


class StepLabels(LabelTable):
    """What the steps of a workflow are called."""

    editions = Label("만든 판", "The editions")
    report = Label("문제 목록", "The problems")
    comment = Label("문제를 댓글로", "A comment with the problems")
    comments = Label("댓글을 씁니다", "it writes a comment")
    releases = Label("릴리스에 파일을 붙입니다", "it attaches files to a release")
    pack = Label("한 파일로 묶기", "One file for each kind")
    attach = Label("릴리스에 붙이기", "To the release")


def workflow(kind: str, blog: Blog, action: str = "") -> str:
    """Return the workflow of a CI system for a blog; `action` names another than our own."""
    text = Path(__file__).with_name("files").joinpath(f"{kind}.yml").read_text("utf-8")
    lang = "ko" if is_korean(blog.lang) else "en"
    text = _COMMENT.sub(lambda m: f"{m[2][1:]}# {m[3]}\n" if m[1] == lang else "", text)
    folder = Path(os.path.relpath(blog.root, blog.repository)).as_posix()
    words = StepLabels(blog.lang)
    fields: Mapping[str, str] = {
        "action": action or own_action(),
        "folder": "." if folder == "." else json.dumps(folder, ensure_ascii=False),
        "base": "" if folder == "." else json.dumps(f"{folder}/", ensure_ascii=False)[1:-1],
        "download": _DOWNLOAD,
        "packages": _PACKAGES,
        "package": f"hanpan=={__version__}" if _is_release() else "hanpan",
        **{name: getattr(words, name) for name in _label_names()},
    }
    return _FIELD.sub(lambda match: fields[match[1]], text)


def _label_names() -> list[str]:
    return [name for name, value in vars(StepLabels).items() if isinstance(value, Label)]


def own_action() -> str:
    """Return how a workflow names the action of this hanpan: repository, commit and version."""
    repository, commit = own_repository(), _commit()
    tag = f"v{__version__}" if _is_release() else "main"
    if commit:
        return f"{repository}@{commit} # {tag}"
    return f"{repository}@{tag} # zizmor: ignore[unpinned-uses]"


def _is_release() -> bool:
    """Tell whether this hanpan is one of those that are tagged, and on PyPI."""
    return bool(re.fullmatch(r"\d+(\.\d+)*", __version__))


def own_repository() -> str:
    """Return OWNER/NAME of hanpan's repository, as the package says it."""
    try:
        addresses = metadata("hanpan").get_all("Project-URL") or []
    except PackageNotFoundError:
        addresses = []
    for address in addresses:
        match = re.search(r"https://github\.com/([\w.-]+/[\w.-]+)", address)
        if match:
            return match[1].removesuffix(".git")
    return _REPOSITORY


def is_repository_known() -> bool:
    """Tell whether the package says where hanpan's action is."""
    return own_repository() != _REPOSITORY


def _commit() -> str:
    """Return the commit of the checkout that hanpan runs from, "" where it is installed."""
    checkout = Path(__file__).resolve().parents[3]
    if not (checkout / ".git").exists() or not (checkout / "action.yml").is_file():
        return ""
    git = Root(checkout)
    try:
        head = git.read(".git/HEAD", SETTINGS).decode().strip()
        if head.startswith("ref: "):
            name = head.removeprefix("ref: ")
            try:
                head = git.read(f".git/{name}", SETTINGS).decode().strip()
            except FileNotFoundError:
                packed = git.read(".git/packed-refs", SETTINGS).decode()
                match = re.search(rf"(?m)^([0-9a-f]{{40}}) {re.escape(name)}$", packed)
                head = match[1] if match else ""
    except (OSError, ValueError):
        return ""
    return head if _SHA.fullmatch(head) else ""
