"""What an EPUB does so that every reading system shows all of a post, and no more."""

from __future__ import annotations

from pathlib import Path

from tests.support.every_edition import printed


def test_hidden_lists_open_details_and_formulas_that_fit(tmp_path: Path) -> None:
    long = "+".join(rf"\frac{{{number}}}{{x}}" for number in range(30))
    details = "<details><summary>더</summary>\n\n안\n\n</details>"
    _, made = printed(tmp_path, f"{details}\n\n$${long}$$\n", editions=("epub",))
    page = made["글.epub/EPUB/text/post.xhtml"].decode()
    assert '<details open="">' in page and "font-size: 0.7" in page
    nav = made["글.epub/EPUB/nav.xhtml"].decode()
    assert nav.count("<nav ") == 1 + nav.count('hidden=""') >= 2  # all but the contents


def test_a_title_cannot_end_the_script_of_a_page(tmp_path: Path) -> None:
    post = "---\ntitle: 가</script><!--나\n---\n글\n"
    _, made = printed(tmp_path, post, editions=("html",))
    page = made["글.html"].decode()
    data = page[page.index("application/ld+json") :].partition("</script>")[0]
    assert "BlogPosting" in data and "<!--" not in data and data.rstrip().endswith("}")
