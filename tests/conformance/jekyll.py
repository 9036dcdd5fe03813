"""Jekyll as the judge: our bodies beside Jekyll's own, Liquid and settings of the site included.

`python -m tests.conformance.jekyll ../shared/corpus` prints the worst posts with what differs.
Posts that Jekyll refuses (an include, a post or a tag that is not there) are not judged.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from hanpan.media_types import POST_ENDINGS
from hanpan.site import JEKYLL, load_site
from tests.conformance.kramdown import KRAMDOWN_IS_WRONG, Judged, judge, ours, print_worst

RUBY = Path(__file__).with_name("jekyll_judge.rb")
# Posts in which Jekyll is no judge, and why
_AS_TEXT = "its front matter is none to Jekyll, which shows it as text"
NO_JUDGE = {
    **KRAMDOWN_IS_WRONG,
    "2023-02-14-aivle-til-230213-1차-미니프로젝트-2일차.md": _AS_TEXT,
    "2023-11-11-threejs-raycaster.md": _AS_TEXT,
    "2023-08-16-백준-28707-배열-정렬-파이썬.md": _AS_TEXT,
    "2024-11-30-첫-오픈소스-기여-도전-허깅페이스-diffusers.md": _AS_TEXT,
    "2023-02-19-GithubPages8.md": "it shows a theme's Liquid, of which Jekyll leaves nothing",
}


def has_jekyll() -> bool:
    """Tell whether ruby with Jekyll and kramdown-GFM can be run here."""
    if not shutil.which("ruby"):
        return False
    command = ["ruby", "-e", 'require "jekyll"; require "kramdown-parser-gfm"']
    return subprocess.run(command, capture_output=True, timeout=60).returncode == 0


def jekyll(rooms: dict[Path, list[str]]) -> dict[Path, str]:
    """Return the HTML that Jekyll makes of posts of some sites, but for those that it refuses."""
    said = json.dumps([{"root": str(root), "posts": posts} for root, posts in rooms.items()])
    done = subprocess.run(
        ["ruby", str(RUBY)], input=said, capture_output=True, text=True, check=True, timeout=600
    )
    made: dict[str, dict[str, str | None]] = json.loads(done.stdout)
    return {
        Path(root) / path: html
        for root, posts in made.items()
        for path, html in posts.items()
        if html is not None
    }


def posts_of(folder: Path) -> dict[Path, list[str]]:
    """Return the posts of each Jekyll site in a folder."""
    rooms: dict[Path, list[str]] = {}
    for config in sorted(folder.resolve().glob("*/_config.yml")):
        root = config.parent
        if load_site(root).publication.generator == JEKYLL:
            every = sorted(root.rglob("_posts/**/*"))
            paths = [path for path in every if path.name.lower().endswith(POST_ENDINGS)]
            rooms[root] = [path.relative_to(root).as_posix() for path in paths]
    return rooms


def judge_with_liquid(folder: Path, jobs: int = 2) -> list[Judged]:
    """Judge every post of Jekyll's sites below `folder`."""
    their = jekyll(posts_of(folder))
    posts = [path for path in sorted(their) if path.name not in NO_JUDGE]
    names = [path.relative_to(folder.resolve()).as_posix() for path in posts]
    with ProcessPoolExecutor(jobs) as pool:
        bodies = [body for _, body in pool.map(ours, posts, chunksize=4)]
        return list(pool.map(judge, names, bodies, [their[path] for path in posts], chunksize=4))


if __name__ == "__main__":
    print_worst(__doc__, judge_with_liquid)
