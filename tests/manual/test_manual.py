"""The manual page and the completions say what the parser says, and nothing else is needed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hanpan.cli import parser
from hanpan.crosspost.platform import platform_names
from hanpan.editions import EDITIONS
from hanpan.manual import SHELLS, completion, man_page, shared_files
from hanpan.manual.outline import outline
from hanpan.messages.rules import rule_titles
from tests.support.command import ROOT

LINE = outline(parser("en"))


def test_the_standard_library_is_enough_to_write_the_files_of_a_wheel() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'pipeline')!r}); import json\n"
        "from hanpan.cli import parser; from hanpan.manual import shared_files\n"
        "print(json.dumps(shared_files(parser)))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == shared_files(parser)


@pytest.mark.parametrize("shell", SHELLS)
def test_a_completion_has_every_command_option_and_value(shell: str) -> None:
    script = completion(parser("en"), shell)
    words = set(re.findall(r"[\w.-]+", script))
    for command in LINE.commands:
        assert command.name in words
        for option in command.options:
            for name in option.options:
                bare = name.lstrip("-")
                assert {name, bare} & words, f"{command.name} {name}"
    assert {*EDITIONS, *platform_names(), *rule_titles()} <= words


def candidates(line: str, folder: Path) -> list[str]:
    """Return what bash offers at the end of a line."""
    words = re.findall(r"=|[^\s=]+", line) + ([""] if line.endswith((" ", "=")) else [])
    if line.endswith("="):
        words = words[:-1]
    quoted = " ".join(f"'{word}'" for word in words)
    script = completion(parser("en"), "bash") + (
        f"COMP_WORDS=({quoted}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMPREPLY=(); _hanpan\n"
        "printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True)
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1]


def test_bash_offers_what_fits_the_place(tmp_path: Path) -> None:
    for name in ("posts", "post one", "platforms"):
        (tmp_path / name).mkdir()
    (tmp_path / "post.md").touch()
    (tmp_path / "platforms" / "mine.toml").touch()
    for line, offered in {
        "hanpan bo": ["book"],
        "hanpan --lang ": ["ko", "en"],
        "hanpan --lang ko bu": ["build"],
        "hanpan build --edi": ["--edition"],
        "hanpan build --edition ": list(EDITIONS),
        "hanpan build --edition html,p": ["html,pdf"],
        "hanpan build --edition=": list(EDITIONS),
        "hanpan build --edition=ep": ["epub"],
        "hanpan build --jobs ": [""],
        "hanpan build po": ["posts", "post one", "post.md"],
        "hanpan build --out po": ["posts", "post one"],
        "hanpan build --out posts po": ["posts", "post one", "post.md"],
        "hanpan publish mi": ["mine"],
        "hanpan publish --force nav": ["naver"],
        "hanpan publish velog po": ["posts", "post one", "post.md"],
        "hanpan check --rule alt-empty,footnote-u": ["alt-empty,footnote-unused"],
        "hanpan check --severity w": ["warning"],
        "hanpan show me": ["meta"],
        "hanpan show meta po": ["posts", "post one", "post.md"],
        "hanpan clean po": [""],
    }.items():
        assert sorted(candidates(line, tmp_path)) == sorted(offered), line


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_manual_page_has_every_command_option_and_help(lang: str) -> None:
    page = man_page(parser(lang), lang)
    text = re.sub(r"\\f[BIR]|\\&", "", page).replace("\\-", "-").replace("\\(dq", '"')
    flat = " ".join(text.replace("\\e", "\\").split())
    for command in outline(parser(lang)).commands:
        assert f"hanpan {command.name}" in flat and command.purpose in flat
        for argument in (*command.positionals, *command.options):
            assert argument.help in flat
            assert all(name in flat for name in argument.options)
    requests = set(re.findall(r"^[.'](\w+)", page, re.MULTILINE))
    assert requests <= {"TH", "SH", "SS", "TP", "br"}


def test_the_korean_page_is_korean() -> None:
    page = man_page(parser("ko"), "ko")
    tails = [text for text in page.split("\n") if re.search(r"[A-Za-z]{3}", text)]
    bodies = [text for text in tails if not text.startswith((".", "\\f"))]
    english = [text for text in bodies if not re.search("[가-힣]", text)]
    # names of stages, actions and shells, and addresses
    assert all(re.fullmatch(r"[a-z\\:/., 0-9()-]+|hanpan COMMAND.*", text) for text in english)
