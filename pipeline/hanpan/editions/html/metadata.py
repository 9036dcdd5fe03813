"""Metadata of a page: what search engines and other sites read of it."""

from __future__ import annotations

import json
from urllib.parse import quote

from hanpan.document import Document, Meta
from hanpan.site import Identity

# Open Graph wants language_TERRITORY (https://ogp.me/#optional)
_LOCALES = {"ko": "ko_KR", "en": "en_US", "ja": "ja_JP", "zh": "zh_CN"}


def locale(lang: str) -> str:
    """Return og:locale for a BCP 47 tag."""
    return _LOCALES.get(lang) or lang.replace("-", "_")


def alternates(document: Document, site: Identity) -> list[dict[str, str]]:
    """Return the addresses of the post's translations and its own, by language, for hreflang.

    Without addresses they are the pages beside this one. What is in the site's language is for
    readers of any other as well.
    """
    translations = document.meta.translations
    has_all = all(translation.address for translation in translations)
    links = [
        {"lang": each.lang, "href": each.address if has_all else _page_beside(each.slug)}
        for each in translations
    ]
    default = next((each["href"] for each in links if each["lang"] == site.lang), "")
    return [*links, {"lang": "x-default", "href": default}] if default else links


def _page_beside(slug: str) -> str:
    return f"../{quote(slug)}/{quote(slug)}.html"


def json_ld(meta: Meta, site: Identity) -> str:
    """Return the post as schema.org BlogPosting, safe inside `<script>`."""
    return json_ld_of(
        title=meta.title,
        excerpt=meta.excerpt,
        date=meta.date,
        modified=meta.modified,
        lang=meta.lang,
        author=meta.author,
        site_title=site.title,
        address=meta.canonical_url,
        picture=meta.og_image_url,
        categories=meta.categories,
        tags=meta.tags,
    )


def json_ld_of(
    *,
    title: str,
    excerpt: str,
    date: str,
    modified: str,
    lang: str,
    author: str,
    site_title: str,
    address: str,
    picture: str,
    categories: tuple[str, ...],
    tags: tuple[str, ...],
) -> str:
    """Return a BlogPosting of these properties, safe inside `<script>`; "" is left out.

    What has no date is a WebPage.
    """
    properties: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "BlogPosting" if date else "WebPage",
        "headline": title,
        "description": excerpt,
        "datePublished": date,
        "dateModified": modified,
        "inLanguage": lang,
        "author": {"@type": "Person", "name": author} if author else "",
        "publisher": {"@type": "Organization", "name": site_title} if site_title else "",
        "url": address,
        "mainEntityOfPage": address,
        "image": picture,
        "articleSection": list(categories),
        "keywords": list(tags),
    }
    text = json.dumps(
        {key: value for key, value in properties.items() if value}, ensure_ascii=False
    )
    # `</script>` and `<!--` end or change a script element wherever they stand
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
