"""What is to be built: sources -> posts with their sites and slugs."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path

from hanpan.files import sha256
from hanpan.problems import Problem, UsageError, judged
from hanpan.runner.state import Known
from hanpan.site import Site, find_root, load_site
from hanpan.source import slugs, walk
from hanpan.source.walk import PostFile


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    sources: tuple[Path, ...] = ()
    editions: tuple[str, ...] = ()
    out: Path = Path("out")
    site: Path | None = None
    jobs: int = 0  # 0: as many as there are processors
    offline: bool = False
    drafts: bool = False
    write: bool = True


@dataclass(frozen=True, slots=True)
class Planned:
    """A post to build."""

    key: str  # its path relative to out/: what traces know it by
    file: PostFile
    site: Site
    slug: str


@dataclass(slots=True)
class Plan:
    """The posts of one build; the ones left out, with the reason; problems that no post owns."""

    posts: list[Planned] = field(default_factory=list)
    skipped: dict[str, tuple[PostFile, str]] = field(default_factory=dict)
    known: dict[str, Known] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    clashing: list[Planned] = field(default_factory=list)  # no slug is theirs alone
    namesakes: dict[str, tuple[str, ...]] = field(default_factory=dict)  # keys of the same name


class Sites:
    """The sites of one build, each read once."""

    def __init__(self, toml: Path | None) -> None:
        self._toml = toml.resolve() if toml else None
        self._sites: dict[Path, Site] = {}
        if self._toml and not self._toml.is_file():
            raise UsageError(Problem("no-site", "error", f"{toml} does not exist"))

    def at(self, root: Path) -> Site:
        """Return the site at `root`. Raises UsageError where its settings cannot be used."""
        if root not in self._sites:
            own = self._toml if self._toml and self._toml.parent == root else None
            try:
                self._sites[root] = load_site(root, own)
            except UsageError as error:
                path = os.path.relpath(root / error.problem.path)
                raise UsageError(replace(error.problem, path=path)) from None
        return self._sites[root]

    def default_root(self) -> Path:
        """Return the root of the site that the current folder belongs to."""
        if self._toml:
            return self._toml.parent
        here = Path.cwd()
        return find_root(here / "_") or here


def make_plan(options: Options, sites: Sites, state_posts: dict[str, Known]) -> Plan:
    """Find the posts, and give every post of the sites in question its slug."""
    out = options.out.resolve()
    sources = options.sources or tuple(walk.post_folders(sites.at(sites.default_root())))
    roots = {} if options.sources else dict.fromkeys(sources, sites.default_root())
    plan = Plan()
    wanted = _readable_names(walk.find(sources, out, roots), plan)
    everything = {file.path: file for file in _neighbours(wanted, sites, out)}
    everything.update((file.path, file) for file in wanted)
    if not wanted:
        where = ", ".join(map(str, options.sources)) or "the posts folder"
        plan.problems.append(
            Problem("no-posts", "warning", f"no posts found in {where}", remedy="Name a folder.")
        )
    names = _slugs(everything, out, plan, state_posts)
    for file in wanted:
        key = key_of(file.path, out)
        reason = _left_out(file, options.drafts)
        if reason:
            plan.skipped[key] = (file, reason)
        elif key in names:
            plan.posts.append(Planned(key, file, sites.at(file.root), names[key]))
            plan.problems += _lengthened(plan.posts[-1], plan.namesakes.get(key, ()), out)
        else:
            plan.clashing.append(Planned(key, file, sites.at(file.root), ""))
    return plan


def _readable_names(files: list[PostFile], plan: Plan) -> list[PostFile]:
    """Return the files whose names are text; say of the others that they must be renamed."""
    found = []
    for file in files:
        try:
            str(file.path).encode()
            found.append(file)
        except UnicodeEncodeError:
            path = os.path.relpath(file.path).encode(errors="replace").decode()
            said = "the file's name is not valid UTF-8"
            plan.problems.append(
                Problem("file-name", "error", said, path, None, "Rename the file.")
            )
    return found


def _lengthened(post: Planned, others: tuple[str, ...], out: Path) -> tuple[Problem, ...]:
    """Return a word to the author of a post whose slug is long because others have its name."""
    if not others:
        return ()
    paths = ", ".join(os.path.relpath(out / other) for other in others)
    said = f"{paths} has the same name, so this one is built as {post.slug}"
    place = os.path.relpath(post.file.path)
    remedy = "Rename one of the files, if the addresses are to be short."
    problem = Problem("slug-duplicate", "info", said, place, None, remedy)
    return judged([problem], dict(post.site.rules))


def key_of(path: Path, out: Path) -> str:
    """Return the name of a post in traces: stays the same when blog and out/ move together."""
    return Path(os.path.relpath(path, out)).as_posix()


def _neighbours(wanted: list[PostFile], sites: Sites, out: Path) -> list[PostFile]:
    """Return all posts of the sites that `wanted` belongs to: slugs are computed over them too."""
    found: list[PostFile] = []
    for root in sorted({file.root for file in wanted}):
        found += walk.find(walk.post_folders(sites.at(root)), out, {})
    return _readable_names(found, Plan())


def _slugs(
    files: dict[Path, PostFile], out: Path, plan: Plan, earlier: dict[str, Known]
) -> dict[str, str]:
    """Return the slug of each post by key; posts built earlier into the same out/ count too."""
    named = {key_of(path, out): _named(path, file.root) for path, file in files.items()}
    for key, known in earlier.items():
        path = Path(os.path.normpath(out / known.path))
        if key not in named and path.is_file():
            named[key] = _named(path, Path(os.path.normpath(out / known.root)))
    given, clashes = slugs.assign(named)
    for group in clashes:
        paths = [os.path.relpath(out / key) for key in group]
        plan.problems += [
            Problem(
                "slug-clash",
                "error",
                f"{path} and {', '.join(p for p in paths if p != path)} have the same name",
                path,
                None,
                "Rename one of the files.",
            )
            for path in paths
        ]
        for key in group:
            del given[key]
    namesakes = slugs.namesakes(named)
    plan.namesakes = {key: others for key, others in namesakes.items() if key in given}
    plan.known = {
        key_of(path, out): Known(
            key_of(path, out), key_of(file.root, out), given.get(key_of(path, out), "")
        )
        for path, file in files.items()
    }
    return given


def _named(path: Path, root: Path) -> slugs.Named:
    date, rest = slugs.split_date(slugs.name_of(key_of(path, root)))
    return slugs.Named(rest or date, date, root.name)


def _left_out(file: PostFile, drafts: bool) -> str:
    """Return why a post of a walk is not built, or an empty text."""
    if file.named:
        return ""
    if file.is_draft and not drafts:
        return "a draft (--drafts builds it)"
    try:
        data = file.path.read_bytes()
    except OSError:  # unreadable, or a link to nothing: its own step will say so
        return ""
    if b"publish" in data and not drafts:  # most posts need no YAML parser for this
        from hanpan.source.front_matter.parse import is_published, parse_post

        if not is_published(parse_post(file.relative, data)):
            return "published: false"
    return ""


def cache_folder(site: Site, out: Path) -> Path:
    """Return where a site's remote files are kept: beside site.toml, else below out/."""
    if site.has_toml:
        return site.root / ".hanpan" / "remote"
    return _below_out(site, out) / "remote"


def lock_path(site: Site, out: Path) -> Path:
    """Return where a site's assets.lock lies: beside site.toml, else below out/."""
    return site.root / "assets.lock" if site.has_toml else _below_out(site, out) / "assets.lock"


def _below_out(site: Site, out: Path) -> Path:
    """Return a site's folder below out/: a site without site.toml is never written to."""
    mark = sha256(key_of(site.root, out).encode())[:8]
    return out / ".hanpan" / "sites" / f"{slugs.slugify(site.root.name)}-{mark}"
