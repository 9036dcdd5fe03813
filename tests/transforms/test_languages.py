"""Runs of Japanese and Chinese that nobody has named get their language."""

from __future__ import annotations

import pytest

from hanpan import tree
from hanpan.language import cjk_of, guessed_language
from hanpan.transforms.languages import languages_of, mark_languages


@pytest.mark.parametrize(
    ("body", "lang", "runs"),
    [
        ("<p>한국어 直接</p>", "ko", []),
        ("<p>直接骨角</p>", "ko", []),  # hanja alone are Korean
        ("<p>일본어 東京タワー는 높다</p>", "ko", [("ja", "東京タワー")]),
        ("<p>중국어 我们学习 끝, 漢字</p>", "ko", [("zh-Hans", "我们学习")]),
        ("<p>「直角」とPythonと東京</p>", "ko", [("ja", "「直角」と"), ("ja", "と東京")]),
        ("<p>一・二ー三</p>", "ko", []),  # a dot and a stroke are no kana
        ("<p><b>東京</b>の話<br/>漢字</p><p>漢字</p>", "ko", "東京 の話 漢字"),
        ('<p><span lang="ko">学习の</span> 我们</p>', "ko", [("zh-Hans", "我们")]),
        ('<p lang="ja">直接の<b>説明</b></p>', "ko", []),
        ("<p>日本語の文</p>", "ja", []),
        ("<p>台湾</p><p>我们</p>", "zh-TW", []),
        ("<p>说明 これは</p>", "ja", [("zh-Hans", "说明")]),
        ("<p>你好嗎？</p><p>漢字</p>", "ko", [("zh-Hant", "你好嗎？")]),
        ("<p>今天天氣很好</p><p>한글 天氣很好</p>", "ko", [("zh-Hant", "今天天氣很好")]),
        ("<p>深度學習，與語言</p>", "ko", [("zh-Hant", "深度學習，與語言")]),
        ("<td>金昺淵</td><p>大韓民國憲法 第一條</p>", "ko", []),
        ("<p>學而時習之 不亦說乎</p><p>個人 科學的</p>", "ko", []),
        ("<pre><code># 直接 a</code></pre><p>直接</p>", "zh-TW", [("zh-TW", "直接")]),
        ("<ul><li>한글<ul><li>日本の</li><li>東京</li></ul></li></ul>", "ko", [("ja", "日本の")]),
        ("<svg><text>日本の</text></svg><script>の</script>", "ko", []),
    ],
)
def test_what_letters_tell_is_marked(
    body: str, lang: str, runs: list[tuple[str, str]] | str
) -> None:
    root = tree.parse_xml(body)
    before = tree.text_of(root)
    known = {span for span in root.iter("span")}
    mark_languages(root, lang)
    spans = [span for span in root.iter("span") if span not in known]
    if isinstance(runs, str):
        assert " ".join(span.text or "" for span in spans) == runs
    else:
        assert [(span.get("lang"), span.text) for span in spans] == runs
    assert tree.text_of(root) == before
    once = tree.inner_xml(root)
    mark_languages(root, lang)
    assert tree.inner_xml(root) == once


@pytest.mark.parametrize(
    ("tag", "forms"),
    [
        ("ja", "ja"),
        ("ja-JP", "ja"),
        ("zh", "hans"),
        ("zh_CN", "hans"),
        ("zh-Hans-TW", "hans"),
        ("zh-TW", "hant"),
        ("zh-Hant", "hant"),
        ("zh-hk", "hant"),
        ("yue", "hant"),
        ("ko", None),
        ("en", None),
        ("", None),
    ],
)
def test_a_tag_says_whose_hanja(tag: str, forms: str | None) -> None:
    assert cjk_of(tag) == forms


def test_letters_tell_a_language_or_nothing() -> None:
    assert guessed_language("漢字とkana") == "ja"
    assert guessed_language("这个") == "zh-Hans"
    assert guessed_language("這個很好") == "zh-Hant"
    assert guessed_language("你好") == ""  # the same in all of China
    # in use in Japan or Korea as well, or in all of China
    assert {guessed_language(char) for char in "国学体点漢中文這"} == {""}


def test_the_languages_of_a_tree_are_those_that_it_names() -> None:
    root = tree.parse_xml('<p lang="ja">a<i lang="zh-TW">b</i><b lang="ja">c</b></p>')
    assert languages_of(root, "ko") == ("ko", "ja", "zh-TW")
