"""What a release says of itself, beside its packages: `python tools/release.py dist/hanpan-….whl`.

Writes `_release/notes.md`, the section of CHANGELOG.md, and `_release/hanpan.cdx.json`: the SBOM of
 the packages (`_release/packages.json`, by cyclonedx-py) with the wheel's own version, and
with the fonts and MathJax, which no lock names.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_FINAL = re.compile(r"\d+(?:\.\d+)*(?:(?:a|b|rc)\d+)?(?:\.post\d+)?")
# | `folder/` | Family 1.2, remarks | for | from | licence |; several folders share a row
_ROW = re.compile(r"^\| (`[\w-]+/`[^|]*)\|([^|]*)\|[^|]*\|([^|]*)\|([^|]*)\|$", re.MULTILINE)
_ORIGIN = re.compile(r"(npm|Debian) `([@\w/-]+)`(?:, `-\w+`)* (\d[\w.+-]*)")


def notes(changelog: str, version: str) -> str:
    """Return the section of a version; that of what is unreleased, where no tag made the version.

    Raises:
        SystemExit: the version is a release, and the changelog has no section for it
    """
    heading = re.escape(version) if _FINAL.fullmatch(version) else "Unreleased"
    section = rf"(?ms)^## {heading}(?: [^\n]*)?\n(.*?)(?=^## |\Z)"  # ... and its date
    found = re.search(section, changelog)
    if not found or not found[1].strip():
        raise SystemExit(
            f"release: CHANGELOG.md has no section `## {version}`; rename `## Unreleased` to it,"
            " commit, and tag that commit"
        )
    return found[1].strip() + "\n"


def components() -> list[dict[str, Any]]:
    """Return the fonts, one component a folder with the sums of its files, and MathJax."""
    readme = (ROOT / "layouts/fonts/README.md").read_text("utf-8")
    found: list[dict[str, Any]] = []
    for folders, family, origin, licence in _ROW.findall(readme):
        source = _ORIGIN.search(origin)
        assert source, f"layouts/fonts/README.md: {origin} names no package"
        for folder in re.findall(r"`([\w-]+)/`", folders):
            package = source[2]
            if len(folders.split(",")) > 1:  # it names the ends of the others
                package = f"{package.partition('/')[0]}/{folder}"
            files = sorted((ROOT / "layouts/fonts" / folder).glob("*.ttf"))
            found.append({
                "type": "data",
                "bom-ref": f"font-{folder}",
                "name": folder,
                "version": source[3],
                "description": family.strip(),
                "purl": _purl(source[1], package, source[3]),
                "licenses": [{"license": {"name": licence.strip()}}],
                "components": [_file(path) for path in files],
            })  # fmt: skip
    script = ROOT / "pipeline/hanpan/formulas/mathjax.js"
    package = json.loads((ROOT / "tools/mathjax/package.json").read_text("utf-8"))
    for name, version in sorted(package["dependencies"].items()):
        if name.startswith("@mathjax/"):
            found.append({
                "type": "library",
                "bom-ref": f"npm-{name}",
                "name": name,
                "version": version,
                "purl": _purl("npm", name, version),
                "licenses": [{"license": {"id": "Apache-2.0"}}],
                "components": [_file(script)],
            })  # fmt: skip
    return found


def _file(path: Path) -> dict[str, Any]:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    name = path.relative_to(ROOT).as_posix()
    return {"type": "file", "name": name, "hashes": [{"alg": "SHA-256", "content": digest}]}


def _purl(kind: str, name: str, version: str) -> str:
    if kind == "npm":
        return f"pkg:npm/{name.replace('@', '%40')}@{version}"
    return f"pkg:deb/debian/{name}@{version}"


def checked(bom: dict[str, Any]) -> str:
    """Return an SBOM as JSON.

    Raises:
        SystemExit: it is not valid by the schema of its version of CycloneDX
    """
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = json.dumps(bom, indent=1, ensure_ascii=False) + "\n"
    fault = JsonStrictValidator(SchemaVersion.from_version(bom["specVersion"])).validate_str(text)
    if fault:
        raise SystemExit(f"release: the SBOM is not valid: {fault}")
    return text


def main(wheel: Path, out: Path = ROOT / "_release") -> None:
    """Write both files."""
    version = wheel.name.split("-")[1]
    text = notes((ROOT / "CHANGELOG.md").read_text("utf-8"), version)
    (out / "notes.md").write_text(text, "utf-8")
    bom = json.loads((out / "packages.json").read_text("utf-8"))
    bom["metadata"]["component"]["version"] = version
    bom["components"] += components()
    (out / "hanpan.cdx.json").write_text(checked(bom), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
