"""The face of editions/pdf: what other rooms import of it, and what that loads."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import hanpan
from hanpan.editions import pdf
from tests.editions.pdf.test_render import document, files, pdf_of
from tests.support.imports import imports_in

PACKAGE = Path(hanpan.__file__).parent


def test_other_rooms_import_the_face_and_nothing_behind_it() -> None:
    behind = []
    for path in PACKAGE.rglob("*.py"):
        if PACKAGE / "editions/pdf" in path.parents:
            continue
        for node in imports_in(path):
            if isinstance(node, ast.ImportFrom) and node.module:
                if node.module.startswith("hanpan.editions.pdf."):
                    behind.append(f"{path.name}: {node.module}")
                elif node.module == "hanpan.editions.pdf":
                    behind += [n.name for n in node.names if n.name not in pdf.__all__]
    assert behind == []


def test_a_pdf_s_source_is_shown_without_weasyprint(tmp_path: Path) -> None:
    post = document(tmp_path, "<p>글</p>")
    (tmp_path / "posts").mkdir()
    (tmp_path / post.source).write_text("---\ntitle: 글\n---\n보이는 글\n", "utf-8")
    (tmp_path / "글.pdf").write_bytes(pdf_of(post, files(tmp_path)))
    code = (
        "import atexit, sys; from hanpan.cli import main\n"
        f"sys.argv = ['hanpan', 'show', 'source', {str(tmp_path / '글.pdf')!r}]\n"
        "heavy = {'weasyprint', 'pydyf', '_quickjs', 'pypandoc'}\n"
        "atexit.register(lambda: print(sorted(heavy & set(sys.modules))))\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "보이는 글" in done.stdout
    assert done.stdout.rstrip().endswith("[]"), done.stdout
