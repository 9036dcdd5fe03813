"""Posts that other people wrote, in ../shared, which is not part of the repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.support.command import ROOT, hanpan

SHARED = ROOT.parent / "shared"
SEED = SHARED / "seed"
CORPUS = SHARED / "corpus"
HARD = tuple(  # each for what is hard in it
    CORPUS / name
    for name in (
        "1st-world+1st-world.github.io/_posts/2019-08-08-text-and-typography.md",
        "SeonBab+SeonBab.github.io/_posts/github/2024-04-26-MarkDown-methodofuse.md",
        "eona1301+eona1301.github.io/_posts/Retrospective/2021-01-17-SSAFY.md",
        "Bakcoding+Bakcoding.github.io/_posts/2021-10-30-html-basic-014-font.md",
        "Ahnyezi+ahnyezi.github.io/_posts/maven/2020-12-01-maven-4.md",
        "113bommy+113bommy.github.io/_posts/2023-09-12-Matrix Calculus.md",
        "ddangchani+ddangchani.github.io/content/posts/2022/2022-09-06-Mixture_Model.mdx",
        "BackFoxx+BackFoxx.github.io/_posts/2021-11-27-JavaDateCalender.md",
    )
)


def posts_of(folder: Path) -> list[Path]:
    """Return the posts below a folder; of those with one name, which would clash, the last."""
    found = (path for path in folder.rglob("*") if path.suffix in (".md", ".mdx", ".markdown"))
    return sorted({path.name: path for path in sorted(found)}.values())


def build(posts: list[Path], folder: Path, *arguments: str) -> Path:
    """Build posts without a network, each by its own site's settings; return the out/ folder."""
    out = folder / "out"
    sources = [path.resolve() for path in posts]
    ran = hanpan(
        "build", "--offline", *arguments, "--out", out, *sources, cwd=folder, timeout=3000, jobs=0
    )
    assert "Traceback" not in ran.err
    assert len(entries(out)) == len(posts), ran.err
    return out


def entries(out: Path) -> list[dict[str, Any]]:
    """Return what build.json says of each post."""
    found: list[dict[str, Any]] = json.loads((out / "build.json").read_text("utf-8"))["posts"]
    return found


def documents(out: Path) -> dict[str, dict[str, Any]]:
    """Return the documents of a build, as JSON has them, by slug."""
    folder = out / ".hanpan/documents"
    read = ((entry["slug"], folder / f"{entry['document']}.json") for entry in entries(out))
    return {slug: json.loads(path.read_text("utf-8")) for slug, path in read if path.is_file()}
