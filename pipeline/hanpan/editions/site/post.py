"""A post's page on the site: its leaf, and what is around it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from hanpan.editions.dates import day
from hanpan.editions.html.metadata import json_ld_of, locale
from hanpan.editions.site.leaf import SiteLeaf
from hanpan.editions.site.lists import menu_of, shown_items
from hanpan.editions.site.theme import PagePlace, absolute, absolute_link, show
from hanpan.files import Files
from hanpan.labels import Labels, language_name
from hanpan.library.facts import Facts
from hanpan.library.pages import PagePlan
from hanpan.site import Identity


def post_page(
    plan: PagePlan, data: dict[str, Any], leaves: list[SiteLeaf], files: Files
) -> dict[str, bytes]:
    """Return the page of a post, and its Markdown beside it."""
    leaf, place = leaves[0], PagePlace(plan.path)
    facts = leaf.facts
    identity = files.settings(Identity)

    def link(number: int, address: str) -> str:
        return place.link(target) if (target := data["links"][number]) else address

    def public_link(number: int, address: str) -> str:
        target = data["links"][number]
        return (absolute_link(target, identity.url) or place.link(target)) if target else address

    page = leaf.page(place.root, link)
    labels = Labels(facts.lang)
    published = day(facts.moment, facts.lang) if facts.is_dated else ""
    is_updated = facts.is_dated and facts.modified_at.date() > facts.moment.date()
    address = absolute(plan.path, identity.url)
    card = absolute(facts.card, identity.url) if facts.card else ""
    html = show(
        files,
        "post.html",
        place,
        menu=menu_of(data),
        lang=facts.lang,
        facts=facts,
        words=labels,
        locale=locale(facts.lang),
        canonical=facts.canonical if _is_elsewhere(facts) else address,
        address=address,
        card=card,
        json_ld=Markup(_json_ld(facts, address, card, identity)),
        published=published,
        modified=day(facts.modified_at, facts.lang) if is_updated else "",
        reading=labels.minutes.format(facts.minutes),
        hero=page["hero"],
        contents=page["contents"],
        heading_count=page["headings"],
        body=Markup(page["body"]),
        before=data["before"],
        after=data["after"],
        related=shown_items(data["related"], facts.lang),
        series=data["series"],
        series_path=data["series_path"],
        translations=[
            {**each, "name": language_name(each["lang"])} for each in data["translations"]
        ],
        categories=data["categories"],
        tags=data["tags"],
        downloads=data["downloads"],
    )
    root = f"{identity.url}/" if identity.url else place.root
    head = f"# {facts.title}\n\n" + (f"{address}\n\n" if address else "")
    head += f"{facts.date[:10]}\n\n" if facts.is_dated else ""
    text = head + leaf.markdown(root, public_link)
    return {plan.path: html, f"{plan.path}.md": text.encode()}


def _is_elsewhere(facts: Facts) -> bool:
    """Tell whether the author names an original that is not on this site."""
    return bool(facts.canonical) and facts.canonical != facts.address


def _json_ld(facts: Facts, address: str, card: str, identity: Identity) -> str:
    return json_ld_of(
        title=facts.title,
        excerpt=facts.excerpt,
        date=facts.date,
        modified=facts.modified,
        lang=facts.lang,
        author=facts.author,
        site_title=identity.title,
        address=facts.canonical if _is_elsewhere(facts) else address,
        picture=card,
        categories=facts.categories,
        tags=facts.tags,
    )
