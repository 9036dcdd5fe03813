"""Language tags, and labels in the language of the text, however its tag is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hanpan.labels import Label, Labels, LabelTable
from hanpan.language import canonical_tag, is_korean, label_language
from hanpan.preview.words import InterfaceLabels
from hanpan.site import load_site
from tests.support.every_edition import pdf_text, printed

POST = """---
title: 제목
lang: {}
toc: true
date: 2026-03-01
last_modified_at: 2026-03-02
---
글[^1]

[^1]: 주

## 하나

<p class="notice--warning">상자</p>

- [x] 일

## 둘

$$x$$

## 셋
"""


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("ko", "ko"),
        ("KO", "ko"),
        ("ko_KR", "ko-KR"),
        ("ko-kr", "ko-KR"),
        ("kor", "ko"),
        ("EN_us", "en-US"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("de-1996", "de-1996"),
        ("-KR", ""),
        ("한국어", ""),
        ("", ""),
    ],
)
def test_a_tag_has_one_form(written: str, tag: str) -> None:
    assert canonical_tag(written) == tag


def test_korean_is_known_by_its_whole_first_part() -> None:
    assert [tag for tag in ("ko", "KO", "ko_KR", "KOR") if not is_korean(tag)] == []
    assert [tag for tag in ("kok", "en", "en-KO", "", "-KR") if is_korean(tag)] == []  # Konkani
    assert (label_language("ko_KR"), label_language("ja")) == ("ko", "en")


@pytest.mark.parametrize("lang", ["ko", "KO", "ko_KR", "kor"])
def test_every_edition_of_a_korean_post_is_korean(tmp_path: Path, lang: str) -> None:
    reading, made = printed(tmp_path, POST.format(lang))
    assert reading.document.meta.lang == ("ko-KR" if "_" in lang else "ko")
    page, epub = made["글.html"].decode(), made["글.epub/EPUB/text/post.xhtml"].decode()
    for word in ("본문으로 건너뛰기", "고침", "수식 1", "완료", "본문으로 돌아가기"):
        assert word in page, word
    assert "2026년 3월 1일" in page and f'<html lang="{reading.document.meta.lang}"' in page
    for word in ("고침", "읽는 데 1분", "주의", "완료", "2026년 3월 1일"):
        assert word in epub, word
    assert "목차" in made["글.epub/EPUB/nav.xhtml"].decode()
    text = pdf_text(made["글.pdf"])
    assert "읽는 데 1분" in text and "고침 2026년" in text and "목차" in text
    velog = {name: data.decode() for name, data in made.items() if "velog/" in name}
    body = next(text for name, text in velog.items() if name.endswith(".md"))
    assert "주의" in body and "달라진 것" in velog["crosspost/velog/report.md"]
    manifest = json.loads(velog["crosspost/velog/manifest.json"])
    assert manifest["lang"] == reading.document.meta.lang


def test_every_edition_of_another_post_is_english(tmp_path: Path) -> None:
    _, made = printed(tmp_path, POST.format("en"))
    page, epub = made["글.html"].decode(), made["글.epub/EPUB/text/post.xhtml"].decode()
    for word in ("Skip to the text", "Formula 1", "done", "Back to the text"):
        assert word in page, word
    for word in ("updated", "1 min read", "Warning", "1 Mar 2026"):
        assert word in epub, word
    text = pdf_text(made["글.pdf"])
    assert "1 min read" in text and "1 Mar 2026" in text and "2026. 3. 1." not in text
    assert "what changed on the way" in made["crosspost/velog/report.md"].decode()


@pytest.mark.parametrize("lang", ["KO", "ko_KR"])
def test_a_site_may_write_its_language_in_any_form(tmp_path: Path, lang: str) -> None:
    (tmp_path / "site.toml").write_text(f'lang = "{lang}"\n')
    assert load_site(tmp_path).identity.lang == canonical_tag(lang)
    (tmp_path / "site.toml").unlink()
    (tmp_path / "_config.yml").write_text(f"locale: {lang}\n")
    assert load_site(tmp_path).identity.lang == canonical_tag(lang)


def test_a_label_is_a_pair_of_its_table_and_a_text_of_its_language() -> None:
    assert Labels("ko").contents == "목차" and Labels("fr").contents == "Contents"
    assert Labels.contents == Label("목차", "Contents") and Labels.tip.text("KO") == "팁"


@pytest.mark.parametrize("table", [Labels, InterfaceLabels])
def test_both_languages_have_the_same_places_to_fill_in(table: type[LabelTable]) -> None:
    pairs = [label for label in vars(table).values() if isinstance(label, Label)]
    assert len(pairs) > 30
    odd = [pair for pair in pairs if pair.korean.count("{") != pair.english.count("{")]
    assert odd == [] and all(pair.korean and pair.english for pair in pairs)
