"""Metadata of a page: what search engines and other sites read of it."""

from __future__ import annotations

import json

from hanpan.document import Meta
from hanpan.site import Identity

# Open Graph wants language_TERRITORY (https://ogp.me/#optional)
_LOCALES = {"ko": "ko_KR", "en": "en_US", "ja": "ja_JP", "zh": "zh_CN"}


def locale(lang: str) -> str:
    """Return og:locale for a BCP 47 tag."""
    return _LOCALES.get(lang) or lang.replace("-", "_")


def json_ld(meta: Meta, site: Identity) -> str:
    """Return the post as schema.org BlogPosting, safe inside `<script>`."""
    properties: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": meta.title,
        "description": meta.excerpt,
        "datePublished": meta.date,
        "dateModified": meta.modified,
        "inLanguage": meta.lang,
        "author": {"@type": "Person", "name": meta.author} if meta.author else "",
        "publisher": {"@type": "Organization", "name": site.title} if site.title else "",
        "url": meta.canonical_url,
        "mainEntityOfPage": meta.canonical_url,
        "image": meta.og_image_url,
        "articleSection": list(meta.categories),
        "keywords": list(meta.tags),
    }
    text = json.dumps(
        {key: value for key, value in properties.items() if value}, ensure_ascii=False
    )
    # `</script>` and `<!--` end or change a script element wherever they stand
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
